//! EARS, the Easy Approach to Requirements Syntax (Mavin et al., RE'09): which pattern a criterion follows.

use std::ops::Range;

/// The EARS pattern of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    /// `THE system SHALL …`
    Ubiquitous,
    /// `WHEN trigger, THE system SHALL …`
    EventDriven,
    /// `WHILE state, THE system SHALL …`
    StateDriven,
    /// `WHERE feature, THE system SHALL …`
    OptionalFeature,
    /// `IF condition, THEN THE system SHALL …`
    UnwantedBehaviour,
    /// Several of them in one sentence.
    Complex,
    /// None of them.
    None,
}

impl Pattern {
    /// The name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Pattern::Ubiquitous => "ubiquitous",
            Pattern::EventDriven => "event-driven",
            Pattern::StateDriven => "state-driven",
            Pattern::OptionalFeature => "optional-feature",
            Pattern::UnwantedBehaviour => "unwanted-behaviour",
            Pattern::Complex => "complex",
            Pattern::None => "none",
        }
    }
}

/// A criterion read as EARS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ears {
    /// The pattern.
    pub pattern: Pattern,
    /// Keywords in the text, in order.
    pub keywords: Vec<Range<usize>>,
    /// Whether there is a binding verb: SHALL, or its word in another language.
    pub modal: bool,
}

const MODALS: [&str; 18] = [
    "すること",
    "しなければならない",
    "なければならない",
    "必須",
    "ものとする",
    "こと。",
    "应",
    "應",
    "必须",
    "必須",
    "需要",
    "须",
    "muss",
    "müssen",
    "debe",
    "deberá",
    "doit",
    "해야",
];

const CJK_EVENT: [&str; 8] = ["とき", "時、", "際", "場合", "当", "當", "时，", "하면"];
const CJK_UNWANTED: [&str; 5] = ["如果", "若", "もし", "假如", "만약"];

/// Reads one criterion; ranges are relative to `text`.
pub fn read(text: &str) -> Ears {
    let mut keywords = Vec::new();
    let mut conditions = Vec::new();
    let mut modal = false;
    for (range, word) in words(text) {
        let upper = word.chars().all(|c| c.is_ascii_uppercase());
        let first = text[..range.start].chars().all(|c| !c.is_alphanumeric());
        let pattern = match word.to_ascii_uppercase().as_str() {
            "WHEN" => Some(Pattern::EventDriven),
            "WHILE" => Some(Pattern::StateDriven),
            "WHERE" => Some(Pattern::OptionalFeature),
            "IF" => Some(Pattern::UnwantedBehaviour),
            "SHALL" | "MUST" | "MUSS" => {
                modal = true;
                keywords.push(range);
                continue;
            }
            "THEN" | "AND" if upper => {
                keywords.push(range);
                continue;
            }
            "SHOULD" | "WILL" if !upper => {
                modal |= word.eq_ignore_ascii_case("should");
                continue;
            }
            _ => None,
        };
        if let Some(pattern) = pattern
            && !modal
            && (upper || first)
        {
            conditions.push(pattern);
            keywords.push(range);
        }
    }
    if !modal {
        modal = MODALS.iter().any(|m| text.contains(m));
    }
    if conditions.is_empty() {
        if CJK_UNWANTED
            .iter()
            .any(|w| text.trim_start().starts_with(w))
        {
            conditions.push(Pattern::UnwantedBehaviour);
        } else if !text.is_ascii() && CJK_EVENT.iter().any(|w| text.contains(w)) {
            conditions.push(Pattern::EventDriven);
        }
    }
    conditions.dedup();
    let pattern = match (conditions.as_slice(), modal) {
        (_, false) => Pattern::None,
        ([], true) => Pattern::Ubiquitous,
        ([one], true) => *one,
        _ => Pattern::Complex,
    };
    Ears {
        pattern,
        keywords,
        modal,
    }
}

/// Whether a line reads like a criterion although nothing announces it: an EARS opener or a binding verb in capitals.
pub fn looks_like(text: &str) -> bool {
    let ears = read(text);
    ears.modal
        && (ears.pattern != Pattern::Ubiquitous
            || words(text).any(|(_, w)| w == "SHALL" || w == "MUST"))
}

fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let start = at + rest.find(|c: char| c.is_ascii_alphabetic())?;
        let len = text[start..]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(text.len() - start);
        at = start + len;
        Some((start..at, &text[start..at]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_patterns_and_their_mixtures() {
        for (text, pattern) in [
            ("THE Limiter SHALL reject the sixth", Pattern::Ubiquitous),
            (
                "WHEN five attempts fail, THE Limiter SHALL reject the sixth",
                Pattern::EventDriven,
            ),
            (
                "WHILE an account is blocked, THE Limiter SHALL return 429",
                Pattern::StateDriven,
            ),
            (
                "WHERE an admin bypass is set, THE Limiter SHALL skip counting",
                Pattern::OptionalFeature,
            ),
            (
                "IF the store is down, THEN THE Limiter SHALL allow the attempt",
                Pattern::UnwantedBehaviour,
            ),
            (
                "WHILE signed in, WHEN the token ends, THE Client SHALL renew it",
                Pattern::Complex,
            ),
            (
                "When the page loads then the browser shall show it",
                Pattern::EventDriven,
            ),
            (
                "Endpoint accepts optional `base_url` parameter",
                Pattern::None,
            ),
            (
                "THE Result_Server SHALL 旧パスに該当する場合、ログ出力する",
                Pattern::EventDriven,
            ),
            ("当用户登录时，系统应记录日志", Pattern::EventDriven),
            (
                "若目录为空，THE Service SHALL 返回空列表",
                Pattern::UnwantedBehaviour,
            ),
        ] {
            assert_eq!(read(text).pattern, pattern, "{text}");
        }
    }
}
