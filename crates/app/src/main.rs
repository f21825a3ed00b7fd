//! The program; `helpdesk --help` says what it can do.

use std::process::ExitCode;

use clap::Parser;
use helpdesk::command::CommandLine;
use mimalloc::MiMalloc;

/// SQLite's too (feature `override`): its driver allocates for every field of every row.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// A buffer of 8 KB of which little is used takes little of common pages, and all of its own of huge ones: without them
/// ten thousand idle websockets fit in 200 MB. Where the system refuses, more memory is taken.
fn decline_huge_pages() {
    #[cfg(target_os = "linux")]
    let _ = nix::sys::prctl::set_thp_disable(true);
}

#[tokio::main]
async fn main() -> ExitCode {
    decline_huge_pages();
    match CommandLine::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
