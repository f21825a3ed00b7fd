//! Mails go out over SMTP, whatever happens to the process that sends them.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::desk::{Home, expect};
use crate::on_both_databases;
use crate::smtp::{MailServer, Manner, NAME, PASSWORD, header};

async fn forgets(desk: &crate::desk::Desk) {
    let url = format!("{}/api/v1/auth/forgot-password/", desk.base);
    let asked = reqwest::Client::new().post(url).json(&json!({ "email": "agent@example.com" })).send().await.unwrap();
    expect(asked, reqwest::StatusCode::OK).await;
}

fn settings(server: &MailServer) -> Vec<(&'static str, String)> {
    vec![
        ("MAIL_SERVER", "localhost".to_owned()),
        ("MAIL_PORT", server.port.to_string()),
        ("MAIL_FROM", "desk@example.org".to_owned()),
    ]
}

/// Waits until the list of mails says that.
async fn said(home: &Home, words: &[&str]) {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let listed = String::from_utf8(home.run(&["outbox", "list"], &[]).stdout).unwrap();
        if words.iter().all(|word| listed.contains(word)) {
            return;
        }
        assert!(Instant::now() < deadline, "{listed}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

on_both_databases! {
    async fn a_link_for_a_new_password_is_mailed(home: Home) {
        let server = MailServer::plain();
        let desk = home.serve_with(&settings(&server));
        forgets(&desk).await;
        let mails = server.has(1);
        assert_eq!(header(&mails[0], "To"), "\"Jane Smith\" <agent@example.com>");
        assert!(header(&mails[0], "From").contains("<desk@example.org>"));
        assert!(mails[0].contains("multipart/alternative") && mails[0].contains("uidb64"), "{}", mails[0]);
    }

    async fn what_the_process_was_sending_when_it_died_is_sent_again_under_the_same_id(home: Home) {
        let server = MailServer::plain();
        server.behaves(Manner::TakesAndFallsSilent);
        let desk = home.serve_with(&settings(&server));
        forgets(&desk).await;
        server.has(1);
        desk.kill();
        server.behaves(Manner::Takes);
        if home.is_on_postgres() {
            // Another replica may hold the lease: it is waited for, which takes a minute.
            return;
        }
        let _desk = home.serve_with(&settings(&server));
        let mails = server.has(2);
        assert_eq!(header(&mails[0], "Message-ID"), header(&mails[1], "Message-ID"));
    }

    async fn what_was_written_without_a_mail_server_is_sent_once_there_is_one(home: Home) {
        let desk = home.serve();
        forgets(&desk).await;
        desk.kill();
        let listed = home.run(&["outbox", "list", "--waiting"], &[]);
        let listed = String::from_utf8(listed.stdout).unwrap();
        assert!(listed.contains("agent@example.com") && listed.contains("uidb64="), "{listed}");
        let server = MailServer::plain();
        let _desk = home.serve_with(&settings(&server));
        server.has(1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_that_a_server_refuses_for_good_are_given_up_and_sent_again_when_asked() {
    let home = Home::on_sqlite();
    let server = MailServer::plain();
    server.behaves(Manner::Refuses);
    let desk = home.serve_with(&settings(&server));
    forgets(&desk).await;
    said(&home, &["given up", "550"]).await;
    server.behaves(Manner::Takes);
    home.run(&["outbox", "retry"], &[]);
    assert!(header(&server.has(1)[0], "To").contains("agent@example.com"));
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_that_a_server_turns_away_for_now_wait_for_another_attempt() {
    let home = Home::on_sqlite();
    let server = MailServer::plain();
    server.behaves(Manner::TurnsAway);
    let desk = home.serve_with(&settings(&server));
    forgets(&desk).await;
    said(&home, &["tried 1", "451"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_is_spoken_to_over_starttls_with_a_password() {
    let home = Home::on_sqlite();
    let trusted = home.path().join("ca.pem");
    let server = MailServer::with_tls(&trusted);
    let mut settings = settings(&server);
    settings.push(("MAIL_STARTTLS", "required".to_owned()));
    settings.push(("MAIL_USERNAME", NAME.to_owned()));
    settings.push(("MAIL_PASSWORD", PASSWORD.to_owned()));
    settings.push(("SSL_CERT_FILE", trusted.display().to_string()));
    let desk = home.serve_with(&settings);
    forgets(&desk).await;
    server.has(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn required_encryption_sends_nothing_to_a_server_without_it() {
    let home = Home::on_sqlite();
    let server = MailServer::plain();
    let mut settings = settings(&server);
    settings.push(("MAIL_STARTTLS", "required".to_owned()));
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let said = home.run(&["doctor"], &settings);
    assert!(!said.status.success());
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("MAIL_SERVER"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_says_that_the_mail_server_answers() {
    let home = Home::on_sqlite();
    home.run(&["migrate"], &[]);
    let server = MailServer::plain();
    let settings = settings(&server);
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let said = String::from_utf8(home.run(&["doctor"], &settings).stdout).unwrap();
    assert!(said.contains("(MAIL_SERVER) answers."), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_answer_is_mailed_in_the_tickets_thread_and_an_internal_note_never() {
    let home = Home::on_sqlite();
    let server = MailServer::plain();
    let desk = home.serve_with(&settings(&server));
    let customer = desk.customer().await;
    let request = customer.post("/api/v1/tickets/", &json!({ "title": "Toner <b>", "description": "x" }));
    let ticket = expect(request.send().await.unwrap(), reqwest::StatusCode::CREATED).await;
    let comments = format!("/api/v1/tickets/{}/comments/", ticket["id"].as_str().unwrap());
    let admin = desk.admin().await;
    for (content, is_internal) in [("never tell them", true), ("a new toner <i>comes</i>", false)] {
        let said = admin.post(&comments, &json!({ "content": content, "is_internal": is_internal }));
        expect(said.send().await.unwrap(), reqwest::StatusCode::CREATED).await;
    }
    let mails = server.has(2);
    assert_eq!(header(&mails[0], "References"), header(&mails[1], "References"));
    assert_ne!(header(&mails[0], "Message-ID"), header(&mails[1], "Message-ID"));
    assert!(mails[1].contains("a new toner <i>comes</i>") && mails[1].contains("&lt;i&gt;comes&lt;"), "{}", mails[1]);
    assert!(mails[1].contains("List-Unsubscribe: <http://"), "{}", mails[1]);
    assert!(mails.iter().all(|mail| !mail.contains("never tell them")));
}
