//! "Did you mean": the known word nearest to a misspelt one.

/// The candidate most like `word`, if one is like it at all; letter case does not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = plain(word).chars().take(64).collect();
    candidates
        .into_iter()
        .map(|candidate| {
            (
                distance(&word, &plain(candidate).chars().collect::<Vec<_>>()),
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance * 3 <= candidate.len().max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> String {
    word.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// How many letters must be put in, taken out or changed.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let names = ["PostFileSave", "PostFileCreate", "Stop"];
        assert_eq!(nearest("postfilesave", names), Some("PostFileSave"));
        assert_eq!(nearest("PostFileSaved", names), Some("PostFileSave"));
        assert_eq!(nearest("fileEdited", names), None);
        assert_eq!(nearest("", names), None);
    }
}
