//! The shape of the project, proven: which crate may know which, how long a file may be, what no code may say.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by ending")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const LONGEST_FILE: usize = 300;

/// The crates that the domain may know: words for time, identity and text, and nothing that does anything.
const DOMAIN_KNOWS: [&str; 11] = [
    "async-trait",
    "chrono",
    "chrono-tz",
    "mockall",
    "serde",
    "serde_json",
    "strsim",
    "thiserror",
    "unicode-normalization",
    "unicode-segmentation",
    "uuid",
];

/// The crates of ours that each crate may know, tests aside.
const MAY_KNOW: [(&str, &[&str]); 6] = [
    ("helpdesk-domain", &[]),
    ("helpdesk-migrations", &[]),
    ("helpdesk-persistence", &["helpdesk-domain", "helpdesk-migrations"]),
    ("helpdesk-outbound", &["helpdesk-domain"]),
    ("helpdesk-http", &["helpdesk-domain"]),
    ("helpdesk", &["helpdesk-domain", "helpdesk-migrations", "helpdesk-persistence", "helpdesk-outbound", "helpdesk-http"]),
];

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What every crate of the workspace is built with; what only its tests need is left out.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    let output = Command::new(cargo).args(arguments).current_dir(project()).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let packages = metadata.pointer("/packages").and_then(Value::as_array).unwrap();
    packages.iter().map(|package| (text(package, "/name"), dependencies_of(package))).collect()
}

fn dependencies_of(package: &Value) -> BTreeSet<String> {
    let all = package.pointer("/dependencies").and_then(Value::as_array).unwrap();
    let built_in = all.iter().filter(|dependency| dependency.pointer("/kind").and_then(Value::as_str) != Some("dev"));
    built_in.map(|dependency| text(dependency, "/name")).collect()
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap().to_owned()
}

#[test]
fn each_crate_knows_only_the_crates_below_it() {
    let dependencies = dependencies();
    for (name, may_know) in MAY_KNOW {
        let unexpected: Vec<_> = dependencies[name]
            .iter()
            .filter(|known| known.starts_with("helpdesk") && !may_know.contains(&known.as_str()))
            .collect();
        assert!(unexpected.is_empty(), "{name} must not know {unexpected:?}");
    }
}

#[test]
fn every_crate_has_its_place_in_the_order() {
    let placed: BTreeSet<_> = MAY_KNOW.iter().map(|(name, _)| *name).chain(["helpdesk-tests"]).collect();
    for name in dependencies().keys() {
        assert!(placed.contains(name.as_str()), "say in MAY_KNOW which crates {name} may know");
    }
}

#[test]
fn the_domain_knows_no_framework_no_database_and_no_runtime() {
    for known in &dependencies()["helpdesk-domain"] {
        assert!(DOMAIN_KNOWS.contains(&known.as_str()), "the domain must not know {known}");
    }
}

#[test]
fn a_file_has_at_most_300_lines() {
    for (path, source) in sources() {
        let lines = source.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
    }
}

#[test]
fn nothing_is_left_to_do_or_named_after_nothing() {
    let left = ["todo", "unimplemented"].map(|name| format!("{name}!("));
    for (path, source) in sources() {
        assert!(!left.iter().any(|mark| source.contains(mark)), "{} leaves something to do", path.display());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(!["utils", "util", "helpers", "helper", "common", "manager"].contains(&name.as_str()), "{}", path.display());
    }
}

/// Every Rust file of the workspace, by its path from the project's folder.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["crates", "migrations", "tests"] {
        collect(&project().join(folder), &mut found);
    }
    assert!(found.len() > 50, "the sources are where they are looked for");
    found
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            found.push((path.strip_prefix(project()).unwrap().to_owned(), source));
        }
    }
}
