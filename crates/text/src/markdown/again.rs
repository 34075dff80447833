//! Reading a document again after an edit: only from the cut before what changed to a cut behind it.
//!
//! A cut is a line that opens in its first column a heading with `#`, or a bullet with text behind it. It ends every
//! block that could be open but code, comments and other HTML, and inside of those the parser sees neither heading nor
//! bullet. So what stands before a cut has no say in how the text from there on is read. The one exception is front
//! matter: whether a line opens it depends on a line that may come much later.

use std::ops::Range;

use super::{Fence, Line, LineKind, Outline};

/// How many cuts behind the change are tried before the whole document is read.
const TRIES: usize = 4;

/// The line of a heading or list item that begins at `start`, if it is a cut.
pub(super) fn cut(text: &str, lines: &[Line], start: usize) -> Option<usize> {
    let number = lines.partition_point(|l| l.range.start < start);
    let line = lines.get(number).filter(|l| l.range.start == start)?;
    let content = &text[line.range.clone()];
    let body = content.trim_start_matches('#');
    let is_cut = if body.len() < content.len() {
        body.is_empty() || body.starts_with([' ', '\t'])
    } else {
        content
            .strip_prefix(['-', '*', '+'])
            .is_some_and(|rest| !rest.trim().is_empty())
    };
    is_cut.then_some(number)
}

impl Outline {
    /// The outline of `new`, a later version of the text `old` that this is the outline of. It is the same as
    /// [`Outline::new`] gives, and costs little where little changed.
    #[must_use]
    pub fn again(&self, old: &str, new: &str) -> Self {
        self.reread(old, new).unwrap_or_else(|| Self::new(new))
    }

    fn reread(&self, old: &str, new: &str) -> Option<Self> {
        let start_of = |cut: &usize| self.lines[*cut].range.start;
        let (front, back) = unchanged(old.as_bytes(), new.as_bytes());
        // A line that changed may be a cut no longer.
        let before = self
            .cuts
            .partition_point(|cut| self.lines[*cut].range.end < front);
        let (first, from) = match before.checked_sub(1).map(|i| self.cuts[i]) {
            Some(cut) => (cut, start_of(&cut)),
            None => (0, 0),
        };
        let behind =
            before + self.cuts[before..].partition_point(|cut| start_of(cut) < old.len() - back);
        if behind == self.cuts.len() {
            let sure = !holds_dashes(&old[from..]) && !holds_dashes(&new[from..]);
            let middle = sure.then(|| Self::new(&new[from..]))?;
            return Some(self.with(middle, first..self.lines.len(), from..old.len(), new.len()));
        }
        for &cut in self.cuts[behind..].iter().take(TRIES) {
            let end = start_of(&cut);
            let window = from..end + new.len() - old.len();
            if holds_dashes(&old[from..end]) || holds_dashes(&new[window.clone()]) {
                return None;
            }
            let probe = self.lines[cut].range.len();
            if let Some(middle) = up_to_cut(&new[from..window.end + probe], probe) {
                return Some(self.with(middle, first..cut, from..end, new.len()));
            }
        }
        None
    }

    /// This outline with `middle` for the lines `lines`, which were the bytes `bytes`; the whole text is now of `length`.
    fn with(&self, middle: Self, lines: Range<usize>, bytes: Range<usize>, length: usize) -> Self {
        let former = self.length;
        let ahead = self.fences.partition_point(|f| f.range.start < bytes.start);
        let behind = self.fences.partition_point(|f| f.range.start < bytes.end);
        let mut all = Self {
            lines: self.lines[..lines.start].to_vec(),
            fences: self.fences[..ahead].to_vec(),
            cuts: Vec::new(),
            length,
        };
        let cuts = self.cuts.iter().copied();
        all.cuts
            .extend(cuts.clone().take_while(|cut| *cut < lines.start));
        all.cuts
            .extend(middle.cuts.iter().map(|cut| cut + lines.start));
        let line_end = lines.start + middle.lines.len();
        let fence_end = ahead + middle.fences.len();
        all.append(
            middle.lines,
            middle.fences,
            |at| at + bytes.start,
            |fence| fence + ahead,
        );
        let at_end = |at: usize| at + length - former;
        let fence_at_end = |fence: usize| fence - behind + fence_end;
        let rest = self.lines[lines.end..].to_vec();
        all.append(rest, self.fences[behind..].to_vec(), at_end, fence_at_end);
        let cuts = cuts.filter(|cut| *cut >= lines.end);
        all.cuts.extend(cuts.map(|cut| cut - lines.end + line_end));
        all
    }

    /// Adds lines and fences whose bytes and fence numbers move.
    fn append(
        &mut self,
        lines: Vec<Line>,
        fences: Vec<Fence>,
        at: impl Fn(usize) -> usize,
        number: impl Fn(usize) -> usize,
    ) {
        let moved = |range: Range<usize>| at(range.start)..at(range.end);
        self.lines.extend(lines.into_iter().map(|line| Line {
            range: moved(line.range),
            kind: match line.kind {
                LineKind::Heading { level, text } => LineKind::Heading {
                    level,
                    text: moved(text),
                },
                LineKind::Fence(fence) => LineKind::Fence(number(fence)),
                kind => kind,
            },
        }));
        self.fences.extend(fences.into_iter().map(|fence| Fence {
            range: moved(fence.range),
            content: moved(fence.content),
            ..fence
        }));
    }
}

/// How many bytes in front and at the end are the same; they don't overlap.
fn unchanged(old: &[u8], new: &[u8]) -> (usize, usize) {
    // Whole blocks first: a document has far more of them than single bytes.
    const BLOCK: usize = 256;
    let blocks = old.chunks_exact(BLOCK).zip(new.chunks_exact(BLOCK));
    let front = BLOCK * blocks.take_while(|(a, b)| a == b).count();
    let bytes = old[front..].iter().zip(&new[front..]);
    let front = front + bytes.take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[front..], &new[front..]);
    let blocks = old.rchunks_exact(BLOCK).zip(new.rchunks_exact(BLOCK));
    let back = BLOCK * blocks.take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - back], &new[..new.len() - back]);
    let bytes = old.iter().rev().zip(new.iter().rev());
    (front, back + bytes.take_while(|(a, b)| a == b).count())
}

/// Whether a line could open front matter, behind the marks of a list or quote too, or close it.
fn holds_dashes(text: &str) -> bool {
    text.split(['\n', '\r'])
        .map(str::trim_end)
        .any(|line| line.ends_with("---") || line == "...")
}

/// Reads a text whose last line, of `probe` bytes, must be a cut; gives what stands before that.
fn up_to_cut(text: &str, probe: usize) -> Option<Outline> {
    let end = text.len() - probe;
    let mut outline = Outline::new(text);
    let last = outline.cuts.pop()?;
    let line = outline.lines.pop()?;
    if last != outline.lines.len() || line.range.start != end {
        return None;
    }
    outline.fences.retain(|fence| fence.range.start < end);
    Some(outline)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PIECES: [&str; 44] = [
        "- [ ] 1. a\n",
        "- [x] 2. b\r\n",
        "  - c\n",
        "    - d\n",
        "* e\r",
        "+ f\n",
        "1. g\n",
        "# H\n",
        "## I ##\r\n",
        "#j\n",
        "- # K\n",
        "```\n",
        "  ```\n",
        "```json\n{}\n",
        "~~~\n",
        "---\n",
        "---\r\n",
        "...\n",
        "a: b\n",
        "===\n",
        "<!-- ",
        "-->",
        "<!-- x -->\n",
        "<div>\n",
        "</div>\n",
        "<pre>\n",
        "</pre>\n",
        "> q\n",
        "> - r\n",
        "[s]: t\n",
        "[u]: v \"w",
        "\"\n",
        "\n",
        "\r",
        "\n\n",
        " ",
        "\t",
        "    ",
        "-",
        "#",
        "x",
        "é😀",
        "\u{feff}",
        "\\\n",
    ];

    fn text(pieces: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = String> {
        let piece = proptest::sample::select(&PIECES[..]);
        proptest::collection::vec(piece, pieces).prop_map(|pieces| pieces.concat())
    }

    fn boundary(text: &str, at: prop::sample::Index) -> usize {
        let mut at = at.index(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 1_000,
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn edits_leave_what_reading_anew_gives(
            start in text(0..40),
            edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), text(0..4)), 1..6),
        ) {
            let mut old = start;
            let mut outline = Outline::new(&old);
            for (a, b, with) in edits {
                let (a, b) = (boundary(&old, a), boundary(&old, b));
                // Mostly an insertion, else a replacement.
                let end = if (a + b) % 3 == 0 { a.max(b) } else { a.min(b) };
                let mut new = old.clone();
                new.replace_range(a.min(b)..end, &with);
                outline = outline.again(&old, &new);
                prop_assert_eq!(&outline, &Outline::new(&new), "{:?} → {:?}", old, new);
                old = new;
            }
        }
    }

    #[test]
    fn an_edit_reads_what_lies_between_two_cuts() {
        let old = "# T\n\n- [ ] 1. a\n  - b\n- [ ] 2. c\n- [ ] 3. d\n".repeat(3);
        let new = old.replacen("  - b", "  - b😀", 2);
        let outline = Outline::new(&old);
        assert_eq!(outline.cuts, [0, 2, 4, 5, 6, 8, 10, 11, 12, 14, 16, 17]);
        let again = outline.reread(&old, &new);
        assert_eq!(again, Some(Outline::new(&new)));
        let open = old.replacen("- [ ] 2", "```\n- [ ] 2", 1);
        assert_eq!(outline.reread(&old, &open), None);
    }
}
