//! `helpdesk openapi`

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::failure::{Failure, Result};

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
    pub fn run(self) -> Result<()> {
        let document = match self.dialect {
            Dialect::Platform => helpdesk_http::openapi("platform"),
            Dialect::Classic => helpdesk_http::openapi("classic"),
        };
        // A reader that stops early (`| head`) is no failure.
        let written = writeln!(std::io::stdout(), "{document:#}");
        written.or_else(broken_pipe).map_err(|error| Failure::because("The document cannot be printed", &error))
    }
}

fn broken_pipe(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}
