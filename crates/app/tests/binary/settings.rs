//! Bad settings stop the start with a sentence that names them; `doctor` says what is wrong.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::desk::Home;
use crate::on_both_databases;

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|stream| String::from_utf8_lossy(stream).into_owned()).concat()
}

/// The start ends by itself and names the setting.
fn refuses(home: &Home, arguments: &[&str], settings: &[(&str, &str)], named: &str) {
    let output = home.run(arguments, settings);
    assert!(!output.status.success(), "{settings:?} was taken");
    assert!(said(&output).contains(named), "{named} is not named in: {}", said(&output));
}

#[test]
fn a_bad_value_stops_the_start_and_is_named() {
    let home = Home::on_sqlite();
    for (name, value) in [
        ("PORT", "eight thousand"),
        ("ACCESS_TOKEN_EXPIRE_MINUTES", "-5"),
        ("BACKEND_CORS_ORIGINS", "http://localhost:3000"),
        ("DATABASE_URL", "mysql://localhost/helpdesk"),
        ("RATE_LIMIT_ENABLED", "perhaps"),
        ("BCRYPT_COST", "99"),
        ("TRUSTED_PROXIES", "the one in the hall"),
    ] {
        refuses(&home, &["serve"], &[(name, value)], name);
    }
}

#[test]
fn a_key_that_others_know_or_guess_stops_the_start() {
    let home = Home::on_sqlite();
    for key in ["short", "your-super-secret-jwt-key-change-this-in-production"] {
        refuses(&home, &["serve"], &[("JWT_SECRET_KEY", key)], "JWT_SECRET_KEY");
        refuses(&home, &["serve"], &[("SECRET_KEY", key)], "SECRET_KEY");
    }
}

#[test]
fn a_misspelt_setting_in_a_file_stops_the_start_and_is_named() {
    let home = Home::on_sqlite();
    std::fs::write(home.path().join("desk.toml"), "ACCESS_TOKEN_EXPIRE_MINUTE = 5\n").unwrap();
    refuses(&home, &["--config", "desk.toml", "serve"], &[], "ACCESS_TOKEN_EXPIRE_MINUTE");
    std::fs::write(home.path().join(".env"), "BCRIPT_COST=5\n").unwrap();
    refuses(&home, &["serve"], &[], "BCRIPT_COST");
}

fn files_below(folder: &Path) -> Vec<(PathBuf, u32)> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let (folders, files): (Vec<_>, Vec<_>) = entries.map(|entry| entry.path()).partition(|path| path.is_dir());
    let modes = files.into_iter().map(|file| (file.clone(), file.metadata().unwrap().permissions().mode()));
    modes.chain(folders.iter().flat_map(|folder| files_below(folder))).collect()
}

#[tokio::test]
async fn the_generated_key_is_for_its_owner_only() {
    let home = Home::on_sqlite();
    home.serve().admin().await;
    let private = files_below(home.path()).into_iter().filter(|(_, mode)| mode & 0o777 == 0o600).count();
    assert_eq!(private, 1, "the key is the one file of mode 0600");
}

on_both_databases! {
    async fn doctor_finds_nothing_wrong_with_a_good_desk(home: Home) {
        drop(home.serve());
        let output = home.run(&["doctor"], &[]);
        assert!(output.status.success(), "{}", said(&output));
    }
}

#[test]
fn doctor_says_what_is_wrong() {
    let home = Home::on_sqlite();
    refuses(&home, &["doctor"], &[("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/none")], "database");
    refuses(&home, &["doctor"], &[("PORT", "-1")], "PORT");
}

#[test]
fn a_password_in_the_database_url_is_never_printed() {
    let home = Home::on_sqlite();
    let output = home.run(&["doctor"], &[("DATABASE_URL", "postgresql://nobody:hunter2hunter2@127.0.0.1:1/none")]);
    assert!(!said(&output).contains("hunter2hunter2"), "{}", said(&output));
}
