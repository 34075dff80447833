//! Taking whole lines out of a text.

use std::collections::BTreeSet;
use std::ops::Range;

use rutter_text::Edit;
use rutter_text::markdown::{LineKind, Outline};

/// The bytes to delete for a run of lines: with their endings, or, at the end of a text without final newline, with the
/// ending in front. Where the run stood between blank lines, one of them goes too.
pub(super) fn bytes_of_run(text: &str, outline: &Outline, run: Range<usize>) -> Range<usize> {
    let blank = |i: usize| {
        outline
            .lines
            .get(i)
            .is_none_or(|l| l.kind == LineKind::Blank)
    };
    let mut run = run;
    if run.start > 0 && blank(run.start - 1) && blank(run.end) {
        run.start -= 1;
    }
    let bytes = outline.bytes(run.clone(), text);
    let unended = run.end >= outline.lines.len() && !text.ends_with(['\n', '\r']);
    match run.start.checked_sub(1).filter(|_| unended) {
        Some(before) => outline.lines[before].range.end..bytes.end,
        None => bytes,
    }
}

/// The edits that delete lines, one a run.
pub(super) fn delete(text: &str, outline: &Outline, lines: &BTreeSet<usize>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut run: Option<Range<usize>> = None;
    for &line in lines {
        match &mut run {
            Some(run) if run.end == line => run.end += 1,
            _ => {
                edits.extend(
                    run.take()
                        .map(|r| Edit::delete(bytes_of_run(text, outline, r))),
                );
                run = Some(line..line + 1);
            }
        }
    }
    edits.extend(run.map(|r| Edit::delete(bytes_of_run(text, outline, r))));
    edits
}

#[cfg(test)]
mod tests {
    use rutter_text::edit;

    use super::*;

    #[test]
    fn runs_go_with_their_endings() {
        for (text, lines, expected) in [
            ("a\nb\nc\n", vec![1], "a\nc\n"),
            ("a\r\nb\r\nc", vec![1, 2], "a"),
            ("a\n\nb\n\nc\n", vec![2], "a\n\nc\n"),
            ("a\nb", vec![0, 1], ""),
            ("a\nb\nc\nd", vec![0, 2], "b\nd"),
        ] {
            let outline = Outline::new(text);
            let edits = delete(text, &outline, &lines.into_iter().collect());
            assert_eq!(edit::apply(text, &edits), expected, "{text:?}");
        }
    }
}
