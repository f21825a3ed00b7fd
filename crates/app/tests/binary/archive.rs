//! An organization goes from one database into another; a database goes into a file and comes back.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::desk::{Desk, Home, expect};
use crate::on_both_databases;

/// What an admin reads, and must read again wherever the organization is.
const READ: [&str; 10] = [
    "/api/v1/tickets/?page_size=100",
    "/api/v1/users/?page_size=100",
    "/api/v1/categories/",
    "/api/v1/tags/?page_size=100",
    "/api/v1/templates/",
    "/api/v1/work-orders/",
    "/api/v1/events/?limit=1000",
    "/api/v1/tickets/stats/",
    "/api/v1/tickets/?search=printer",
    "/api/v1/analytics/tickets/?date_range=1y",
];

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    said(output)
}

#[track_caller]
fn fails(output: &Output) -> String {
    assert!(!output.status.success(), "{}", said(output));
    said(output)
}

/// Leaves out what only time changes, and addresses that name the server or the reader.
fn timeless(value: Value) -> Value {
    match value {
        Value::Array(entries) => entries.into_iter().map(timeless).collect(),
        Value::Object(fields) => {
            let passing = ["sla_status", "next", "previous", "image", "last_active_at", "overdue_tickets", "overdue"];
            fields
                .into_iter()
                .filter(|(name, _)| !passing.contains(&name.as_str()))
                .map(|(name, value)| (name, timeless(value)))
                .collect()
        }
        other => other,
    }
}

async fn everything(desk: &Desk) -> Vec<(String, Value)> {
    let admin = desk.admin().await;
    let mut read = Vec::new();
    for path in READ {
        read.push((path.to_owned(), timeless(admin.get(path).await)));
    }
    for ticket in admin.get("/api/v1/tickets/?page_size=5").await["results"].as_array().unwrap() {
        for more in ["", "history/", "comments/"] {
            let path = format!("/api/v1/tickets/{}/{more}", ticket["id"].as_str().unwrap());
            read.push((path.clone(), timeless(admin.get(&path).await)));
        }
    }
    read
}

/// What the admin reads after logging in once: logging in is an event on either side.
async fn served(home: &Home) -> Vec<(String, Value)> {
    let desk = home.serve();
    let read = everything(&desk).await;
    desk.ask_to_stop();
    assert!(desk.stopped().success());
    read
}

on_both_databases! {
    async fn what_one_database_exports_the_other_imports(home: Home) {
        succeeds(&home.run(&["seed"], &[]));
        let file = home.path().join("acme.jsonl");
        succeeds(&home.run(&["export", text(&file), "--organization", "acme-corp"], &[]));
        let before = served(&home).await;
        let mut targets = vec![Home::on_sqlite()];
        targets.extend(Home::on_postgres().await);
        for target in targets {
            succeeds(&target.run(&["import", text(&file)], &[]));
            let after = served(&target).await;
            for ((path, before), (_, after)) in before.iter().zip(&after) {
                assert_eq!(before, after, "{path}");
            }
            // And out again: the same lines, but for the logins of the reader.
            let again = target.path().join("again.jsonl");
            succeeds(&target.run(&["export", text(&again), "--organization", "acme-corp"], &[]));
            let rows = |file: &Path| fs::read_to_string(file).unwrap().matches("\"table\":\"ticket\"").count();
            assert_eq!(rows(&file), rows(&again));
            // The next ticket has the next number and an id of its own.
            let desk = target.serve();
            let body = json!({ "title": "After the move", "description": "Still here." });
            expect(desk.customer().await.post("/api/v1/tickets/", &body).send().await.unwrap(), StatusCode::CREATED).await;
        }
    }

    async fn a_file_that_is_not_whole_or_comes_too_late_changes_nothing(home: Home) {
        let source = Home::on_sqlite();
        succeeds(&source.run(&["seed"], &[]));
        let file = source.path().join("acme.jsonl");
        succeeds(&source.run(&["export", text(&file), "--organization", "acme-corp"], &[]));
        let whole = fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = whole.lines().collect();
        let without = |place: usize| [&lines[..place], &lines[place + 1..]].concat().join("\n");
        let broken = source.path().join("broken.jsonl");
        for (text_of_file, why) in [
            (without(lines.len() - 1), "ends too early"),
            (without(lines.len() - 2), "was changed"),
            (without(0), "does not begin like"),
            (whole.replacen("\"title\":", "\"tittle\":", 1), "is wrong"),
            (whole.replacen("\"migrations\":[", "\"migrations\":[\"m9999_other\",", 1), "another version"),
        ] {
            fs::write(&broken, format!("{text_of_file}\n")).unwrap();
            let said = fails(&home.run(&["import", text(&broken)], &[]));
            assert!(said.contains(why), "{why}: {said}");
        }
        succeeds(&home.run(&["import", text(&file)], &[]));
        let said = fails(&home.run(&["import", text(&file)], &[]));
        assert!(said.contains("acme-corp is here already"), "{said}");
        let said = fails(&source.run(&["export", text(&file)], &[]));
        assert!(said.contains("is there already"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_running_desk_is_restored() {
    let home = Home::on_sqlite();
    let desk = home.serve();
    let before = everything(&desk).await;
    let (backup, files) = (home.path().join("backup.db"), home.path().join("files"));
    let said = succeeds(&home.run(&["backup", text(&backup), "--files", text(&files)], &[]));
    assert!(said.contains("is whole: 2 organizations"), "{said}");
    let body = json!({ "title": "After the backup", "description": "Lost." });
    expect(desk.customer().await.post("/api/v1/tickets/", &body).send().await.unwrap(), StatusCode::CREATED).await;
    desk.ask_to_stop();
    assert!(desk.stopped().success());

    succeeds(&home.run(&["restore", text(&backup), "--verify"], &[]));
    let said = fails(&home.run(&["restore", text(&backup)], &[]));
    assert!(said.contains("--replace"), "{said}");
    succeeds(&home.run(&["restore", text(&backup), "--replace", "--files", text(&files)], &[]));
    let after = served(&home).await;
    for ((path, before), (_, after)) in before.iter().zip(&after).filter(|((path, _), _)| !path.contains("events")) {
        assert_eq!(before, after, "{path}");
    }
    assert!(home.path().join("helpdesk.db.before-restore").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_restore_put_aside_is_never_lost_and_no_log_of_another_database_is_read() {
    let home = Home::on_sqlite();
    succeeds(&home.run(&["seed"], &[]));
    let backup = home.path().join("backup.db");
    succeeds(&home.run(&["backup", text(&backup)], &[]));
    assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
    let (database, aside) = (home.path().join("helpdesk.db"), home.path().join("helpdesk.db.before-restore"));
    let log = home.path().join("helpdesk.db-wal");
    fs::remove_file(&database).unwrap();
    fs::write(&log, "what the database that is gone has not written yet").unwrap();
    let said = fails(&home.run(&["restore", text(&backup)], &[]));
    assert!(said.contains("helpdesk.db-wal is there already"), "{said}");
    succeeds(&home.run(&["restore", text(&backup), "--replace"], &[]));
    assert!(!log.exists() && home.path().join("helpdesk.db.before-restore-wal").exists());
    let said = fails(&home.run(&["restore", text(&backup), "--replace"], &[]));
    assert!(said.contains("before-restore-wal is there already"), "{said}");
    assert!(database.exists() && !aside.exists() && !home.path().join("helpdesk.db.part").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_told_and_not_restored() {
    let home = Home::on_sqlite();
    succeeds(&home.run(&["seed"], &[]));
    let backup = home.path().join("backup.db");
    succeeds(&home.run(&["backup", text(&backup)], &[]));
    fails(&home.run(&["backup", text(&backup)], &[]));
    let mut bytes = fs::read(&backup).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x55);
    fs::write(&backup, bytes).unwrap();
    for arguments in [&["restore", text(&backup), "--verify"][..], &["restore", text(&backup), "--replace"]] {
        fails(&home.run(arguments, &[]));
    }
    fs::write(&backup, "This is no database.").unwrap();
    fails(&home.run(&["restore", text(&backup), "--replace"], &[]));
    let desk = home.serve();
    assert!(!desk.admin().await.get("/api/v1/tickets/").await["results"].as_array().unwrap().is_empty());
}
