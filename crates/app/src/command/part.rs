//! Files that are there whole, or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// A file that is written beside its place; gone where it is dropped before it is kept.
pub struct Part {
    path: PathBuf,
    place: PathBuf,
    /// Held as long as it is written: what nobody holds was left by a process that was killed.
    _lock: File,
}

impl Part {
    /// Begins an empty one, for its owner's eyes only.
    pub fn begin(place: &Path) -> Result<(Self, File)> {
        let path = beside(place, ".part");
        let file = begun(&path).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => Failure::new(format!("{} is there already: somebody is writing it.", path.display())),
            _ => failed(&path, &error),
        })?;
        let lock = file.try_clone().map_err(|error| failed(&path, &error))?;
        Ok((Self { path, place: place.to_owned(), _lock: lock }, file))
    }

    /// Where it is written.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it into its place, when it is on the disk; what came there meanwhile stays.
    pub fn keep(self) -> Result<()> {
        let kept = File::open(&self.path).and_then(|file| file.sync_all()).and_then(|()| self.put());
        kept.map_err(|error| failed(&self.place, &error))
    }

    fn put(&self) -> io::Result<()> {
        match fs::hard_link(&self.path, &self.place) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !self.place.exists() => {
                // not every disk has links
                fs::rename(&self.path, &self.place)?;
            }
            linked => linked?,
        }
        sync_folder(&self.place)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // What is half-written is of no use; that it cannot be removed says nothing new.
        let _ = fs::remove_file(&self.path);
    }
}

/// A new file that nobody else holds, in place of one that was left behind.
fn begun(path: &Path) -> io::Result<File> {
    let create = || fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let file = match create() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let _left = held(File::open(path)?, path)?;
            // not emptied: it may be in its place too, and is whole there
            fs::remove_file(path)?;
            create()?
        }
        created => created?,
    };
    held(file, path)
}

/// The file, locked; refused where another holds it, or where another file has its name meanwhile.
fn held(file: File, path: &Path) -> io::Result<File> {
    file.try_lock()?;
    let (ours, there) = (file.metadata()?, fs::symlink_metadata(path)?);
    let is_there = (ours.dev(), ours.ino()) == (there.dev(), there.ino());
    if is_there { Ok(file) } else { Err(io::ErrorKind::WouldBlock.into()) }
}

/// Refuses a place where something is.
pub fn free(place: &Path) -> Result<()> {
    if place.exists() { Err(Failure::new(format!("{} is there already.", place.display()))) } else { Ok(()) }
}

/// The same path with more at its end, whatever is there.
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    PathBuf::from(name)
}

/// What stands in a folder is only there after a crash when the folder is on the disk too.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    File::open(folder)?.sync_all()
}

/// What went wrong with that file.
pub fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::because(&path.display().to_string(), error)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_is_kept_whole_and_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("desk.db");
        let (part, mut file) = Part::begin(&place).unwrap();
        file.write_all(b"whole").unwrap();
        assert!(!place.exists());
        part.keep().unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"whole");
        assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_not_kept_leaves_nothing_and_what_is_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("desk.db");
        drop(Part::begin(&place).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let (part, _) = Part::begin(&place).unwrap();
        assert!(Part::begin(&place).is_err(), "two write the same file");
        fs::write(&place, "another's").unwrap();
        assert!(part.keep().is_err());
        assert!(free(&place).is_err());
        assert_eq!(fs::read(&place).unwrap(), b"another's");
    }

    #[test]
    fn what_a_killed_process_left_does_not_stand_in_the_way_and_what_it_had_kept_stays_whole() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("desk.db");
        let left = beside(&place, ".part");
        fs::write(&left, "half").unwrap();
        fs::hard_link(&left, folder.path().join("kept.db")).unwrap();
        let (part, _) = Part::begin(&place).unwrap();
        assert_eq!(fs::read(part.path()).unwrap(), b"");
        assert_eq!(fs::read(folder.path().join("kept.db")).unwrap(), b"half");
    }
}
