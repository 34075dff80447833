//! Reading and editing the spec folders of real projects, where `RUTTER_CORPUS` names them, and of the small corpus in
//! `fixtures/` everywhere else.

mod counts;
mod edits;
mod follow;
mod mutations;
mod naive;
mod spans;
mod speed;
mod syncs;
