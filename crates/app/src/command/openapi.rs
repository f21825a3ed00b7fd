//! `helpdesk openapi`

use std::io::Write;

use clap::{Args, ValueEnum};
use helpdesk_http::Voice;

use crate::failure::{Failure, Result};
use crate::settings::Settings;

/// Print the `OpenAPI` document of a dialect.
#[derive(Debug, Args)]
pub struct Openapi {
    /// Which dialect.
    #[arg(default_value = "platform")]
    dialect: Dialect,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Dialect {
    Platform,
    Classic,
}

impl Openapi {
    pub fn run(&self, settings: &Settings) -> Result<()> {
        let voice = match self.dialect {
            Dialect::Platform => Voice::Platform,
            Dialect::Classic => Voice::Classic,
        };
        let document = helpdesk_http::v1_document(voice, &settings.server.public_url(settings.server.port));
        // A reader that stops early (`| head`) is no failure.
        let written = writeln!(std::io::stdout(), "{document:#}");
        written.or_else(broken_pipe).map_err(|error| Failure::because("The document cannot be printed", &error))
    }
}

fn broken_pipe(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}
