//! Handing tickets to the external workflow.

use helpdesk_domain::delivery::port::Deliveries;
use helpdesk_domain::testing::minutes;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at};
use serde_json::{Value, json};

/// The desk with a workflow; nothing is sent, since no worker runs.
fn with_a_workflow(story: Story) -> Story {
    story.set_up(&[("WORKFLOW_WEBHOOK_URL", "http://127.0.0.1:9/")])
}

/// A ticket of the customer that is resolved, as platform calls it.
async fn a_resolved_ticket(story: &Story) -> Value {
    let ticket = story.platform("customer").await.opens("One").await;
    let agent = story.platform("agent").await;
    agent.patch(&at("/tickets", &ticket, ""), json!({ "status": "resolved" })).await.answers(200)
}

async fn history(agent: &Client, ticket: &Value) -> Vec<Value> {
    let page = agent.get(&at("/tickets", ticket, "history/")).await.answers(200);
    page["results"].as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect()
}

/// What waits to be handed over, in the order it was finalized.
async fn waiting(story: &Story) -> Vec<Value> {
    let (mut told, late) = (Vec::new(), 1_000_000_000);
    for due in story.store.due(minutes(late)).await.unwrap() {
        while let Some(entry) = Deliveries::claim(&story.store, due.recipient, minutes(late), minutes(late + 1)).await.unwrap() {
            told.push(serde_json::from_str(&entry.delivery.body).unwrap());
        }
    }
    told
}

on_both_backends! {
    async fn a_finalized_ticket_is_answered_told_of_and_queued(story: Story) {
        let story = with_a_workflow(story);
        let (agent, ticket) = (story.platform("agent").await, a_resolved_ticket(&story).await);
        let finalized = agent.post(&at("/tickets", &ticket, "finalize/"), json!({})).await.answers(200);
        assert_eq!((&finalized["id"], &finalized["status"]), (&ticket["id"], &json!("resolved")));
        assert_eq!(history(&agent, &ticket).await[0], "finalized");
        let told = waiting(&story).await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0]["ticket_number"], ticket["number"]);
        assert_eq!(told[0]["requester"]["email"], "customer@example.com");
        assert_eq!(told[0]["requester"]["company_id"], "MA0001");
        assert_eq!(told[0]["finalized_by"]["name"], "Ann Miller");
    }

    async fn a_ticket_is_finalized_once(story: Story) {
        let story = with_a_workflow(story);
        let (agent, ticket) = (story.platform("agent").await, a_resolved_ticket(&story).await);
        let path = at("/tickets", &ticket, "finalize/");
        agent.post(&path, json!({})).await.answers(200);
        let again = agent.post(&path, json!({})).await;
        assert_eq!(again.code(), "CONFLICT");
        again.refuses(409);
        story.smartsupport("agent").await.post(&at("/tickets", &ticket, "finalize/"), json!({})).await.refuses(400);
        assert_eq!(waiting(&story).await.len(), 1);
    }

    async fn of_many_who_finalize_at_once_one_does(story: Story) {
        let story = with_a_workflow(story);
        let (agent, ticket) = (story.platform("agent").await, a_resolved_ticket(&story).await);
        let path = at("/tickets", &ticket, "finalize/");
        let answers = futures_util::future::join_all((0..6).map(|_| agent.post(&path, json!({})))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert_eq!(waiting(&story).await.len(), 1);
    }

    async fn smartsupport_says_its_sentence(story: Story) {
        let story = with_a_workflow(story);
        let ticket = a_resolved_ticket(&story).await;
        let said = story.smartsupport("agent").await.post(&at("/tickets", &ticket, "finalize/"), json!({})).await.answers(200);
        assert_eq!(said, json!({ "detail": "Ticket finalized and sent to workflow." }));
    }

    async fn a_key_used_again_finalizes_once_and_gets_the_same_answer(story: Story) {
        let story = with_a_workflow(story);
        let (agent, ticket) = (story.smartsupport("agent").await.with("Idempotency-Key", "k"), a_resolved_ticket(&story).await);
        let path = at("/tickets", &ticket, "finalize/");
        let first = agent.post(&path, json!({})).await.answers(200);
        assert_eq!(agent.post(&path, json!({})).await.answers(200), first);
        assert_eq!(waiting(&story).await.len(), 1);
    }

    async fn what_is_not_finished_is_not_finalized(story: Story) {
        let story = with_a_workflow(story);
        let (agent, ticket) = (story.platform("agent").await, story.platform("customer").await.opens("One").await);
        agent.post(&at("/tickets", &ticket, "finalize/"), json!({})).await.refuses(409);
        story.smartsupport("agent").await.post(&at("/tickets", &ticket, "finalize/"), json!({})).await.refuses(400);
        assert_eq!(waiting(&story).await.len(), 0);
    }

    async fn the_workflow_of_the_default_organization_serves_no_other(story: Story) {
        let story = with_a_workflow(story);
        let theirs = story.platform("foreigner").await.opens("Theirs").await;
        let outsider = story.platform("outsider").await;
        outsider.patch(&at("/tickets", &theirs, ""), json!({ "status": "resolved" })).await.answers(200);
        let refused = outsider.post(&at("/tickets", &theirs, "finalize/"), json!({})).await;
        assert_eq!(refused.code(), "WORKFLOW_NOT_CONFIGURED");
    }

    async fn notes_among_staff_are_not_handed_over(story: Story) {
        let story = with_a_workflow(story);
        let (agent, ticket) = (story.platform("agent").await, a_resolved_ticket(&story).await);
        for (content, is_internal) in [("said to all", false), ("said among us", true)] {
            let body = json!({ "content": content, "is_internal": is_internal });
            agent.post(&at("/tickets", &ticket, "comments/"), body).await.answers(201);
        }
        agent.post(&at("/tickets", &ticket, "finalize/"), json!({})).await.answers(200);
        let told = waiting(&story).await[0].to_string();
        assert!(told.contains("said to all") && !told.contains("said among us"), "{told}");
    }
}
