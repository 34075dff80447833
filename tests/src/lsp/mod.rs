//! What tests of the protocol share: a blocking client, a way to run a server in this process, and a toy server.

mod client;
mod gate;
mod session;
mod toy;
mod toy_client;

pub use self::{
    client::{Client, WAIT},
    gate::Gate,
    session::Session,
    toy::{Toy, toy_service},
};
