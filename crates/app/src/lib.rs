//! x
pub mod failure;
pub mod settings;
