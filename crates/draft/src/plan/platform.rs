//! What a criterion may take for granted: pages, mail, people with rights, a program that goes on running.

use rutter_catalogue::{Criterion, Layer, Need};
use rutter_code::search::words::split;

use crate::ground::Ground;
use crate::prompt::Prompt;

/// What the project has, or the prompt asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Platform {
    page: bool,
    mail: bool,
    people: bool,
    server: bool,
}

const SERVERS: [&str; 24] = [
    "express", "fastify", "koa", "nest", "hono", "fastapi", "flask", "django", "rails", "laravel",
    "spring", "axum", "actix", "rocket", "warp", "gin", "echo", "fiber", "chi", "phoenix", "asp",
    "next", "nuxt", "symfony",
];
const SERVER_PATHS: [&str; 12] = [
    "server",
    "route",
    "routes",
    "router",
    "routers",
    "controller",
    "controllers",
    "api",
    "httpapi",
    "handlers",
    "middleware",
    "endpoints",
];
const PEOPLE_PATHS: [&str; 9] = [
    "user",
    "users",
    "session",
    "auth",
    "login",
    "role",
    "roles",
    "permission",
    "permissions",
];
const MAIL_PATHS: [&str; 6] = ["mail", "mails", "mailer", "email", "smtp", "newsletter"];

const PAGE_WORDS: [&str; 17] = [
    "page",
    "pages",
    "screen",
    "web",
    "website",
    "browser",
    "form",
    "button",
    "dashboard",
    "ui",
    "frontend",
    "popup",
    "dialog",
    "banner",
    "sidebar",
    "navbar",
    "menu",
];
const SERVER_WORDS: [&str; 14] = [
    "server",
    "api",
    "endpoint",
    "http",
    "rest",
    "graphql",
    "webhook",
    "webhooks",
    "background",
    "queue",
    "worker",
    "requests",
    "web",
    "website",
];
const PEOPLE_WORDS: [&str; 18] = [
    "account",
    "accounts",
    "login",
    "role",
    "roles",
    "permission",
    "permissions",
    "rights",
    "password",
    "admin",
    "admins",
    "administrators",
    "customers",
    "members",
    "staff",
    "tenant",
    "tenants",
    "signed",
];
const MAIL_WORDS: [&str; 5] = ["mail", "mails", "email", "emails", "newsletter"];
const TERMINAL_WORDS: [&str; 8] = [
    "cli",
    "subcommand",
    "terminal",
    "library",
    "crate",
    "stdout",
    "stdin",
    "shell",
];

impl Platform {
    /// What `ground` shows and `prompt` asks for. Of a project without source nothing is known, so that all of it may
    /// come, unless the prompt speaks of a terminal or a library.
    pub(super) fn of(ground: &Ground, prompt: &Prompt) -> Self {
        let text = prompt
            .kept
            .join(" ")
            .to_lowercase()
            .replace("e-mail", "email");
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let asks = |list: &[&str]| words.iter().any(|word| list.contains(word));
        let open = !ground.has_source()
            && !asks(&TERMINAL_WORDS)
            && !text.contains("command line")
            && !text.contains("command-line");
        let parts: Vec<String> = ground
            .files
            .iter()
            .flat_map(|path| path.split('/'))
            .flat_map(split)
            .map(|part| part.to_lowercase())
            .collect();
        let has = |list: &[&str]| parts.iter().any(|part| list.contains(&part.as_str()));
        let framework =
            ground.project.frameworks.iter().any(|name| {
                split(name).any(|part| SERVERS.contains(&part.to_lowercase().as_str()))
            });
        let face = ground.has_source() && ground.has_face();
        let served = framework || face || has(&SERVER_PATHS);
        Self {
            page: open || face || asks(&PAGE_WORDS),
            mail: open || has(&MAIL_PATHS) || asks(&MAIL_WORDS),
            people: open || served || has(&PEOPLE_PATHS) || asks(&PEOPLE_WORDS),
            server: open || served || asks(&SERVER_WORDS),
        }
    }

    /// Whether there is all that a criterion takes for granted.
    pub(super) fn carries(self, criterion: &Criterion) -> bool {
        (self.page || criterion.layer != Layer::Ui)
            && criterion.needs.iter().all(|need| match need {
                Need::Page => self.page,
                Need::Mail => self.mail,
                Need::People => self.people,
                Need::Server => self.server,
            })
    }
}
