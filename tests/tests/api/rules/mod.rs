//! Automation: rules that begin with what happens.

mod macros;
mod replayed;
mod told;
mod waiting;
mod written;

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

/// A rule of the admin.
async fn rule(story: &Story, name: &str, when: Value, conditions: Value, then: Value) -> Value {
    let body = json!({ "name": name, "when": when, "if": conditions, "then": then });
    story.platform("admin").await.post("/rules/", body).await.answers(201)
}

fn on(events: &[&str]) -> Value {
    json!({ "event": events })
}

/// What a rule did, newest first.
async fn log(client: &Client, rule: &Value) -> Value {
    client.get(&at("/rules", rule, "log/")).await.answers(200)["results"].clone()
}

async fn ticket(client: &Client, ticket: &Value) -> Value {
    client.get(&at("/tickets", ticket, "")).await.answers(200)
}

on_both_backends! {
    async fn a_rule_assigns_sets_and_comments_in_one_step_and_says_that_it_did(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let printers = story.platform("admin").await.post("/categories/", json!({ "name": "Printers" })).await.answers(201);
        let then = json!([
            { "assign": "bob" },
            { "set": { "priority": "high", "category": "printers", "department": "IT Department", "status": "in_progress" } },
            { "comment": { "content": "{requester}, {assignee} looks at {ticket_number} ({category}, {priority}).", "is_internal": false } },
        ]);
        let conditions = json!([{ "field": "title", "op": "contains", "value": "PRINTER" }]);
        let made = rule(&story, "Printers to Bob", on(&["ticket.created"]), conditions, then).await;
        let opened = customer.opens("My printer burns").await;
        story.automate().await;
        let now = ticket(&agent, &opened).await;
        assert_eq!((&now["status"], &now["priority"]), (&json!("in_progress"), &json!("high")));
        assert_eq!((&now["category"]["name"], &now["assigned_to"]["first_name"]), (&printers["name"], &json!("Bob")));
        assert_eq!(now["comments"][0]["content"], "Carla Miller, Bob Miller looks at TX0001 (Printers, high).");
        assert_eq!(now["first_response_at"], json!(null), "an answer that nobody wrote is no answer");
        let history = agent.get(&at("/tickets", &opened, "history/")).await.answers(200);
        let by: Vec<_> = each(&history, "by_rule").into_iter().filter(|by| !by.is_null()).collect();
        assert_eq!(by.len(), history["results"].as_array().unwrap().len() - 1, "all but the opening: {history}");
        assert_eq!(by[0], json!({ "id": made["id"], "name": "Printers to Bob" }));
        let events = agent.get("/events/?limit=1000").await.answers(200);
        let said = events["results"].as_array().unwrap().iter().find(|event| event["type"] == "ticket.comment_added").unwrap();
        assert_eq!((&said["by_rule"]["id"], &said["actor"]), (&made["id"], &json!(null)));
        let line = &log(&agent, &made).await[0];
        assert_eq!((&line["outcome"], &line["ticket"]["number"], &line["ticket"]["id"]), (&json!("done"), &json!("TX0001"), &opened["id"]));
    }

    async fn a_customer_is_not_told_which_rule_it_was(story: Story) {
        let customer = story.platform("customer").await;
        let then = json!([{ "set": { "priority": "urgent" } }, { "comment": { "content": "We have your ticket." } }]);
        rule(&story, "Secret sauce", on(&["ticket.created"]), json!([]), then).await;
        let opened = customer.opens("One").await;
        story.automate().await;
        let seen = ticket(&customer, &opened).await;
        assert_eq!(seen["comments"][0]["author"]["first_name"], "Automation");
        let history = customer.get(&at("/tickets", &opened, "history/")).await.answers(200);
        assert!(each(&history, "details").contains(&json!("Response added by Automation")), "{history}");
        story.tell().await;
        for text in [seen.to_string(), history.to_string(), customer.get("/notifications/").await.text] {
            assert!(!text.contains("Secret sauce") && !text.contains("by_rule"), "{text}");
        }
        assert_eq!(story.platform("admin").await.get("/users/?search=automation").await.answers(200)["results"], json!([]));
    }

    async fn who_speaks_for_the_rules_is_no_person_to_take_out_or_to_erase(story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        rule(&story, "Says", on(&["ticket.created"]), json!([]), json!([{ "comment": { "content": "Hello." } }])).await;
        let opened = customer.opens("One").await;
        story.automate().await;
        let author = ticket(&admin, &opened).await["comments"][0]["author"].clone();
        assert_eq!(author["first_name"], "Automation");
        admin.get(&at("/users", &author, "export/")).await.refuses(404);
        admin.post(&at("/users", &author, "erase/"), json!({})).await.refuses(404);
        assert_eq!(ticket(&admin, &opened).await["comments"][0]["author"], author);
    }

    async fn the_log_of_a_rule_does_not_name_whoever_is_erased(story: Story) {
        let (admin, bob) = (story.platform("admin").await, story.platform("bob").await);
        let him = bob.get("/users/me/").await.answers(200);
        let then = json!([{ "assign": him["id"] }, { "set": { "priority": "high" } }]);
        let made = rule(&story, "To Bob", on(&["ticket.created"]), json!([]), then).await;
        story.platform("customer").await.opens("One").await;
        story.automate().await;
        let detail = log(&admin, &made).await[0]["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("Assigned to Bob Miller"), "{detail}");
        admin.post(&at("/users", &him, "erase/"), json!({})).await.answers(200);
        assert_eq!(log(&admin, &made).await[0]["detail"], json!(detail.replace("Bob Miller", "Erased user")));
    }

    async fn conditions_know_the_values_before_and_after(story: Story) {
        let agent = story.platform("agent").await;
        let conditions = json!([{ "field": "priority", "op": "was", "value": "low" }, { "field": "priority", "op": "changed_to", "value": "urgent" }]);
        let then = json!([{ "set": { "add_tags": ["hot"] } }]);
        story.platform("admin").await.post("/tags/", json!({ "name": "Hot" })).await.answers(201);
        rule(&story, "Hot", on(&["ticket.updated"]), conditions, then).await;
        let tags = async |from: &str, to: &str| {
            let opened = agent.opens("One").await;
            agent.patch(&at("/tickets", &opened, ""), json!({ "priority": from })).await.answers(200);
            agent.patch(&at("/tickets", &opened, ""), json!({ "priority": to })).await.answers(200);
            story.automate().await;
            ticket(&agent, &opened).await["tags"].clone()
        };
        assert_eq!(tags("low", "urgent").await, json!(["Hot"]));
        assert_eq!(tags("high", "urgent").await, json!([]), "it was not low");
        assert_eq!(tags("low", "high").await, json!([]), "it did not become urgent");
    }

    async fn what_cannot_be_done_is_not_half_done_and_stands_in_the_log(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let then = json!([{ "set": { "priority": "low", "status": "resolved" } }, { "set": { "status": "pending" } }]);
        let made = rule(&story, "Back", on(&["ticket.created"]), json!([]), then).await;
        let opened = customer.opens("One").await;
        story.automate().await;
        assert_eq!(ticket(&agent, &opened).await["priority"], "medium");
        let line = &log(&agent, &made).await[0];
        assert_eq!((&line["outcome"], &line["detail"]), (&json!("failed"), &json!("Cannot update the status of a ticket that is resolved.")));
    }

    async fn a_rule_does_not_begin_with_what_it_did_itself(story: Story) {
        let agent = story.platform("agent").await;
        let says = |text: &str| json!([{ "comment": { "content": text, "is_internal": true } }]);
        let one = rule(&story, "One", on(&["ticket.created", "ticket.comment_added"]), json!([]), says("one")).await;
        let two = rule(&story, "Two", on(&["ticket.comment_added"]), json!([]), says("two")).await;
        let opened = agent.opens("One").await;
        story.automate().await;
        let comments = ticket(&agent, &opened).await["comments"].clone();
        assert_eq!(each(&comments, "content"), ["one", "two"]);
        assert_eq!(each(&log(&agent, &one).await, "outcome"), ["cut", "cut", "done"]);
        assert_eq!(each(&log(&agent, &two).await, "outcome"), ["cut", "done"]);
    }

    async fn a_chain_of_rules_is_five_rules_deep_at_most(story: Story) {
        let agent = story.platform("agent").await;
        let admin = story.platform("admin").await;
        for n in 1..=7 {
            admin.post("/tags/", json!({ "name": format!("step{n}") })).await.answers(201);
        }
        let mut rules = Vec::new();
        for n in 1..=6 {
            let conditions = json!([{ "field": "tags", "op": "changed_to", "value": format!("step{n}") }]);
            let then = json!([{ "set": { "add_tags": [format!("step{}", n + 1)] } }]);
            rules.push(rule(&story, &format!("Rule {n}"), on(&["ticket.updated"]), conditions, then).await);
        }
        let opened = agent.opens("One").await;
        agent.patch(&at("/tickets", &opened, ""), json!({ "tags": ["step1"] })).await.answers(200);
        story.automate().await;
        assert_eq!(ticket(&agent, &opened).await["tags"].as_array().unwrap().len(), 6, "five rules added one each");
        assert_eq!(each(&log(&agent, &rules[5]).await, "outcome"), ["cut"]);
    }

    async fn rules_are_carried_out_by_position_and_each_sees_what_the_one_before_did(story: Story) {
        let agent = story.platform("agent").await;
        let then = |priority: &str| json!([{ "set": { "priority": priority } }]);
        let high = json!([{ "field": "priority", "op": "is", "value": "high" }]);
        rule(&story, "Second", on(&["ticket.created"]), high, then("critical")).await;
        let first = rule(&story, "First", on(&["ticket.created"]), json!([]), then("high")).await;
        story.platform("admin").await.patch(&at("/rules", &first, ""), json!({ "position": 0 })).await.answers(200);
        let opened = agent.opens("One").await;
        story.automate().await;
        assert_eq!(ticket(&agent, &opened).await["priority"], "critical");
    }

    async fn neither_a_sleeping_rule_nor_one_of_another_organization_does_anything(story: Story) {
        let agent = story.platform("agent").await;
        let body = json!({ "name": "X", "when": on(&["ticket.created"]), "then": [{ "set": { "priority": "critical" } }] });
        story.platform("outsider").await.post("/rules/", body.clone()).await.answers(201);
        let mut asleep = body;
        asleep["is_active"] = json!(false);
        let asleep = story.platform("admin").await.post("/rules/", asleep).await.answers(201);
        let opened = agent.opens("One").await;
        story.automate().await;
        assert_eq!(ticket(&agent, &opened).await["priority"], "medium");
        assert_eq!(log(&agent, &asleep).await, json!([]));
    }

    async fn what_happened_before_a_rule_was_made_is_no_business_of_it(mut story: Story) {
        let agent = story.platform("agent").await;
        let opened = agent.opens("One").await;
        story.later(1);
        rule(&story, "Late", on(&["ticket.created"]), json!([]), json!([{ "set": { "priority": "critical" } }])).await;
        story.automate().await;
        assert_eq!(ticket(&agent, &opened).await["priority"], "medium");
    }
}
