//! What an organization is and chooses.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at};
use serde_json::json;

const CURRENT: &str = "/organizations/current/";

on_both_backends! {
    async fn staff_read_their_organization_and_only_admins_change_it(story: Story) {
        let shown = story.platform("agent").await.get(CURRENT).await.answers(200);
        assert_eq!(shown["slug"], "acme-corp");
        assert_eq!(shown["requires_approval"], false);
        assert_eq!(shown["reopen_days"], 30);
        assert_eq!(story.classic("agent").await.get(CURRENT).await.answers(200), shown);
        story.platform("customer").await.get(CURRENT).await.refuses(403);
        story.stranger().get(CURRENT).await.refuses(401);
        story.platform("agent").await.patch(CURRENT, json!({ "name": "Mine" })).await.refuses(403);
        assert_eq!(story.platform("agent").await.get(CURRENT).await.answers(200), shown);
    }

    async fn what_is_absent_stays_and_a_change_is_an_event(story: Story) {
        let admin = story.platform("admin").await;
        let before = admin.get("/events/").await.answers(200)["last_position"].clone();
        let changed = admin.patch(CURRENT, json!({ "time_zone": "Europe/Berlin", "reopen_days": 3 })).await.answers(200);
        assert_eq!(changed["time_zone"], "Europe/Berlin");
        assert_eq!(changed["reopen_days"], 3);
        assert_eq!(changed["comment_edit_minutes"], 15);
        assert_eq!(admin.patch(CURRENT, json!({ "reopen_days": 3 })).await.answers(200), changed);
        let events = admin.get(&format!("/events/?after={before}")).await.answers(200);
        assert_eq!(events["results"].as_array().unwrap().len(), 1);
        assert_eq!(events["results"][0]["type"], "organization.updated");
    }

    async fn bad_choices_are_errors_on_their_fields_and_change_nothing(story: Story) {
        let admin = story.platform("admin").await;
        let before = admin.get(CURRENT).await.answers(200);
        for (field, value) in [
            ("time_zone", json!("Mars/Olympus")),
            ("name", json!("")),
            ("reopen_days", json!(-1)),
            ("reopen_days", json!("soon")),
            ("comment_edit_minutes", json!(600_000)),
            ("requires_approval", json!("perhaps")),
        ] {
            let details = admin.patch(CURRENT, json!({ "domain": "a.example", field: value })).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
        assert_eq!(admin.get(CURRENT).await.answers(200), before);
    }

    async fn a_stale_tag_changes_nothing(story: Story) {
        let admin = story.platform("admin").await;
        let read = admin.get(CURRENT).await;
        let tag = read.headers["etag"].to_str().unwrap().to_owned();
        admin.patch(CURRENT, json!({ "name": "First" })).await.answers(200);
        admin.with("If-Match", tag).patch(CURRENT, json!({ "name": "Second" })).await.refuses(412);
        assert_eq!(admin.get(CURRENT).await.answers(200)["name"], "First");
    }

    async fn tickets_and_accounts_wait_where_the_organization_wants_it(story: Story) {
        let admin = story.platform("admin").await;
        let choice = json!({ "requires_approval": true, "requires_account_approval": true });
        admin.put(CURRENT, choice).await.answers(200);
        let agent = story.platform("agent").await;
        let ticket = story.platform("customer").await.opens("Help").await;
        let approval = json!({ "priority": "high", "department": "IT Department" });
        let approved = agent.post(&at("/tickets", &ticket, "approve/"), approval).await.answers(200);
        assert_eq!(approved["priority"], "high");
        let account = json!({
            "email": "new@example.com", "password": "password123", "first_name": "Nora", "last_name": "New",
            "organization_slug": "acme-corp"
        });
        story.stranger().post("/auth/register/", account).await.answers(201);
        let login = json!({ "email": "new@example.com", "password": "password123" });
        story.stranger().post("/auth/login/", login).await.refuses(403);
    }
}
