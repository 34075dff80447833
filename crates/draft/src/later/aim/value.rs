//! Numbers as people say them and as code writes them: "64 KB" is `1 << 16`, "8 hours" may be `1000 * 60 * 60 * 8`.

/// What people's units are in the units that code counts in.
const SCALES: [u64; 9] = [
    1, 60, 100, 1_000, 1_024, 3_600, 60_000, 3_600_000, 1_048_576,
];

/// The whole numbers that a text states.
pub fn numbers(text: &str) -> Vec<u64> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_digit() || b"_,".contains(&bytes[at])) {
            at += 1;
        }
        let glued = start > 0
            && (bytes[start - 1].is_ascii_alphanumeric() || b"._#".contains(&bytes[start - 1]))
            || bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let digits: String = text[start..at]
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        if !glued && let Ok(number) = digits.parse() {
            out.push(number);
        }
    }
    out
}

/// The numbers that an expression may stand for: its parts, their product, a shift.
pub fn values(expression: &str) -> Vec<u64> {
    let mut out = numbers(expression);
    if let Some((left, right)) = expression.split_once("<<")
        && let (Some(base), Some(by)) = (numbers(left).last(), numbers(right).first())
        && let Some(value) = u32::try_from(*by).ok().and_then(|by| base.checked_shl(by))
    {
        return vec![value];
    }
    if expression.contains('*') && out.len() > 1 {
        let product = out
            .iter()
            .try_fold(1u64, |product, number| product.checked_mul(*number));
        out.extend(product);
    }
    out
}

/// Whether what a person calls `said` may be written as `value`.
pub fn is(said: u64, value: u64) -> bool {
    SCALES
        .iter()
        .any(|scale| said.checked_mul(*scale) == Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_code_mean_the_same_number() {
        for (said, code) in [
            (64, "1 << 16"),
            (40, "4000;"),
            (8, "1000 * 60 * 60 * 8"),
            (10, "10 * time.Minute"),
            (1, "60_000"),
            (10, "10,000"),
        ] {
            assert!(
                values(code).iter().any(|value| is(said, *value)),
                "{said} {code}"
            );
        }
        assert!(!values("3000").iter().any(|value| is(7, *value)));
        assert!(numbers("utf8 1.5 v2 a[3]").contains(&3) && numbers("utf8 1.5 v2").is_empty());
    }
}
