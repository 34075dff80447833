//! What is a secret and what only looks like one. The secrets are put together here, so that no scanner takes this file
//! for a leak.

use proptest::prelude::*;
use rutter_secrets::{Kind, find, redact};

const RANDOM: &str = "q7Zp3Lw9Xr2Bv8Nd5Kt1Hs6Mj4Fg0YcPaUeRiToWqLkSzVbEnDxGhJmQw2rT5yU8iO1pA3sD6fG9hJ2kL4zX7cV0bN3mQ8wE5rT1yU6iO2pA9sD3fGhT4kW8";

fn part(length: usize) -> &'static str {
    &RANDOM[..length]
}

fn kinds(text: &str) -> Vec<&'static str> {
    find(text).iter().map(|s| s.kind.name()).collect()
}

#[test]
fn tokens_are_found_by_their_form() {
    let hex = "9f3a1c7e5b2d8046e1a7c3f95d0b284763ea9c10f5d7b8e2";
    let upper = "Q7ZP3LW9XR2BV8ND";
    for (text, kind) in [
        (format!("AKIA{upper}"), "AWS access key"),
        (format!("ghp_{}", part(36)), "GitHub token"),
        (format!("github_pat_{}", part(82)), "GitHub token"),
        (format!("glpat-{}", part(20)), "GitLab token"),
        (format!("xoxb-{}", part(40)), "Slack token"),
        (
            format!(
                "https://hooks.slack.com/services/T0{}/B0{}/{}",
                part(8),
                part(8),
                part(24)
            ),
            "Slack web hook",
        ),
        (format!("sk_live_{}", part(24)), "Stripe key"),
        (format!("sk-proj-{}", part(60)), "OpenAI key"),
        (format!("sk-{}", part(48)), "OpenAI key"),
        (format!("sk-ant-api03-{}", part(95)), "Anthropic key"),
        (format!("AIza{}", part(35)), "Google key"),
        (format!("npm_{}", part(36)), "npm token"),
        (format!("pypi-AgEIcHlwaS5vcmc{}", part(80)), "PyPI token"),
        (format!("glptt-{}", &hex[..40]), "GitLab token"),
    ] {
        for around in [
            text.clone(),
            format!("Use {text}."),
            format!("é🚀`{text}`\r\n"),
            format!("export KEY={text}\n"),
        ] {
            let found = find(&around);
            assert_eq!(found.len(), 1, "{around}");
            assert_eq!(found[0].kind, Kind::Token(kind), "{around}");
            assert!(
                !redact(&around).contains(part(16).trim_start_matches("Q7ZP"))
                    || kind == "AWS access key"
            );
        }
    }
}

#[test]
fn keys_web_tokens_and_addresses_are_found() {
    let key = format!(
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE{}\n{}\n-----END RSA PRIVATE KEY-----",
        part(64),
        part(64)
    );
    let text = format!("a\n{key}\nb");
    let found = find(&text);
    assert_eq!(&text[found[0].range.clone()], key);
    assert_eq!(redact(&text), "a\n[redacted: private key]\nb");
    assert_eq!(kinds(&key[..90]), ["private key"]);
    let jwt = format!("eyJhbGciOiJIUzI1NiJ9.eyJ{}.{}", part(40), part(43));
    assert_eq!(kinds(&format!("Bearer {jwt}")), ["JSON web token"]);
    let address = format!(
        "DATABASE_URL=postgres://app:{}@db.internal:5432/app",
        part(12)
    );
    let found = find(&address);
    assert_eq!(&address[found[0].range.clone()], part(12));
}

#[test]
fn values_given_to_the_name_of_a_secret_are_found() {
    for text in [
        format!("password = \"{}\"", part(12)),
        format!("DB_PASSWORD={}", part(14)),
        format!("  \"client_secret\": \"{}\",", part(32)),
        format!("api_key: '{}'", part(24)),
        format!("AWS_SECRET_ACCESS_KEY={}", part(40)),
        format!("const authToken = `{}`;", part(30)),
        "spring.datasource.password: Tr0ub4dor&3x9".to_owned(),
        format!("API_TOKEN={}", part(12)),
        format!("export STRIPE_KEY={}\n", part(16)),
        format!("  \"GH_TOKEN\": \"{}\",", part(12)),
        format!("APP_SECRET: '{}'", part(10)),
        format!("MAIL_PASS={}", part(10)),
        format!("env API_KEY_2={} node x", part(12)),
    ] {
        assert_eq!(kinds(&text), ["password or key"], "{text}");
    }
}

#[test]
fn what_stands_for_a_secret_is_none() {
    for text in [
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-ant-api03-...",
        "sk-ant-your-key-here",
        "password = \"<password>\"",
        "password: changeme",
        "PASSWORD=${DB_PASSWORD}",
        "api_key = os.environ[\"API_KEY\"]",
        "token: getToken123(user)",
        "const token = jwt.sign(payload, process.env.SECRET)",
        "postgres://postgres:postgres@localhost:5432/app",
        "postgres://user:password@host/db",
        "postgres://${USER}:${PASSWORD}@host/db",
        "https://example.com:8080/a@b",
        "secret_name = \"prod/database/main-2\"",
        "arn: secret:arn:aws:secretsmanager:us-east-1:123456789012:secret:app",
        "token_type: \"Bearer\"",
        "max_tokens: 100000",
        "password.length >= 12",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
        "The token ghp_ begins every one.",
        "task-AIzaisnokey risk-assessment-of-things-and-others-that-are-long-enough-ok",
        "csrfToken = document.querySelector('meta[name=csrf]').content",
        "password_hash: sha256",
        "tokenizer = \"cl100k_base-2024\"",
        "TOKEN_LIMIT=4096",
        "API_KEY=${API_KEY}",
        "API_KEY=$API_KEY_2",
        "\"API_TOKEN\": \"${API_TOKEN}\"",
        "token: string",
        "API_TOKEN=",
        "API_TOKEN=your-token-here-1",
        "API_TOKEN=xxxxxxxxxxx1",
        "API_TOKEN=<paste 1 here>",
        "API_TOKEN=changeme123",
        "API_TOKEN=token1234567",
        "API_KEY=12345678901234",
        "SECRET_NAME=prod9x2kq7vb4w",
        "MAX_TOKENS=4096k",
        "PUBLIC_KEY=q7Zp3Lw9Xr2B",
        "CACHE_KEY=q7Zp3Lw9Xr2B",
        "sort_key=q7Zp3Lw9Xr2B",
        "SSH_KEY=~/.ssh/id_ed25519",
        "API_KEY=process.env.API_KEY",
        "API_KEY=$(cat /run/secrets/k3y)",
        "ACCESS_TOKEN=get_access2(user)",
    ] {
        assert_eq!(find(text), [], "{text}");
        assert_eq!(redact(text), text);
    }
}

proptest! {
    #[test]
    fn any_text_is_searched_without_panic(parts in prop::collection::vec(prop_oneof![
        "\\PC{0,12}",
        Just("password = \"".to_owned()), Just("://a:".to_owned()), Just("@".to_owned()),
        Just("-----BEGIN RSA PRIVATE KEY-----".to_owned()), Just("-----END ".to_owned()),
        Just("eyJhbGciOiJIUzI1NiJ9.eyJ".to_owned()), Just("ghp_".to_owned()), Just("é\"".to_owned()),
        Just(RANDOM.to_owned()), Just("token:".to_owned()), Just("\n".to_owned()),
    ], 0..12)) {
        let text = parts.concat();
        let mut at = 0;
        for secret in find(&text) {
            prop_assert!(secret.range.start >= at && secret.range.end <= text.len());
            prop_assert!(!text[secret.range.clone()].is_empty());
            at = secret.range.end;
        }
        let once = redact(&text).into_owned();
        prop_assert!(find(&once).len() <= find(&text).len());
    }
}
