//! Tickets in `platform`: opening, reading and changing them.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each, id};
use serde_json::{Value, json};

async fn opened(client: &Client, field: &str, value: Value) -> Value {
    let mut body = json!({ "title": "Server is down", "description": "Nothing answers." });
    body[field] = value;
    client.post("/tickets/", body).await.answers(201)
}

on_both_backends! {
    async fn a_ticket_opens_with_what_nobody_said(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("Server is down").await;
        assert_eq!(ticket["status"], "open");
        assert_eq!(ticket["priority"], "medium");
        assert_eq!(ticket["created_by"]["email"], "customer@example.com");
        assert_eq!(ticket["number"], "TX0001");
        for empty in ["category", "assigned_to", "department", "sub_category"] {
            assert_eq!(ticket[empty], Value::Null, "{empty}");
        }
        for empty in ["tags", "attachments", "comments"] {
            assert_eq!(ticket[empty], json!([]), "{empty}");
        }
        assert_eq!(ticket["custom_fields"], json!({}));
    }

    async fn the_create_example_of_the_seed_works(story: Story) {
        let agent = story.platform("agent").await;
        let category = agent.get("/categories/").await.answers(200)["results"][0].clone();
        let body = json!({
            "title": "Database connection issue", "description": "Users are experiencing slow database queries",
            "priority": "high", "category_id": category["id"], "tags": ["database", "performance"],
            "custom_fields": { "severity": "critical", "environment": "production" },
        });
        let ticket = agent.post("/tickets/", body).await.answers(201);
        assert_eq!(ticket["priority"], "high");
        assert_eq!(ticket["category"], json!({ "id": category["id"], "name": category["name"], "color": category["color"] }));
        assert_eq!(ticket["tags"], json!(["database", "performance"]));
        assert_eq!(ticket["custom_fields"]["severity"], "critical");
    }

    async fn the_update_example_of_the_seed_works(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = agent.opens("Server is down").await;
        let bob = story.platform("bob").await.get("/users/me/").await.answers(200);
        let body = json!({ "status": "in_progress", "assigned_to_id": bob["id"], "priority": "critical" });
        let ticket = agent.patch(&at("/tickets", &ticket, ""), body).await.answers(200);
        assert_eq!(ticket["status"], "in_progress");
        assert_eq!(ticket["priority"], "critical");
        let person = json!({ "id": bob["id"], "first_name": "Bob", "last_name": "Miller", "email": "bob@example.com" });
        assert_eq!(ticket["assigned_to"], person);
    }

    async fn a_ticket_is_read_as_it_was_answered_when_it_opened(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("Server is down").await;
        assert_eq!(customer.get(&at("/tickets", &ticket, "")).await.answers(200), ticket);
    }

    async fn an_entry_of_the_list_is_the_ticket_without_its_conversation(story: Story) {
        let customer = story.platform("customer").await;
        let mut ticket = customer.opens("Server is down").await;
        ticket.as_object_mut().unwrap().retain(|field, _| field != "comments" && field != "attachments");
        assert_eq!(customer.get("/tickets/").await.answers(200)["results"], json!([ticket]));
    }

    async fn numbers_are_gap_free_in_each_organization_and_never_reused(story: Story) {
        let (customer, foreigner) = (story.platform("customer").await, story.platform("foreigner").await);
        let first = customer.opens("One").await;
        assert_eq!(foreigner.opens("Two").await["number"], "TX0001");
        customer.post("/tickets/", json!({ "title": "Broken" })).await.refuses(400);
        assert_eq!(customer.opens("Three").await["number"], "TX0002");
        story.platform("admin").await.delete(&at("/tickets", &first, "")).await.answers(204);
        assert_eq!(customer.opens("Four").await["number"], "TX0003");
    }

    async fn every_priority_word_is_written_and_shown(story: Story) {
        let customer = story.platform("customer").await;
        for word in ["low", "medium", "high", "urgent", "critical"] {
            assert_eq!(opened(&customer, "priority", json!(word)).await["priority"], word);
        }
    }

    async fn every_status_word_is_written_and_shown(story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "");
        for word in ["in_progress", "pending", "open", "resolved", "closed"] {
            assert_eq!(agent.patch(&path, json!({ "status": word })).await.answers(200)["status"], word);
        }
    }

    async fn what_was_read_is_sent_back_and_changes_nothing(story: Story) {
        let agent = story.platform("agent").await;
        let tags = ["vpn", "lan"];
        let body = json!({ "title": "One", "description": "x", "category": "general", "tags": tags, "assigned_to": "agent" });
        let ticket = agent.post("/tickets/", body).await.answers(201);
        let path = at("/tickets", &ticket, "");
        let tag = agent.get(&path).await.header("etag").to_owned();
        assert_eq!(agent.put(&path, ticket.clone()).await.answers(200), ticket);
        assert_eq!(agent.get(&path).await.header("etag"), tag);
        let history = agent.get(&at("/tickets", &ticket, "history/")).await.answers(200);
        assert!(!each(&history, "action").contains(&json!("updated")), "{history}");
    }

    async fn a_requester_sends_back_what_they_read_and_changes_nothing(story: Story) {
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        assert_eq!(customer.put(&at("/tickets", &ticket, ""), ticket.clone()).await.answers(200), ticket);
    }

    async fn a_word_that_the_ticket_shows_already_changes_nothing(story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        let ticket = platform.opens("One").await;
        let path = at("/tickets", &ticket, "");
        platform.patch(&path, json!({ "status": "pending", "priority": "critical" })).await.answers(200);
        let shown = classic.get(&path).await.answers(200);
        assert_eq!((&shown["status"], &shown["priority"]), (&json!("in_progress"), &json!("urgent")));
        classic.patch(&path, json!({ "status": "in_progress", "priority": "urgent" })).await.answers(200);
        let still = platform.get(&path).await.answers(200);
        assert_eq!((&still["status"], &still["priority"]), (&json!("pending"), &json!("critical")));
    }

    async fn put_keeps_omitted_fields(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = opened(&agent, "tags", json!(["vpn"])).await;
        let put = agent.put(&at("/tickets", &ticket, ""), json!({ "title": "Renamed" })).await.answers(200);
        assert_eq!(put["title"], "Renamed");
        assert_eq!(put["description"], ticket["description"]);
        assert_eq!(put["tags"], json!(["vpn"]));
    }

    async fn unknown_and_read_only_fields_are_ignored(story: Story) {
        let agent = story.platform("agent").await;
        let body = json!({
            "title": "One", "description": "x", "id": "nonsense", "number": "TX9999", "created_at": 5, "flavour": "mint",
            "sla_status": [], "comments": "x", "created_by": { "id": 999 }, "resolved_at": "2020-01-01T00:00:00Z",
        });
        let ticket = agent.post("/tickets/", body).await.answers(201);
        assert_eq!(ticket["number"], "TX0001");
        assert_eq!(ticket["resolved_at"], Value::Null);
    }

    async fn custom_fields_are_merged_and_null_drops_one(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = opened(&agent, "custom_fields", json!({ "a": 1, "b": [true, { "c": null }] })).await;
        let path = at("/tickets", &ticket, "");
        let ticket = agent.patch(&path, json!({ "custom_fields": { "a": null, "d": "x" } })).await.answers(200);
        assert_eq!(ticket["custom_fields"], json!({ "b": [true, { "c": null }], "d": "x" }));
    }

    async fn a_reference_is_emptied_with_null(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = opened(&agent, "category", json!("billing")).await;
        let path = at("/tickets", &ticket, "");
        agent.patch(&path, json!({ "assigned_to": "agent" })).await.answers(200);
        let ticket = agent.patch(&path, json!({ "assigned_to_id": null, "category_id": null })).await.answers(200);
        assert_eq!((&ticket["assigned_to"], &ticket["category"]), (&Value::Null, &Value::Null));
    }

    async fn a_deleted_ticket_is_gone_from_everywhere(story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        let ticket = customer.opens("Ephemeral").await;
        let path = at("/tickets", &ticket, "");
        assert_eq!(admin.delete(&path).await.answers(204), Value::Null);
        admin.get(&path).await.refuses(404);
        admin.delete(&path).await.refuses(404);
        admin.get(&at("/tickets", &ticket, "comments/")).await.refuses(404);
        assert_eq!(customer.get("/tickets/").await.answers(200)["count"], 0);
        assert_eq!(customer.get("/tickets/?search=ephemeral").await.answers(200)["count"], 0);
        assert_eq!(customer.get("/tickets/stats/").await.answers(200)["total_tickets"], 0);
    }

    async fn an_assignee_must_be_staff_or_technician_of_the_organization(story: Story) {
        let agent = story.platform("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "");
        agent.patch(&path, json!({ "assigned_to": "technician" })).await.answers(200);
        let outsider = id(&story.platform("outsider").await.get("/users/me/").await.answers(200));
        for nobody in [json!("customer"), json!(outsider), json!(9999), json!("nobody")] {
            let details = agent.patch(&path, json!({ "assigned_to": nobody })).await.refuses(400);
            assert!(details["assigned_to"].is_array(), "{nobody}: {details}");
        }
    }
}
