//! Deadlines, as tickets show them.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at};
use serde_json::{Value, json};

async fn opened(client: &Client, priority: &str) -> Value {
    let body = json!({ "title": "Server is down", "description": "x", "priority": priority });
    client.post("/tickets/", body).await.answers(201)
}

on_both_backends! {
    async fn the_priority_gives_the_deadline(story: Story) {
        let customer = story.platform("customer").await;
        for (priority, minutes) in [("critical", 240), ("urgent", 360), ("high", 1440), ("medium", 2880), ("low", 5760)] {
            let ticket = opened(&customer, priority).await;
            let sla = &ticket["sla_status"];
            assert_eq!(sla["time_remaining_minutes"], minutes, "{priority}");
            assert_eq!(sla["status"], "on_track", "{priority}");
            assert_eq!(sla["due_date"], ticket["due_date"], "{priority}");
        }
    }

    async fn the_example_of_the_seed_is_due_after_six_hours(story: Story) {
        let ticket = opened(&story.platform("customer").await, "urgent").await;
        assert_eq!(ticket["created_at"], "2025-10-13T10:30:00Z");
        assert_eq!(ticket["due_date"], "2025-10-13T16:30:00Z");
    }

    async fn half_of_the_time_left_is_a_risk_and_none_left_a_breach(mut story: Story) {
        let customer = story.platform("customer").await;
        let path = at("/tickets", &opened(&customer, "critical").await, "");
        for (later, status, minutes) in [(119, "on_track", 121), (1, "at_risk", 120), (121, "breached", -1)] {
            story.later(later);
            let customer = story.platform("customer").await;
            let sla = customer.get(&path).await.answers(200)["sla_status"].clone();
            assert_eq!((&sla["status"], &sla["time_remaining_minutes"]), (&json!(status), &json!(minutes)));
        }
    }

    async fn the_clock_stands_while_others_are_waited_for(mut story: Story) {
        let agent = story.platform("agent").await;
        let ticket = opened(&agent, "critical").await;
        let path = at("/tickets", &ticket, "");
        agent.patch(&path, json!({ "status": "pending" })).await.answers(200);
        story.later(20);
        let paused = agent.get(&path).await.answers(200);
        assert_eq!(paused["sla_status"]["status"], "paused");
        assert_eq!(paused["due_date"], ticket["due_date"]);
        let resumed = agent.patch(&path, json!({ "status": "open" })).await.answers(200);
        assert_eq!(resumed["due_date"], "2025-10-13T14:50:00Z");
    }

    async fn a_change_of_priority_counts_from_the_start_and_keeps_the_pauses(mut story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &opened(&agent, "low").await, "");
        agent.patch(&path, json!({ "status": "pending" })).await.answers(200);
        story.later(20);
        let ticket = agent.patch(&path, json!({ "status": "open", "priority": "critical" })).await.answers(200);
        assert_eq!(ticket["due_date"], "2025-10-13T14:50:00Z");
    }

    async fn a_given_deadline_overrides_and_null_takes_it_back(story: Story) {
        let agent = story.platform("agent").await;
        let body = json!({ "title": "One", "description": "x", "due_date": "2025-10-20T17:00:00Z" });
        let ticket = agent.post("/tickets/", body).await.answers(201);
        assert_eq!(ticket["due_date"], "2025-10-20T17:00:00Z");
        assert_eq!(ticket["sla_status"]["due_date"], "2025-10-20T17:00:00Z");
        let path = at("/tickets", &ticket, "");
        let ticket = agent.patch(&path, json!({ "due_date": null })).await.answers(200);
        assert_eq!(ticket["due_date"], "2025-10-15T10:30:00Z");
    }

    async fn a_deadline_without_a_time_is_midnight_utc_and_with_an_offset_is_converted(story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "");
        for (given, shown) in [
            ("2025-11-01", "2025-11-01T00:00:00Z"),
            ("2025-11-01T12:00:00+02:00", "2025-11-01T10:00:00Z"),
            ("2025-11-01T12:00:00", "2025-11-01T12:00:00Z"),
            ("2025-11-01T12:00:00.250Z", "2025-11-01T12:00:00.250Z"),
        ] {
            let ticket = agent.patch(&path, json!({ "due_date": given })).await.answers(200);
            assert_eq!(ticket["due_date"], shown, "{given}");
        }
    }

    async fn a_shown_deadline_that_is_sent_back_is_no_override(mut story: Story) {
        let agent = story.platform("agent").await;
        let ticket = opened(&agent, "low").await;
        let path = at("/tickets", &ticket, "");
        agent.patch(&path, json!({ "due_date": ticket["due_date"], "title": "Two" })).await.answers(200);
        story.later(1);
        let ticket = agent.patch(&path, json!({ "priority": "critical" })).await.answers(200);
        assert_eq!(ticket["due_date"], "2025-10-13T14:30:00Z");
    }

    async fn what_was_resolved_in_time_is_met_for_ever(mut story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &opened(&agent, "critical").await, "");
        agent.patch(&path, json!({ "status": "resolved" })).await.answers(200);
        story.later(10_000);
        let sla = story.platform("agent").await.get(&path).await.answers(200)["sla_status"].clone();
        assert_eq!(sla["status"], "met");
    }

    async fn the_assignee_and_the_deadline_are_for_staff_to_plan(story: Story) {
        let customer = story.platform("customer").await;
        for (field, value) in [("due_date", "2025-11-01"), ("assigned_to", "agent")] {
            let mut body = json!({ "title": "One", "description": "x" });
            body[field] = json!(value);
            customer.post("/tickets/", body).await.refuses(403);
        }
        assert_eq!(customer.get("/tickets/").await.answers(200)["count"], 0);
    }
}
