//! One change to many tickets.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::{Value, json};

on_both_backends! {
    async fn many_tickets_are_changed_alike_and_each_for_itself(story: Story) {
        let (agent, admin) = (story.platform("agent").await, story.platform("admin").await);
        let (one, two, closed) = (agent.opens("One").await, agent.opens("Two").await, agent.opens("Three").await);
        agent.post(&at("/tickets", &closed, "close/"), json!({})).await.answers(200);
        let ids = json!([one["id"], two["number"], closed["id"], 4711]);
        let set = json!({ "status": "in_progress", "priority": "high", "assigned_to": "bob", "tags": ["floor"], "department": "IT Department" });
        let answer = agent.post("/tickets/bulk/", json!({ "ids": ids, "set": set })).await.answers(200);
        assert_eq!((&answer["updated"], &answer["failed"]), (&json!(2), &json!(2)));
        assert_eq!(each(&answer["results"], "ok"), [true, true, false, false]);
        assert_eq!(each(&answer["results"], "id"), [one["id"].clone(), two["id"].clone(), closed["id"].clone(), json!("4711")]);
        assert_eq!(answer["results"][2]["error"]["code"], "INVALID_TRANSITION");
        assert_eq!(answer["results"][3]["error"]["code"], "RESOURCE_NOT_FOUND");
        for ticket in [&one, &two] {
            let now = agent.get(&at("/tickets", ticket, "")).await.answers(200);
            assert_eq!((&now["status"], &now["priority"], &now["tags"]), (&json!("in_progress"), &json!("high"), &json!(["floor"])));
            assert_eq!(now["assigned_to"]["email"], "bob@example.com");
        }
        let now = agent.get(&at("/tickets", &closed, "")).await.answers(200);
        assert_eq!((&now["status"], &now["priority"]), (&json!("closed"), &json!("medium")));
        let counts = admin.get("/tickets/stats/").await.answers(200);
        assert_eq!(counts["in_progress_tickets"], 2, "{counts}");
    }

    async fn a_filter_names_what_a_list_would_show(story: Story) {
        let agent = story.classic("agent").await;
        for title in ["One", "Two", "Three"] {
            agent.opens(title).await;
        }
        agent.post("/tickets/", json!({ "title": "Hot", "description": "x", "priority": "urgent" })).await.answers(201);
        let body = json!({ "filter": { "priority": "medium", "status": ["open", "closed"], "search": null }, "set": { "status": "resolved" } });
        let answer = agent.post("/tickets/bulk/", body.clone()).await.answers(200);
        assert_eq!((&answer["updated"], &answer["failed"]), (&json!(3), &json!(0)));
        assert!(answer["results"][0]["id"].is_i64(), "{answer}");
        assert_eq!(agent.get("/tickets/?status=resolved").await.answers(200)["count"], 3);
        assert_eq!(agent.post("/tickets/bulk/", body).await.answers(200)["updated"], 0);
        let refused = json!({ "ids": [1, 4711], "set": { "status": "open", "title": "" } });
        let answer = agent.post("/tickets/bulk/", refused).await.answers(200);
        assert_eq!(answer["results"][0]["details"]["title"], json!(["This field may not be blank."]));
        assert!(answer["results"][1]["error"].is_string(), "{answer}");
    }

    async fn a_bulk_change_reads_the_saved_filter_and_refuses_names_that_no_list_has(story: Story) {
        let agent = story.platform("agent").await;
        for (title, priority) in [("One", "high"), ("Two", "low")] {
            agent.post("/tickets/", json!({ "title": title, "description": "x", "priority": priority })).await.answers(201);
        }
        let filter = json!({ "name": "High", "filter_params": { "priority": "high" } });
        let filter = agent.post("/filters/", filter).await.answers(201);
        let set = json!({ "status": "resolved" });
        for (bad, named) in [(json!({ "statuss": "open" }), "statuss"), (json!({ "page": 1 }), "page"), (json!({ "filter": 4711 }), "4711")] {
            let details = agent.post("/tickets/bulk/", json!({ "filter": bad, "set": set })).await.refuses(400);
            assert!(details["filter"].to_string().contains(named), "{named}: {details}");
        }
        assert_eq!(agent.get("/tickets/?status=resolved").await.answers(200)["count"], 0);
        let body = json!({ "filter": { "filter": filter["id"] }, "set": set });
        assert_eq!(agent.post("/tickets/bulk/", body).await.answers(200)["updated"], 1);
        let resolved = agent.get("/tickets/?status=resolved").await.answers(200);
        assert_eq!(each(&resolved, "title"), ["One"]);
    }

    async fn a_repeat_under_a_key_is_not_done_twice(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = agent.opens("One").await;
        let keyed = agent.with("Idempotency-Key", "bulk");
        let body = json!({ "ids": [ticket["id"]], "set": { "status": "resolved" } });
        let first = keyed.post("/tickets/bulk/", body.clone()).await.answers(200);
        agent.post(&at("/tickets", &ticket, "reopen/"), json!({})).await.answers(200);
        assert_eq!(keyed.post("/tickets/bulk/", body).await.answers(200), first);
        assert_eq!(agent.get(&at("/tickets", &ticket, "")).await.answers(200)["status"], "open");
        keyed.post("/tickets/bulk/", json!({ "ids": [ticket["id"]], "set": {} })).await.refuses(422);
        let history = agent.get(&at("/tickets", &ticket, "history/")).await.answers(200);
        let again = agent.post("/tickets/bulk/", json!({ "ids": [ticket["id"], ticket["id"]], "set": { "status": "open" } })).await;
        assert_eq!(again.answers(200)["updated"], 2);
        assert_eq!(agent.get(&at("/tickets", &ticket, "history/")).await.answers(200)["count"], history["count"]);
    }

    async fn bulk_is_for_staff_and_for_a_thousand_tickets_at_most(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let own = customer.opens("Mine").await;
        let body = json!({ "ids": [own["id"]], "set": { "title": "X" } });
        customer.post("/tickets/bulk/", body.clone()).await.refuses(403);
        story.platform("technician").await.post("/tickets/bulk/", body.clone()).await.refuses(403);
        let elsewhere = story.platform("outsider").await.post("/tickets/bulk/", body).await.answers(200);
        assert_eq!((&elsewhere["updated"], &elsewhere["failed"]), (&json!(0), &json!(1)));
        let many: Vec<Value> = (0..1001).map(|n| json!(n)).collect();
        for (bad, field) in [
            (json!({ "ids": many, "set": {} }), "ids"),
            (json!({ "ids": [], "set": {} }), "ids"),
            (json!({ "set": {} }), "ids"),
            (json!({ "ids": [1] }), "set"),
            (json!({ "ids": "x", "set": {} }), "ids"),
            (json!({ "ids": [1], "filter": {}, "set": {} }), "filter"),
            (json!({ "filter": { "status": { "is": "open" } }, "set": {} }), "filter"),
            (json!({ "filter": { "status": "x" }, "set": {} }), "status"),
            (json!({ "filter": {}, "set": { "status": "x" } }), "status"),
            (json!({ "filter": {}, "set": 5 }), "set"),
        ] {
            let details = agent.post("/tickets/bulk/", bad).await.refuses(400);
            assert!(details.get(field).is_some(), "{field}: {details}");
        }
        assert_eq!(agent.get(&at("/tickets", &own, "")).await.answers(200)["title"], "Mine");
    }
}
