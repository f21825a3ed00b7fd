//! The example requests of the documentation, run as they are printed, against the real binary with the demo data.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::json;

use crate::desk::{Desk, Home, finished};

/// The address in the documentation, and what stands for it here.
const PRINTED: &str = "http://127.0.0.1:8000";

/// Makes bash stop at the first failure, and a refusal a failure, in scripts that are written for readers.
const STRICT: &str = "set -euo pipefail\ncurl() { command curl --silent --show-error --fail-with-body \"$@\"; }\n";

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn document(path: &str) -> String {
    std::fs::read_to_string(project(path)).expect(path)
}

fn is_missing(program: &str) -> bool {
    let missing = Command::new(program).arg("--version").output().is_err();
    if missing {
        eprintln!("SKIPPED: {program} is not installed; the examples written for it did not run.");
    }
    missing
}

/// Runs an example with the desk's address in the place of the printed one, and gives what it printed.
fn run(desk: &Desk, home: &Home, program: &str, example: &str, name: &str) -> String {
    let file = home.path().join(name);
    std::fs::write(&file, example.replace(PRINTED, &desk.base)).unwrap();
    let output = finished(Command::new(program).arg(&file).current_dir(home.path()));
    assert!(output.status.success(), "{name} failed:\n{}", printed(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn printed(output: &Output) -> String {
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn run_curl(script: &str, name: &str) -> Option<(Home, Desk, String)> {
    if is_missing("curl") || is_missing("bash") {
        return None;
    }
    let home = Home::on_sqlite();
    let desk = home.serve();
    let said = run(&desk, &home, "bash", &format!("{STRICT}{script}"), name);
    Some((home, desk, said))
}

#[tokio::test]
async fn the_curl_examples_of_the_platform_work_as_printed() {
    let Some((_home, desk, said)) = run_curl(&document("docs/examples/platform.sh"), "platform.sh") else { return };
    assert!(said.contains("\"count\""), "the list is printed: {said}");
    let newest = desk.admin().await.get("/api/v1/tickets/?page_size=1").await;
    assert_eq!(newest.pointer("/results/0/title"), Some(&json!("Server is down")));
    assert_eq!(newest.pointer("/results/0/status"), Some(&json!("in_progress")));
    assert_eq!(newest.pointer("/results/0/assigned_to/email"), Some(&json!("agent@example.com")));
}

#[tokio::test]
async fn the_curl_examples_of_help_desk_pro_work_as_printed() {
    let Some((_home, desk, _)) = run_curl(&document("docs/examples/help-desk-pro.sh"), "help-desk-pro.sh") else { return };
    let newest = desk.login("user@example.com", "password123").await.get("/api/v1/tickets/?page_size=1").await;
    assert_eq!(newest.pointer("/results/0/title"), Some(&json!("Website not loading")));
    assert_eq!(newest.pointer("/results/0/priority"), Some(&json!("high")));
    assert_eq!(newest.pointer("/count"), Some(&json!(1)), "a new customer sees their own tickets only");
}

#[test]
fn the_python_example_of_classic_works_as_printed() {
    let Some(python) = python_with_requests() else { return };
    let home = Home::on_sqlite();
    let said = run(&home.serve(), &home, &python, &document("docs/examples/classic.py"), "classic.py");
    assert!(said.contains("'count'") && said.contains("'status_display'"), "{said}");
}

#[test]
fn the_javascript_example_of_classic_works_as_printed() {
    if is_missing("node") {
        return;
    }
    let home = Home::on_sqlite();
    let said = run(&home.serve(), &home, "node", &document("docs/examples/classic.mjs"), "classic.mjs");
    assert!(said.contains("count:") && said.contains("status_display"), "{said}");
}

#[tokio::test]
async fn the_first_session_of_the_readme_works_as_printed() {
    let readme = document("README.md");
    let session = readme.split("## A first session").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a first session");
    let blocks: Vec<_> = session.split("```bash\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    let Some((_home, desk, _)) = run_curl(&blocks.join("\n"), "session.sh") else { return };
    let newest = desk.admin().await.get("/api/v1/tickets/?page_size=1").await;
    assert_eq!(newest.pointer("/results/0/status"), Some(&json!("resolved")));
}

/// A python that has `requests`: the installed one, or one with a folder of its own beside the build.
fn python_with_requests() -> Option<String> {
    let has_requests =
        |python: &str| Command::new(python).args(["-c", "import requests"]).output().is_ok_and(|run| run.status.success());
    if is_missing("python3") {
        return None;
    }
    if has_requests("python3") {
        return Some("python3".to_owned());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
    let own = folder.join("bin/python").to_string_lossy().into_owned();
    if !has_requests(&own) {
        drop(Command::new("python3").args(["-m", "venv"]).arg(&folder).output());
        drop(Command::new(&own).args(["-m", "pip", "install", "--quiet", "requests"]).output());
    }
    if has_requests(&own) {
        return Some(own);
    }
    eprintln!("SKIPPED: python's requests can't be installed; the example written for it did not run.");
    None
}
