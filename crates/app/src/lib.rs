//! The program `helpdesk`: settings, wiring, the command line. It knows every other crate; none knows it.

pub mod command;
pub mod demo;
pub mod failure;
pub mod generate;
pub mod settings;
pub mod telemetry;
pub mod wire;
mod worker;
