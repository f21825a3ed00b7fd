//! The life of a ticket.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

/// A ticket of the customer in that state, as platform calls it.
async fn ticket_that_is(story: &Story, status: &str) -> Value {
    let ticket = story.platform("customer").await.opens("One").await;
    if status != "open" {
        let agent = story.platform("agent").await;
        agent.patch(&at("/tickets", &ticket, ""), json!({ "status": status })).await.answers(200);
    }
    ticket
}

async fn acts(client: &Client, ticket: &Value, action: &str, body: Value) -> helpdesk_tests::story::Reply {
    client.post(&at("/tickets", ticket, &format!("{action}/")), body).await
}

on_both_backends! {
    async fn who_claims_has_the_ticket_and_works_on_it(story: Story) {
        let ticket = ticket_that_is(&story, "open").await;
        let claimed = acts(&story.platform("agent").await, &ticket, "claim", json!({})).await.answers(200);
        assert_eq!(claimed["status"], "in_progress");
        assert_eq!(claimed["assigned_to"]["email"], "agent@example.com");
    }

    async fn a_claimed_ticket_is_not_claimed_again_by_anybody(story: Story) {
        let ticket = ticket_that_is(&story, "open").await;
        acts(&story.platform("agent").await, &ticket, "claim", json!({})).await.answers(200);
        for again in ["agent", "bob"] {
            acts(&story.platform(again).await, &ticket, "claim", json!({})).await.refuses(409);
        }
        acts(&story.classic("bob").await, &ticket, "claim", json!({})).await.refuses(400);
    }

    async fn what_is_assigned_to_somebody_else_cannot_be_claimed(story: Story) {
        let (agent, bob) = (story.platform("agent").await, story.platform("bob").await);
        let ticket = ticket_that_is(&story, "open").await;
        acts(&agent, &ticket, "assign", json!({ "user_id": "agent" })).await.answers(200);
        acts(&bob, &ticket, "claim", json!({})).await.refuses(409);
        acts(&agent, &ticket, "claim", json!({})).await.answers(200);
    }

    async fn assigning_takes_every_name_of_the_field_and_null_for_nobody(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = ticket_that_is(&story, "open").await;
        let path = at("/tickets", &ticket, "assign");
        for field in ["user_id", "assigned_to", "assigned_to_id", "agent_id"] {
            for method in ["POST", "PUT"] {
                let assigned = agent.send(method, &path, Some(json!({ field: "bob" }))).await.answers(200);
                assert_eq!(assigned["assigned_to"]["email"], "bob@example.com", "{method} {field}");
                assert_eq!(assigned["status"], "open");
                let freed = agent.send(method, &path, Some(json!({ field: null }))).await.answers(200);
                assert_eq!(freed["assigned_to"], Value::Null, "{method} {field}");
            }
        }
        agent.send("PUT", &format!("{path}?agent_id=bob"), None).await.answers(200);
        assert!(agent.post(&path, json!({})).await.refuses(400)["user_id"].is_array());
    }

    async fn a_resolved_ticket_says_when_and_how(story: Story) {
        let ticket = ticket_that_is(&story, "in_progress").await;
        let body = json!({ "resolution": "Restarted." });
        let resolved = acts(&story.platform("agent").await, &ticket, "resolve", body).await.answers(200);
        assert_eq!(resolved["status"], "resolved");
        assert_eq!(resolved["resolution"], "Restarted.");
        assert_eq!(resolved["resolved_at"], "2025-10-13T10:30:00Z");
    }

    async fn the_requester_closes_what_is_resolved_only(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = ticket_that_is(&story, "open").await;
        let reply = acts(&customer, &ticket, "close", json!({})).await;
        assert_eq!(reply.code(), "INVALID_TRANSITION");
        reply.refuses(409);
        let ticket = ticket_that_is(&story, "resolved").await;
        assert_eq!(acts(&customer, &ticket, "close", json!({})).await.answers(200)["status"], "closed");
    }

    async fn staff_close_any_active_ticket_and_that_resolves_it(story: Story) {
        let agent = story.platform("agent").await;
        for status in ["open", "in_progress", "pending"] {
            let ticket = ticket_that_is(&story, status).await;
            let closed = acts(&agent, &ticket, "close", json!({ "comment": "Done." })).await.answers(200);
            assert_eq!(closed["status"], "closed");
            assert!(closed["resolved_at"].is_string() && closed["closed_at"].is_string(), "{closed}");
            assert_eq!(closed["comments"][0]["content"], "Done.");
            assert_eq!(closed["comments"][0]["is_internal"], false);
        }
    }

    async fn the_requester_reopens_for_thirty_days_and_staff_always(mut story: Story) {
        let ticket = ticket_that_is(&story, "resolved").await;
        story.later(30 * 24 * 60);
        let other = ticket_that_is(&story, "resolved").await;
        let customer = story.platform("customer").await;
        assert_eq!(acts(&customer, &other, "reopen", json!({})).await.answers(200)["status"], "open");
        story.later(1);
        let customer = story.platform("customer").await;
        acts(&customer, &ticket, "reopen", json!({})).await.refuses(409);
        acts(&story.platform("agent").await, &ticket, "reopen", json!({})).await.answers(200);
    }

    async fn a_closed_ticket_stays_closed_for_its_requester(story: Story) {
        let ticket = ticket_that_is(&story, "closed").await;
        acts(&story.platform("customer").await, &ticket, "reopen", json!({})).await.refuses(409);
        let reopened = acts(&story.platform("agent").await, &ticket, "reopen", json!({})).await.answers(200);
        assert_eq!((&reopened["resolved_at"], &reopened["closed_at"]), (&Value::Null, &Value::Null));
    }

    async fn the_requester_withdraws_once_and_nobody_else_does(story: Story) {
        let customer = story.platform("customer").await;
        for status in ["open", "in_progress", "pending"] {
            let ticket = ticket_that_is(&story, status).await;
            acts(&story.platform("admin").await, &ticket, "withdraw", json!({})).await.refuses(403);
            assert_eq!(acts(&customer, &ticket, "withdraw", json!({})).await.answers(200)["status"], "closed");
            acts(&customer, &ticket, "withdraw", json!({})).await.refuses(409);
        }
    }

    async fn a_withdrawn_ticket_is_final(story: Story) {
        let (agent, ticket) = (story.platform("agent").await, ticket_that_is(&story, "open").await);
        acts(&story.platform("customer").await, &ticket, "withdraw", json!({})).await.answers(200);
        for action in ["claim", "resolve", "close", "reopen", "finalize"] {
            acts(&agent, &ticket, action, json!({})).await.refuses(409);
        }
        acts(&agent, &ticket, "assign", json!({ "user_id": "bob" })).await.refuses(409);
        agent.patch(&at("/tickets", &ticket, ""), json!({ "status": "open" })).await.refuses(409);
        acts(&agent, &ticket, "change_status", json!({ "status": "closed" })).await.answers(200);
    }

    async fn approve_and_reject_are_for_what_waits_for_approval(story: Story) {
        let (agent, ticket) = (story.platform("agent").await, ticket_that_is(&story, "open").await);
        let department = agent.get("/departments/").await.answers(200)["results"][0]["name"].clone();
        acts(&agent, &ticket, "approve", json!({ "priority": "high", "department": department })).await.refuses(409);
        acts(&agent, &ticket, "reject", json!({ "rejection_reason": "No." })).await.refuses(409);
        let details = acts(&agent, &ticket, "approve", json!({})).await.refuses(400);
        assert!(details["priority"].is_array() && details["department"].is_array(), "{details}");
        let details = acts(&agent, &ticket, "reject", json!({})).await.refuses(400);
        assert!(details["rejection_reason"].is_array(), "{details}");
    }

    async fn finalize_needs_a_workflow(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = ticket_that_is(&story, "resolved").await;
        let reply = acts(&agent, &ticket, "finalize", json!({})).await;
        assert_eq!(reply.code(), "WORKFLOW_NOT_CONFIGURED");
        reply.refuses(409);
    }

    async fn resolved_goes_back_to_work_but_not_to_waiting(story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &ticket_that_is(&story, "resolved").await, "");
        agent.patch(&path, json!({ "status": "pending" })).await.refuses(409);
        let ticket = agent.patch(&path, json!({ "status": "in_progress" })).await.answers(200);
        assert_eq!(ticket["resolved_at"], Value::Null);
    }

    async fn the_status_it_already_has_changes_and_records_nothing(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = ticket_that_is(&story, "in_progress").await;
        let history = at("/tickets", &ticket, "history/");
        let before = agent.get(&history).await.answers(200);
        acts(&agent, &ticket, "change_status", json!({ "status": "in_progress" })).await.answers(200);
        assert_eq!(agent.get(&history).await.answers(200), before);
    }

    async fn a_comment_with_a_status_is_public(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = ticket_that_is(&story, "open").await;
        let body = json!({ "status": "pending", "comment": "Which printer?" });
        let changed = acts(&agent, &ticket, "change_status", body).await.answers(200);
        assert_eq!(changed["comments"][0]["content"], "Which printer?");
        assert_eq!(changed["comments"][0]["is_internal"], false);
    }

    async fn history_tells_every_change_newest_first(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = ticket_that_is(&story, "open").await;
        acts(&agent, &ticket, "claim", json!({})).await.answers(200);
        agent.patch(&at("/tickets", &ticket, ""), json!({ "priority": "high" })).await.answers(200);
        let history = agent.get(&at("/tickets", &ticket, "history/")).await.answers(200);
        assert_eq!(each(&history, "details"), [
            json!("Priority changed from medium to high"),
            json!("Assigned to Ann Miller"),
            json!("Status changed from open to in_progress"),
            json!("Ticket created by Carla Miller"),
        ]);
        let status = &history["results"][2];
        assert_eq!((&status["field"], &status["old"], &status["new"]), (&json!("status"), &json!("open"), &json!("in_progress")));
        assert_eq!(status["actor"]["email"], "agent@example.com");
    }
}
