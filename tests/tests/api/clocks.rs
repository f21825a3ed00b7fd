//! The clocks of tickets: how they come about, whom they judge, and what they ring for.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

async fn opened(client: &Client, priority: &str) -> Value {
    client.post("/tickets/", json!({ "title": "Server is down", "description": "x", "priority": priority })).await.answers(201)
}

/// An answer in 10 minutes, the next in 20, resolved in 60, for everything.
async fn promised(admin: &Client) -> Value {
    let targets = json!({ "first_response": 10, "next_response": 20, "resolution": 60 });
    admin.post("/sla/policies/", json!({ "name": "All", "targets": targets })).await.answers(201)
}

async fn explained(client: &Client, ticket: &Value) -> Value {
    client.get(&at("/tickets", ticket, "sla/")).await.answers(200)
}

/// The alarms in the ticket's history, the oldest first.
async fn rung(client: &Client, ticket: &Value) -> Vec<String> {
    let history = client.get(&at("/tickets", ticket, "history/")).await.answers(200);
    let lines = history["results"].as_array().unwrap().iter().rev();
    let alarms = lines.filter(|line| line["action"].as_str().unwrap().starts_with("sla_"));
    alarms.map(|line| format!("{} {}", line["created_at"].as_str().unwrap(), line["details"].as_str().unwrap())).collect()
}

on_both_backends! {
    async fn the_default_policy_is_explained(story: Story) {
        for agent in [story.platform("agent").await, story.classic("agent").await] {
            let ticket = opened(&agent, "urgent").await;
            let explained = explained(&agent, &ticket).await;
            assert_eq!((&explained["policy"]["id"], &explained["policy"]["name"]), (&Value::Null, &json!("Default")));
            assert_eq!((&explained["calendar"]["timezone"], &explained["calendar"]["weekly"]["sun"]), (&json!("UTC"), &json!([["00:00", "24:00"]])));
            let part = |to: &str| json!([{ "from": "2025-10-13T10:30:00Z", "to": to, "counted": true, "reason": "open" }]);
            assert_eq!(explained["clocks"]["first_response"], json!({ "target_seconds": 1800, "due": "2025-10-13T11:00:00Z",
                "elapsed_seconds": 0, "status": "on_track", "intervals": part("2025-10-13T11:00:00Z") }));
            assert_eq!(explained["clocks"]["next_response"], json!({ "target_seconds": null, "due": null, "elapsed_seconds": 0,
                "status": null, "intervals": [] }));
            assert_eq!(explained["clocks"]["resolution"]["due"], "2025-10-13T16:30:00Z");
        }
    }

    async fn pauses_and_closed_hours_are_explained(mut story: Story) {
        let admin = story.platform("admin").await;
        let calendar = json!({ "name": "Office", "timezone": "UTC", "weekly": { "mon": [["09:00", "11:00"]], "tue": [["09:00", "17:00"]] } });
        let calendar = admin.post("/sla/calendars/", calendar).await.answers(201);
        let policy = json!({ "name": "All", "targets": { "resolution": 60 }, "calendar": calendar["id"] });
        let policy = admin.post("/sla/policies/", policy).await.answers(201);
        let ticket = opened(&admin, "low").await;
        assert_eq!(ticket["due_date"], "2025-10-14T09:30:00Z");
        let path = at("/tickets", &ticket, "");
        story.later(10);
        admin.patch(&path, json!({ "status": "pending" })).await.answers(200);
        let paused = explained(&admin, &ticket).await["clocks"]["resolution"].clone();
        assert_eq!((&paused["status"], &paused["elapsed_seconds"], &paused["intervals"][1]["reason"]), (&json!("paused"), &json!(600), &json!("paused")));
        story.later(10);
        let resumed = admin.patch(&path, json!({ "status": "open" })).await.answers(200);
        assert_eq!(resumed["due_date"], "2025-10-14T09:40:00Z");
        let explained = explained(&admin, &ticket).await;
        assert_eq!((&explained["policy"]["id"], &explained["calendar"]["id"]), (&policy["id"], &calendar["id"]));
        let resolution = &explained["clocks"]["resolution"];
        let reasons = each(&resolution["intervals"], "reason");
        assert_eq!(reasons, ["open", "paused", "open", "closed", "open"]);
        assert_eq!((&resolution["target_seconds"], &resolution["intervals"][4]["to"]), (&json!(3600), &json!("2025-10-14T09:40:00Z")));
    }

    async fn a_given_deadline_is_explained_by_all_time_and_passes_while_others_are_waited_for(mut story: Story) {
        let admin = story.platform("admin").await;
        let calendar = json!({ "name": "Office", "timezone": "UTC", "weekly": { "tue": [["09:00", "17:00"]] } });
        let calendar = admin.post("/sla/calendars/", calendar).await.answers(201);
        let policy = json!({ "name": "All", "targets": { "first_response": 60, "resolution": 60 }, "calendar": calendar["id"] });
        admin.post("/sla/policies/", policy).await.answers(201);
        let body = json!({ "title": "One", "description": "x", "due_date": "2025-10-13T11:30:00Z" });
        let ticket = admin.post("/tickets/", body).await.answers(201);
        let path = at("/tickets", &ticket, "");
        let agent = story.platform("agent").await;
        agent.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "At once." })).await.answers(201);
        story.later(10);
        admin.patch(&path, json!({ "status": "pending" })).await.answers(200);
        story.later(10);
        let clocks = explained(&admin, &ticket).await["clocks"].clone();
        let all = json!([{ "from": "2025-10-13T10:30:00Z", "to": "2025-10-13T11:30:00Z", "counted": true, "reason": "open" }]);
        assert_eq!(clocks["resolution"], json!({ "target_seconds": 3600, "due": "2025-10-13T11:30:00Z", "elapsed_seconds": 1200,
            "status": "on_track", "intervals": all }));
        assert_eq!(clocks["first_response"]["status"], "met");
        let reasons = each(&clocks["first_response"]["intervals"], "reason");
        assert_eq!(reasons, ["closed", "open"], "what stopped does not stand");
        story.later(60);
        story.watch().await;
        let admin = story.platform("admin").await;
        let shown = admin.get(&path).await.answers(200);
        assert_eq!((&shown["sla_status"]["status"], &shown["sla_status"]["time_remaining_minutes"]), (&json!("breached"), &json!(-20)));
        assert_eq!(admin.get("/tickets/?sla_status=breached").await.answers(200)["count"], 1);
        assert_eq!(rung(&admin, &ticket).await, [
            "2025-10-13T11:00:00Z Resolution is due at 2025-10-13T11:30:00Z",
            "2025-10-13T11:30:00Z Resolution was due at 2025-10-13T11:30:00Z",
        ]);
    }

    async fn only_staff_hear_how_deadlines_come_about(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = opened(&customer, "high").await;
        customer.get(&at("/tickets", &ticket, "sla/")).await.refuses(403);
        story.platform("jane").await.get(&at("/tickets", &ticket, "sla/")).await.refuses(404);
        story.platform("outsider").await.get(&at("/tickets", &ticket, "sla/")).await.refuses(404);
    }

    async fn answers_stop_their_clocks_and_replies_begin_the_next(mut story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        promised(&admin).await;
        let ticket = opened(&customer, "high").await;
        let comments = at("/tickets", &ticket, "comments/");
        admin.post(&comments, json!({ "content": "x", "is_internal": true })).await.answers(201);
        story.later(5);
        admin.post(&comments, json!({ "content": "Have you tried again?" })).await.answers(201);
        story.later(5);
        customer.post(&comments, json!({ "content": "Yes." })).await.answers(201);
        let clocks = explained(&admin, &ticket).await["clocks"].clone();
        assert_eq!((&clocks["first_response"]["status"], &clocks["first_response"]["elapsed_seconds"]), (&json!("met"), &json!(300)));
        assert_eq!((&clocks["next_response"]["status"], &clocks["next_response"]["due"]), (&json!("on_track"), &json!("2025-10-13T11:00:00Z")));
        story.later(25);
        let admin = story.platform("admin").await;
        admin.post(&comments, json!({ "content": "And now?" })).await.answers(201);
        let clocks = explained(&admin, &ticket).await["clocks"].clone();
        assert_eq!((&clocks["next_response"]["status"], &clocks["next_response"]["elapsed_seconds"]), (&json!("breached"), &json!(1500)));
    }

    async fn an_answer_while_the_clock_stands_counts_the_time_up_to_the_pause(mut story: Story) {
        let admin = story.platform("admin").await;
        promised(&admin).await;
        let ticket = story.platform("customer").await.post("/tickets/", json!({ "title": "x", "description": "x" })).await.answers(201);
        story.later(4);
        let agent = story.platform("agent").await;
        agent.patch(&at("/tickets", &ticket, ""), json!({ "status": "pending" })).await.answers(200);
        story.later(60);
        let agent = story.platform("agent").await;
        agent.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "We are at it." })).await.answers(201);
        let answered = explained(&agent, &ticket).await["clocks"]["first_response"].clone();
        assert_eq!((&answered["status"], &answered["elapsed_seconds"]), (&json!("met"), &json!(240)));
        assert_eq!(each(&json!({ "results": answered["intervals"] }), "reason")[1], "paused");
        story.watch().await;
        story.later(60);
        let agent = story.platform("agent").await;
        agent.patch(&at("/tickets", &ticket, ""), json!({ "status": "open" })).await.answers(200);
        story.watch().await;
        assert!(!rung(&agent, &ticket).await.iter().any(|line| line.contains("First response")));
        let later = explained(&agent, &ticket).await["clocks"]["first_response"].clone();
        assert_eq!((&later["due"], &later["elapsed_seconds"]), (&answered["due"], &json!(240)), "a pause behind the answer changes nothing");
    }

    async fn alarms_ring_once_each_with_their_own_time_however_late(mut story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        promised(&admin).await;
        let ticket = opened(&customer, "high").await;
        story.watch().await;
        assert_eq!(rung(&admin, &ticket).await, [""; 0]);
        story.later(200);
        story.watch().await;
        story.watch().await;
        let admin = story.platform("admin").await;
        assert_eq!(rung(&admin, &ticket).await, [
            "2025-10-13T10:35:00Z First response is due at 2025-10-13T10:40:00Z",
            "2025-10-13T10:40:00Z First response was due at 2025-10-13T10:40:00Z",
            "2025-10-13T11:00:00Z Resolution is due at 2025-10-13T11:30:00Z",
            "2025-10-13T11:30:00Z Resolution was due at 2025-10-13T11:30:00Z",
        ]);
        let history = story.platform("customer").await.get(&at("/tickets", &ticket, "history/")).await.answers(200);
        assert_eq!(each(&history, "action"), ["created"], "what was promised stays among staff");
        let events = admin.get("/events/?limit=1000").await.answers(200);
        let kinds = each(&events, "type");
        assert_eq!(kinds.iter().filter(|kind| **kind == "ticket.sla_breached").count(), 2, "{events}");
    }

    async fn what_is_promised_changes_what_is_open_and_not_what_is_done(story: Story) {
        let admin = story.platform("admin").await;
        let policy = promised(&admin).await;
        let (open, done) = (opened(&admin, "high").await, opened(&admin, "high").await);
        admin.post(&at("/tickets", &done, "resolve/"), json!({})).await.answers(200);
        admin.patch(&at("/sla/policies", &policy, ""), json!({ "name": "Now", "targets": { "resolution": 30 } })).await.answers(200);
        story.watch().await;
        assert_eq!(admin.get(&at("/tickets", &open, "")).await.answers(200)["due_date"], "2025-10-13T11:00:00Z");
        let done = admin.get(&at("/tickets", &done, "")).await.answers(200);
        assert_eq!((&done["due_date"], &done["sla_status"]["status"]), (&json!("2025-10-13T11:30:00Z"), &json!("met")));
        assert_eq!(explained(&admin, &done).await["policy"]["name"], "All");
        admin.post(&at("/tickets", &done, "comments/"), json!({ "content": "x" })).await.answers(201);
        assert_eq!(admin.get(&at("/tickets", &done, "")).await.answers(200)["due_date"], "2025-10-13T11:30:00Z");
        let reopened = admin.post(&at("/tickets", &done, "reopen/"), json!({})).await.answers(200);
        assert_eq!(reopened["due_date"], "2025-10-13T11:00:00Z");
        admin.delete(&at("/sla/policies", &policy, "")).await.answers(204);
        story.watch().await;
        assert_eq!(admin.get(&at("/tickets", &open, "")).await.answers(200)["due_date"], "2025-10-14T10:30:00Z");
    }

    async fn tickets_are_found_by_how_they_stand_and_when_they_are_due(mut story: Story) {
        let admin = story.platform("admin").await;
        let mut tickets = Vec::new();
        for (title, priority) in [("met", "critical"), ("paused", "critical"), ("late", "critical"), ("risky", "high"), ("calm", "low")] {
            tickets.push(admin.post("/tickets/", json!({ "title": title, "description": "x", "priority": priority })).await.answers(201));
        }
        admin.post(&at("/tickets", &tickets[0], "resolve/"), json!({})).await.answers(200);
        admin.patch(&at("/tickets", &tickets[1], ""), json!({ "status": "pending" })).await.answers(200);
        story.later(900);
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        for (filter, titles) in [
            ("sla_status=met", vec!["met"]),
            ("sla_status=paused", vec!["paused"]),
            ("sla_status=breached", vec!["late"]),
            ("sla_status=at_risk", vec!["risky"]),
            ("sla_status=on_track", vec!["calm"]),
            ("sla_status=breached,at_risk&ordering=due_date", vec!["late", "risky"]),
            ("sla_status=breached,at_risk&ordering=-created_at", vec!["risky", "late"]),
            ("sla_status=breached,met&priority=critical", vec!["late", "met"]),
            ("due_after=2025-10-14T00:00:00Z", vec!["calm", "risky"]),
            ("due_after=2025-10-13&due_before=2025-10-15&ordering=-due_date", vec!["risky", "late", "paused", "met"]),
            ("due_before=2025-10-13", vec![]),
            ("sla_status=at_risk&search=risky", vec!["risky"]),
        ] {
            for paging in ["", "&cursor="] {
                let found = admin.get(&format!("/tickets/?{filter}{paging}")).await.answers(200);
                assert_eq!(each(&found, "title"), titles, "{filter}{paging}");
                assert!(!paging.is_empty() || found["count"] == titles.len(), "{filter}: {}", found["count"]);
            }
            let total = customer.get(&format!("/tickets/?{filter}")).await.answers(200)["count"].clone();
            assert_eq!(total, 0, "{filter}");
        }
        for ticket in admin.get("/tickets/").await.answers(200)["results"].as_array().unwrap() {
            let status = ticket["sla_status"]["status"].as_str().unwrap();
            let found = admin.get(&format!("/tickets/?sla_status={status}")).await.answers(200);
            assert_eq!(each(&found, "id"), [ticket["id"].clone()]);
        }
        admin.get("/tickets/?sla_status=fine").await.refuses(400);
        admin.get("/tickets/?due_before=soon").await.refuses(400);
    }
}
