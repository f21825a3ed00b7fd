//! The key that tokens are signed with.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use helpdesk_outbound::SHORTEST_KEY;
use rand::distr::{Alphanumeric, SampleString};
use secrecy::SecretString;

use crate::failure::{Failure, Result};

/// Keys that everybody knows: the seeds print them, and `.env.example` might.
const PRINTED: &[&str] = &["your-super-secret-jwt-key-change-this-in-production", "your-secret-key"];

const FILE: &str = "jwt_secret_key";
const GENERATED: usize = 64;

/// What is wrong with a key that somebody chose; none when it is good.
pub fn weakness(key: &str) -> Option<String> {
    if PRINTED.contains(&key) {
        Some("is printed in documentation that everybody can read; choose one of your own (openssl rand -hex 32)".to_owned())
    } else if key.len() < SHORTEST_KEY {
        Some(format!("must have at least {SHORTEST_KEY} bytes (openssl rand -hex 32)"))
    } else {
        None
    }
}

/// The key in the data folder; made there once, for its owner's eyes only.
pub fn kept_in(folder: &Path) -> Result<SecretString> {
    let path = folder.join(FILE);
    let tried = format!("The token key {} cannot be read or made", path.display());
    let key = read(&path).or_else(|_| make(folder, &path)).map_err(|error| Failure::because(&tried, &error))?;
    match weakness(&key) {
        Some(weakness) => Err(Failure::new(format!("The token key in {} {weakness}.", path.display()))),
        None => Ok(key.into()),
    }
}

fn read(path: &Path) -> io::Result<String> {
    Ok(fs::read_to_string(path)?.trim().to_owned())
}

/// Written beside its place and linked into it: of two processes that start at once, both use the first one's key.
fn make(folder: &Path, path: &Path) -> io::Result<String> {
    fs::create_dir_all(folder)?;
    let draft = folder.join(format!("{FILE}.{}", std::process::id()));
    let key = Alphanumeric.sample_string(&mut rand::rng(), GENERATED);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(key.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => read(path),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn the_key_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = kept_in(&folder.path().join("data")).unwrap();
        let again = kept_in(&folder.path().join("data")).unwrap();
        assert_eq!(first.expose_secret(), again.expose_secret());
        let mode = fs::metadata(folder.path().join("data").join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path().join("data")).unwrap().count(), 1);
    }

    #[test]
    fn a_kept_key_that_was_cut_short_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "short").unwrap();
        let failure = kept_in(folder.path()).unwrap_err().to_string();
        assert!(failure.contains(FILE) && failure.contains("32 bytes"), "{failure}");
    }
}
