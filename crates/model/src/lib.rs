//! Language models behind one trait, and a scripted one. No network here.

mod chat;
mod scripted;

pub use chat::{Chat, ChatError, Message, Reply, Request, Role, Stop};
pub use scripted::{Echo, Scripted};
