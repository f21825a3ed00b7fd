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
    Help,
    Smartsupport,
}

impl Openapi {
    pub fn run(&self, settings: &Settings) -> Result<()> {
        let url = settings.server.public_url(settings.server.port);
        let document = match self.dialect {
            Dialect::Platform => helpdesk_http::v1_document(Voice::Platform, &url),
            Dialect::Classic => helpdesk_http::v1_document(Voice::Classic, &url),
            Dialect::Help => helpdesk_http::help_document(&url),
            Dialect::Smartsupport => helpdesk_http::smartsupport_document(&url),
        };
        // A reader that stops early (`| head`) is no failure.
        let written = writeln!(std::io::stdout(), "{document:#}");
        written.or_else(broken_pipe).map_err(|error| Failure::because("The document cannot be printed", &error))
    }
}

fn broken_pipe(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}
