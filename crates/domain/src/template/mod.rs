//! Response templates (seed 002): answers that are written once and used often, with `{variables}` to fill in.

pub mod command;
mod error;
mod model;
mod placeholder;
pub mod policy;
pub mod port;
mod service;
mod view;

pub use error::TemplateError;
pub use model::{Template, TemplateChange, TemplateState};
pub use placeholder::{Context, MOST_VARIABLES, Variable};
pub(crate) use placeholder::{filled, variables_in};
pub use service::Templates;
pub use view::{ProcessedTemplate, TemplateView};

#[cfg(test)]
mod tests;
