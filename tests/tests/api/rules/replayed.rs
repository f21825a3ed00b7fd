//! Trying a rule out on what has happened.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

use super::{log, on, rule, ticket};

async fn replayed(client: &Client, rule: &Value, body: Value) -> Value {
    client.post(&at("/rules", rule, "test/"), body).await.answers(200)
}

/// Everything that a rule could have changed.
async fn everything(story: &Story, opened: &Value) -> Vec<String> {
    let admin = story.platform("admin").await;
    let mut seen = Vec::new();
    for path in [
        "/rules/".to_owned(),
        "/tickets/".to_owned(),
        "/events/?limit=1000".to_owned(),
        at("/tickets", opened, ""),
        at("/tickets", opened, "history/"),
    ] {
        seen.push(admin.get(&path).await.text);
    }
    seen
}

on_both_backends! {
    async fn a_rule_tells_what_it_would_have_done_and_changes_nothing(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let opened = customer.opens("My printer burns").await;
        customer.opens("My mouse bites").await;
        let conditions = json!([{ "field": "title", "op": "contains", "value": "printer" }]);
        let then = json!([{ "assign": "bob" }, { "set": { "priority": "high" } }, { "comment": { "content": "{ticket_number}" } }]);
        let made = rule(&story, "Printers", on(&["ticket.created"]), conditions, then).await;
        let before = everything(&story, &opened).await;
        let found = replayed(&agent, &made, json!({})).await;
        assert_eq!(everything(&story, &opened).await, before);
        assert_eq!(log(&agent, &made).await, json!([]));
        assert_eq!(found["matches"].as_array().unwrap().len(), 1, "{found}");
        let hit = &found["matches"][0];
        assert_eq!((&hit["type"], &hit["outcome"], &hit["ticket"]["number"]), (&json!("ticket.created"), &json!("done"), &json!("TX0001")));
        assert_eq!(hit["detail"], "Assigned to Bob Miller; Priority changed from medium to high; Response added by Automation");
        assert_eq!(found["is_exact"], true);
        assert!(found["events"].as_u64().unwrap() > 2);
    }

    async fn tickets_are_judged_as_they_were_then(story: Story) {
        let (customer, agent, admin) =
            (story.platform("customer").await, story.platform("agent").await, story.platform("admin").await);
        admin.post("/tags/", json!({ "name": "Hot" })).await.answers(201);
        admin.post("/categories/", json!({ "name": "Printers" })).await.answers(201);
        let opened = customer.opens("One").await;
        let path = at("/tickets", &opened, "");
        agent.patch(&path, json!({ "category": "printers", "tags": ["hot"] })).await.answers(200);
        agent.patch(&path, json!({ "priority": "urgent" })).await.answers(200);
        agent.patch(&path, json!({ "category": null, "tags": [], "priority": "low", "title": "Two", "status": "resolved" })).await.answers(200);
        let then = json!([{ "assign": "bob" }]);
        let asked = |field: &str, op: &str, value: Value| json!({ "field": field, "op": op, "value": value });
        let conditions = json!([
            asked("status", "is", json!("open")),
            asked("category", "is", json!("Printers")),
            asked("tags", "contains", json!("Hot")),
            asked("title", "is", json!("One")),
            asked("priority", "changed_to", json!("urgent")),
            asked("priority", "was", json!("medium")),
        ]);
        let made = rule(&story, "Then", on(&["ticket.updated"]), conditions, then).await;
        let found = replayed(&agent, &made, json!({})).await;
        assert_eq!(each(&found["matches"], "outcome"), ["done"], "{found}");
        assert_eq!(ticket(&agent, &opened).await["assigned_to"], json!(null));
    }

    async fn a_draft_is_tried_out_instead_of_what_is_kept(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        for n in 0..3 {
            customer.opens(&format!("Ticket {n}")).await;
        }
        let nothing = json!([{ "field": "status", "op": "is", "value": "closed" }]);
        let made = rule(&story, "Draft", on(&["ticket.created"]), nothing, json!([{ "set": { "priority": "medium" } }])).await;
        assert_eq!(replayed(&agent, &made, json!({})).await["matches"], json!([]));
        let found = replayed(&agent, &made, json!({ "if": [] })).await;
        assert_eq!(each(&found["matches"], "outcome"), ["unchanged"; 3]);
        let draft = json!({ "if": [], "then": [{ "set": { "status": "resolved" } }, { "set": { "status": "pending" } }] });
        assert_eq!(each(&replayed(&agent, &made, draft).await["matches"], "outcome"), ["failed"; 3]);
        let kept = agent.get(&at("/rules", &made, "")).await.answers(200);
        assert_eq!(kept, made);
    }

    async fn a_stretch_of_the_log_is_walked_part_by_part(story: Story) {
        let agent = story.platform("agent").await;
        for n in 0..5 {
            agent.opens(&n.to_string()).await;
        }
        let made = rule(&story, "All", on(&["ticket.created"]), json!([]), json!([{ "set": { "priority": "high" } }])).await;
        let last = agent.get("/events/?limit=1").await.answers(200)["last_position"].as_i64().unwrap();
        let (mut after, mut found) = (0, 0);
        while after < last {
            let part = replayed(&agent, &made, json!({ "after": after, "limit": 2 })).await;
            found += part["matches"].as_array().unwrap().len();
            after = part["after"].as_i64().unwrap();
        }
        assert_eq!(found, 5);
    }

    async fn what_cannot_be_replayed_is_refused(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let made = rule(&story, "X", on(&["ticket.created"]), json!([]), json!([{ "assign": null }])).await;
        let path = at("/rules", &made, "test/");
        for (field, body) in [
            ("limit", json!({ "limit": 0 })),
            ("limit", json!({ "limit": 1001 })),
            ("after", json!({ "after": -1 })),
            ("after", json!({ "after": "x" })),
            ("if", json!({ "if": [{ "field": "x" }] })),
            ("then", json!({ "then": [] })),
            ("when", json!({ "when": { "time": { "in": "created", "after": 5 } } })),
        ] {
            let details = agent.post(&path, body).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
        customer.post(&path, json!({})).await.refuses(403);
        story.platform("outsider").await.post(&path, json!({})).await.refuses(404);
    }
}
