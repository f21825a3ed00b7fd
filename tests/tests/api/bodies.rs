//! Golden bodies: what each dialect shows, field by field.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, PASSWORD, Story, at, golden};
use serde_json::{Value, json};

/// Compares a body with how it looked before.
pub fn shows(name: &str, body: &Value) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_json_snapshot!(name, golden(body)));
}

/// A ticket with everything on it, as `client` sees it.
async fn ticket(story: &Story, client: &Client) -> Value {
    let body = json!({
        "title": "Login issue", "description": "The page stays white.", "priority": "high", "category": "billing",
        "department": "IT Department", "tags": ["login"], "custom_fields": { "severity": "critical" }, "contact_email": "carla@example.org",
    });
    let ticket = story.platform("customer").await.post("/tickets/", body).await.answers(201);
    let agent = story.platform("agent").await;
    agent.post(&at("/tickets", &ticket, "claim/"), json!({})).await.answers(200);
    let comment = json!({ "content": "Looking into it.", "mentions": ["customer"] });
    agent.post(&at("/tickets", &ticket, "comments/"), comment).await.answers(201);
    client.get(&at("/tickets", &ticket, "")).await.answers(200)
}

on_both_backends! {
    async fn tickets_in_platform(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = ticket(&story, &customer).await;
        shows("platform_ticket", &ticket);
        shows("platform_ticket_list", &customer.get("/tickets/?search=login").await.answers(200));
        shows("platform_comment", &ticket["comments"][0]);
        shows("platform_history", &customer.get(&at("/tickets", &ticket, "history/")).await.answers(200));
        shows("platform_ticket_created", &customer.opens("Server is down").await);
        let body = json!({ "status": "resolved", "resolution": "Fixed." });
        let patched = story.platform("agent").await.patch(&at("/tickets", &ticket, ""), body).await.answers(200);
        shows("platform_ticket_patched", &patched);
    }

    async fn tickets_in_classic(story: Story) {
        let customer = story.classic("customer").await;
        let ticket = ticket(&story, &customer).await;
        shows("classic_ticket", &ticket);
        shows("classic_ticket_list", &customer.get("/tickets/").await.answers(200));
        shows("classic_comment_list", &customer.get(&at("/tickets", &ticket, "comments/")).await.answers(200));
        shows("classic_history", &customer.get(&at("/tickets", &ticket, "history/")).await.answers(200));
    }

    async fn figures(story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        ticket(&story, &platform).await;
        let path = at("/tickets", &platform.opens("Other").await, "");
        platform.patch(&path, json!({ "status": "pending" })).await.answers(200);
        shows("platform_stats", &platform.get("/tickets/stats/summary/").await.answers(200));
        shows("classic_stats", &classic.get("/tickets/stats/").await.answers(200));
    }

    async fn people_and_labels(story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        shows("platform_users", &platform.get("/users/?role=customer&ordering=username").await.answers(200));
        shows("classic_users", &classic.get("/users/?role=customer&ordering=username").await.answers(200));
        for (client, dialect) in [(platform, "platform"), (classic, "classic")] {
            let tag = client.post("/tags/", json!({ "name": dialect })).await.answers(201);
            let (category, departments) = (client.get("/categories/billing/").await, client.get("/departments/").await);
            let seen = json!({ "tag": tag, "category": category.answers(200), "departments": departments.answers(200) });
            shows(&format!("{dialect}_taxonomy"), &seen);
        }
    }

    async fn logins(story: Story) {
        let body = json!({ "email": "customer@example.com", "username": "customer", "password": PASSWORD });
        shows("platform_login", &story.stranger().post("/auth/login/", body.clone()).await.answers(200));
        let pair = story.stranger().post("/auth/token/", body).await.answers(200);
        shows("classic_token", &pair);
        let renewed = story.stranger().post("/auth/token/refresh/", json!({ "refresh": pair["refresh"] })).await.answers(200);
        shows("classic_token_refresh", &renewed);
    }

    async fn refusals(story: Story) {
        let (platform, classic) = (story.platform("customer").await, story.classic("customer").await);
        let bad = json!({ "priority": "galactic", "description": 5 });
        shows("platform_refusal", &platform.post("/tickets/", json!({ "priority": "galactic" })).await.body);
        shows("platform_wrong_type", &platform.post("/tickets/", bad.clone()).await.body);
        shows("platform_not_found", &platform.get("/tickets/4711/").await.body);
        shows("classic_refusal", &classic.post("/tickets/", json!({ "priority": "galactic" })).await.body);
        shows("classic_not_found", &classic.get("/tickets/4711/").await.body);
    }
}
