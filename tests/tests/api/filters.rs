//! Filters of ticket lists.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each, id};
use serde_json::{Value, json};

async fn found(client: &Client, query: &str) -> String {
    let list = client.get(&format!("/tickets/?ordering=created_at&{query}")).await.answers(200);
    let titles: Vec<Value> = each(&list, "title");
    assert_eq!(list["count"], titles.len(), "{query}");
    titles.iter().map(|title| title.as_str().unwrap()).collect()
}

/// A: of the customer, billing, vpn. B: of Jane, assigned to the agent, high. C: of the customer, pending, lan and vpn.
async fn three_tickets(story: &mut Story) -> Client {
    let (agent, customer, jane) = (story.platform("agent").await, story.platform("customer").await, story.platform("jane").await);
    let body = json!({ "title": "A", "description": "x", "category": "billing", "tags": ["vpn"] });
    customer.post("/tickets/", body).await.answers(201);
    story.later(10);
    let b = jane.opens("B").await;
    agent.patch(&at("/tickets", &b, ""), json!({ "assigned_to": "agent", "priority": "high" })).await.answers(200);
    story.later(10);
    let body = json!({ "title": "C", "description": "x", "tags": ["lan", "vpn"] });
    let c = customer.post("/tickets/", body).await.answers(201);
    agent.patch(&at("/tickets", &c, ""), json!({ "status": "pending" })).await.answers(200);
    story.platform("agent").await
}

on_both_backends! {
    async fn tickets_are_filtered_by_words(mut story: Story) {
        let agent = three_tickets(&mut story).await;
        for (query, titles) in [
            ("status=open", "AB"),
            ("status=pending", "C"),
            ("status=open,pending", "ABC"),
            ("status=open&status=pending", "ABC"),
            ("status=closed", ""),
            ("priority=high", "B"),
            ("priority=medium", "AC"),
            ("priority=high,medium", "ABC"),
            ("status=open&priority=high", "B"),
            ("status=", "ABC"),
        ] {
            assert_eq!(found(&agent, query).await, titles, "{query}");
        }
    }

    async fn tickets_are_filtered_by_references_under_either_name(mut story: Story) {
        let agent = three_tickets(&mut story).await;
        let category = id(&agent.get("/categories/billing/").await.answers(200));
        let (me, jane) = (id(&agent.get("/users/me/").await.answers(200)), id(&story.classic("jane").await.get("/users/me/").await.answers(200)));
        for (query, titles) in [
            (format!("category={category}"), "A"),
            (format!("category_id={category}"), "A"),
            ("category=billing".to_owned(), "A"),
            (format!("assigned_to={me}"), "B"),
            (format!("assigned_to_id={me}"), "B"),
            ("assigned_to=me".to_owned(), "B"),
            ("assigned_to=none".to_owned(), "AC"),
            (format!("created_by={jane}"), "B"),
            (format!("created_by_id={jane}"), "B"),
        ] {
            assert_eq!(found(&agent, &query).await, titles, "{query}");
        }
    }

    async fn tickets_are_filtered_by_any_of_some_tags(mut story: Story) {
        let agent = three_tickets(&mut story).await;
        let lan = id(&agent.get("/tags/lan/").await.answers(200));
        let vpn = id(&story.classic("agent").await.get("/tags/vpn/").await.answers(200));
        for (query, titles) in [
            (format!("tags={lan}"), "C"),
            (format!("tags={vpn}"), "AC"),
            ("tags=lan".to_owned(), "C"),
            (format!("tags=lan,{vpn}"), "AC"),
            (format!("tags={vpn}&status=open"), "A"),
        ] {
            assert_eq!(found(&agent, &query).await, titles, "{query}");
        }
    }

    async fn tickets_are_filtered_by_when_they_were_created(mut story: Story) {
        let agent = three_tickets(&mut story).await;
        for (query, titles) in [
            ("created_after=2025-10-13T10:40:00Z", "BC"),
            ("created_before=2025-10-13T10:40:00Z", "A"),
            ("created_after=2025-10-13T10:35:00Z&created_before=2025-10-13T10:45:00Z", "B"),
            ("created_after=2025-10-13", "ABC"),
            ("created_before=2025-10-13", ""),
            ("created_after=2025-10-13T12:40:00%2B02:00", "BC"),
        ] {
            assert_eq!(found(&agent, query).await, titles, "{query}");
        }
    }

    async fn my_tickets_are_those_i_asked_or_work_on(mut story: Story) {
        three_tickets(&mut story).await;
        for (person, titles) in [("agent", vec!["B"]), ("jane", vec!["B"]), ("customer", vec!["C", "A"]), ("bob", vec![])] {
            for client in [story.platform(person).await, story.classic(person).await] {
                let mine = client.get("/tickets/my_tickets/").await.answers(200);
                assert_eq!(each(&mine, "title"), titles, "{person}");
            }
        }
    }

    async fn unknown_values_are_refused_and_unknown_parameters_ignored(story: Story) {
        let agent = story.platform("agent").await;
        for (field, value) in [
            ("status", "galactic"),
            ("status", "open,galactic"),
            ("priority", "galactic"),
            ("category", "nothing-of-that-name"),
            ("category", "4711"),
            ("assigned_to", "018f0000-0000-7000-8000-000000000000"),
            ("created_by", "4711"),
            ("tags", "4711"),
            ("created_after", "yesterday"),
            ("created_before", "2025-13-45"),
            ("created_after", "999999-01-01"),
        ] {
            let details = agent.get(&format!("/tickets/?{field}={value}")).await.refuses(400);
            assert!(details[field].is_array(), "{field}={value}: {details}");
        }
        agent.get("/tickets/?colour=blue&status=open").await.answers(200);
    }

    async fn everybody_lists_what_they_see(mut story: Story) {
        three_tickets(&mut story).await;
        for (person, count) in
            [("agent", 3), ("coordinator", 3), ("admin", 3), ("customer", 2), ("jane", 1), ("technician", 0), ("outsider", 0)]
        {
            let client = story.platform(person).await;
            assert_eq!(client.get("/tickets/").await.answers(200)["count"], count, "{person}");
            assert_eq!(client.get("/tickets/stats/").await.answers(200)["total_tickets"], count, "{person}");
        }
    }
}
