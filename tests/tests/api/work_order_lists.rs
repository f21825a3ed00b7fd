//! Lists of work orders: filters, days, words, orders; and who sees what.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

use crate::work_orders::with;

async fn plan(client: &Client, body: Value) -> Value {
    client.post("/work-orders/", body).await.answers(201)
}

async fn titles(client: &Client, query: &str) -> Vec<String> {
    let list = client.get(&format!("/work-orders/{query}")).await.answers(200);
    let titles = each(&list, "title").iter().map(|title| title.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    if !query.contains("page") && !query.contains("cursor") {
        assert_eq!(list["count"], titles.len(), "{query}");
    }
    titles
}

/// Three orders: A for Jo at two on Tuesday, B by Theo on Wednesday, C without a time from a ticket.
async fn three(agent: &Client) -> (Value, Value, Value) {
    let customer = agent.post("/customers/", json!({ "name": "Josephine Baker" })).await.answers(201);
    let location = agent.post("/locations/", json!({ "name": "Depot" })).await.answers(201);
    let ticket = agent.opens("Noise").await;
    plan(agent, json!({
        "title": "A", "priority": "high", "customer": customer["id"], "location": location["id"], "scheduled_at": "2025-10-14T14:00:00Z",
    })).await;
    let b = json!({
        "title": "B", "priority": "low", "assigned_technician": "technician", "scheduled_at": "2025-10-15T23:30:00Z", "estimated_duration": 30, "force": true,
    });
    let b = plan(agent, b).await;
    agent.patch(&at("/work-orders", &b, ""), json!({ "status": "in_progress" })).await.answers(200);
    plan(agent, json!({ "title": "C", "priority": "urgent", "ticket": ticket["id"], "description": "Replace the fan" })).await;
    (customer, location, ticket)
}

on_both_backends! {
    async fn work_orders_are_filtered_and_sorted(story: Story) {
        let agent = story.platform("agent").await;
        let (customer, location, ticket) = three(&agent).await;
        let id = |thing: &Value| thing["id"].as_str().unwrap().to_owned();
        for (query, found) in [
            (String::new(), ["C", "B", "A"].as_slice()),
            ("?status=scheduled".into(), &["C", "A"]),
            ("?status=in_progress,scheduled&priority=low".into(), &["B"]),
            ("?priority=high,urgent".into(), &["C", "A"]),
            (format!("?customer_id={}", id(&customer)), &["A"]),
            (format!("?location_id={}", id(&location)), &["A"]),
            (format!("?ticket_id={}", id(&ticket)), &["C"]),
            (format!("?ticket={}", ticket["number"].as_str().unwrap()), &["C"]),
            ("?assigned_technician_id=technician".into(), &["B"]),
            ("?assigned_technician_id=none&ordering=created_at".into(), &["A", "C"]),
            ("?assigned_technician=me".into(), &[]),
            ("?scheduled_after=2025-10-15".into(), &["B"]),
            ("?scheduled_before=2025-10-15".into(), &["A"]),
            ("?scheduled_after=2025-10-14T14:00:00Z&scheduled_before=2025-10-14T14:00:01Z".into(), &["A"]),
            ("?day=2025-10-15".into(), &["B"]),
            ("?ordering=scheduled_at".into(), &["A", "B", "C"]),
            ("?ordering=-scheduled_at".into(), &["C", "B", "A"]),
            ("?ordering=priority".into(), &["B", "A", "C"]),
            ("?ordering=-priority".into(), &["C", "A", "B"]),
            ("?ordering=-status".into(), &["B", "C", "A"]),
            ("?ordering=updated_at".into(), &["A", "B", "C"]),
            ("?page_size=2".into(), &["C", "B"]),
            ("?page_size=2&page=2".into(), &["A"]),
        ] {
            assert_eq!(titles(&agent, &query).await, *found, "{query}");
        }
        for bad in [
            "?status=done", "?priority=critical", "?customer_id=4711", "?location_id=x", "?ticket_id=TX9999", "?ordering=title",
            "?assigned_technician_id=nobody-here", "?day=soon", "?scheduled_after=x", "?page=0", "?cursor=zz",
            "?scheduled_after=2025-10-15&scheduled_before=2025-10-14",
        ] {
            agent.get(&format!("/work-orders/{bad}")).await.refuses(400);
        }
    }

    async fn a_day_is_counted_in_the_zone_of_the_organization(story: Story) {
        let (agent, admin) = (story.platform("agent").await, story.platform("admin").await);
        three(&agent).await;
        admin.patch("/organizations/current/", json!({ "time_zone": "Europe/Berlin" })).await.answers(200);
        assert_eq!(titles(&agent, "?day=2025-10-15").await, Vec::<String>::new());
        assert_eq!(titles(&agent, "?day=2025-10-16").await, ["B"]);
    }

    async fn every_order_is_walked_by_cursor(story: Story) {
        let agent = story.platform("agent").await;
        three(&agent).await;
        for _ in 0..3 {
            three(&agent).await;
        }
        for order in ["created_at", "-created_at", "scheduled_at", "-scheduled_at", "-updated_at", "priority", "-priority", "status"] {
            let whole = each(&agent.get(&format!("/work-orders/?ordering={order}&page_size=100")).await.answers(200), "id");
            let mut walked = Vec::new();
            let mut next = format!("/work-orders/?ordering={order}&page_size=5&cursor=");
            loop {
                let part = agent.get(&next).await.answers(200);
                walked.extend(each(&part, "id"));
                let Some(address) = part["next"].as_str() else { break };
                next = address.into();
            }
            assert_eq!(walked, whole, "{order}");
        }
    }

    async fn work_orders_are_found_by_their_words_their_number_and_their_customer(story: Story) {
        let agent = story.platform("agent").await;
        let (customer, _, _) = three(&agent).await;
        for (search, found) in [
            ("fan", ["C"].as_slice()),
            ("replace fan", &["C"]),
            ("repl", &["C"]),
            ("replcae", &["C"]),
            ("WO0001", &["A"]),
            ("wo000&ordering=scheduled_at", &["A", "B", "C"]),
            ("wo000&status=in_progress", &["B"]),
            ("wo000&page_size=2", &["C", "B"]),
            ("baker", &["A"]),
            ("baker fan", &[]),
            ("--", &[]),
        ] {
            assert_eq!(titles(&agent, &format!("?search={search}")).await, *found, "{search}");
        }
        agent.patch(&at("/customers", &customer, ""), json!({ "name": "Ella Fitzgerald" })).await.answers(200);
        assert_eq!(titles(&agent, "?search=baker").await, Vec::<String>::new());
        assert_eq!(titles(&agent, "?search=fitzgerald").await, ["A"]);
        story.store.reindex_work_orders(|count| assert_eq!(count, 3)).await.unwrap();
        assert_eq!(titles(&agent, "?search=fitzgerald").await, ["A"]);
        assert_eq!(titles(&agent, "?search=wo000").await, ["C", "B", "A"]);
        assert_eq!(titles(&story.platform("outsider").await, "?search=fan").await, Vec::<String>::new());
    }

    async fn a_technician_sees_and_finds_their_own_work_orders_only(story: Story) {
        let (agent, technician) = (story.platform("agent").await, story.platform("technician").await);
        three(&agent).await;
        let other = agent.get("/work-orders/?priority=high").await.answers(200)["results"][0].clone();
        assert_eq!(titles(&technician, "").await, ["B"]);
        assert_eq!(titles(&technician, "?search=wo0").await, ["B"]);
        assert_eq!(titles(&technician, "?search=fan").await, Vec::<String>::new());
        for path in ["", "tasks/", "materials/", "history/"] {
            technician.get(&at("/work-orders", &other, path)).await.refuses(404);
        }
        technician.patch(&at("/work-orders", &other, ""), json!({ "status": "in_progress" })).await.refuses(404);
        technician.post(&at("/work-orders", &other, "tasks/"), json!({ "title": "x" })).await.refuses(404);
        agent.patch(&at("/work-orders", &other, ""), json!({ "assigned_technician": "technician" })).await.answers(200);
        assert_eq!(titles(&technician, "?search=wo0").await, ["B", "A"]);
    }

    async fn a_technician_works_on_their_own_work_orders_and_plans_nothing(story: Story) {
        let (agent, technician) = (story.platform("agent").await, story.platform("technician").await);
        let order = plan(&agent, with(json!({ "assigned_technician": "technician" }))).await;
        let path = at("/work-orders", &order, "");
        assert_eq!(technician.patch(&path, json!({ "status": "in_progress", "title": order["title"] })).await.answers(200)["status"], "in_progress");
        let task = format!("{path}tasks/{}/", order["tasks"][0]["id"].as_str().unwrap());
        assert_eq!(technician.patch(&task, json!({ "is_completed": true })).await.answers(200)["completed_by"]["first_name"], "Theo");
        technician.post(&format!("{path}materials/"), json!({ "name": "Fuse", "cost": 2 })).await.answers(201);
        technician.patch(&path, json!({ "tasks": [] })).await.answers(200);
        let before = agent.get(&path).await.answers(200);
        for forbidden in [
            json!({ "title": "Mine" }), json!({ "priority": "low" }), json!({ "assigned_technician": "agent" }),
            json!({ "scheduled_at": null }), json!({ "estimated_duration": 5, "status": "completed" }),
        ] {
            technician.patch(&path, forbidden).await.refuses(403);
        }
        technician.delete(&path).await.refuses(403);
        technician.post("/work-orders/", json!({ "title": "Mine" })).await.refuses(403);
        assert_eq!(agent.get(&path).await.answers(200), before);
    }

    async fn customers_see_no_work_orders(story: Story) {
        let agent = story.platform("agent").await;
        let order = plan(&agent, with(json!({}))).await;
        for customer in [story.platform("customer").await, story.classic("customer").await] {
            customer.get("/work-orders/").await.refuses(403);
            customer.post("/work-orders/", json!({ "title": "x" })).await.refuses(403);
            let path = at("/work-orders", &order, "");
            customer.get(&path).await.refuses(404);
            customer.patch(&path, json!({ "status": "cancelled" })).await.refuses(404);
            customer.delete(&path).await.refuses(404);
            customer.get(&format!("{path}tasks/")).await.refuses(404);
        }
    }
}
