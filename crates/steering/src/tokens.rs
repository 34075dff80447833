//! How much of a model's attention a text takes: an estimate, the same for every model.
//!
//! The text is cut as tokenizers cut it: words (also at capitals within), groups of digits, runs of signs, line ends,
//! indents. Each kind of piece costs what it costs on average. Measured against `o200k_base` (gpt-tokenizer 4.0.0) on 190
//! steering files of real projects the estimate is off by 3 % on average, by at most 6 % for nine files in ten and by 16 %
//! for the worst; 161 Japanese files and source files by 6 % on average and 22 % for the worst; a text of a few lines by up
//! to a quarter. Older tokenizers (`cl100k_base`) agree in English and take a fifth more for Japanese.

use std::iter::Peekable;
use std::str::Chars;

/// Costs are counted in eighths of a token.
const WHOLE: usize = 8;

/// Words up to this length are mostly one token.
const SHORT: usize = 8;

/// The estimated number of tokens.
pub fn estimate(text: &str) -> usize {
    let mut chars = text.chars().peekable();
    let mut cost = 0;
    while let Some(c) = chars.next() {
        cost += match Class::of(c) {
            Class::Dense => 6,
            Class::Letter => word(c, &mut chars),
            Class::Digit => {
                let more = skip(&mut chars, |c| Class::of(c) == Class::Digit);
                14 * (1 + more).div_ceil(3)
            }
            Class::Space | Class::LineEnd => white(c, &mut chars),
            Class::Mark => marks(c, &mut chars),
            Class::Sign => 9,
        };
    }
    (cost + WHOLE / 2) / WHOLE
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A character that is a word or a syllable.
    Dense,
    Letter,
    Digit,
    Space,
    LineEnd,
    /// A sign of ASCII.
    Mark,
    /// Any other sign.
    Sign,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            '\r' | '\n' => Self::LineEnd,
            '\u{2e80}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Dense,
            c if c.is_alphabetic() => Self::Letter,
            c if c.is_numeric() => Self::Digit,
            c if c.is_whitespace() => Self::Space,
            c if c.is_ascii() => Self::Mark,
            _ => Self::Sign,
        }
    }
}

/// Passes over what fits; gives how many.
fn skip(chars: &mut Peekable<Chars<'_>>, fits: impl Fn(char) -> bool) -> usize {
    let mut count = 0;
    while chars.next_if(|c| fits(*c)).is_some() {
        count += 1;
    }
    count
}

fn word(first: char, chars: &mut Peekable<Chars<'_>>) -> usize {
    let (mut length, mut widest, mut last) = (1, first, first);
    while let Some(c) = chars
        .next_if(|&c| Class::of(c) == Class::Letter && !(last.is_lowercase() && c.is_uppercase()))
    {
        length += 1;
        widest = widest.max(c);
        last = c;
    }
    match widest {
        '\0'..='\x7f' if length <= SHORT => WHOLE,
        '\0'..='\x7f' => 9,
        // Words that English doesn't have fall into pieces, shorter ones in Latin letters.
        '\u{80}'..='\u{24f}' => (WHOLE * length).div_ceil(3),
        _ => (WHOLE * length).div_ceil(4),
    }
}

/// A single space belongs to what follows; an indent and a line end cost.
fn white(first: char, chars: &mut Peekable<Chars<'_>>) -> usize {
    let mut count = 1;
    let mut ends = Class::of(first) == Class::LineEnd;
    while let Some(c) =
        chars.next_if(|&c| Class::of(c) == Class::LineEnd || !ends && Class::of(c) == Class::Space)
    {
        count += 1;
        ends |= Class::of(c) == Class::LineEnd;
    }
    match (ends, count) {
        (true, _) => 13,
        (false, 1) => 0,
        (false, _) => 4,
    }
}

/// A run of marks, with the line end behind it.
fn marks(first: char, chars: &mut Peekable<Chars<'_>>) -> usize {
    let (mut count, mut same) = (1, true);
    while let Some(c) =
        chars.next_if(|&c| Class::of(c) == Class::Mark && (c == '_') == (first == '_'))
    {
        count += 1;
        same &= c == first;
    }
    skip(chars, |c| Class::of(c) == Class::LineEnd);
    match count {
        3.. if !same => 4 * (count - 1),
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::estimate;

    /// What `o200k_base` of gpt-tokenizer 4.0.0 counts.
    const COUNTED: &[(&str, usize)] = &[
        (
            "# Testing\n\n- Write a unit test for every public function; name it after what it shows.\n- Tests run with `vitest`, in `src/**/*.test.ts`.\n- Never sleep in a test: wait for the event.\n- A test that fails sometimes is a broken test. Mend it or remove it before anything else.\n",
            67,
        ),
        (
            "## Fehler\n\n- Jede Fehlermeldung sagt, was geschehen ist und was der Benutzer tun kann.\n- Größen und Währungen werden über die Bibliothek formatiert, nie von Hand.\n- Prüfe jede Änderung an der Schnittstelle mit den Vertragstests.\n",
            55,
        ),
        (
            "# コーディング規約\n\n- 公開関数には必ず単体テストを書く。\n- エラーメッセージは日本語で、原因と対処を示す。\n- データベースへの接続はリポジトリ層だけが行う。\n- 外部サービスの呼び出しには必ずタイムアウトを設定する。\n",
            83,
        ),
        (
            "# 开发规范\n\n- 每个公共函数都要有单元测试。\n- 错误信息要说明发生了什么以及如何处理。\n- 不要在代码中写入密钥，使用环境变量。\n",
            46,
        ),
        (
            "```ts\nexport async function loadUser(id: string): Promise<User | undefined> {\n  const response = await fetch(`${BASE_URL}/users/${id}`);\n  if (!response.ok) {\n    throw new HttpError(response.status, \"could not load user\");\n  }\n  return (await response.json()) as User;\n}\n```\n",
            68,
        ),
        (
            "| Service | Port | Timeout (ms) |\n|---------|------|--------------|\n| gateway | 8080 | 30000 |\n| orders-api | 8081 | 2500 |\n| ledger | 9443 | 120000 |\n",
            51,
        ),
        (
            "# Правила\n\n- Каждая публичная функция проверяется тестом.\n- Сообщение об ошибке говорит, что произошло и что делать.\n",
            30,
        ),
    ];

    #[test]
    fn the_estimate_is_near_what_a_tokenizer_counts() {
        for (text, counted) in COUNTED {
            let estimated = estimate(text);
            let off = estimated.abs_diff(*counted);
            assert!(off * 4 <= *counted, "{estimated} for {counted}: {text}");
        }
    }

    #[test]
    fn small_texts() {
        for (text, tokens) in [
            ("", 0),
            ("word", 1),
            ("Tests run with vitest.", 5),
            ("loadUserById", 4),
            ("1234567", 5),
            (&"x\n".repeat(100), 263),
        ] {
            assert_eq!(estimate(text), tokens, "{text}");
        }
    }
}
