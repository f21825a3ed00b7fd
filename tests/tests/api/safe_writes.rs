//! Tags of resources, and writes that are safe to make at once.

use futures_util::future::join_all;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, id};
use serde_json::json;

async fn tag(client: &Client, path: &str) -> String {
    let reply = client.get(path).await;
    let tag = reply.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"'), "a strong tag: {tag}");
    reply.answers(200);
    tag
}

/// The paths of one of each kind of thing.
async fn one_of_each(client: &Client) -> Vec<String> {
    let ticket = client.opens("One").await;
    let comment = client.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "x" })).await.answers(201);
    let category = client.post("/categories/", json!({ "name": "Fresh" })).await.answers(201);
    let label = client.post("/tags/", json!({ "name": "fresh" })).await.answers(201);
    let department = client.post("/departments/", json!({ "name": "Fresh" })).await.answers(201);
    vec![
        at("/tickets", &ticket, ""),
        at("/tickets", &ticket, &format!("comments/{}/", id(&comment))),
        at("/categories", &category, ""),
        at("/tags", &label, ""),
        at("/departments", &department, ""),
        "/users/me/".to_owned(),
        "/auth/me/".to_owned(),
    ]
}

on_both_backends! {
    async fn a_resource_that_is_known_is_not_sent_again(story: Story) {
        for client in [story.platform("admin").await, story.classic("agent").await] {
            for path in one_of_each(&client).await {
                let known = tag(&client, &path).await;
                for condition in [known.clone(), format!("\"other\", {known}"), format!("W/{known}"), "*".to_owned()] {
                    let reply = client.with("If-None-Match", condition).get(&path).await;
                    assert_eq!((reply.status, reply.text.as_str()), (304, ""), "{path}");
                    assert_eq!(reply.header("etag"), known);
                }
                client.with("If-None-Match", "\"other\"").get(&path).await.answers(200);
            }
            client.delete("/categories/fresh/").await.answers(204);
            client.delete("/tags/fresh/").await.answers(204);
            client.delete("/departments/Fresh/").await.answers(204);
        }
    }

    async fn a_tag_is_of_its_dialect_and_viewer_and_says_so(story: Story) {
        let ticket = story.platform("agent").await.opens("One").await;
        let path = at("/tickets", &ticket, "");
        let mut tags = Vec::new();
        for person in ["agent", "bob"] {
            for client in [story.platform(person).await, story.classic(person).await] {
                tags.push(tag(&client, &path).await);
                let vary = client.get(&path).await.header("vary").to_lowercase();
                assert!(vary.contains("authorization") && vary.contains("x-api-dialect"), "{vary}");
            }
        }
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 4);
    }

    async fn what_only_time_changes_leaves_the_tag_alone(mut story: Story) {
        let path = at("/tickets", &story.platform("customer").await.opens("One").await, "");
        let platform = tag(&story.platform("customer").await, &path).await;
        let classic = tag(&story.classic("customer").await, &path).await;
        let me = tag(&story.platform("customer").await, "/users/me/").await;
        story.later(4000);
        assert_eq!(tag(&story.platform("customer").await, &path).await, platform);
        assert_eq!(tag(&story.classic("customer").await, &path).await, classic);
        assert_eq!(tag(&story.platform("customer").await, "/users/me/").await, me);
    }

    async fn a_change_gives_another_tag_and_a_change_back_the_present_body(story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "");
        let before = tag(&agent, &path).await;
        let changed = agent.patch(&path, json!({ "title": "Two" })).await;
        assert_ne!(changed.header("etag"), before);
        assert_eq!(changed.header("etag"), tag(&agent, &path).await);
    }

    async fn a_stale_tag_changes_nothing(story: Story) {
        let client = story.platform("admin").await;
        for path in one_of_each(&client).await.into_iter().filter(|path| !path.starts_with("/auth")) {
            let stale = client.with("If-Match", "\"stale\"");
            let before = client.get(&path).await.text;
            for method in ["PUT", "PATCH", "DELETE"] {
                if path.contains("/me/") && method == "DELETE" {
                    continue;
                }
                let body = json!({ "title": "X", "name": "X", "content": "X", "first_name": "X" });
                let reply = stale.send(method, &path, Some(body)).await;
                assert_eq!(reply.code(), "PRECONDITION_FAILED", "{method} {path}");
                reply.refuses(412);
            }
            assert_eq!(client.get(&path).await.text, before, "{path}");
        }
    }

    async fn a_stale_tag_stops_every_action(story: Story) {
        let client = story.platform("agent").await;
        let ticket = client.opens("One").await;
        let body = json!({ "user_id": "bob", "status": "resolved", "priority": "low", "department": "IT Department", "rejection_reason": "x", "content": "x" });
        let actions =
            ["assign", "change_status", "approve", "reject", "claim", "resolve", "close", "reopen", "withdraw", "finalize", "comments"];
        for action in actions {
            let path = at("/tickets", &ticket, action);
            client.with("If-Match", "\"stale\"").post(&path, body.clone()).await.refuses(412);
            client.with("If-Match", "\"é\"").post(&path, body.clone()).await.refuses(412);
        }
        assert_eq!(client.get(&at("/tickets", &ticket, "")).await.answers(200), ticket);
    }

    async fn the_present_tag_lets_a_change_through_once(story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "");
        let client = agent.with("If-Match", tag(&agent, &path).await);
        client.patch(&path, json!({ "title": "Two" })).await.answers(200);
        client.patch(&path, json!({ "title": "Three" })).await.refuses(412);
        agent.with("If-Match", "*").patch(&path, json!({ "title": "Four" })).await.answers(200);
        let client = agent.with("If-Match", tag(&agent, &path).await);
        story.platform("admin").await.with("If-Match", tag(&agent, &path).await).delete(&path).await.refuses(412);
        client.post(&format!("{path}claim/"), json!({})).await.answers(200);
    }

    async fn of_many_changes_with_one_tag_one_wins(story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "");
        let client = agent.with("If-Match", tag(&agent, &path).await);
        let changes = (0..6).map(|n| client.patch(&path, json!({ "title": format!("Title {n}") })));
        let mut statuses: Vec<u16> = join_all(statuses_of(changes)).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412, 412, 412, 412]);
    }

    async fn concurrent_changes_of_different_fields_all_survive(story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "");
        let bodies = [
            json!({ "title": "Two" }),
            json!({ "description": "y" }),
            json!({ "priority": "critical" }),
            json!({ "category": "billing" }),
            json!({ "assigned_to": "bob" }),
            json!({ "tags": ["vpn"] }),
            json!({ "custom_fields": { "a": 1 } }),
            json!({ "custom_fields": { "b": 2 } }),
        ];
        let statuses = join_all(statuses_of(bodies.iter().map(|body| agent.patch(&path, body.clone())))).await;
        assert_eq!(statuses, [200; 8]);
        let ticket = agent.get(&path).await.answers(200);
        assert_eq!((&ticket["title"], &ticket["description"], &ticket["priority"]), (&json!("Two"), &json!("y"), &json!("critical")));
        assert_eq!((&ticket["tags"], &ticket["custom_fields"]), (&json!(["vpn"]), &json!({ "a": 1, "b": 2 })));
        assert_eq!((ticket["category"].is_null(), ticket["assigned_to"].is_null()), (false, false));
    }

    async fn of_many_claims_at_once_one_wins(story: Story) {
        let (agent, bob, admin) = (story.platform("agent").await, story.platform("bob").await, story.platform("admin").await);
        let path = at("/tickets", &story.platform("customer").await.opens("One").await, "claim/");
        let claims = [&agent, &bob, &admin, &agent, &bob, &admin].map(|client| client.post(&path, json!({})));
        let mut statuses = join_all(statuses_of(claims.into_iter())).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409, 409, 409]);
    }

    async fn tickets_opened_at_once_have_numbers_without_gaps(story: Story) {
        let (one, two) = (story.platform("customer").await, story.platform("jane").await);
        let opened = (0..12).map(|n| if n % 2 == 0 { one.opens("A") } else { two.opens("B") });
        let mut numbers: Vec<String> =
            join_all(opened).await.iter().map(|ticket| ticket["number"].as_str().unwrap().to_owned()).collect();
        numbers.sort();
        assert_eq!(numbers, (1..=12).map(|n| format!("TX{n:04}")).collect::<Vec<_>>());
    }
}

/// The statuses of answers that are waited for at once.
fn statuses_of<F: Future<Output = helpdesk_tests::story::Reply>>(
    requests: impl Iterator<Item = F>,
) -> impl Iterator<Item = impl Future<Output = u16>> {
    requests.map(|reply| async { reply.await.status })
}
