//! Notifications (seed 001).

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

/// What somebody has been told, the newest first.
async fn told(client: &Client) -> Value {
    client.get("/notifications/").await.answers(200)["results"].clone()
}

async fn says(client: &Client, ticket: &Value, body: Value) {
    client.post(&at("/tickets", ticket, "comments/"), body).await.answers(201);
}

/// A ticket of the customer that the agent works on.
async fn worked_on(story: &Story) -> Value {
    let ticket = story.platform("customer").await.opens("Printer").await;
    story.platform("agent").await.post(&at("/tickets", &ticket, "claim/"), json!({})).await.answers(200);
    ticket
}

on_both_backends! {
    async fn replies_steps_mentions_and_assignments_are_told_to_whom_they_concern(story: Story) {
        let (customer, agent, bob) =
            (story.platform("customer").await, story.platform("agent").await, story.platform("bob").await);
        let ticket = worked_on(&story).await;
        says(&agent, &ticket, json!({ "content": "Try again.", "mentions": ["bob", "agent"] })).await;
        says(&customer, &ticket, json!({ "content": "It works." })).await;
        story.tell().await;
        agent.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": "bob" })).await.answers(200);
        story.tell().await;
        assert_eq!(each(&told(&customer).await, "type"), ["reply", "status_change"]);
        assert_eq!(each(&told(&bob).await, "type"), ["assignment", "mention"]);
        let reply = told(&agent).await;
        assert_eq!(each(&reply, "type"), ["reply"]);
        assert_eq!(reply[0]["title"], "New reply to TX0001");
        assert_eq!(reply[0]["message"], "Carla Miller replied to “Printer”.");
        assert_eq!(reply[0]["ticket"], json!({ "id": ticket["id"], "number": "TX0001", "title": "Printer" }));
        assert_eq!((&reply[0]["is_read"], &reply[0]["read_at"], &reply[0]["priority"]), (&json!(false), &json!(null), &json!("medium")));
    }

    async fn classic_shows_the_same_with_integers(story: Story) {
        let ticket = worked_on(&story).await;
        says(&story.platform("customer").await, &ticket, json!({ "content": "x" })).await;
        story.tell().await;
        let (classic, platform) = (story.classic("agent").await, story.platform("agent").await);
        let (mine, same) = (told(&classic).await[0].clone(), told(&platform).await[0].clone());
        assert!(mine["id"].is_i64() && mine["ticket"]["id"].is_i64(), "{mine}");
        assert_eq!(mine["title"], same["title"]);
        assert_eq!(classic.get(&at("/notifications", &same, "")).await.answers(200), mine);
        assert_eq!(classic.post(&at("/notifications", &mine, "read/"), json!({})).await.answers(200)["is_read"], true);
    }

    async fn an_internal_note_never_reaches_the_customer(story: Story) {
        let ticket = worked_on(&story).await;
        let (customer, bob) = (story.platform("customer").await, story.platform("bob").await);
        story.tell().await;
        let before = told(&customer).await;
        says(&bob, &ticket, json!({ "content": "A difficult person.", "is_internal": true, "mentions": ["customer", "technician"] })).await;
        story.tell().await;
        assert_eq!(told(&customer).await, before);
        assert_eq!(told(&story.platform("technician").await).await, json!([]));
        let note = told(&story.platform("agent").await).await;
        assert_eq!(note[0]["title"], "New internal note on TX0001");
        assert!(!note.to_string().contains("difficult"), "nothing is quoted");
    }

    async fn work_orders_are_told_to_their_technician_and_who_planned_them(story: Story) {
        let (agent, technician) = (story.platform("agent").await, story.platform("technician").await);
        let body = json!({ "title": "New printer", "priority": "urgent", "assigned_technician": "technician" });
        let order = agent.post("/work-orders/", body).await.answers(201);
        story.tell().await;
        let got = told(&technician).await;
        assert_eq!((&got[0]["type"], &got[0]["title"]), (&json!("work_order"), &json!("WO0001 was assigned to you")));
        assert_eq!((&got[0]["priority"], &got[0]["ticket"]), (&json!("urgent"), &json!(null)));
        assert_eq!(got[0]["work_order"], json!({ "id": order["id"], "number": "WO0001", "title": "New printer" }));
        technician.patch(&at("/work-orders", &order, ""), json!({ "status": "in_progress" })).await.answers(200);
        story.tell().await;
        assert_eq!(told(&agent).await[0]["title"], "WO0001 is in progress now");
        assert!(told(&story.classic("agent").await).await[0]["work_order"]["id"].is_i64());
        agent.patch(&at("/work-orders", &order, ""), json!({ "assigned_technician": null })).await.answers(200);
        assert_eq!(told(&technician).await[0]["title"], "No longer available");
    }

    async fn each_event_is_told_once_to_each_person(story: Story) {
        let ticket = worked_on(&story).await;
        says(&story.platform("customer").await, &ticket, json!({ "content": "x", "mentions": ["agent"] })).await;
        story.tell().await;
        story.tell().await;
        assert_eq!(each(&told(&story.platform("agent").await).await, "type"), ["mention"]);
    }

    async fn a_notification_of_a_ticket_that_one_no_longer_sees_says_nothing(story: Story) {
        let (technician, agent) = (story.platform("technician").await, story.platform("agent").await);
        let ticket = story.platform("customer").await.opens("Secret printer").await;
        agent.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": "technician" })).await.answers(200);
        says(&agent, &ticket, json!({ "content": "x", "is_internal": true })).await;
        story.tell().await;
        assert_eq!(each(&told(&technician).await, "type"), ["reply", "assignment"]);
        agent.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": "bob" })).await.answers(200);
        for notification in told(&technician).await.as_array().unwrap() {
            assert_eq!((&notification["ticket"], &notification["message"]), (&json!(null), &json!("")), "{notification}");
            assert_eq!(notification["title"], "No longer available");
        }
        assert_eq!(technician.get("/notifications/unread-count/").await.answers(200)["count"], 2);
        story.tell().await;
        let admin = story.platform("admin").await;
        let bob = story.platform("bob").await;
        assert_eq!(told(&bob).await[0]["ticket"]["title"], "Secret printer");
        admin.delete(&at("/tickets", &ticket, "")).await.answers(204);
        assert_eq!(told(&bob).await[0]["ticket"], json!(null));
    }

    async fn notifications_are_read_one_by_one_and_all_at_once(story: Story) {
        let ticket = worked_on(&story).await;
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        for n in 0..3 {
            says(&customer, &ticket, json!({ "content": format!("Try {n}.") })).await;
        }
        story.tell().await;
        let count = async || agent.get("/notifications/unread-count/").await.answers(200)["count"].clone();
        assert_eq!(count().await, 3);
        let first = told(&agent).await[0].clone();
        let read = agent.post(&at("/notifications", &first, "read/"), json!({})).await.answers(200);
        assert_eq!((&read["is_read"], &read["read_at"]), (&json!(true), &json!("2025-10-13T10:30:00Z")));
        assert_eq!(agent.post(&at("/notifications", &first, "read/"), json!({})).await.answers(200), read);
        assert_eq!(count().await, 2);
        let keyed = agent.with("Idempotency-Key", "all");
        assert_eq!(keyed.post("/notifications/mark-all-read/", json!({})).await.answers(200), json!({ "updated": 2 }));
        assert_eq!(keyed.post("/notifications/mark-all-read/", json!({})).await.answers(200), json!({ "updated": 2 }));
        assert_eq!(agent.post("/notifications/mark-all-read/", json!({})).await.answers(200), json!({ "updated": 0 }));
        assert_eq!(count().await, 0);
        assert_eq!(customer.get("/notifications/unread-count/").await.answers(200)["count"], 1, "others' stay unread");
        says(&customer, &ticket, json!({ "content": "One more." })).await;
        story.tell().await;
        story.forget_answers().await;
        assert_eq!(keyed.post("/notifications/mark-all-read/", json!({})).await.answers(200), json!({ "updated": 0 }));
        assert_eq!(count().await, 1, "what came since was not meant");
    }

    async fn notifications_are_filtered_sorted_and_walked(mut story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let urgent = json!({ "title": "Fire", "description": "x", "priority": "critical", "assigned_to": "agent" });
        let fire = story.platform("admin").await.post("/tickets/", urgent).await.answers(201);
        story.later(20);
        let ticket = worked_on(&story).await;
        says(&customer, &ticket, json!({ "content": "x", "mentions": ["agent"] })).await;
        says(&customer, &ticket, json!({ "content": "x" })).await;
        story.tell().await;
        let fire_told = agent.get("/notifications/?priority=critical").await.answers(200)["results"][0].clone();
        assert_eq!(fire_told["ticket"]["id"], fire["id"]);
        agent.post(&at("/notifications", &fire_told, "read/"), json!({})).await.answers(200);
        for (query, types) in [
            ("", ["reply", "mention", "assignment"].as_slice()),
            ("?ordering=created_at", &["assignment", "mention", "reply"]),
            ("?type=mention", &["mention"]),
            ("?type=mention,reply", &["reply", "mention"]),
            ("?type=work_order", &[]),
            ("?priority=critical", &["assignment"]),
            ("?is_read=true", &["assignment"]),
            ("?is_read=false", &["reply", "mention"]),
            ("?created_after=2025-10-13T10:50:00Z", &["reply", "mention"]),
            ("?created_before=2025-10-13T10:50:00Z", &["assignment"]),
            ("?page_size=2&page=2", &["assignment"]),
        ] {
            let found = agent.get(&format!("/notifications/{query}")).await.answers(200);
            assert_eq!(each(&found, "type"), types.iter().map(|word| json!(word)).collect::<Vec<_>>(), "{query}");
        }
        let first = agent.get("/notifications/?cursor=&page_size=2").await.answers(200);
        let next = agent.get(first["next"].as_str().unwrap()).await.answers(200);
        assert_eq!(each(&next, "type"), ["assignment"]);
        let classic = story.classic("agent").await;
        assert_eq!(each(&classic.get("/notifications/?priority=urgent").await.answers(200), "priority"), ["urgent"]);
        for bad in ["?type=nothing", "?priority=galactic", "?is_read=maybe", "?created_after=x", "?ordering=title", "?cursor=zz", "?page=0"] {
            agent.get(&format!("/notifications/{bad}")).await.refuses(400);
        }
    }

    async fn the_notifications_of_others_are_not_found(story: Story) {
        let ticket = worked_on(&story).await;
        says(&story.platform("customer").await, &ticket, json!({ "content": "x" })).await;
        story.tell().await;
        let agent = story.platform("agent").await;
        let mine = told(&agent).await[0].clone();
        for other in [story.platform("admin").await, story.platform("customer").await, story.classic("outsider").await] {
            other.get(&at("/notifications", &mine, "")).await.refuses(404);
            other.post(&at("/notifications", &mine, "read/"), json!({})).await.refuses(404);
            other.delete(&at("/notifications", &mine, "")).await.refuses(404);
        }
        assert_eq!(told(&agent).await[0], mine);
        let tag = agent.get(&at("/notifications", &mine, "")).await.header("etag").to_owned();
        agent.post(&at("/notifications", &mine, "read/"), json!({})).await.answers(200);
        agent.with("If-Match", &tag).delete(&at("/notifications", &mine, "")).await.refuses(412);
        agent.delete(&at("/notifications", &mine, "")).await.answers(204);
        agent.delete(&at("/notifications", &mine, "")).await.refuses(404);
        assert_eq!(told(&agent).await, json!([]));
    }

    async fn people_choose_what_they_are_told(story: Story) {
        let (customer, agent) = (story.platform("customer").await, story.platform("agent").await);
        let standard = agent.get("/notifications/preferences/").await.answers(200);
        let unwanted: Vec<_> = standard.as_object().unwrap().iter().filter(|(_, wanted)| **wanted == json!(false)).collect();
        assert_eq!(unwanted, [(&"ticket_created".to_owned(), &json!(false))]);
        assert_eq!(standard.as_object().unwrap().len(), 9);
        let chosen = agent.patch("/notifications/preferences/", json!({ "reply": false, "ticket_created": true })).await.answers(200);
        assert_eq!((&chosen["reply"], &chosen["ticket_created"], &chosen["mention"]), (&json!(false), &json!(true), &json!(true)));
        customer.put("/notifications/preferences/", json!({ "status_change": false, "ticket_created": true })).await.answers(200);
        let ticket = worked_on(&story).await;
        says(&customer, &ticket, json!({ "content": "x" })).await;
        story.platform("jane").await.opens("Mouse").await;
        story.tell().await;
        assert_eq!(each(&told(&agent).await, "title"), ["New ticket TX0002", "New ticket TX0001"]);
        assert_eq!(told(&customer).await, json!([]), "new tickets are told to staff");
        assert_eq!(agent.get("/notifications/preferences/").await.answers(200), chosen);
        for bad in [json!({ "reply": "maybe" }), json!({ "mention": 1 })] {
            agent.patch("/notifications/preferences/", bad).await.refuses(400);
        }
        assert_eq!(agent.put("/notifications/preferences/", standard.clone()).await.answers(200), standard);
    }
}
