//! Categories, tags and departments.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::json;

on_both_backends! {
    async fn every_organization_starts_with_seven_categories_and_three_departments(story: Story) {
        for person in ["customer", "foreigner"] {
            let client = story.platform(person).await;
            assert_eq!(client.get("/categories/").await.answers(200)["count"], 7);
            assert_eq!(client.get("/departments/").await.answers(200)["count"], 3);
            assert_eq!(client.get("/tags/").await.answers(200)["count"], 0);
        }
    }

    async fn the_create_examples_of_the_seed_work(story: Story) {
        let agent = story.classic("agent").await;
        let body = json!({ "name": "New Category", "description": "Category description", "color": "#007bff" });
        let category = agent.post("/categories/", body.clone()).await.answers(201);
        for (field, value) in body.as_object().unwrap() {
            assert_eq!(&category[field], value);
        }
        let body = json!({ "name": "urgent", "color": "#dc3545", "description": "Urgent issues requiring immediate attention" });
        let tag = agent.post("/tags/", body.clone()).await.answers(201);
        for (field, value) in body.as_object().unwrap() {
            assert_eq!(&tag[field], value);
        }
    }

    async fn an_entry_is_read_changed_and_deleted_at_its_path(story: Story) {
        let agent = story.platform("agent").await;
        for folder in ["/categories", "/tags", "/departments"] {
            let entry = agent.post(&format!("{folder}/"), json!({ "name": "Fresh" })).await.answers(201);
            let path = at(folder, &entry, "");
            assert_eq!(agent.get(&path).await.answers(200), entry);
            assert_eq!(agent.put(&path, json!({ "name": "Renamed" })).await.answers(200)["name"], "Renamed");
            assert_eq!(agent.patch(&path, json!({ "name": "Again" })).await.answers(200)["name"], "Again");
            agent.delete(&path).await.answers(204);
            agent.get(&path).await.refuses(404);
            agent.delete(&path).await.refuses(404);
        }
    }

    async fn an_entry_is_found_at_its_name_too(story: Story) {
        let agent = story.platform("agent").await;
        agent.post("/categories/", json!({ "name": "Bug Report!" })).await.answers(201);
        assert_eq!(agent.get("/categories/bug-report/").await.answers(200)["name"], "Bug Report!");
        assert_eq!(agent.get("/categories/Bug%20Report!/").await.answers(200)["name"], "Bug Report!");
        agent.post("/tags/", json!({ "name": "vpn" })).await.answers(201);
        assert_eq!(agent.get("/tags/vpn/").await.answers(200)["name"], "vpn");
    }

    async fn a_name_that_is_there_is_refused(story: Story) {
        let agent = story.platform("agent").await;
        for folder in ["/categories/", "/tags/", "/departments/"] {
            agent.post(folder, json!({ "name": "Fresh" })).await.answers(201);
            let reply = agent.post(folder, json!({ "name": "Fresh" })).await;
            assert!([400, 409].contains(&reply.status), "{folder}: {}", reply.text);
        }
    }

    async fn names_and_colors_are_looked_at(story: Story) {
        let agent = story.platform("agent").await;
        for (folder, field, body) in [
            ("/categories/", "name", json!({})),
            ("/tags/", "name", json!({ "name": " " })),
            ("/departments/", "name", json!({ "name": "a\u{0}b" })),
            ("/categories/", "name", json!({ "name": "x".repeat(101) })),
            ("/tags/", "name", json!({ "name": "x".repeat(51) })),
            ("/tags/", "name", json!({ "name": 5 })),
            ("/tags/", "color", json!({ "name": "x", "color": "blue" })),
            ("/categories/", "color", json!({ "name": "x", "color": "#12345g" })),
        ] {
            let details = agent.post(folder, body).await.refuses(400);
            assert!(details[field].is_array(), "{folder} {field}: {details}");
        }
    }

    async fn popular_tags_come_by_use(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        for tags in [json!(["vpn", "lan"]), json!(["vpn"]), json!(["vpn", "lan", "web"])] {
            customer.post("/tickets/", json!({ "title": "One", "description": "x", "tags": tags })).await.answers(201);
        }
        for path in ["/tags/popular/", "/tags/?ordering=-ticket_count"] {
            let tags = agent.get(path).await.answers(200);
            assert_eq!(each(&tags, "name"), [json!("vpn"), json!("lan"), json!("web")], "{path}");
            assert_eq!(each(&tags, "ticket_count"), [json!(3), json!(2), json!(1)], "{path}");
        }
    }

    async fn what_tickets_have_cannot_be_deleted_but_tags_can(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let body = json!({ "title": "One", "description": "x", "category": "billing", "tags": ["vpn"] });
        let ticket = customer.post("/tickets/", body).await.answers(201);
        agent.delete("/categories/billing/").await.refuses(409);
        agent.delete("/tags/vpn/").await.answers(204);
        assert_eq!(customer.get(&at("/tickets", &ticket, "")).await.answers(200)["tags"], json!([]));
    }

    async fn a_renamed_category_is_renamed_on_its_tickets(story: Story) {
        let (agent, customer) = (story.platform("agent").await, story.platform("customer").await);
        let body = json!({ "title": "One", "description": "x", "category": "billing" });
        let path = at("/tickets", &customer.post("/tickets/", body).await.answers(201), "");
        agent.patch("/categories/billing/", json!({ "name": "Money" })).await.answers(200);
        assert_eq!(customer.get(&path).await.answers(200)["category"]["name"], "Money");
    }

    async fn entries_are_found_by_part_of_their_name(story: Story) {
        let agent = story.platform("agent").await;
        for name in ["vpn", "VPN-client", "web", "100%"] {
            agent.post("/tags/", json!({ "name": name })).await.answers(201);
        }
        for (search, count) in [("vpn", 2), ("CLIENT", 1), ("%25", 1), ("nothing", 0)] {
            assert_eq!(agent.get(&format!("/tags/?search={search}")).await.answers(200)["count"], count, "{search}");
        }
    }
}
