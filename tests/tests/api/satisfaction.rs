//! How content requesters are.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::json;

on_both_backends! {
    async fn a_requester_rates_what_is_resolved_and_changes_their_mind(story: Story) {
        let mut story = story;
        let (agent, customer) = (story.platform("agent").await, story.classic("customer").await);
        let ticket = customer.opens("One").await;
        let path = at("/tickets", &ticket, "satisfaction/");
        customer.get(&path).await.refuses(404);
        let refused = customer.post(&path, json!({ "score": 4 })).await.refuses(400);
        assert_eq!(refused["status"], json!(["Cannot rate a ticket that is open."]));
        agent.post(&at("/tickets", &ticket, "resolve/"), json!({})).await.answers(200);
        let rating = customer.post(&path, json!({ "score": 4, "comment": "Quick." })).await.answers(201);
        assert_eq!((&rating["ticket"], &rating["score"], &rating["comment"]), (&ticket["id"], &json!(4), &json!("Quick.")));
        assert_eq!(rating["rated_by"]["username"], "customer");
        let changed = customer.put(&path, json!({ "score": 2 })).await.answers(200);
        assert_eq!((&changed["score"], &changed["comment"]), (&json!(2), &json!("Quick.")));
        assert_eq!(customer.post(&path, json!({ "score": 2, "comment": "" })).await.answers(200)["comment"], json!(null));
        let seen = agent.get(&path).await.answers(200);
        assert_eq!((&seen["score"], seen["ticket"].as_str().unwrap().len()), (&json!(2), 36));
        let lines = each(&customer.get(&at("/tickets", &ticket, "history/")).await.answers(200), "details");
        assert_eq!(lines[0], "Rated 2 of 5 by Carla Miller");
        agent.post(&at("/tickets", &ticket, "reopen/"), json!({})).await.answers(200);
        customer.put(&path, json!({ "score": 5 })).await.refuses(400);
        agent.post(&at("/tickets", &ticket, "close/"), json!({})).await.answers(200);
        story.later(31 * 24 * 60);
        let customer = story.platform("customer").await;
        assert_eq!(customer.put(&path, json!({ "score": 5 })).await.code(), "INVALID_TRANSITION");
        assert_eq!(customer.put(&path, json!({ "score": 2 })).await.answers(200)["score"], 2);
    }

    async fn a_rating_is_the_requesters_and_staff_read_it(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        let path = at("/tickets", &ticket, "satisfaction/");
        agent.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": "technician" })).await.answers(200);
        agent.post(&at("/tickets", &ticket, "resolve/"), json!({})).await.answers(200);
        agent.post(&path, json!({ "score": 5 })).await.refuses(403);
        let keyed = customer.with("Idempotency-Key", "rate");
        let rating = keyed.post(&path, json!({ "score": 1, "comment": "No." })).await.answers(201);
        story.forget_answers().await;
        assert_eq!(keyed.post(&path, json!({ "score": 1, "comment": "No." })).await.answers(201), rating);
        story.platform("technician").await.get(&path).await.refuses(403);
        story.platform("jane").await.get(&path).await.refuses(404);
        let tag = customer.get(&path).await.header("etag").to_owned();
        customer.with("If-Match", &tag).put(&path, json!({ "score": 2 })).await.answers(200);
        customer.with("If-Match", &tag).put(&path, json!({ "score": 3 })).await.refuses(412);
        let events = agent.get("/events/?limit=1000").await.answers(200);
        let rated: Vec<_> = events["results"].as_array().unwrap().iter().filter(|event| event["type"] == "ticket.rated").collect();
        assert_eq!(rated.iter().map(|event| event["data"]["score"].clone()).collect::<Vec<_>>(), [1, 2]);
        story.platform("admin").await.delete(&at("/tickets", &ticket, "")).await.answers(204);
    }

    async fn a_rating_that_makes_no_sense_names_its_field(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let ticket = customer.opens("One").await;
        agent.post(&at("/tickets", &ticket, "resolve/"), json!({})).await.answers(200);
        for (bad, field) in [
            (json!({}), "score"),
            (json!({ "score": 0 }), "score"),
            (json!({ "score": 6 }), "score"),
            (json!({ "score": "5" }), "score"),
            (json!({ "score": 4.5 }), "score"),
            (json!({ "score": 5, "comment": "x".repeat(4097) }), "comment"),
            (json!({ "score": 5, "comment": "a\u{0}" }), "comment"),
            (json!({ "score": 5, "comment": 5 }), "comment"),
        ] {
            let details = customer.post(&at("/tickets", &ticket, "satisfaction/"), bad).await.refuses(400);
            assert!(details.get(field).is_some(), "{field}: {details}");
        }
        customer.get(&at("/tickets", &ticket, "satisfaction/")).await.refuses(404);
        let longest = json!({ "score": 5, "comment": "ü".repeat(4096) });
        customer.post(&at("/tickets", &ticket, "satisfaction/"), longest).await.answers(201);
    }
}
