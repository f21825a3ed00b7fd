//! `helpdesk backup` and `helpdesk restore`: the SQLite database as one file, and the files beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use helpdesk_outbound::Place;
use helpdesk_persistence::backup::{self, Examined};
use secrecy::ExposeSecret;

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::wire::Installation;

/// Write the SQLite database into a file of its own, while the server goes on.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file, which must not be there yet.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Copy the contents of files into this folder too; what is in it already stays.
    #[arg(long, value_name = "FOLDER")]
    files: Option<PathBuf>,
}

/// Put a backup in the place of the database; the server must not run.
#[derive(Debug, Args)]
pub struct Restore {
    /// The file that `backup` wrote.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Look at the file, say whether it is good, and change nothing.
    #[arg(long)]
    verify: bool,
    /// Put it in the place of a database that is there; that one stays beside it as `….before-restore`.
    #[arg(long)]
    replace: bool,
    /// Copy the contents of files back from this folder.
    #[arg(long, value_name = "FOLDER")]
    files: Option<PathBuf>,
}

impl Backup {
    pub async fn run(&self, settings: &Settings) -> Result<()> {
        sqlite(settings)?;
        if self.file.exists() {
            return Err(Failure::new(format!("{} is there already.", self.file.display())));
        }
        let installation = Installation::open(settings).await?;
        installation.store.back_up(&self.file).await?;
        println!("{}", told(&self.file, &examine(&self.file).await?));
        match (&self.files, &settings.storage) {
            (Some(to), Place::Folder(from)) => println!("{} new files are in {}.", copy(from, to)?, to.display()),
            (Some(_), Place::Bucket { .. }) => {
                println!("The contents of files are in the bucket (STORAGE_URL): copy them there.")
            }
            (None, _) => println!("The contents of files (STORAGE_URL) are not in it: --files FOLDER copies them."),
        }
        Ok(())
    }
}

impl Restore {
    pub async fn run(&self, settings: &Settings) -> Result<()> {
        let database = sqlite(settings)?;
        let examined = examine(&self.file).await?;
        println!("{}", told(&self.file, &examined));
        if self.verify {
            return Ok(());
        }
        make_room(&database, self.replace)?;
        // Half a database never stands in its place.
        let part = database.with_extension("restoring");
        let copied = fs::copy(&self.file, &part).and_then(|_| fs::rename(&part, &database));
        copied.map_err(|error| failed(&database, &error))?;
        println!("{} is the database now; the next start runs migrations that are newer than it.", database.display());
        if let (Some(from), Place::Folder(to)) = (&self.files, &settings.storage) {
            println!("{} files are back in {}.", copy(from, to)?, to.display());
        }
        Ok(())
    }
}

/// The file of the database.
fn sqlite(settings: &Settings) -> Result<PathBuf> {
    let url = settings.database.url.expose_secret();
    let path = url.strip_prefix("sqlite://").map(|path| PathBuf::from(path.split('?').next().unwrap_or(path)));
    path.ok_or_else(|| Failure::new("The database is PostgreSQL: pg_dump and pg_restore know it best (docs/operations.md)."))
}

async fn examine(file: &Path) -> Result<Examined> {
    let examined = backup::examine(file).await;
    let examined = examined.map_err(|error| Failure::because(&format!("{} is no database", file.display()), &error))?;
    if let Some(damage) = examined.damage.first() {
        return Err(Failure::new(format!("{} is damaged: {damage}", file.display())));
    }
    Ok(examined)
}

fn told(file: &Path, examined: &Examined) -> String {
    let Examined { organizations, tickets, migrations, damage: _ } = examined;
    format!("{} is whole: {organizations} organizations, {tickets} tickets, {migrations} migrations.", file.display())
}

/// Puts a database that is there aside. What it has not yet written into its file goes with it.
fn make_room(database: &Path, may_replace: bool) -> Result<()> {
    if !database.exists() {
        return Ok(());
    }
    if !may_replace {
        return Err(Failure::new(format!("{} is there already: --replace puts it aside.", database.display())));
    }
    for end in ["", "-wal", "-shm"] {
        let from = PathBuf::from(format!("{}{end}", database.display()));
        let to = PathBuf::from(format!("{}.before-restore{end}", database.display()));
        match fs::rename(&from, &to) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(&from, &error)),
            _ => {}
        }
    }
    Ok(())
}

/// Copies the files that are not there yet: contents never change. Answers how many.
fn copy(from: &Path, to: &Path) -> Result<u64> {
    fs::create_dir_all(to).map_err(|error| failed(to, &error))?;
    let mut copied = 0;
    for entry in fs::read_dir(from).map_err(|error| failed(from, &error))?.flatten() {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copied += copy(&source, &target)?;
        } else if !target.exists() {
            fs::copy(&source, &target).map_err(|error| failed(&source, &error))?;
            copied += 1;
        }
    }
    Ok(copied)
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::because(&path.display().to_string(), error)
}
