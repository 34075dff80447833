//! What stands for a secret without being one.

/// Words that say so.
const WORDS: &[&str] = &[
    "example",
    "placeholder",
    "changeme",
    "change-me",
    "change_me",
    "change-this",
    "replace",
    "your",
    "dummy",
    "sample",
    "fake",
    "redacted",
    "xxxx",
    "****",
    "....",
    "todo",
    "insert",
    "foobar",
    "notreal",
    "not-real",
    "not-a-",
    "deadbeef",
    "mock",
    "generate",
    "openssl",
    "secret-here",
    "env.",
    "env:",
];

/// Words that no strong password consists of, so that a value that holds one is a stand-in.
const WEAK: &[&str] = &[
    "password",
    "passwd",
    "secret",
    "token",
    "test",
    "demo",
    "admin",
    "root",
    "user",
    "default",
    "string",
    "value",
    "none",
    "null",
    "true",
    "false",
    "undefined",
    "required",
    "optional",
    "hello",
    "local",
    "dev",
    "key",
    "pass",
    "api",
    "valid",
    "wrong",
    "correct",
    "horse",
    "hunter",
    "invalid",
];

/// The claims of the token that every manual shows.
const EXAMPLE_CLAIMS: &str = "eyJzdWIiOiIxMjM0NTY3ODkwI";

/// Whether the random part of a token is none.
pub fn in_token(value: &str) -> bool {
    says_so(value) || regular(value) || entropy(value) < 2.5
}

/// Whether the value given to a name like `password` is none.
pub fn in_value(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    says_so(value)
        || regular(value)
        || value.starts_with([
            '$', '<', '{', '[', '%', '@', '#', '/', '.', '~', '&', '*', '(',
        ])
        || value.contains("${")
        || value.contains("{{")
        || value.contains("$(")
        || value.contains("://")
        || value.contains('<')
        || value.contains("\\u")
        || WEAK.iter().any(|word| lower.contains(word))
}

/// Whether these are the claims of a manual's example.
pub fn is_example_jwt(claims: &str) -> bool {
    claims.starts_with(EXAMPLE_CLAIMS)
}

fn says_so(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// Whether it holds a run that nobody draws by chance: `aaaaa`, `123456`, `abcdef`.
fn regular(value: &str) -> bool {
    let longest = |next: fn(u8, u8) -> bool| {
        let mut best = 1;
        let mut now = 1;
        for pair in value.as_bytes().windows(2) {
            now = if next(pair[0], pair[1]) { now + 1 } else { 1 };
            best = best.max(now);
        }
        best
    };
    longest(|a, b| a == b) >= 5 || longest(|a, b| b == a.wrapping_add(1)) >= 6
}

/// Shannon's entropy of the bytes, in bits a byte.
pub fn entropy(value: &str) -> f64 {
    let mut counts = [0u32; 256];
    for byte in value.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let total = value.len().max(1) as f64;
    counts
        .iter()
        .filter(|n| **n > 0)
        .map(|n| {
            let p = f64::from(*n) / total;
            -p * p.log2()
        })
        .sum()
}
