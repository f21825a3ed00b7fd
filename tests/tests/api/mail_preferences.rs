//! Which mails people get, and the links in them that end a kind.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at};
use serde_json::{Value, json};

/// What the customer has been written, by subject.
async fn subjects(story: &Story) -> Vec<String> {
    story.tell().await;
    story
        .letters()
        .await
        .into_iter()
        .filter(|letter| letter.to.address.as_str() == "customer@example.com")
        .map(|letter| letter.subject)
        .collect()
}

on_both_backends! {
    async fn a_kind_of_mail_that_somebody_does_without_is_not_written(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let path = "/users/me/mail-preferences/";
        let all = json!({ "ticket_created": true, "status_changed": true, "new_reply": true, "assigned": true });
        assert_eq!(customer.get(path).await.answers(200), all);
        let chosen = customer.patch(path, json!({ "ticket_created": false, "new_reply": false })).await.answers(200);
        assert_eq!(chosen, json!({ "ticket_created": false, "status_changed": true, "new_reply": false, "assigned": true }));
        assert_eq!(story.classic("customer").await.get(path).await.answers(200), chosen);
        assert_eq!(agent.get(path).await.answers(200), all, "others' stay");
        let ticket = customer.opens("Printer").await;
        agent.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "x" })).await.answers(201);
        assert!(subjects(&story).await.is_empty());
        customer.patch(path, json!({ "new_reply": true })).await.answers(200);
        agent.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "x" })).await.answers(201);
        assert_eq!(subjects(&story).await.len(), 1);
        customer.patch(path, json!({ "new_reply": "maybe" })).await.refuses(400);
        story.stranger().get(path).await.refuses(401);
    }

    async fn the_link_in_a_mail_ends_its_kind_and_no_other(story: Story) {
        let customer = story.platform("customer").await;
        customer.opens("Printer").await;
        story.tell().await;
        let letter = story.letters().await.pop().unwrap();
        let link = letter.unsubscribe.unwrap();
        let path = link.split_once("/unsubscribe").unwrap().1;
        let root = story.root();
        let wants = async || customer.get("/users/me/mail-preferences/").await.answers(200);
        assert_eq!(root.get(&format!("/unsubscribe{path}")).await.status, 200);
        assert_eq!(wants().await["ticket_created"], true, "looking changes nothing");
        for forged in [path.replace("ticket_created", "new_reply"), format!("{path}x"), path.replace("user=", "user=0"), "?user=x".to_owned()] {
            let status = root.post(&format!("/unsubscribe{forged}"), Value::Null).await.status;
            assert!([400, 404].contains(&status), "{forged}: {status}");
        }
        assert_eq!(wants().await["new_reply"], true);
        assert_eq!(root.post(&format!("/unsubscribe{path}"), Value::Null).await.status, 200);
        assert_eq!(root.post(&format!("/unsubscribe{path}"), Value::Null).await.status, 200, "twice is no mistake");
        let left = wants().await;
        assert_eq!((&left["ticket_created"], &left["new_reply"]), (&json!(false), &json!(true)));
    }
}
