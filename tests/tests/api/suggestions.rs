//! What may help with a ticket: articles and questions with some of its words.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, each};
use serde_json::json;

on_both_backends! {
    async fn articles_and_questions_are_suggested_for_a_ticket(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        for (title, content, status) in [
            ("Connecting to the VPN", "Install the client. Error 809 means that the network blocks it.", "published"),
            ("Printing from home", "Use the VPN, then add the printer.", "published"),
            ("VPN outage plan", "What staff do when the VPN is down.", "draft"),
            ("Ordering a chair", "Ask your manager.", "published"),
        ] {
            let body = json!({ "title": title, "content": content, "status": status });
            agent.post("/knowledge-base/articles/", body).await.answers(201);
        }
        let body = json!({ "question": "Is there a VPN for phones?", "answer": "No.", "category": "technical" });
        story.help("agent").await.post("/faqs", body).await.answers(201);
        let plea = json!({ "title": "VPN does not work", "description": "Since today I get error 809 in the hotel." });
        for client in [&customer, &story.classic("customer").await] {
            let found = client.post("/knowledge-base/suggest/", plea.clone()).await.answers(200);
            assert_eq!(found["results"][0]["title"], "Connecting to the VPN", "{found}");
            assert!(found["results"][0]["snippet"].as_str().unwrap().contains("<mark>"), "{found}");
            assert!(found["results"].as_array().unwrap().len() <= 5 && !found.to_string().contains("outage"), "{found}");
        }
        let ticket = customer.post("/tickets/", plea).await.answers(201);
        let found = agent.post("/knowledge-base/suggest/", json!({ "ticket": ticket["id"] })).await.answers(200);
        assert_eq!(found["results"][0]["slug"], "connecting-to-the-vpn");
        assert_eq!(each(&found, "type").iter().filter(|kind| *kind == "faq").count(), 1, "{found}");
        assert!(story.platform("jane").await.post("/knowledge-base/suggest/", json!({ "ticket": ticket["id"] })).await.refuses(400)["ticket"].is_array());
        assert!(agent.post("/knowledge-base/suggest/", json!({})).await.refuses(400)["text"].is_array());
        assert!(agent.post("/knowledge-base/suggest/", json!({ "text": "" })).await.refuses(400)["text"].is_array());
        let nothing = agent.post("/knowledge-base/suggest/", json!({ "text": "It is as it was." })).await.answers(200);
        assert_eq!(nothing["results"], json!([]));
        story.stranger().post("/knowledge-base/suggest/", json!({ "text": "vpn" })).await.refuses(401);
    }
}
