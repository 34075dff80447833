//! Which files a sentence means.

/// What people call files of a kind, and their endings.
static KINDS: &[(&[&str], &str)] = &[
    (&["rust", "rs"], "*.rs"),
    (&["tsx"], "*.tsx"),
    (&["typescript"], "*.{ts,tsx}"),
    (&["ts"], "*.ts"),
    (&["jsx"], "*.jsx"),
    (&["javascript", "js"], "*.js"),
    (&["python", "py"], "*.py"),
    (&["go", "golang"], "*.go"),
    (&["java"], "*.java"),
    (&["kotlin"], "*.kt"),
    (&["ruby"], "*.rb"),
    (&["php"], "*.php"),
    (&["c#", "csharp"], "*.cs"),
    (&["markdown", "md"], "*.{md,markdown}"),
    (&["yaml", "yml"], "*.{yaml,yml}"),
    (&["json"], "*.json"),
    (&["toml"], "*.toml"),
    (&["css"], "*.css"),
    (&["c"], "*.{c,h}"),
    (&["cpp", "c++"], "*.{cc,cpp,hpp}"),
    (&["html"], "*.html"),
    (&["sql"], "*.sql"),
    (&["proto", "protobuf"], "*.proto"),
    (&["shell"], "*.sh"),
    (&["terraform"], "*.tf"),
];

/// The globs that a sentence names; what stands between backticks too, where it is a glob. The name of a file counts where
/// the sentence says when, in `clause`: elsewhere it belongs to what is done.
pub(super) fn globs(sentence: &str, quoted: &[String], clause: &str) -> Vec<String> {
    let mut globs: Vec<String> = quoted.iter().filter(|q| is_glob(q)).cloned().collect();
    let parts = |text| -> Vec<&str> { split(text).collect() };
    let (list, clause) = (parts(sentence), parts(clause));
    let small: Vec<String> = list.iter().map(|word| word.to_lowercase()).collect();
    let small: Vec<&str> = small.iter().map(String::as_str).collect();
    for (i, word) in list.iter().enumerate() {
        if is_glob(word) || is_name(word) && clause.contains(word) {
            globs.push((*word).to_owned());
            continue;
        }
        let list = &small;
        let word = list[i];
        // A kind counts where files are spoken of: "a ts file", "rust or python files", "*.ts" above.
        let kind = word.trim_start_matches('.');
        let of_files = list[i + 1..]
            .iter()
            .take(4)
            .any(|w| w.starts_with("file") || w.starts_with("source"))
            && list[i + 1..]
                .iter()
                .take_while(|w| !w.starts_with("file") && !w.starts_with("source"))
                .all(|w| {
                    ["or", "and", "/"].contains(w) || KINDS.iter().any(|(n, _)| n.contains(w))
                });
        if of_files && let Some((_, glob)) = KINDS.iter().find(|(names, _)| names.contains(&kind)) {
            globs.push((*glob).to_owned());
        }
    }
    // "in src", "under docs/"
    let folder = small
        .windows(2)
        .position(|w| ["in", "under", "below", "inside"].contains(&w[0]) && w[1].ends_with('/'))
        .map(|at| list[at + 1]);
    if let Some(folder) = folder {
        globs = if globs.is_empty() {
            vec![format!("{folder}**")]
        } else {
            globs
                .into_iter()
                .map(|g| {
                    if g.contains('/') {
                        g
                    } else {
                        format!("{folder}**/{g}")
                    }
                })
                .collect()
        };
    }
    globs.dedup();
    globs
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == ',')
        .map(|w| w.trim_matches(|c: char| matches!(c, '"' | '\'' | '(' | ')' | ';')))
        .filter(|w| !w.is_empty())
}

/// Whether it is the name of one file, such as `package.json`.
fn is_name(word: &str) -> bool {
    let Some((stem, ending)) = word.rsplit_once('.') else {
        return false;
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let is_ending = (1..=5).contains(&ending.len())
        && ending.starts_with(|c: char| c.is_ascii_alphabetic())
        && ending.chars().all(|c| c.is_ascii_alphanumeric());
    is_ending
        && stem.chars().all(plain)
        && stem.chars().filter(|c| c.is_ascii_alphanumeric()).count() > 1
        // "e.g.", "i.e" and the like are no files.
        && !stem.ends_with('.')
}

fn is_glob(word: &str) -> bool {
    word.contains('*') && !word.contains(char::is_whitespace)
}
