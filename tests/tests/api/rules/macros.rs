//! Macros: what people do with tickets often, in one step.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::{Value, json};

fn waiting() -> Value {
    json!({
        "name": "Ask back",
        "then": [
            { "assign": "bob" },
            { "set": { "status": "pending", "priority": "low" } },
            { "comment": { "content": "{requester}, please tell us more about {ticket_number}.", "is_internal": false } },
        ],
    })
}

on_both_backends! {
    async fn a_macro_is_carried_out_in_the_name_of_who_uses_it(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let made = agent.post("/macros/", waiting()).await.answers(201);
        assert_eq!((&made["is_public"], &made["then"][1]), (&json!(false), &waiting()["then"][1]));
        let opened = customer.opens("One").await;
        let now = agent.post(&at("/tickets", &opened, "macro/"), json!({ "macro": made["id"] })).await.answers(200);
        assert_eq!((&now["status"], &now["priority"], &now["assigned_to"]["first_name"]), (&json!("pending"), &json!("low"), &json!("Bob")));
        assert_eq!(now["comments"][0]["content"], "Carla Miller, please tell us more about TX0001.");
        assert_eq!(now["comments"][0]["author"]["first_name"], "Ann");
        assert!(now["first_response_at"].is_string(), "a person answered");
        let history = agent.get(&at("/tickets", &opened, "history/")).await.answers(200);
        assert_eq!(each(&history, "by_rule"), vec![Value::Null; history["results"].as_array().unwrap().len()]);
    }

    async fn all_of_a_macro_is_done_or_nothing(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let body = json!({ "name": "X", "then": [{ "set": { "priority": "low", "status": "resolved" } }, { "set": { "status": "pending" } }] });
        let made = agent.post("/macros/", body).await.answers(201);
        let opened = customer.opens("One").await;
        let path = at("/tickets", &opened, "macro/");
        agent.post(&path, json!({ "macro": made["id"] })).await.refuses(409);
        assert_eq!(agent.get(&at("/tickets", &opened, "")).await.answers(200)["priority"], "medium");
        assert!(agent.post(&path, json!({})).await.refuses(400)["macro"].is_array());
        assert!(agent.post(&path, json!({ "macro": 4711 })).await.refuses(400)["macro"].is_array());
        customer.post(&path, json!({ "macro": made["id"] })).await.refuses(403);
    }

    async fn a_macro_is_not_carried_out_on_a_ticket_that_is_another_by_now(story: Story) {
        let agent = story.platform("agent").await;
        let made = agent.post("/macros/", waiting()).await.answers(201);
        let opened = agent.opens("One").await;
        let (path, body) = (at("/tickets", &opened, "macro/"), json!({ "macro": made["id"] }));
        let seen = agent.get(&at("/tickets", &opened, "")).await.header("etag").to_owned();
        agent.with("If-Match", "\"stale\"").post(&path, body.clone()).await.refuses(412);
        assert_eq!(agent.get(&at("/tickets", &opened, "")).await.answers(200), opened);
        agent.with("If-Match", &seen).post(&path, body.clone()).await.answers(200);
        agent.with("If-Match", &seen).post(&path, body).await.refuses(412);
    }

    async fn a_private_macro_is_its_authors_and_public_ones_are_changed_by_admins(story: Story) {
        let (agent, bob, admin) = (story.platform("agent").await, story.platform("bob").await, story.platform("admin").await);
        let made = agent.post("/macros/", waiting()).await.answers(201);
        let path = at("/macros", &made, "");
        bob.get(&path).await.refuses(404);
        admin.get(&path).await.refuses(404);
        assert_eq!(bob.get("/macros/").await.answers(200)["results"], json!([]));
        let opened = bob.opens("One").await;
        assert!(bob.post(&at("/tickets", &opened, "macro/"), json!({ "macro": made["id"] })).await.refuses(400)["macro"].is_array());
        agent.patch(&path, json!({ "is_public": true })).await.refuses(403);
        agent.patch(&path, json!({ "name": "Mine" })).await.answers(200);
        let mut public = waiting();
        public["is_public"] = json!(true);
        agent.post("/macros/", public.clone()).await.refuses(403);
        let public = admin.post("/macros/", public).await.answers(201);
        let path = at("/macros", &public, "");
        assert_eq!(each(&agent.get("/macros/").await.answers(200), "name"), ["Ask back", "Mine"]);
        assert_eq!(each(&agent.get("/macros/?search=MIN").await.answers(200), "name"), ["Mine"]);
        agent.patch(&path, json!({ "name": "X" })).await.refuses(403);
        agent.delete(&path).await.refuses(403);
        assert_eq!(admin.put(&path, public.clone()).await.answers(200), public);
        admin.delete(&path).await.answers(204);
        admin.get(&path).await.refuses(404);
        story.platform("customer").await.get("/macros/").await.refuses(403);
    }

    async fn what_makes_no_macro_is_refused_at_its_place(story: Story) {
        let agent = story.platform("agent").await;
        for (field, body) in [
            ("name", json!({ "then": [{ "assign": null }] })),
            ("then", json!({ "name": "X" })),
            ("then", json!({ "name": "X", "then": [] })),
            ("then", json!({ "name": "X", "then": [{ "notify": { "to": ["assignee"], "message": "x" } }] })),
            ("then", json!({ "name": "X", "then": [{ "assign": "customer" }] })),
            ("is_public", json!({ "name": "X", "is_public": "maybe", "then": [{ "assign": null }] })),
        ] {
            let details = agent.post("/macros/", body).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
    }
}
