//! The audit log.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{PASSWORD, Story, at, each};
use serde_json::json;

on_both_backends! {
    async fn logins_are_written_down_and_those_that_failed_too_without_a_password(story: Story) {
        let admin = story.platform("admin").await;
        let wrong = json!({ "email": "jane@example.com", "password": "my-dearest-secret" });
        story.stranger().post("/auth/login/", wrong).await.refuses(401);
        story.stranger().post("/auth/token/", json!({ "username": "my-dearest-secret", "password": "x" })).await.refuses(401);
        let wrong_door = json!({ "email": "agent@example.com", "password": PASSWORD });
        story.passer_by().post("/token/employee/", wrong_door).await.refuses(403);
        story.classic("jane").await;
        let log = admin.get("/audit-log/?action=login.succeeded,login.failed").await;
        assert!(!log.text.contains("dearest"), "{}", log.text);
        let log = log.answers(200);
        let words = ["login.succeeded", "login.failed", "login.failed", "login.failed", "login.succeeded"];
        assert_eq!(each(&log, "action"), words, "{log}");
        assert_eq!(each(&log, "details"), [
            json!({ "api": "classic" }),
            json!({ "reason": "wrong_door" }),
            json!({ "reason": "bad_credentials" }),
            json!({ "reason": "bad_credentials" }),
            json!({ "api": "platform" }),
        ]);
        assert_eq!(log["results"][0]["actor"]["email"], "jane@example.com");
        assert_eq!(log["results"][3]["actor"], json!(null));
        assert_eq!(log["results"][3]["subject"]["id"], log["results"][0]["actor"]["id"]);
        assert_eq!(log["results"][2]["subject"], json!(null));
    }

    async fn permissions_settings_and_keys_are_written_down(story: Story) {
        let admin = story.classic("admin").await;
        let before = admin.get("/audit-log/").await.answers(200)["count"].as_u64().unwrap();
        let body = json!({ "email": "new@example.com", "password": PASSWORD, "first_name": "N", "last_name": "N", "role": "customer" });
        let user = admin.post("/users/", body).await.answers(201);
        admin.patch(&at("/users", &user, ""), json!({ "role": "agent" })).await.answers(200);
        admin.patch(&at("/users", &user, ""), json!({ "first_name": "M" })).await.answers(200);
        admin.patch("/organizations/current/", json!({ "reopen_days": 7 })).await.answers(200);
        let key = admin.post("/api-keys/", json!({ "name": "One", "scopes": ["admin"] })).await.answers(201);
        admin.delete(&at("/api-keys", &key, "")).await.answers(204);
        admin.delete(&at("/users", &user, "")).await.answers(204);
        let log = admin.get("/audit-log/").await;
        assert!(!log.text.contains(key["secret"].as_str().unwrap()), "{}", log.text);
        let log = log.answers(200);
        assert_eq!(log["count"].as_u64().unwrap() - before, 6, "{log}");
        let words = [
            "user.deleted", "api_key.deleted", "api_key.created", "organization.updated", "user.permissions_changed", "user.created",
        ];
        assert_eq!(each(&log, "action")[..6], words.map(|word| json!(word)));
        assert!(log["results"][0]["id"].is_i64());
        assert_eq!(log["results"][0]["actor"]["username"], "admin");
        assert_eq!(log["results"][3]["details"]["changes"][0], json!({ "field": "reopen_days", "old": "30", "new": "7" }));
        assert_eq!(log["results"][4]["details"], json!({ "role": "agent", "fields": ["role"] }));
    }

    async fn who_is_told_and_what_is_promised_is_written_down(story: Story) {
        let admin = story.platform("admin").await;
        let hours = json!({ "name": "Office", "timezone": "UTC", "weekly": { "mon": [["09:00", "17:00"]] }, "holidays": [] });
        let hook = json!({ "name": "Chat", "url": "https://1.1.1.1/hook" });
        for (list, kind, body) in [("webhooks", "webhook", hook), ("sla/calendars", "sla_calendar", hours), ("sla/policies", "sla_policy", json!({ "name": "Gold", "match": {}, "targets": { "resolution": 60 } }))] {
            let made = admin.post(&format!("/{list}/"), body).await.answers(201);
            let path = at(&format!("/{list}"), &made, "");
            admin.patch(&path, json!({ "name": "Other" })).await.answers(200);
            admin.delete(&path).await.answers(204);
            let log = admin.get("/audit-log/?page_size=3").await.answers(200);
            assert_eq!(each(&log, "action"), ["deleted", "updated", "created"].map(|verb| json!(format!("{kind}.{verb}"))), "{log}");
            assert_eq!((&log["results"][0]["subject"]["id"], &log["results"][0]["subject"]["kind"]), (&made["id"], &json!(kind)));
            assert_eq!(log["results"][1]["details"], json!({ "name": "Other" }));
            assert_eq!(admin.get(&format!("/audit-log/?action={kind}.deleted")).await.answers(200)["count"], 1);
        }
    }

    async fn the_log_is_filtered_paged_and_walked(story: Story) {
        let mut story = story;
        let admin = story.platform("admin").await;
        for _ in 0..3 {
            story.later(5);
            story.platform("jane").await;
            story.platform("bob").await;
        }
        let count = async |question: &str| admin.get(&format!("/audit-log/?{question}")).await.answers(200)["count"].clone();
        assert_eq!(count("actor=jane").await, 3);
        assert_eq!(count("actor=bob@example.com&action=login.succeeded,login.failed").await, 3);
        assert_eq!(count("actor=me").await, 1);
        assert_eq!(count("action=login.failed").await, 0);
        assert_eq!(count("created_after=2025-10-13T10:38:00Z&actor=jane").await, 2);
        assert_eq!(count("created_before=2025-10-13T10:38:00Z&actor=jane").await, 1);
        let whole = admin.get("/audit-log/?page_size=100").await.answers(200);
        let mut walked = Vec::new();
        let mut next = json!("/audit-log/?cursor=&page_size=2");
        while let Some(path) = next.as_str() {
            let part = admin.get(path).await.answers(200);
            walked.extend(part["results"].as_array().unwrap().clone());
            next = part["next"].clone();
        }
        assert_eq!(json!(walked), whole["results"]);
        for bad in ["action=x", "actor=nobody", "created_after=x", "cursor=x", "page=0"] {
            admin.get(&format!("/audit-log/?{bad}")).await.refuses(400);
        }
    }

    async fn the_log_is_for_admins_of_the_organization(story: Story) {
        for person in ["agent", "coordinator", "technician", "customer"] {
            story.platform(person).await.get("/audit-log/").await.refuses(403);
        }
        let outsider = story.platform("outsider").await;
        assert_eq!(each(&outsider.get("/audit-log/?action=login.succeeded").await.answers(200), "action"), ["login.succeeded"]);
        let key = story.platform("admin").await.post("/api-keys/", json!({ "name": "K", "scopes": ["tickets:read"] })).await.answers(201);
        story.stranger().with("X-API-Key", key["secret"].as_str().unwrap()).get("/audit-log/").await.refuses(403);
    }
}
