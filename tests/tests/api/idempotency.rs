//! `Idempotency-Key`: a POST that comes twice is done once.

use futures_util::future::join_all;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{BOUNDARY, Client, Form, Story, at};
use serde_json::{Value, json};

fn keyed(client: &Client, key: &str) -> Client {
    client.with("Idempotency-Key", key)
}

fn one() -> Value {
    json!({ "title": "One", "description": "x", "tags": ["fresh"] })
}

async fn count(client: &Client, path: &str) -> Value {
    client.get(path).await.answers(200)["count"].clone()
}

on_both_backends! {
    async fn a_repeat_returns_the_first_answer(story: Story) {
        let customer = story.platform("customer").await;
        let client = keyed(&customer, "a");
        let first = client.post("/tickets/", one()).await;
        story.platform("agent").await.patch(&at("/tickets", &first.body, ""), json!({ "title": "Changed" })).await.answers(200);
        let again = client.post("/tickets/", one()).await;
        assert_eq!((again.status, &again.text), (201, &first.text));
        assert_eq!(count(&customer, "/tickets/").await, 1);
    }

    async fn a_repeat_with_another_body_is_refused(story: Story) {
        let customer = story.platform("customer").await;
        keyed(&customer, "a").post("/tickets/", one()).await.answers(201);
        let reply = keyed(&customer, "a").post("/tickets/", json!({ "title": "Two", "description": "x" })).await;
        assert_eq!(reply.code(), "IDEMPOTENCY_KEY_REUSED");
        reply.refuses(422);
        assert_eq!(count(&customer, "/tickets/").await, 1);
    }

    async fn a_key_is_of_its_caller_and_path(story: Story) {
        let (customer, jane, agent) = (story.platform("customer").await, story.platform("jane").await, story.platform("agent").await);
        let ticket = keyed(&customer, "a").post("/tickets/", one()).await.answers(201);
        keyed(&jane, "a").post("/tickets/", one()).await.answers(201);
        let comment = json!({ "content": "x" });
        keyed(&customer, "a").post(&at("/tickets", &ticket, "comments/"), comment).await.answers(201);
        assert_eq!(count(&agent, "/tickets/").await, 2);
        assert_eq!(count(&agent, &at("/tickets", &ticket, "comments/")).await, 1);
    }

    async fn with_or_without_a_slash_it_is_the_same_path(story: Story) {
        let customer = story.platform("customer").await;
        let first = keyed(&customer, "a").post("/tickets/", one()).await.answers(201);
        assert_eq!(keyed(&customer, "a").post("/tickets", one()).await.answers(201), first);
    }

    async fn every_post_that_writes_takes_a_key(story: Story) {
        let admin = story.platform("admin").await;
        let ticket = admin.opens("One").await;
        let user = json!({ "email": "new@example.org", "password": "password123", "first_name": "N", "last_name": "P" });
        for (path, body) in [
            (at("/tickets", &ticket, "comments/"), json!({ "content": "x" })),
            (at("/tickets", &ticket, "claim/"), json!({})),
            (at("/tickets", &ticket, "assign/"), json!({ "user_id": "bob" })),
            (at("/tickets", &ticket, "change_status/"), json!({ "status": "pending", "comment": "x" })),
            (at("/tickets", &ticket, "resolve/"), json!({ "resolution": "x" })),
            (at("/tickets", &ticket, "close/"), json!({ "comment": "x" })),
            (at("/tickets", &ticket, "reopen/"), json!({ "comment": "x" })),
            (at("/tickets", &ticket, "withdraw/"), json!({ "comment": "x" })),
            ("/categories/".to_owned(), json!({ "name": "Fresh" })),
            ("/tags/".to_owned(), json!({ "name": "fresh" })),
            ("/departments/".to_owned(), json!({ "name": "Fresh" })),
            ("/users/".to_owned(), user),
        ] {
            let client = keyed(&admin, "a");
            let first = client.post(&path, body.clone()).await;
            assert!(first.status < 300, "{path}: {}", first.text);
            let again = client.post(&path, body).await;
            assert_eq!((again.status, again.text), (first.status, first.text), "{path}");
        }
        assert_eq!(count(&admin, &at("/tickets", &ticket, "comments/")).await, 5);
    }

    async fn a_refused_request_may_come_again_corrected(story: Story) {
        let customer = story.platform("customer").await;
        keyed(&customer, "a").post("/tickets/", json!({ "title": "One" })).await.refuses(400);
        keyed(&customer, "a").post("/tickets/", one()).await.answers(201);
    }

    async fn a_repeat_after_a_crash_is_answered_from_the_resource(story: Story) {
        for (client, key) in [(story.platform("admin").await, "a"), (story.classic("admin").await, "b")] {
            let ticket = client.opens("One").await;
            for (path, body) in [
                ("/tickets/".to_owned(), one()),
                (at("/tickets", &ticket, "comments/"), json!({ "content": "x" })),
                (at("/tickets", &ticket, "claim/"), json!({})),
                ("/tags/".to_owned(), json!({ "name": key })),
            ] {
                let first = keyed(&client, key).post(&path, body.clone()).await;
                story.forget_answers().await;
                let again = keyed(&client, key).post(&path, body).await;
                assert_eq!((again.status, &again.body), (first.status, &first.body), "{path}");
            }
            assert_eq!(count(&client, &at("/tickets", &ticket, "comments/")).await, 1);
        }
    }

    async fn a_question_is_answered_again_after_a_crash(story: Story) {
        let admin = story.platform("admin").await;
        let template = admin.post("/templates/", json!({ "title": "One", "content": "Hello {{name}}" })).await.answers(201);
        let calendar = json!({ "timezone": "UTC", "weekly": { "mon": [["09:00", "17:00"]] } });
        for (path, body) in [
            ("/sla/simulate/".to_owned(), json!({ "calendar": calendar, "start": "2025-10-13T10:30:00Z" })),
            ("/knowledge-base/suggest/".to_owned(), json!({ "text": "printer" })),
            (at("/templates", &template, "use_template/"), json!({ "context": { "name": "Jane" } })),
        ] {
            let first = keyed(&admin, "a").post(&path, body.clone()).await.answers(200);
            story.forget_answers().await;
            assert_eq!(keyed(&admin, "a").post(&path, body).await.answers(200), first, "{path}");
            keyed(&admin, "a").post(&path, json!({ "text": "another" })).await.refuses(422);
        }
    }

    async fn of_the_same_request_many_times_at_once_one_is_done(story: Story) {
        let customer = story.platform("customer").await;
        let client = keyed(&customer, "a");
        let replies = join_all((0..6).map(|_| client.post("/tickets/", one()))).await;
        for reply in &replies {
            assert_eq!((reply.status, &reply.body["id"]), (201, &replies[0].body["id"]), "{}", reply.text);
        }
        assert_eq!(count(&customer, "/tickets/").await, 1);
    }

    async fn an_empty_or_endless_key_is_refused(story: Story) {
        let customer = story.platform("customer").await;
        for key in [String::new(), "x".repeat(256)] {
            keyed(&customer, &key).post("/tickets/", one()).await.refuses(400);
        }
        keyed(&customer, &"x".repeat(255)).post("/tickets/", one()).await.answers(201);
    }

    async fn credentials_are_never_kept_under_a_key(story: Story) {
        let body = json!({ "email": "agent@example.com", "password": "password123" });
        let client = keyed(&story.stranger(), "a");
        let first = client.post("/auth/login/", body.clone()).await.answers(200);
        let again = client.post("/auth/login/", body).await.answers(200);
        assert_ne!(first["refresh_token"], again["refresh_token"]);
    }

    async fn a_repeated_upload_is_taken_once_whatever_its_size_and_boundary(story: Story) {
        let (customer, helper) = (story.platform("customer").await, story.smartsupport("customer").await);
        let ticket = customer.opens("One").await;
        let large = "x".repeat(2 * 1024 * 1024);
        for (client, path, field) in [
            (&customer, at("/tickets", &ticket, "attachments/"), "file"),
            (&customer, "/files/upload/".to_owned(), "file"),
            (&helper, "/tickets/".to_owned(), "files[]"),
        ] {
            let (client, before) = (keyed(client, "a"), story.objects());
            let form = |name: &str| {
                let form = Form::with_file(field, name, &large);
                form.text("subject", "A").text("category", "Network").text("description", "x").bytes()
            };
            let first = client.send_bytes("POST", &path, Some((&Form::kind(), form("a.txt")))).await;
            assert_eq!(first.status, 201, "{path}: {}", first.text);
            let (kind, same) = with_another_boundary(&form("a.txt"));
            let again = client.send_bytes("POST", &path, Some((&kind, same))).await;
            assert_eq!((again.status, &again.text), (201, &first.text), "{path}");
            let other = client.send_bytes("POST", &path, Some((&Form::kind(), form("b.txt")))).await;
            assert_eq!(other.status, 422, "{path}: {}", other.text);
            assert_eq!(story.objects(), before + 1, "{path}");
        }
    }

    async fn a_body_that_nobody_reads_as_a_form_is_not_looked_at(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = agent.opens("One").await;
        let send = async || keyed(&agent, "a").send_bytes("POST", &at("/tickets", &ticket, "claim/"), Some((&Form::kind(), Vec::new()))).await;
        let first = send().await;
        assert_eq!((first.status, send().await.text), (200, first.text));
    }

    async fn a_repeat_that_is_no_form_any_more_is_refused(story: Story) {
        let client = keyed(&story.platform("customer").await, "a");
        client.upload("/files/upload/", &Form::with_file("file", "a.txt", "a")).await.answers(201);
        client.send_bytes("POST", "/files/upload/", Some((&Form::kind(), Form::with_file("file", "a.txt", "a").cut()))).await.refuses(400);
        client.post("/files/upload/", json!({})).await.refuses(422);
    }
}

/// The same form as another program would send it.
fn with_another_boundary(form: &[u8]) -> (String, Vec<u8>) {
    let (kind, text) = (Form::kind(), String::from_utf8(form.to_vec()).unwrap());
    (kind.replace(BOUNDARY, "another"), text.replace(BOUNDARY, "another").into_bytes())
}
