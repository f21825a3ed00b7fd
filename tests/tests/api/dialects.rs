//! Two dialects at one path.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, by_classic, by_platform};
use serde_json::json;

on_both_backends! {
    async fn the_token_carries_the_dialect(story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        assert!(platform.opens("One").await["id"].is_string());
        assert!(classic.opens("Two").await["id"].is_i64());
    }

    async fn the_header_overrides_the_token(story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        assert!(platform.with("X-API-Dialect", "classic").opens("One").await["id"].is_i64());
        assert!(classic.with("X-API-Dialect", "platform").opens("Two").await["id"].is_string());
    }

    async fn an_unknown_dialect_is_refused(story: Story) {
        let agent = story.platform("agent").await.with("X-API-Dialect", "klingon");
        let details = agent.get("/tickets/").await.refuses(400);
        assert!(details["X-API-Dialect"].is_array(), "{details}");
    }

    async fn a_stranger_is_refused_in_platform_or_as_the_header_asks(story: Story) {
        let reply = story.stranger().get("/tickets/").await;
        assert!(by_platform(&reply.body).is_some(), "{}", reply.text);
        let reply = story.stranger().with("X-API-Dialect", "classic").get("/tickets/").await;
        assert!(by_classic(&reply.body).is_some(), "{}", reply.text);
    }

    async fn every_list_is_there_in_both_dialects(story: Story) {
        for client in [story.platform("admin").await, story.classic("admin").await] {
            for path in ["/tickets", "/tickets/my_tickets", "/users", "/categories", "/tags", "/tags/popular", "/departments"] {
                let list = client.get(path).await.answers(200);
                assert!(list["results"].is_array() && list["count"].is_u64(), "{path}: {list}");
                assert!(list.get("next").is_some() && list.get("previous").is_some(), "{path}: {list}");
            }
        }
    }

    async fn a_slash_at_the_end_is_optional_everywhere(story: Story) {
        let admin = story.platform("admin").await;
        let ticket = admin.opens("One").await;
        let id = ticket["id"].as_str().unwrap();
        for path in ["/tickets", "/users/me", "/auth/me", "/tickets/stats/summary", "/schema", "/docs", "/redoc", "/postman"] {
            admin.get(path).await.answers(200);
            admin.get(&format!("{path}/")).await.answers(200);
        }
        admin.get(&format!("/tickets/{id}?x=1")).await.answers(200);
        admin.patch(&format!("/tickets/{id}"), json!({ "title": "Two" })).await.answers(200);
        admin.put(&format!("/tickets/{id}/"), json!({ "title": "Three" })).await.answers(200);
        admin.post(&format!("/tickets/{id}/comments"), json!({ "content": "x" })).await.answers(201);
        admin.post("/tickets", json!({ "title": "Four", "description": "x" })).await.answers(201);
    }

    async fn a_path_takes_the_integer_and_the_uuid_in_either_dialect(story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        let uuid = platform.opens("One").await["id"].as_str().unwrap().to_owned();
        let serial = classic.get(&format!("/tickets/{uuid}/")).await.answers(200)["id"].as_i64().unwrap();
        assert_eq!(platform.get(&format!("/tickets/{serial}/")).await.answers(200)["id"], json!(uuid));
        assert_eq!(classic.get(&format!("/tickets/{serial}/")).await.answers(200)["id"], json!(serial));
        let me = platform.get("/users/me/").await.answers(200)["id"].as_str().unwrap().to_owned();
        let serial = classic.get(&format!("/users/{me}/")).await.answers(200)["id"].as_i64().unwrap();
        assert_eq!(platform.get(&format!("/users/{serial}/")).await.answers(200)["id"], json!(me));
    }
}
