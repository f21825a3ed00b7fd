//! `helpdesk export` and `helpdesk import`: a whole organization as lines of JSON.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use helpdesk_domain::identity::port::OrganizationRepository;
use helpdesk_domain::kernel::Reference;
use helpdesk_persistence::{ArchiveError, Header, Store};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::part::{Part, failed, free};
use super::{migrate, progress};
use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::wire::Installation;

/// Write a whole organization into a file of JSON lines; the server may go on meanwhile.
#[derive(Debug, Args)]
pub struct Export {
    /// The file, which must not be there yet.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Slug of the organization; the default one when absent.
    #[arg(long, value_name = "SLUG")]
    organization: Option<String>,
}

/// Take an organization in from a file that `export` wrote, into a database that nobody uses: all of it, or nothing.
#[derive(Debug, Args)]
pub struct Import {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// What the last line of a file says.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct End {
    /// How many rows it has.
    end: u64,
    /// SHA-256 of all lines before, ends of lines included, in hexadecimal digits.
    sha256: String,
}

impl Export {
    pub async fn run(&self, settings: &Settings) -> Result<()> {
        let installation = Installation::open(settings).await?;
        migrate::update(&installation.store).await?;
        let slug = self.organization.as_deref().unwrap_or(&settings.default_organization);
        free(&self.file)?;
        let (part, file) = Part::begin(&self.file)?;
        let rows = write(&installation.store, slug, part.path(), file).await?;
        part.keep()?;
        println!(
            "{rows} rows of {slug} are in {}. The contents of its files are not: see docs/operations.md.",
            self.file.display()
        );
        Ok(())
    }
}

impl Import {
    pub async fn run(&self, settings: &Settings) -> Result<()> {
        let installation = Installation::open(settings).await?;
        migrate::update(&installation.store).await?;
        let mut lines = Lines::open(&self.file)?;
        let header: Header = lines.next()?.and_then(|line| serde_json::from_str(&line).ok()).ok_or_else(|| {
            Failure::new(format!("{} does not begin like a file that helpdesk export wrote.", self.file.display()))
        })?;
        let (slug, bar) = (header.organization.clone(), progress(header.total(), "rows"));
        let mut importer = installation.store.importer(header).await.map_err(|error| refused(&error))?;
        let rows = loop {
            let line = lines.next()?.ok_or_else(|| Failure::new("The file ends too early. Nothing was changed."))?;
            if let Ok(end) = serde_json::from_str::<End>(&line) {
                lines.check(&end)?;
                break importer.finish().await.map_err(|error| refused(&error))?;
            }
            importer.take(&line).await.map_err(|error| refused(&error))?;
            bar.inc(1);
        };
        bar.finish_and_clear();
        migrate::fill(&installation.store).await?;
        println!("{rows} rows: the organization {slug} is here. Set DEFAULT_ORGANIZATION={slug} where it is the default one.");
        Ok(())
    }
}

/// Writes the file; answers how many rows it has.
async fn write(store: &Store, slug: &str, path: &Path, file: File) -> Result<u64> {
    let found = store.find(&Reference::Name(slug.to_owned())).await?;
    let organization = found.ok_or_else(|| Failure::new(format!("There is no organization {slug} (--organization).")))?;
    let mut output = Output { file: BufWriter::new(file), digest: Sha256::new(), rows: 0 };
    let bar = progress(0, "rows");
    let line = |line: &str| {
        bar.inc(1);
        output.line(line)
    };
    let written = store.export(&organization, |rows| bar.set_length(rows), line).await;
    written.map_err(|error| refused(&error))?;
    bar.finish_and_clear();
    output.end().map_err(|error| failed(path, &error))
}

struct Output {
    file: BufWriter<File>,
    digest: Sha256,
    /// Lines but the first.
    rows: u64,
}

impl Output {
    fn line(&mut self, line: &str) -> io::Result<()> {
        for bytes in [line.as_bytes(), b"\n"] {
            self.digest.update(bytes);
            self.file.write_all(bytes)?;
        }
        self.rows += 1;
        Ok(())
    }

    fn end(self) -> io::Result<u64> {
        let Self { mut file, digest, rows } = self;
        let end = End { end: rows.saturating_sub(1), sha256: hexadecimal(digest) };
        writeln!(file, "{}", serde_json::to_string(&end)?)?;
        file.flush()?;
        Ok(end.end)
    }
}

struct Lines {
    file: BufReader<File>,
    path: PathBuf,
    digest: Sha256,
    last: String,
    rows: u64,
}

impl Lines {
    fn open(path: &Path) -> Result<Self> {
        let file = BufReader::new(File::open(path).map_err(|error| failed(path, &error))?);
        Ok(Self { file, path: path.to_owned(), digest: Sha256::new(), last: String::new(), rows: 0 })
    }

    /// The next line; what came before it counts for the digest.
    fn next(&mut self) -> Result<Option<String>> {
        self.digest.update(self.last.as_bytes());
        self.last.clear();
        let read = self.file.read_line(&mut self.last).map_err(|error| failed(&self.path, &error))?;
        self.rows += 1;
        Ok((read > 0).then(|| self.last.trim_end().to_owned()))
    }

    /// Whether the end speaks of what came before it.
    fn check(&self, end: &End) -> Result<()> {
        // The first line and this one are no rows.
        let found = End { end: self.rows.saturating_sub(2), sha256: hexadecimal(self.digest.clone()) };
        if found == *end { Ok(()) } else { Err(Failure::new("The file was changed since it was written. Nothing was changed.")) }
    }
}

fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn refused(error: &ArchiveError) -> Failure {
    Failure::because("Nothing was changed", error)
}
