//! x
#![allow(dead_code)]
mod prompt;
