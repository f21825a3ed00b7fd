//! Links between tickets.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::{Value, json};

fn seen(list: &Value) -> Vec<(Value, Value)> {
    let links = list["results"].as_array().unwrap().iter();
    links.map(|link| (link["type"].clone(), link["ticket"]["title"].clone())).collect()
}

on_both_backends! {
    async fn a_link_is_seen_from_both_ends_each_with_its_own_word(story: Story) {
        let (agent, classic) = (story.platform("agent").await, story.classic("agent").await);
        let (one, two) = (agent.opens("One").await, agent.opens("Two").await);
        let (from, to) = (at("/tickets", &one, "links/"), at("/tickets", &two, "links/"));
        let words = [("blocks", "blocked_by"), ("duplicated_by", "duplicates"), ("parent", "child"), ("relates_to", "relates_to")];
        for (word, _) in words {
            let link = agent.post(&from, json!({ "ticket": two["number"], "type": word })).await.answers(201);
            assert_eq!((&link["type"], &link["ticket"]["id"], &link["ticket"]["number"]), (&json!(word), &two["id"], &two["number"]));
        }
        let (here, there) = (agent.get(&from).await.answers(200), classic.get(&to).await.answers(200));
        assert_eq!(seen(&here), words.map(|(word, _)| (json!(word), json!("Two"))));
        assert_eq!(seen(&there), words.map(|(_, inverse)| (json!(inverse), json!("One"))));
        assert!(there["results"][0]["id"].is_i64() && there["results"][0]["ticket"]["id"].is_i64(), "{there}");
        let part = agent.get(&format!("{from}?cursor=&page_size=3")).await.answers(200);
        assert_eq!(seen(&agent.get(part["next"].as_str().unwrap()).await.answers(200)), [(json!("relates_to"), json!("Two"))]);
        classic.delete(&at(to.trim_end_matches('/'), &there["results"][0], "")).await.answers(204);
        classic.delete(&at(to.trim_end_matches('/'), &there["results"][0], "")).await.refuses(404);
        assert_eq!(agent.get(&from).await.answers(200)["count"], 3);
        let lines = each(&agent.get(&at("/tickets", &two, "history/")).await.answers(200), "details");
        assert!(lines.contains(&json!("Linked: blocked by TX0001 \"One\"")), "{lines:?}");
        assert!(lines.contains(&json!("Link ended: blocked by TX0001 \"One\"")), "{lines:?}");
    }

    async fn a_ticket_is_linked_to_others_of_the_organization_and_once_in_a_way(story: Story) {
        let (agent, outsider) = (story.platform("agent").await, story.platform("outsider").await);
        let (one, two, theirs) = (agent.opens("One").await, agent.opens("Two").await, outsider.opens("Theirs").await);
        let path = at("/tickets", &one, "links/");
        for (bad, field) in [
            (json!({ "ticket": theirs["id"], "type": "blocks" }), "ticket"),
            (json!({ "ticket": one["id"], "type": "blocks" }), "ticket"),
            (json!({ "ticket": 4711, "type": "blocks" }), "ticket"),
            (json!({ "type": "blocks" }), "ticket"),
            (json!({ "ticket": two["id"] }), "type"),
            (json!({ "ticket": two["id"], "type": "merged_into" }), "type"),
            (json!({ "ticket": two["id"], "type": 5 }), "type"),
        ] {
            let details = agent.post(&path, bad).await.refuses(400);
            assert!(details.get(field).is_some(), "{field}: {details}");
        }
        let body = json!({ "ticket": two["id"], "type": "blocks" });
        let keyed = agent.with("Idempotency-Key", "link");
        let link = keyed.post(&path, body.clone()).await.answers(201);
        story.forget_answers().await;
        assert_eq!(keyed.post(&path, body.clone()).await.answers(201), link);
        assert_eq!(agent.post(&path, body).await.code(), "CONFLICT");
        let back = json!({ "ticket": one["id"], "type": "blocks" });
        agent.post(&at("/tickets", &two, "links/"), back).await.refuses(409);
        outsider.post(&at("/tickets", &theirs, "links/"), json!({ "ticket": one["id"], "type": "blocks" })).await.refuses(400);
        outsider.delete(&at(path.trim_end_matches('/'), &link, "")).await.refuses(404);
        assert_eq!(agent.get(&path).await.answers(200)["count"], 1);
    }

    async fn a_customer_sees_links_to_tickets_of_their_own_and_makes_none(story: Story) {
        let (agent, customer, jane) = (story.platform("agent").await, story.platform("customer").await, story.platform("jane").await);
        let (one, two, hers) = (customer.opens("One").await, customer.opens("Two").await, jane.opens("Hers").await);
        let path = at("/tickets", &one, "links/");
        let link = agent.post(&path, json!({ "ticket": two["id"], "type": "relates_to" })).await.answers(201);
        let hidden = agent.post(&path, json!({ "ticket": hers["id"], "type": "duplicates" })).await.answers(201);
        assert_eq!(seen(&customer.get(&path).await.answers(200)), [(json!("relates_to"), json!("Two"))]);
        assert_eq!(customer.get(&path).await.answers(200)["count"], 1);
        for text in [customer.get(&at("/tickets", &one, "history/")).await.text, customer.get(&at("/tickets", &one, "")).await.text] {
            assert!(!text.contains("Hers") && !text.contains(hers["number"].as_str().unwrap()), "{text}");
        }
        customer.post(&path, json!({ "ticket": two["id"], "type": "blocks" })).await.refuses(403);
        customer.delete(&at(path.trim_end_matches('/'), &link, "")).await.refuses(403);
        customer.delete(&at(path.trim_end_matches('/'), &hidden, "")).await.refuses(404);
        jane.get(&path).await.refuses(404);
        story.platform("admin").await.delete(&at("/tickets", &hers, "")).await.answers(204);
        assert_eq!(agent.get(&path).await.answers(200)["count"], 1);
    }
}
