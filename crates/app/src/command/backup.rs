//! `helpdesk backup` and `helpdesk restore`: the SQLite database as one file, and the files beside it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use helpdesk_outbound::Place;
use helpdesk_persistence::backup::{self, Examined};
use secrecy::ExposeSecret;

use super::part::{Part, beside, failed, free};
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
        free(&self.file)?;
        let (part, _) = Part::begin(&self.file)?;
        let installation = Installation::open(settings).await?;
        installation.store.back_up(part.path()).await?;
        let examined = examine(part.path()).await?;
        part.keep()?;
        println!("{}", told(&self.file, &examined));
        match (&self.files, &settings.storage) {
            (Some(to), Place::Folder(from)) => println!("{} new files are in {}.", copy(from, to)?, to.display()),
            (Some(_), Place::Bucket { .. }) => {
                println!("The contents of files are in the bucket (STORAGE_URL): copy them there.");
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
        let in_the_way = in_the_way(&database, self.replace)?;
        let (part, mut file) = Part::begin(&database)?;
        let copied = File::open(&self.file).and_then(|mut backup| io::copy(&mut backup, &mut file));
        copied.and_then(|_| file.sync_all()).map_err(|error| failed(part.path(), &error))?;
        for (from, aside) in in_the_way {
            fs::rename(&from, &aside).map_err(|error| failed(&from, &error))?;
        }
        part.keep()?;
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

/// What is in the place of the database, with where it is put aside; what is not yet written into the file goes with it,
/// else it would be written into the one that comes.
fn in_the_way(database: &Path, may_replace: bool) -> Result<Vec<(PathBuf, PathBuf)>> {
    let files = ["", "-wal", "-shm"].map(|end| (beside(database, end), beside(database, &format!(".before-restore{end}"))));
    let Some((first, _)) = files.iter().find(|(from, _)| from.exists()) else { return Ok(Vec::new()) };
    if !may_replace {
        return Err(Failure::new(format!("{} is there already: --replace puts it aside.", first.display())));
    }
    if let Some((_, kept)) = files.iter().find(|(_, aside)| aside.exists()) {
        return Err(Failure::new(format!("{} is there already, from a restore before: move it away.", kept.display())));
    }
    Ok(files.into_iter().filter(|(from, _)| from.exists()).collect())
}

/// Copies the files that are not there yet: contents never change. Answers how many.
fn copy(from: &Path, to: &Path) -> Result<u64> {
    fs::create_dir_all(to).map_err(|error| failed(to, &error))?;
    let mut copied = 0;
    for entry in fs::read_dir(from).map_err(|error| failed(from, &error))? {
        let entry = entry.map_err(|error| failed(from, &error))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copied += copy(&source, &target)?;
        } else if !target.exists() {
            copied += copy_file(&source, &target).map_err(|error| failed(&source, &error))?;
        }
    }
    Ok(copied)
}

/// A half of a file never stands for the whole.
fn copy_file(source: &Path, target: &Path) -> io::Result<u64> {
    let part = beside(target, ".part");
    match fs::copy(source, &part) {
        // Deleted meanwhile: nobody refers to it any more.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !source.exists() => return Ok(0),
        copied => copied?,
    };
    File::open(&part)?.sync_all()?;
    fs::rename(&part, target)?;
    Ok(1)
}
