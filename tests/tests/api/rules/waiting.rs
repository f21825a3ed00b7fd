//! Rules that begin with time, closing by itself, and reminders.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

use super::{log, rule, ticket};

async fn moves(client: &Client, ticket: &Value, status: &str) {
    client.post(&at("/tickets", ticket, "change_status/"), json!({ "status": status })).await.answers(200);
}

fn waits(minutes: i64) -> Value {
    json!({ "time": { "in": "status", "status": "pending", "after": minutes } })
}

on_both_backends! {
    async fn a_rule_is_carried_out_on_a_ticket_that_has_waited_for_so_long(mut story: Story) {
        let agent = story.platform("agent").await;
        let made = rule(&story, "Up", waits(60), json!([]), json!([{ "set": { "priority": "high" } }])).await;
        assert_eq!(made["when"], waits(60));
        let opened = agent.opens("One").await;
        moves(&agent, &opened, "pending").await;
        story.later(59);
        story.automate().await;
        let agent = story.platform("agent").await;
        assert_eq!(ticket(&agent, &opened).await["priority"], "medium", "not yet");
        story.later(30);
        story.automate().await;
        let agent = story.platform("agent").await;
        let now = ticket(&agent, &opened).await;
        assert_eq!(now["priority"], "high");
        assert_eq!(now["updated_at"], "2025-10-13T11:30:00Z", "when it was due, and not when it was looked at");
        let line = &log(&agent, &made).await[0];
        assert_eq!((&line["outcome"], &line["event"], &line["created_at"]), (&json!("done"), &json!(null), &json!("2025-10-13T11:30:00Z")));
        let events = agent.get("/events/?limit=1000").await.answers(200);
        assert_eq!(events["results"].as_array().unwrap().last().unwrap()["by_rule"]["id"], made["id"]);
    }

    async fn it_is_carried_out_once_each_time_that_a_ticket_begins_to_wait(mut story: Story) {
        let agent = story.platform("agent").await;
        let note = json!([{ "comment": { "content": "It waits.", "is_internal": true } }]);
        rule(&story, "Note", waits(60), json!([]), note).await;
        let opened = agent.opens("One").await;
        moves(&agent, &opened, "pending").await;
        for _ in 0..5 {
            story.later(60);
            story.automate().await;
        }
        let agent = story.platform("agent").await;
        assert_eq!(ticket(&agent, &opened).await["comment_count"], 1);
        moves(&agent, &opened, "open").await;
        moves(&agent, &opened, "pending").await;
        for _ in 0..2 {
            story.later(60);
            story.automate().await;
        }
        let agent = story.platform("agent").await;
        assert_eq!(ticket(&agent, &opened).await["comment_count"], 2);
    }

    async fn who_has_moved_on_or_does_not_fit_is_left_alone(mut story: Story) {
        let agent = story.platform("agent").await;
        let urgent = json!([{ "field": "priority", "op": "is", "value": "urgent" }]);
        let made = rule(&story, "Up", waits(60), urgent, json!([{ "set": { "priority": "critical" } }])).await;
        let (moved, other) = (agent.opens("Moved").await, agent.opens("Other").await);
        for opened in [&moved, &other] {
            moves(&agent, opened, "pending").await;
        }
        moves(&agent, &moved, "open").await;
        story.later(120);
        story.automate().await;
        let agent = story.platform("agent").await;
        agent.patch(&at("/tickets", &other, ""), json!({ "priority": "urgent" })).await.answers(200);
        story.later(120);
        story.automate().await;
        assert_eq!(log(&story.platform("agent").await, &made).await, json!([]), "its time has passed");
    }

    async fn what_had_waited_before_a_rule_was_made_is_no_business_of_it(mut story: Story) {
        let agent = story.platform("agent").await;
        let opened = agent.opens("One").await;
        moves(&agent, &opened, "pending").await;
        story.later(61);
        let made = rule(&story, "Up", waits(60), json!([]), json!([{ "set": { "priority": "high" } }])).await;
        story.later(60);
        story.automate().await;
        assert_eq!(log(&story.platform("agent").await, &made).await, json!([]));
    }

    async fn a_rule_waits_for_a_reply_and_is_not_fooled_by_what_rules_say(mut story: Story) {
        let customer = story.platform("customer").await;
        let when = json!({ "time": { "in": "no_reply", "after": 30 } });
        let says = json!([{ "comment": { "content": "Please be patient." } }]);
        rule(&story, "Patience", when, json!([]), says).await;
        let opened = customer.opens("One").await;
        let answers = async |client: &Client| {
            client.post(&at("/tickets", &opened, "comments/"), json!({ "content": "Hello?" })).await.answers(201);
        };
        answers(&customer).await;
        story.later(20);
        answers(&customer).await;
        story.later(20);
        story.automate().await;
        let agent = story.platform("agent").await;
        assert_eq!(ticket(&agent, &opened).await["comment_count"], 2, "somebody said something 20 minutes ago");
        for _ in 0..3 {
            story.later(30);
            story.automate().await;
        }
        let agent = story.platform("agent").await;
        let comments = ticket(&agent, &opened).await["comments"].clone();
        assert_eq!(each(&comments, "content"), ["Hello?", "Hello?", "Please be patient."]);
    }

    async fn a_ticket_waits_for_a_reply_to_what_was_moved_to_it_and_no_more_to_what_was_moved_away(mut story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let when = json!({ "time": { "in": "no_reply", "after": 30 } });
        let made = rule(&story, "Patience", when, json!([]), json!([{ "comment": { "content": "Please be patient." } }])).await;
        let opened = customer.opens("One").await;
        let says = async |content: &str| {
            customer.post(&at("/tickets", &opened, "comments/"), json!({ "content": content })).await.answers(201)
        };
        says("Hello?").await;
        story.later(20);
        let fax = says("And the fax?").await;
        let body = json!({ "comments": [fax["id"]], "title": "Fax" });
        let split = agent.post(&at("/tickets", &opened, "split/"), body).await.answers(201);
        story.later(10);
        story.automate().await;
        let agent = story.platform("agent").await;
        assert_eq!(each(&ticket(&agent, &opened).await["comments"], "content"), ["Hello?", "Please be patient."]);
        assert_eq!(ticket(&agent, &split).await["comment_count"], 1, "its time has not come");
        story.later(20);
        story.automate().await;
        let agent = story.platform("agent").await;
        assert_eq!(each(&ticket(&agent, &split).await["comments"], "content"), ["And the fax?", "Please be patient."]);
        assert_eq!(log(&agent, &made).await.as_array().unwrap().len(), 2);
    }

    async fn nobody_waits_for_a_reply_to_what_was_deleted_or_said_in_public_no_more(mut story: Story) {
        let agent = story.platform("agent").await;
        let when = json!({ "time": { "in": "no_reply", "after": 30 } });
        let made = rule(&story, "Up", when, json!([]), json!([{ "set": { "priority": "high" } }])).await;
        let (one, two) = (agent.opens("One").await, agent.opens("Two").await);
        for opened in [&one, &two] {
            agent.post(&at("/tickets", opened, "comments/"), json!({ "content": "x" })).await.answers(201);
        }
        let comments = async |opened: &Value| at("/tickets", opened, "comments");
        let first = async |opened: &Value| ticket(&agent, opened).await["comments"][0].clone();
        agent.delete(&at(&comments(&one).await, &first(&one).await, "")).await.answers(204);
        agent.patch(&at(&comments(&two).await, &first(&two).await, ""), json!({ "is_internal": true })).await.answers(200);
        story.later(40);
        story.automate().await;
        assert_eq!(log(&story.platform("agent").await, &made).await, json!([]));
    }

    async fn rules_that_let_each_other_wait_come_to_an_end(mut story: Story) {
        let agent = story.platform("agent").await;
        let then = json!([{ "comment": { "content": "Still there?" } }, { "set": { "status": "in_progress" } }]);
        let made = rule(&story, "Ask", waits(1), json!([]), then).await;
        let begun = json!([{ "field": "status", "op": "changed_to", "value": "in_progress" }]);
        let back = json!([{ "set": { "status": "pending" } }]);
        rule(&story, "Back", json!({ "event": ["ticket.status_changed"] }), begun, back).await;
        let opened = agent.opens("One").await;
        moves(&agent, &opened, "pending").await;
        for _ in 0..16 {
            story.later(2);
            story.automate().await;
        }
        let agent = story.platform("agent").await;
        assert_eq!(ticket(&agent, &opened).await["comment_count"], 5);
        assert_eq!(each(&log(&agent, &made).await, "outcome"), ["cut", "done", "done", "done", "done", "done"]);
    }

    async fn a_rule_waits_since_a_ticket_was_opened(mut story: Story) {
        let agent = story.platform("agent").await;
        let when = json!({ "time": { "in": "created", "after": 10 } });
        let nobody = json!([{ "field": "assigned_to", "op": "is", "value": null }]);
        rule(&story, "Take", when, nobody, json!([{ "assign": "bob" }])).await;
        let opened = agent.opens("One").await;
        story.later(10);
        story.automate().await;
        assert_eq!(ticket(&agent, &opened).await["assigned_to"]["first_name"], "Bob");
    }

    async fn resolved_tickets_are_closed_after_so_many_days(mut story: Story) {
        let agent = story.platform("agent").await;
        let (long_ago, fresh) = (agent.opens("Long ago").await, agent.opens("Fresh").await);
        agent.post(&at("/tickets", &long_ago, "resolve/"), json!({})).await.answers(200);
        story.later(10 * 1440);
        let (admin, agent) = (story.platform("admin").await, story.platform("agent").await);
        let chosen = admin.patch("/organizations/current/", json!({ "auto_close_days": 7 })).await.answers(200);
        assert_eq!((&chosen["auto_close_days"], &chosen["pending_reminder_days"]), (&json!(7), &json!(null)));
        agent.post(&at("/tickets", &fresh, "resolve/"), json!({})).await.answers(200);
        story.automate().await;
        assert_eq!(ticket(&agent, &long_ago).await["closed_at"], "2025-10-23T10:30:00Z", "when it was chosen");
        assert_eq!(ticket(&agent, &fresh).await["status"], "resolved");
        story.later(8 * 1440);
        story.automate().await;
        let (admin, agent) = (story.platform("admin").await, story.platform("agent").await);
        let closed = ticket(&agent, &fresh).await;
        assert_eq!((&closed["status"], &closed["closed_at"]), (&json!("closed"), &json!("2025-10-30T10:30:00Z")));
        let history = agent.get(&at("/tickets", &fresh, "history/")).await.answers(200);
        assert_eq!(history["results"][0]["by_rule"], json!({ "id": null, "name": "Automatic closing" }));
        admin.patch("/organizations/current/", json!({ "auto_close_days": null })).await.answers(200);
        let third = agent.opens("Third").await;
        agent.post(&at("/tickets", &third, "resolve/"), json!({})).await.answers(200);
        story.later(30 * 1440);
        story.automate().await;
        let agent = story.platform("agent").await;
        assert_eq!(ticket(&agent, &third).await["status"], "resolved", "nobody chose to have it closed");
    }

    async fn requesters_of_pending_tickets_are_reminded_once(mut story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        story.platform("admin").await.patch("/organizations/current/", json!({ "pending_reminder_days": 2 })).await.answers(200);
        let opened = customer.opens("Printer").await;
        moves(&agent, &opened, "pending").await;
        story.tell().await;
        let before = story.letters().await.len();
        for _ in 0..4 {
            story.later(1440);
            story.automate().await;
        }
        let customer = story.platform("customer").await;
        let seen = ticket(&customer, &opened).await;
        assert_eq!(each(&seen["comments"], "content"), ["Hello Carla Miller, we are waiting for your answer to TX0001 “Printer”."]);
        assert_eq!((&seen["status"], &seen["comments"][0]["created_at"]), (&json!("pending"), &json!("2025-10-15T10:30:00Z")));
        story.tell().await;
        assert_eq!(story.letters().await.len(), before + 1);
        assert_eq!(customer.get("/notifications/").await.answers(200)["results"][0]["title"], "New reply to TX0001");
    }

    async fn days_that_are_none_are_refused(story: Story) {
        let admin = story.platform("admin").await;
        for field in ["auto_close_days", "pending_reminder_days"] {
            for bad in [json!(0), json!(-1), json!(3651), json!("x")] {
                assert!(admin.patch("/organizations/current/", json!({ field: bad })).await.refuses(400)[field].is_array());
            }
        }
    }

    async fn what_makes_no_wait_is_refused_at_its_place(story: Story) {
        let admin = story.platform("admin").await;
        for (field, part, when, conditions) in [
            ("when", "time.after", json!({ "time": { "in": "created" } }), json!([])),
            ("when", "time.after", json!({ "time": { "in": "created", "after": 0 } }), json!([])),
            ("when", "time.after", json!({ "time": { "in": "created", "after": "soon" } }), json!([])),
            ("when", "time.in", json!({ "time": { "in": "space", "after": 5 } }), json!([])),
            ("when", "time.status", json!({ "time": { "in": "status", "after": 5 } }), json!([])),
            ("when", "time.status", json!({ "time": { "in": "status", "status": "closed", "after": 5 } }), json!([])),
            ("when", "time.status", json!({ "time": { "in": "created", "status": "open", "after": 5 } }), json!([])),
            ("when", "", json!({ "time": { "in": "created", "after": 5 }, "event": "ticket.created" }), json!([])),
            ("if", "0.op", waits(5), json!([{ "field": "status", "op": "was", "value": "open" }])),
            ("if", "0.op", waits(5), json!([{ "field": "comment", "op": "is", "value": "public" }])),
        ] {
            let body = json!({ "name": "X", "when": when, "if": conditions, "then": [{ "assign": null }] });
            let details = admin.post("/rules/", body.clone()).await.refuses(400);
            let told = details[field][0].as_str().unwrap_or_else(|| panic!("{field}: {details} for {body}")).to_owned();
            assert!(part.is_empty() || told.starts_with(&format!("{part}: ")), "{field}.{part}: {told}");
        }
    }
}
