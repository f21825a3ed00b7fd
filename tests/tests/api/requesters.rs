//! What requesters may change.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at};
use serde_json::json;

on_both_backends! {
    async fn a_requester_changes_their_own_fields_while_the_ticket_is_open_to_them(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let path = at("/tickets", &customer.opens("One").await, "");
        let own = json!({ "title": "Two", "description": "y", "contact_email": "c@example.org", "tags": ["vpn"] });
        for status in ["open", "in_progress", "pending"] {
            agent.patch(&path, json!({ "status": status, "title": "One", "tags": [] })).await.answers(200);
            let ticket = customer.patch(&path, own.clone()).await.answers(200);
            assert_eq!((&ticket["title"], &ticket["tags"]), (&json!("Two"), &json!(["vpn"])), "{status}");
        }
        for status in ["resolved", "closed"] {
            agent.patch(&path, json!({ "status": status })).await.answers(200);
            customer.patch(&path, json!({ "title": "Three" })).await.refuses(403);
        }
    }

    async fn a_requester_who_changes_a_field_of_staff_is_refused_and_nothing_changes(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        let path = at("/tickets", &ticket, "");
        for (field, value) in [
            ("priority", json!("critical")),
            ("category", json!("billing")),
            ("assigned_to", json!("agent")),
            ("due_date", json!("2025-11-01")),
            ("status", json!("in_progress")),
            ("status", json!("resolved")),
            ("resolution", json!("x")),
            ("admin_notes", json!("x")),
            ("custom_fields", json!({ "a": 1 })),
        ] {
            let reply = customer.patch(&path, json!({ "title": "Two", field: value })).await;
            assert_eq!(reply.code(), "PERMISSION_DENIED", "{field}: {}", reply.text);
            reply.refuses(403);
        }
        assert_eq!(customer.get(&path).await.answers(200), ticket);
    }

    async fn a_field_of_staff_with_the_value_it_has_passes(story: Story) {
        let customer = story.platform("customer").await;
        let path = at("/tickets", &customer.opens("One").await, "");
        let body = json!({ "title": "Two", "priority": "medium", "status": "open", "assigned_to": null, "category_id": null });
        assert_eq!(customer.patch(&path, body).await.answers(200)["title"], "Two");
    }

    async fn a_status_written_by_a_requester_is_the_action_of_that_name(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let path = at("/tickets", &customer.opens("One").await, "");
        agent.patch(&path, json!({ "status": "resolved" })).await.answers(200);
        assert_eq!(customer.patch(&path, json!({ "status": "open" })).await.answers(200)["status"], "open");
        agent.patch(&path, json!({ "status": "resolved" })).await.answers(200);
        assert_eq!(customer.patch(&path, json!({ "status": "closed" })).await.answers(200)["status"], "closed");
        customer.patch(&path, json!({ "status": "open" })).await.refuses(409);
    }

    async fn change_status_is_for_staff(story: Story) {
        let customer = story.platform("customer").await;
        let path = at("/tickets", &customer.opens("One").await, "change_status/");
        for word in ["open", "closed", "resolved"] {
            customer.post(&path, json!({ "status": word })).await.refuses(403);
        }
    }

    async fn notes_of_staff_never_reach_the_requester(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let ticket = customer.opens("One").await;
        agent.patch(&at("/tickets", &ticket, ""), json!({ "admin_notes": "Xylophone" })).await.answers(200);
        for path in [at("/tickets", &ticket, ""), at("/tickets", &ticket, "history/"), "/tickets/".to_owned()] {
            let seen = customer.get(&path).await;
            assert!(!seen.text.to_lowercase().contains("xylophone"), "{path}: {}", seen.text);
            assert!(!seen.text.contains("Admin notes"), "{path}: {}", seen.text);
        }
        assert_eq!(customer.get("/tickets/?search=xylophone").await.answers(200)["count"], 0);
    }

    async fn a_technician_works_on_what_is_assigned_to_them_and_sees_its_internal_notes(story: Story) {
        let (technician, agent) = (story.platform("technician").await, story.platform("agent").await);
        let ticket = story.platform("customer").await.opens("One").await;
        let path = at("/tickets", &ticket, "");
        technician.get(&path).await.refuses(404);
        let note = json!({ "content": "Internal.", "is_internal": true });
        agent.post(&at("/tickets", &ticket, "comments/"), note.clone()).await.answers(201);
        agent.patch(&path, json!({ "assigned_to": "technician" })).await.answers(200);
        assert_eq!(technician.get(&path).await.answers(200)["comments"][0]["content"], "Internal.");
        technician.post(&at("/tickets", &ticket, "comments/"), note).await.answers(201);
        assert_eq!(technician.get("/tickets/").await.answers(200)["count"], 1);
        technician.patch(&path, json!({ "priority": "low" })).await.refuses(403);
    }
}
