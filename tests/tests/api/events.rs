//! The event log.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::json;

on_both_backends! {
    async fn events_have_dense_positions_in_the_order_of_what_happened(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let start = agent.get("/events/").await.answers(200)["last_position"].as_i64().unwrap();
        let ticket = customer.opens("One").await;
        agent.post(&at("/tickets", &ticket, "claim/"), json!({})).await.answers(200);
        customer.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "x" })).await.answers(201);
        agent.post("/tags/", json!({ "name": "vpn" })).await.answers(201);
        let log = agent.get("/events/?after=0&limit=1000").await.answers(200);
        let last = log["last_position"].as_i64().unwrap();
        assert_eq!(each(&log, "position"), (1..=last).map(|n| json!(n)).collect::<Vec<_>>());
        let new = agent.get(&format!("/events/?after={start}")).await.answers(200);
        assert_eq!(
            each(&new, "type"),
            ["ticket.created", "ticket.status_changed", "ticket.assigned", "ticket.comment_added", "tag.created"].map(|kind| json!(kind))
        );
        assert_eq!(new["results"][0]["subject"], json!({ "kind": "ticket", "id": ticket["id"] }));
    }

    async fn a_log_is_followed_in_parts_without_gaps_or_doubles(story: Story) {
        let agent = story.platform("agent").await;
        for n in 0..5 {
            agent.opens(&n.to_string()).await;
        }
        let whole = agent.get("/events/?limit=1000").await.answers(200);
        let (mut after, mut met) = (0, Vec::new());
        loop {
            let part = agent.get(&format!("/events/?after={after}&limit=3")).await.answers(200);
            let ids = each(&part, "id");
            if ids.is_empty() {
                break;
            }
            assert!(ids.len() <= 3);
            met.extend(ids);
            after = part["after"].as_i64().unwrap();
        }
        assert_eq!(met, each(&whole, "id"));
    }

    async fn each_organization_has_a_log_of_its_own(story: Story) {
        let outsider = story.platform("outsider").await;
        let before = outsider.get("/events/").await.text;
        story.platform("customer").await.opens("One").await;
        assert_eq!(outsider.get("/events/").await.text, before);
    }

    async fn what_was_refused_or_changed_nothing_is_no_event(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        let path = at("/tickets", &ticket, "");
        let before = agent.get("/events/").await.answers(200)["last_position"].clone();
        customer.patch(&path, json!({ "priority": "low" })).await.refuses(403);
        agent.patch(&path, json!({ "title": "One", "status": "open" })).await.answers(200);
        agent.patch(&path, json!({ "title": "" })).await.refuses(400);
        agent.post(&at("/tickets", &ticket, "reopen/"), json!({})).await.refuses(409);
        assert_eq!(agent.get("/events/").await.answers(200)["last_position"], before);
    }

    async fn a_bad_position_or_limit_is_refused(story: Story) {
        let agent = story.platform("agent").await;
        for (field, value) in [("after", "-1"), ("after", "x"), ("limit", "-1"), ("limit", "x"), ("after", "9223372036854775808")] {
            let details = agent.get(&format!("/events/?{field}={value}")).await.refuses(400);
            assert!(details[field].is_array(), "{field}={value}: {details}");
        }
        agent.get("/events/?after=9223372036854775807&limit=9223372036854775807").await.answers(200);
    }
}
