//! Custom agents in JSON: they may bring hooks and tool servers.

use rutter_commands::steps::Step;

use super::hooks::Hooks;
use super::servers::Servers;
use super::{Here, Items, Kind, Link, Said, Symbol};

/// An agent.
pub struct Agent;

impl Kind for Agent {
    fn hover(&self, here: &Here<'_>, offset: usize) -> Option<Said> {
        let servers = || Servers.hover(here, offset);
        servers().or_else(|| Hooks.hover(here, offset))
    }

    fn complete(&self, here: &Here<'_>, offset: usize) -> Items {
        let servers = Servers.complete(here, offset);
        match servers.items.is_empty() {
            true => Hooks.complete(here, offset),
            false => servers,
        }
    }

    fn links(&self, here: &Here<'_>) -> Vec<Link> {
        Hooks.links(here)
    }

    fn symbols(&self, here: &Here<'_>) -> Vec<Symbol> {
        let mut all = Hooks.symbols(here);
        all.extend(Servers.symbols(here));
        all.sort_by_key(|symbol| symbol.range.start);
        all
    }

    fn steps(&self, here: &Here<'_>) -> Vec<Step> {
        let mut all = Hooks.steps(here);
        all.extend(Servers.steps(here));
        all
    }
}
