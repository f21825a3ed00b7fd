//! Tickets in `classic`.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::{Value, json};

const ENTRY: [&str; 14] = [
    "assigned_to",
    "category",
    "comment_count",
    "created_at",
    "due_date",
    "id",
    "priority",
    "priority_display",
    "status",
    "status_display",
    "tags",
    "time_since_created",
    "title",
    "updated_at",
];

on_both_backends! {
    async fn an_entry_of_the_list_has_exactly_the_documented_fields(story: Story) {
        let customer = story.classic("customer").await;
        customer.opens("Login issue").await;
        let entry = customer.get("/tickets/").await.answers(200)["results"][0].clone();
        let mut fields: Vec<&String> = entry.as_object().unwrap().keys().collect();
        fields.sort();
        assert_eq!(fields, ENTRY);
    }

    async fn the_create_example_of_the_seed_works(story: Story) {
        let agent = story.classic("agent").await;
        let category = agent.get("/categories/").await.answers(200)["results"][0].clone();
        let bob = story.classic("bob").await.get("/users/me/").await.answers(200)["id"].clone();
        let mut tags = Vec::new();
        for name in ["login", "web"] {
            tags.push(agent.post("/tags/", json!({ "name": name, "color": "#28a745" })).await.answers(201)["id"].clone());
        }
        let body = json!({
            "title": "New ticket title", "description": "Detailed description of the issue", "priority": "medium",
            "category": category["id"], "assigned_to": bob, "due_date": "2025-10-20T17:00:00Z", "tags": tags,
        });
        let ticket = agent.post("/tickets/", body).await.answers(201);
        assert_eq!(ticket["category"], json!({ "id": category["id"], "name": category["name"], "color": category["color"] }));
        assert_eq!(ticket["assigned_to"], json!({ "id": bob, "username": "bob", "email": "bob@example.com" }));
        assert_eq!(ticket["tags"][0], json!({ "id": tags[0], "name": "login", "color": "#28a745" }));
        assert_eq!(ticket["due_date"], "2025-10-20T17:00:00Z");
    }

    async fn states_and_priorities_have_a_display(story: Story) {
        let agent = story.classic("agent").await;
        let body = json!({ "title": "One", "description": "x", "priority": "urgent" });
        let path = at("/tickets", &agent.post("/tickets/", body).await.answers(201), "");
        let ticket = agent.patch(&path, json!({ "status": "in_progress" })).await.answers(200);
        assert_eq!(ticket["status_display"], "In Progress");
        assert_eq!(ticket["priority_display"], "Urgent");
    }

    async fn what_classic_has_no_word_for_is_shown_by_the_nearest(story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        let path = at("/tickets", &platform.opens("One").await, "");
        platform.patch(&path, json!({ "status": "pending", "priority": "critical" })).await.answers(200);
        let ticket = classic.get(&path).await.answers(200);
        assert_eq!((&ticket["status"], &ticket["priority"]), (&json!("in_progress"), &json!("urgent")));
    }

    async fn a_filter_by_a_word_finds_every_status_and_priority_shown_so(mut story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        for (title, status, priority) in [("A", "in_progress", "urgent"), ("B", "pending", "critical"), ("C", "open", "low")] {
            story.later(1);
            let path = at("/tickets", &platform.opens(title).await, "");
            platform.patch(&path, json!({ "status": status, "priority": priority })).await.answers(200);
        }
        for query in ["status=in_progress", "priority=urgent"] {
            let found = classic.get(&format!("/tickets/?{query}&ordering=created_at")).await.answers(200);
            assert_eq!(each(&found, "title"), [json!("A"), json!("B")], "{query}");
        }
    }

    async fn platforms_words_are_no_words_of_classic(story: Story) {
        let agent = story.classic("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "");
        for (field, word) in [("status", "pending"), ("priority", "critical"), ("status", "Open")] {
            let details = agent.patch(&path, json!({ field: word })).await.refuses(400);
            assert_eq!(details[field], json!(["Invalid choice."]));
        }
    }

    async fn what_was_read_is_sent_back_and_changes_nothing(story: Story) {
        let agent = story.classic("agent").await;
        let body = json!({ "title": "One", "description": "x", "tags": ["vpn"], "category": "billing", "assigned_to": "bob" });
        let ticket = agent.post("/tickets/", body).await.answers(201);
        let path = at("/tickets", &ticket, "");
        assert_eq!(agent.put(&path, ticket.clone()).await.answers(200), ticket);
        let entry = agent.get("/tickets/").await.answers(200)["results"][0].clone();
        assert_eq!(agent.patch(&path, entry).await.answers(200), ticket);
    }

    async fn an_invalid_transition_is_400_on_status(story: Story) {
        let agent = story.classic("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "");
        agent.patch(&path, json!({ "status": "closed" })).await.answers(200);
        let details = agent.patch(&path, json!({ "status": "in_progress" })).await.refuses(400);
        assert!(details["status"].is_array(), "{details}");
    }

    async fn a_missing_field_and_a_bad_choice_are_told_as_in_the_seed(story: Story) {
        let reply = story.classic("customer").await.post("/tickets/", json!({ "description": "x", "priority": "galactic" })).await;
        assert_eq!(reply.body["error"], "Validation failed");
        let details = reply.refuses(400);
        assert_eq!(details, json!({ "title": ["This field is required."], "priority": ["Invalid choice."] }));
    }

    async fn change_status_resolves_with_a_resolution(story: Story) {
        let agent = story.classic("agent").await;
        let path = at("/tickets", &agent.opens("One").await, "change_status/");
        let body = json!({ "status": "resolved", "resolution": "Issue resolved by updating configuration" });
        let ticket = agent.post(&path, body).await.answers(200);
        assert_eq!(ticket["status"], "resolved");
        assert_eq!(ticket["resolution"], "Issue resolved by updating configuration");
        assert!(ticket["resolved_at"].is_string());
    }

    async fn assign_takes_user_id(story: Story) {
        let agent = story.classic("agent").await;
        let bob = story.classic("bob").await.get("/users/me/").await.answers(200)["id"].clone();
        let path = at("/tickets", &agent.opens("One").await, "assign/");
        let ticket = agent.post(&path, json!({ "user_id": bob })).await.answers(200);
        assert_eq!(ticket["assigned_to"]["id"], bob);
        assert_eq!(ticket["status"], "open");
    }

    async fn the_age_of_a_ticket_is_told_as_people_say_it(mut story: Story) {
        let path = at("/tickets", &story.classic("customer").await.opens("One").await, "");
        for (later, said) in [(1, "1 minute ago"), (119, "2 hours ago"), (2880, "2 days ago")] {
            story.later(later);
            let ticket = story.classic("customer").await.get(&path).await.answers(200);
            assert_eq!(ticket["time_since_created"], said);
        }
    }

    async fn comments_are_counted_as_the_reader_sees_them(story: Story) {
        let (agent, customer) = (story.classic("agent").await, story.classic("customer").await);
        let ticket = customer.opens("One").await;
        for is_internal in [false, true] {
            let body = json!({ "content": "x", "is_internal": is_internal });
            agent.post(&at("/tickets", &ticket, "comments/"), body).await.answers(201);
        }
        for (client, count) in [(&agent, 2), (&customer, 1)] {
            assert_eq!(client.get("/tickets/").await.answers(200)["results"][0]["comment_count"], count);
            assert_eq!(client.get(&at("/tickets", &ticket, "")).await.answers(200)["comment_count"], count);
        }
    }

    async fn a_category_that_is_missing_is_null(story: Story) {
        assert_eq!(story.classic("customer").await.opens("One").await["category"], Value::Null);
    }
}
