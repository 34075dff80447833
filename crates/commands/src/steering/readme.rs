//! What a README says of a project before its first section.

/// Paragraphs that are taken.
const MOST: usize = 4;
/// Characters of a paragraph that are taken; it is cut at a sentence.
const LONGEST: usize = 300;

/// The prose between the title and the first section: no badges, code, tables, lists or pictures.
pub fn prose(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let (mut fenced, mut titles) = (false, 0);
    for line in text.lines().chain([""]) {
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fenced = !fenced;
        }
        let heading = !fenced && bare.starts_with('#');
        let underlined =
            bare.len() > 2 && (bare.chars().all(|c| c == '=') || bare.chars().all(|c| c == '-'));
        if underlined {
            paragraph.clear();
        }
        let prose = !fenced && !heading && !bare.is_empty() && !underlined && is_prose(line);
        if prose {
            paragraph.push(bare);
            continue;
        }
        finish(&mut paragraph, &mut found);
        titles += usize::from(heading || underlined);
        if titles > 1 || found.len() == MOST {
            break;
        }
    }
    found.truncate(MOST);
    found
}

fn is_prose(line: &str) -> bool {
    let bare = line.trim();
    let indented = line.starts_with("    ") || line.starts_with('\t');
    let marks = [
        "```", "~~~", "|", "- ", "* ", "+ ", ">", "<", "![", "[![", "---", "#[[",
    ];
    let numbered = bare
        .split_once(". ")
        .is_some_and(|(n, _)| n.parse::<u32>().is_ok());
    let reference = bare.starts_with('[') && bare.contains("]: ");
    !indented && !numbered && !reference && !marks.iter().any(|mark| bare.starts_with(mark))
}

fn finish(paragraph: &mut Vec<&str>, found: &mut Vec<String>) {
    let text = paragraph.join(" ");
    paragraph.clear();
    // What leads to a list or to code says nothing without it.
    if text.ends_with(':') {
        let kept = text.rfind(". ").map(|at| text[..=at].to_owned());
        found.extend(kept);
        return;
    }
    // Single words are links or navigation.
    if text.split_whitespace().count() >= 3 {
        found.push(cut(&text));
    }
}

fn cut(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else {
        return text.to_owned();
    };
    let head = &text[..end];
    match head.rfind(". ") {
        Some(at) => head[..=at].to_owned(),
        None => format!("{} …", head.rsplit_once(' ').map_or(head, |(h, _)| h)),
    }
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn the_prose_of_the_introduction_is_taken() {
        let text = "# Shop\n\n[![ci](x)](y)\n\nA small shop:\na cart and orders.\n\n    npm test\n\n```\ncode that is not prose\n```\nAll is in memory. Two parts:\n\n- a\n\n## Install\n\nRun this and that.\n";
        assert_eq!(
            prose(text),
            ["A small shop: a cart and orders.", "All is in memory."]
        );
        assert_eq!(
            prose("Shop\n====\n\nSells many things.\n\nUse\n---\n\nNot this one here.\n"),
            ["Sells many things."]
        );
        assert_eq!(
            prose(&format!("One two three. {}", "ä ".repeat(400))),
            ["One two three."]
        );
        assert_eq!(prose(""), [""; 0]);
    }
}
