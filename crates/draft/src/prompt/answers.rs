//! Answers that a question offers.

/// Two to four answers to a question, for a person to choose from.
pub fn choices(question: &str) -> Vec<String> {
    let bare = question
        .trim_end_matches('?')
        .replace(['`', '|', '[', ']'], "");
    let lower = bare.to_lowercase();
    if let Some(found) = alternatives(&bare) {
        return found;
    }
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
    if lower.starts_with("what should be different") {
        return list(&[
            "it takes fewer steps",
            "it answers sooner",
            "it shows more at a glance",
        ]);
    }
    if lower.starts_with("how long") || lower.contains(" how long ") {
        return list(&["30 minutes", "1 day", "30 days"]);
    }
    if lower.starts_with("how many")
        || lower.starts_with("how often")
        || lower.starts_with("how much")
    {
        let unit: Vec<&str> = lower.split(' ').skip(2).take(1).collect();
        let unit = unit
            .first()
            .filter(|unit| lower.starts_with("how many") && unit.ends_with('s'))
            .copied()
            .unwrap_or("times");
        return list(&[
            &format!("10 {unit}"),
            &format!("5 {unit}"),
            &format!("100 {unit}"),
        ]);
    }
    if lower.starts_with("who ")
        || lower.starts_with("which users")
        || lower.starts_with("which role")
    {
        return list(&["every signed-in user", "administrators only", "everyone"]);
    }
    if ["when ", "where ", "what ", "which ", "why ", "how "]
        .iter()
        .any(|cue| lower.starts_with(cue))
    {
        return list(&["to be settled in the design", "as it is done today"]);
    }
    list(&["no, not in this change", "yes"])
}

/// "Per user or per address?" offers both.
fn alternatives(question: &str) -> Option<Vec<String>> {
    let at = question.find(" or ")?;
    let (before, after) = (&question[..at], &question[at + 4..]);
    if after.starts_with("not") || after.split(' ').count() > 6 {
        return None;
    }
    let wide = after.split(' ').count().clamp(1, 3);
    let words: Vec<&str> = before
        .split([' ', ',', ':'])
        .filter(|w| !w.is_empty())
        .collect();
    let first = words[words.len().saturating_sub(wide)..].join(" ");
    let drop = ["be ", "use ", "a ", "an ", "the ", "it ", "should "];
    let clean = |text: &str| {
        let mut text = text.trim().to_owned();
        while let Some(cue) = drop
            .iter()
            .find(|cue| text.starts_with(*cue) && text.len() > cue.len())
        {
            text = text[cue.len()..].to_owned();
        }
        text
    };
    let (first, second) = (clean(&first), clean(after));
    (!first.is_empty() && !second.is_empty() && first != second).then(|| vec![first, second])
}

#[cfg(test)]
mod tests {
    use super::choices;

    #[test]
    fn a_question_offers_its_own_answers() {
        assert_eq!(
            choices("Should the limit be per user or per address?"),
            ["per user", "per address"]
        );
        assert_eq!(choices("CSV or PDF?"), ["CSV", "PDF"]);
        assert_eq!(
            choices("Do we need pagination?"),
            ["no, not in this change", "yes"]
        );
        assert_eq!(choices("How many rows fit on a page?")[0], "10 rows");
    }
}
