//! Who takes which tickets.

mod written;

use std::collections::BTreeSet;

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at};
use serde_json::{Value, json};

/// What is filed under what, and who works where: Ann and Bob in the IT department.
async fn office(admin: &Client) {
    admin.post("/categories/", json!({ "name": "Networks" })).await.answers(201);
    for person in ["agent", "bob"] {
        admin.patch(&format!("/users/{person}/"), json!({ "department": "IT Department" })).await.answers(200);
    }
}

/// A route of that name, to the IT department.
async fn routed(admin: &Client, name: &str, more: Value) -> Value {
    let mut body = json!({ "name": name, "department": "IT Department" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    admin.post("/routes/", body).await.answers(201)
}

async fn bears(admin: &Client, person: &str, how: Value) -> Value {
    admin.patch(&format!("/users/{person}/routing/"), how).await.answers(200)
}

async fn opened(client: &Client, more: Value) -> Value {
    let mut body = json!({ "title": "No network", "description": "x" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    client.post("/tickets/", body).await.answers(201)
}

async fn read(client: &Client, ticket: &Value) -> Value {
    client.get(&at("/tickets", ticket, "")).await.answers(200)
}

/// The first name of who has the ticket; empty for nobody.
async fn holder(client: &Client, ticket: &Value) -> String {
    read(client, ticket).await["assigned_to"]["first_name"].as_str().unwrap_or_default().to_owned()
}

on_both_backends! {
    async fn a_new_ticket_goes_to_the_department_of_its_route_and_to_somebody_of_it(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        routed(&admin, "Networks", json!({ "match": { "category": "networks" } })).await;
        let customer = story.platform("customer").await;
        let (ticket, other) = (opened(&customer, json!({ "category": "networks" })).await, opened(&customer, json!({})).await);
        story.route().await;
        let now = read(&admin, &ticket).await;
        assert_eq!((&now["assigned_to"]["first_name"], &now["department"]["name"]), (&json!("Ann"), &json!("IT Department")));
        assert_eq!(now["status"], "open");
        assert_eq!(holder(&admin, &other).await, "");
    }

    async fn history_and_events_say_which_route_it_was_and_customers_hear_nothing_of_it(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        let route = routed(&admin, "Secret sauce", json!({ "match": { "category": "networks" } })).await;
        let customer = story.platform("customer").await;
        let ticket = opened(&customer, json!({ "category": "networks" })).await;
        story.route().await;
        let log = admin.get("/events/?limit=1000").await.answers(200);
        let told = log["results"].as_array().unwrap().iter().filter(|event| event["subject"]["id"] == ticket["id"]);
        let by: Vec<_> = told.map(|event| (event["type"].as_str().unwrap(), event["by_route"]["id"].clone(), event["actor"].is_null())).collect();
        let id = &route["id"];
        assert_eq!(by, [("ticket.created", Value::Null, false), ("ticket.updated", id.clone(), true), ("ticket.assigned", id.clone(), true)]);
        for agent in [story.platform("agent").await, story.classic("agent").await] {
            let history = agent.get(&at("/tickets", &ticket, "history/")).await.answers(200);
            let line = history["results"].as_array().unwrap().iter().find(|line| line["action"] == "assigned").unwrap().clone();
            assert_eq!(line["by_route"], json!({ "id": id, "name": "Secret sauce" }), "{line}");
        }
        for path in [at("/tickets", &ticket, "history/"), at("/tickets", &ticket, "")] {
            let text = customer.get(&path).await.text;
            assert!(!text.contains("Secret sauce") && !text.contains("by_route"), "{text}");
        }
    }

    async fn the_most_specific_route_wins_and_of_these_the_first(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        routed(&admin, "All", json!({ "agents": ["admin"], "position": 0 })).await;
        routed(&admin, "Second", json!({ "match": { "category": "networks" }, "agents": ["bob"], "position": 2 })).await;
        routed(&admin, "First", json!({ "match": { "category": "networks" }, "agents": ["agent"], "position": 1 })).await;
        routed(&admin, "Off", json!({ "match": { "category": "networks", "department": "IT Department" }, "is_active": false })).await;
        let customer = story.platform("customer").await;
        let networks = opened(&customer, json!({ "category": "networks", "department": "IT Department" })).await;
        let other = opened(&customer, json!({})).await;
        story.route().await;
        assert_eq!((holder(&admin, &networks).await, holder(&admin, &other).await), ("Ann".to_owned(), "Ada".to_owned()));
    }

    async fn what_a_person_assigned_stays(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        routed(&admin, "All", json!({})).await;
        let ticket = opened(&admin, json!({ "assigned_to": "coordinator" })).await;
        let taken = opened(&admin, json!({})).await;
        admin.post(&at("/tickets", &taken, "assign/"), json!({ "user_id": "coordinator" })).await.answers(200);
        story.route().await;
        assert_eq!((holder(&admin, &ticket).await, holder(&admin, &taken).await), ("Cora".to_owned(), "Cora".to_owned()));
    }

    async fn what_a_person_took_from_everybody_stays_with_nobody(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        routed(&admin, "All", json!({})).await;
        let ticket = opened(&admin, json!({})).await;
        story.route().await;
        admin.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": null })).await.answers(200);
        story.route().await;
        assert_eq!(holder(&admin, &ticket).await, "");
    }

    async fn what_waits_for_approval_is_given_away_behind_it(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        routed(&admin, "IT", json!({ "match": { "department": "IT Department" } })).await;
        admin.patch("/organizations/current/", json!({ "requires_approval": true })).await.answers(200);
        let ticket = opened(&story.platform("customer").await, json!({})).await;
        story.route().await;
        assert_eq!(holder(&admin, &ticket).await, "");
        let letting_in = json!({ "priority": "high", "department": "IT Department" });
        admin.post(&at("/tickets", &ticket, "approve/"), letting_in).await.answers(200);
        story.route().await;
        assert_eq!(holder(&admin, &ticket).await, "Ann");
    }

    async fn a_ticket_that_is_filed_by_hand_is_given_away(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        routed(&admin, "Networks", json!({ "match": { "category": "networks" } })).await;
        let ticket = opened(&story.platform("customer").await, json!({})).await;
        story.route().await;
        admin.patch(&at("/tickets", &ticket, ""), json!({ "category": "networks" })).await.answers(200);
        story.route().await;
        assert_eq!(holder(&admin, &ticket).await, "Ann");
    }

    async fn turns_go_round_also_behind_a_restart(story: Story) {
        let admin = story.platform("admin").await;
        routed(&admin, "All", json!({ "strategy": "round_robin", "agents": ["agent", "technician", "bob"] })).await;
        let mut holders = Vec::new();
        for _ in 0..4 {
            let ticket = opened(&admin, json!({})).await;
            story.route().await;
            holders.push(holder(&admin, &ticket).await);
        }
        assert_eq!(holders, ["Theo", "Ann", "Bob", "Theo"]);
    }

    async fn skills_are_those_that_the_route_asks_for(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        bears(&admin, "bob", json!({ "skills": ["Cisco", "German"] })).await;
        routed(&admin, "Networks", json!({ "strategy": "skill", "skills": ["cisco"] })).await;
        let (one, two) = (opened(&admin, json!({})).await, opened(&admin, json!({})).await);
        story.route().await;
        assert_eq!((holder(&admin, &one).await, holder(&admin, &two).await), ("Bob".to_owned(), "Bob".to_owned()));
    }

    async fn who_is_not_available_is_given_nothing_until_they_are(story: Story) {
        let (admin, agent) = (story.platform("admin").await, story.platform("agent").await);
        office(&admin).await;
        routed(&admin, "All", json!({ "agents": ["agent"] })).await;
        bears(&agent, "agent", json!({ "is_available": false })).await;
        let ticket = opened(&admin, json!({})).await;
        story.route().await;
        assert_eq!(holder(&admin, &ticket).await, "");
        bears(&agent, "agent", json!({ "is_available": true })).await;
        story.route().await;
        assert_eq!(holder(&admin, &ticket).await, "Ann");
    }

    async fn what_nobody_could_take_is_taken_up_when_something_ends_the_most_urgent_and_oldest_first(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        routed(&admin, "All", json!({ "agents": ["agent"] })).await;
        bears(&admin, "agent", json!({ "capacity": 1 })).await;
        let mut tickets = Vec::new();
        for priority in ["low", "low", "high", "high"] {
            tickets.push(opened(&admin, json!({ "priority": priority })).await);
            story.route().await;
        }
        let mut taken = Vec::new();
        for _ in 0..4 {
            for (n, ticket) in tickets.iter().enumerate() {
                if holder(&admin, ticket).await == "Ann" && !taken.contains(&n) {
                    taken.push(n);
                    admin.post(&at("/tickets", ticket, "resolve/"), json!({})).await.answers(200);
                }
            }
            story.route().await;
        }
        assert_eq!(taken, [0, 2, 3, 1]);
    }

    async fn replicas_give_each_ticket_away_once_and_nobody_more_than_they_bear(story: Story) {
        let admin = story.platform("admin").await;
        routed(&admin, "All", json!({ "strategy": "round_robin", "agents": ["agent", "bob"] })).await;
        bears(&admin, "agent", json!({ "capacity": 3 })).await;
        bears(&admin, "bob", json!({ "capacity": 4 })).await;
        for _ in 0..12 {
            opened(&admin, json!({})).await;
        }
        futures_util::future::join3(story.route(), story.route(), story.route()).await;
        let log = admin.get("/events/?limit=1000").await.answers(200);
        let given = log["results"].as_array().unwrap().iter().filter(|event| event["type"] == "ticket.assigned");
        let subjects: Vec<String> = given.map(|event| event["subject"]["id"].to_string()).collect();
        assert_eq!((subjects.len(), subjects.iter().collect::<BTreeSet<_>>().len()), (7, 7));
        let open = async |person: &str| admin.get(&format!("/users/{person}/routing/")).await.answers(200)["open_tickets"].clone();
        assert_eq!((open("agent").await, open("bob").await), (json!(3), json!(4)));
    }

    async fn what_a_reader_of_the_log_left_behind_when_it_died_is_given_away_by_the_next(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        routed(&admin, "All", json!({})).await;
        let ticket = opened(&admin, json!({})).await;
        story.queue().await;
        assert_eq!(holder(&admin, &ticket).await, "");
        story.route().await;
        assert_eq!(holder(&admin, &ticket).await, "Ann");
    }

    async fn a_route_that_changes_is_asked_again_about_those_that_wait(story: Story) {
        let admin = story.platform("admin").await;
        bears(&admin, "bob", json!({ "capacity": 0 })).await;
        let route = routed(&admin, "All", json!({ "agents": ["bob"] })).await;
        let (one, two) = (opened(&admin, json!({})).await, opened(&admin, json!({})).await);
        story.route().await;
        assert_eq!(holder(&admin, &one).await, "");
        admin.patch(&at("/routes", &route, ""), json!({ "agents": ["agent"] })).await.answers(200);
        bears(&admin, "agent", json!({ "capacity": 1 })).await;
        story.route().await;
        assert_eq!((holder(&admin, &one).await, holder(&admin, &two).await), ("Ann".to_owned(), String::new()));
        admin.delete(&at("/routes", &route, "")).await.answers(204);
        story.route().await;
        bears(&admin, "agent", json!({ "capacity": 2 })).await;
        story.route().await;
        assert_eq!(holder(&admin, &two).await, "");
    }
}
