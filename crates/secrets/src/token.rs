//! Tokens whose form names their issuer: a fixed beginning and a run of certain characters.

use std::ops::RangeInclusive;

use crate::{Kind, Secret, placeholder};

/// The characters a token is made of.
#[derive(Clone, Copy)]
enum Of {
    /// `A-Z 0-9`
    Upper,
    /// `a-f 0-9`
    Hex,
    /// Letters and digits.
    Alnum,
    /// Letters, digits, `_`, `-`.
    Url,
    /// Letters, digits, `_`, `-`, `.`.
    Dotted,
    /// Letters, digits, `+`, `/`, `=`.
    Base64,
    /// Letters, digits, `_`, `-`, `/`: the path of a web hook.
    Path,
}

impl Of {
    fn has(self, byte: u8) -> bool {
        match self {
            Of::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Of::Hex => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
            Of::Alnum => byte.is_ascii_alphanumeric(),
            Of::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Of::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
            Of::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
            Of::Path => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/'),
        }
    }
}

/// A form of token.
pub struct Form {
    /// How it begins.
    pub prefix: &'static str,
    name: &'static str,
    of: Of,
    /// How many characters follow the beginning.
    length: RangeInclusive<usize>,
}

const fn form(prefix: &'static str, name: &'static str, of: Of, min: usize, max: usize) -> Form {
    Form {
        prefix,
        name,
        of,
        length: min..=max,
    }
}

const ANY: usize = 4096;

/// Every form that is known, as their issuers document them.
pub static FORMS: &[Form] = &[
    form("AKIA", "AWS access key", Of::Upper, 16, 16),
    form("ASIA", "AWS access key", Of::Upper, 16, 16),
    form("ABSK", "Amazon Bedrock key", Of::Base64, 109, 269),
    form("ghp_", "GitHub token", Of::Alnum, 36, 255),
    form("gho_", "GitHub token", Of::Alnum, 36, 255),
    form("ghu_", "GitHub token", Of::Alnum, 36, 255),
    form("ghs_", "GitHub token", Of::Alnum, 36, 255),
    form("ghr_", "GitHub token", Of::Alnum, 36, 255),
    form("github_pat_", "GitHub token", Of::Url, 60, 255),
    form("glpat-", "GitLab token", Of::Dotted, 20, 300),
    form("gldt-", "GitLab token", Of::Url, 20, 64),
    form("glrt-", "GitLab token", Of::Dotted, 20, 300),
    form("glptt-", "GitLab token", Of::Hex, 40, 40),
    form("xoxb-", "Slack token", Of::Url, 24, 255),
    form("xoxp-", "Slack token", Of::Url, 24, 255),
    form("xoxa-", "Slack token", Of::Url, 24, 255),
    form("xoxr-", "Slack token", Of::Url, 24, 255),
    form("xoxs-", "Slack token", Of::Url, 24, 255),
    form("xapp-", "Slack token", Of::Url, 24, 255),
    form(
        "hooks.slack.com/services/",
        "Slack web hook",
        Of::Path,
        40,
        80,
    ),
    form("sk_live_", "Stripe key", Of::Alnum, 16, 247),
    form("rk_live_", "Stripe key", Of::Alnum, 16, 247),
    form("sk_test_", "Stripe key", Of::Alnum, 16, 247),
    form("rk_test_", "Stripe key", Of::Alnum, 16, 247),
    form("whsec_", "Stripe key", Of::Base64, 32, 64),
    form("sk-proj-", "OpenAI key", Of::Url, 40, 255),
    form("sk-svcacct-", "OpenAI key", Of::Url, 40, 255),
    form("sk-admin-", "OpenAI key", Of::Url, 40, 255),
    form("sk-", "OpenAI key", Of::Alnum, 48, 48),
    form("sk-ant-", "Anthropic key", Of::Url, 80, 255),
    form("sk-or-v1-", "OpenRouter key", Of::Hex, 64, 64),
    form("xai-", "xAI key", Of::Alnum, 80, 80),
    form("gsk_", "Groq key", Of::Alnum, 52, 52),
    form("hf_", "Hugging Face token", Of::Alnum, 34, 40),
    form("AIza", "Google key", Of::Url, 35, 35),
    form("ya29.", "Google token", Of::Url, 40, ANY),
    form("GOCSPX-", "Google client secret", Of::Url, 28, 28),
    form("npm_", "npm token", Of::Alnum, 36, 36),
    form("pypi-AgE", "PyPI token", Of::Url, 60, ANY),
    form("cio", "crates.io token", Of::Alnum, 32, 32),
    form("rubygems_", "RubyGems key", Of::Hex, 48, 48),
    form("dckr_pat_", "Docker token", Of::Url, 27, 27),
    form("SG.", "SendGrid key", Of::Dotted, 66, 66),
    form("dop_v1_", "DigitalOcean token", Of::Hex, 64, 64),
    form("shpat_", "Shopify token", Of::Hex, 32, 32),
    form("shpss_", "Shopify token", Of::Hex, 32, 32),
    form("hvs.", "Vault token", Of::Url, 24, 200),
    form("dapi", "Databricks token", Of::Hex, 32, 32),
    form("lin_api_", "Linear key", Of::Alnum, 40, 40),
    form("ntn_", "Notion token", Of::Alnum, 43, 46),
    form("sbp_", "Supabase token", Of::Hex, 40, 40),
    form("ATATT3", "Atlassian token", Of::Base64, 100, 300),
    form("glsa_", "Grafana token", Of::Url, 41, 41),
    form("dp.pt.", "Doppler token", Of::Alnum, 43, 43),
    form("AGE-SECRET-KEY-1", "age key", Of::Upper, 58, 58),
    form("AccountKey=", "Azure storage key", Of::Base64, 86, 90),
];

/// The token of this form that begins at `start`.
pub fn at(text: &str, start: usize, form: &Form) -> Option<Secret> {
    if within_word(text, start) {
        return None;
    }
    let body = start + form.prefix.len();
    let run = run(text, body, form.of);
    // A full stop behind a token ends the sentence.
    let value = text[body..body + run].trim_end_matches(['.', '-']);
    if !form.length.contains(&value.len()) || placeholder::in_token(value) {
        return None;
    }
    Some(Secret {
        range: start..body + value.len(),
        kind: Kind::Token(form.name),
    })
}

/// The signed JSON web token that begins at `start`.
pub fn jwt(text: &str, start: usize) -> Option<Secret> {
    if within_word(text, start) {
        return None;
    }
    let run = run(text, start, Of::Dotted);
    let value = text[start..start + run].trim_end_matches('.');
    let parts: Vec<&str> = value.split('.').collect();
    let [head, claims, signature] = parts.as_slice() else {
        return None;
    };
    let real = head.len() >= 16
        && claims.len() >= 16
        && claims.starts_with("eyJ")
        && signature.len() >= 20
        && !placeholder::in_token(signature)
        && !placeholder::is_example_jwt(claims);
    real.then(|| Secret {
        range: start..start + value.len(),
        kind: Kind::Jwt,
    })
}

fn run(text: &str, start: usize, of: Of) -> usize {
    text.as_bytes()[start..]
        .iter()
        .take(ANY)
        .take_while(|b| of.has(**b))
        .count()
}

/// Whether the byte before belongs to the same word.
fn within_word(text: &str, start: usize) -> bool {
    start > 0 && {
        let before = text.as_bytes()[start - 1];
        before.is_ascii_alphanumeric() || matches!(before, b'_' | b'-')
    }
}
