//! The program; `helpdesk --help` says what it can do.

use std::process::ExitCode;

use clap::Parser;
use helpdesk::command::CommandLine;
use mimalloc::MiMalloc;

/// SQLite's too (feature `override`): its driver allocates for every field of every row.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match CommandLine::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
