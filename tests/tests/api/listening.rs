//! Who hears how much, and what a connection takes in.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at};
use serde_json::{Value, json};

const NEWS: &str = "/ws/notifications/";

on_both_backends! {
    async fn who_works_on_a_ticket_hears_and_reads_its_notes_but_not_what_is_for_staff(story: Story) {
        let (admin, technician) = (story.platform("admin").await, story.platform("technician").await);
        let then = json!([{ "set": { "priority": "high" } }, { "notify": { "to": [{ "role": "admin" }], "message": "between us" } }]);
        let rule = json!({ "name": "Hush", "when": { "event": "ticket.linked" }, "then": then });
        admin.post("/rules/", rule).await.answers(201);
        let (ticket, other) = (admin.opens("Mine").await, admin.opens("Elsewhere").await);
        admin.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": "technician" })).await.answers(200);
        let mut socket = technician.connects(NEWS).await;
        admin.patch(&at("/tickets", &ticket, ""), json!({ "admin_notes": "between us", "title": "Ours" })).await.answers(200);
        admin.post(&at("/tickets", &ticket, "links/"), json!({ "ticket": other["id"], "type": "relates_to" })).await.answers(201);
        story.automate().await;
        let note = json!({ "content": "a note", "is_internal": true });
        admin.post(&at("/tickets", &ticket, "comments/"), note).await.answers(201);
        let mut heard = Vec::new();
        while heard.last().is_none_or(|last: &Value| last["type"] != "ticket.comment_added") {
            heard.push(socket.event().await);
        }
        let types: Vec<_> = heard.iter().map(|event| event["type"].as_str().unwrap()).collect();
        assert_eq!(types, ["ticket.updated", "ticket.updated", "ticket.comment_added"]);
        let history = technician.get(&at("/tickets", &ticket, "history/")).await.answers(200);
        for told in [json!(heard).to_string(), history.to_string()] {
            for secret in ["between us", "Elsewhere", "TX0002", "Hush"] {
                assert!(!told.contains(secret), "{secret}: {told}");
            }
        }
        assert!(history.to_string().contains("Internal note added"), "{history}");
        assert!(admin.get(&at("/tickets", &ticket, "history/")).await.answers(200).to_string().contains("TX0002"));
    }

    async fn a_frame_that_says_that_it_is_too_long_is_not_waited_for(story: Story) {
        let mut socket = story.platform("customer").await.connects(NEWS).await;
        let head = [0x81, 0xff, 0x10, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4];
        socket.sends(&head).await;
        assert_eq!(socket.closes().await, 1009);
    }
}
