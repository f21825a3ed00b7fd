//! Keys for programs.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, each, id};
use serde_json::{Value, json};

async fn key(maker: &Client, body: Value) -> Value {
    maker.post("/api-keys/", body).await.answers(201)
}

async fn program(story: &Story, maker: &str, scopes: &[&str]) -> Client {
    let key = key(&story.platform(maker).await, json!({ "name": "Robot", "scopes": scopes })).await;
    bearing(story, &key)
}

fn bearing(story: &Story, key: &Value) -> Client {
    story.stranger().with("X-API-Key", key["secret"].as_str().unwrap())
}

on_both_backends! {
    async fn a_secret_is_shown_once_and_begins_with_its_prefix(story: Story) {
        let agent = story.platform("agent").await;
        let made = key(&agent, json!({ "name": "Robot", "scopes": ["tickets:read"] })).await;
        let secret = made["secret"].as_str().unwrap();
        assert!(secret.starts_with("hd_") && secret.starts_with(made["prefix"].as_str().unwrap()));
        let listed = agent.get("/api-keys/").await.answers(200);
        assert_eq!(each(&listed, "id"), [made["id"].clone()]);
        assert_eq!(listed["results"][0].get("secret"), None);
        let fields: Vec<&String> = listed["results"][0].as_object().unwrap().keys().collect();
        let mut fields: Vec<&str> = fields.into_iter().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["created_at", "dialect", "expires_at", "id", "last_used_at", "name", "prefix", "scopes"]);
    }

    async fn a_key_acts_as_its_maker_in_every_dialect(story: Story) {
        let robot = program(&story, "agent", &["tickets:read", "tickets:write"]).await;
        let ticket = robot.opens("By a robot").await;
        assert_eq!(ticket["created_by"]["email"], "agent@example.com");
        let secret = key(&story.platform("agent").await, json!({ "name": "x", "scopes": ["tickets:read"] })).await["secret"].clone();
        let requests = story.root().with("X-API-Key", secret.as_str().unwrap()).get("/api/help/requests").await;
        assert_eq!(requests.status, 200, "{}", requests.text);
    }

    async fn a_key_speaks_the_dialect_that_its_maker_chose(story: Story) {
        let agent = story.platform("agent").await;
        let made = key(&agent, json!({ "name": "Robot", "scopes": ["tickets:read"], "dialect": "classic" })).await;
        let me = bearing(&story, &made).get("/users/me/").await.answers(200);
        assert!(me["id"].is_i64(), "{me}");
    }

    async fn a_key_does_what_its_scopes_say_and_no_more(story: Story) {
        let reader = program(&story, "admin", &["tickets:read"]).await;
        reader.get("/tickets/").await.answers(200);
        let reply = reader.post("/tickets/", json!({ "title": "x", "description": "x" })).await;
        assert_eq!(reply.code(), "PERMISSION_DENIED");
        reply.refuses(403);
        reader.get("/users/").await.refuses(403);
        reader.post("/api-keys/", json!({ "name": "x", "scopes": ["admin"] })).await.refuses(403);
        let all = program(&story, "admin", &["admin"]).await;
        all.get("/users/").await.answers(200);
        all.opens("x").await;
    }

    async fn a_key_never_reaches_beyond_its_makers_present_role(story: Story) {
        let admin = story.platform("admin").await;
        let robot = program(&story, "bob", &["admin"]).await;
        robot.post("/users/", json!({ "email": "x@example.org", "password": "password123" })).await.refuses(403);
        let bob = id(&admin.get("/users/?search=bob@").await.answers(200)["results"][0]);
        admin.patch(&format!("/users/{bob}/"), json!({ "role": "customer" })).await.answers(200);
        robot.get("/users/").await.refuses(403);
        admin.patch(&format!("/users/{bob}/"), json!({ "is_active": false })).await.answers(200);
        robot.get("/tickets/").await.refuses(401);
    }

    async fn a_key_ends_when_it_is_deleted_or_its_time_comes(mut story: Story) {
        let agent = story.platform("agent").await;
        let made = key(&agent, json!({ "name": "Robot", "scopes": ["tickets:read"] })).await;
        let robot = bearing(&story, &made);
        robot.get("/tickets/").await.answers(200);
        agent.delete(&format!("/api-keys/{}/", id(&made))).await.answers(204);
        robot.get("/tickets/").await.refuses(401);
        let body = json!({ "name": "Robot", "scopes": ["tickets:read"], "expires_at": "2025-10-13T11:00:00Z" });
        let robot = bearing(&story, &key(&agent, body).await);
        robot.get("/tickets/").await.answers(200);
        story.later(30);
        robot.get("/tickets/").await.refuses(401);
    }

    async fn it_is_told_when_a_key_was_last_used(story: Story) {
        let agent = story.platform("agent").await;
        let made = key(&agent, json!({ "name": "Robot", "scopes": ["tickets:read"] })).await;
        assert_eq!(made["last_used_at"], Value::Null);
        bearing(&story, &made).get("/tickets/").await.answers(200);
        let listed = agent.get("/api-keys/").await.answers(200);
        assert_eq!(listed["results"][0]["last_used_at"], "2025-10-13T10:30:00Z");
    }

    async fn keys_are_for_staff_and_each_sees_their_own_admins_all(story: Story) {
        let body = json!({ "name": "Robot", "scopes": ["tickets:read"] });
        story.platform("customer").await.post("/api-keys/", body.clone()).await.refuses(403);
        let made = key(&story.platform("agent").await, body).await;
        assert_eq!(story.platform("bob").await.get("/api-keys/").await.answers(200)["count"], 0);
        story.platform("bob").await.delete(&format!("/api-keys/{}/", id(&made))).await.refuses(404);
        assert_eq!(story.platform("admin").await.get("/api-keys/").await.answers(200)["count"], 1);
    }

    async fn a_bad_key_is_refused_on_its_fields(story: Story) {
        let agent = story.platform("agent").await;
        let details = agent.post("/api-keys/", json!({})).await.refuses(400);
        assert!(details["name"].is_array() && details["scopes"].is_array(), "{details}");
        for (field, value) in [
            ("scopes", json!([])),
            ("scopes", json!(["everything"])),
            ("expires_at", json!("2020-01-01")),
            ("dialect", json!("latin")),
        ] {
            let mut body = json!({ "name": "Robot", "scopes": ["tickets:read"] });
            body[field] = value;
            let details = agent.post("/api-keys/", body).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
    }

    async fn a_repeat_answers_without_the_secret(story: Story) {
        let agent = story.platform("agent").await.with("Idempotency-Key", "k1");
        let body = json!({ "name": "Robot", "scopes": ["tickets:read"] });
        let first = key(&agent, body.clone()).await;
        let again = key(&agent, body).await;
        assert_eq!(again["id"], first["id"]);
        assert_eq!(again.get("secret"), None);
    }
}
