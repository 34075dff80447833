//! What tests of the product share: a workspace on disk, the capabilities of real editors, and an editor that behaves as
//! they do and watches that the server keeps the rules.

mod ask;
mod clients;
mod clock;
mod document;
mod editor;
mod folder;
mod hooks;
mod ledger;
mod models;

pub use self::{
    ask::{code, commands},
    clients::{CLIENTS, Kind, offering},
    clock::Hand,
    document::{Document, Encoding},
    editor::{Editor, Setup},
    folder::{Folder, RATE_LIMIT, uri},
    hooks::{command, logged, said},
    ledger::Ledger,
    models::Hold,
};
