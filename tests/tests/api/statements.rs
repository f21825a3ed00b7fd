//! What a request costs: a fixed number of statements, however much there is to show.

use std::collections::BTreeSet;

use helpdesk_tests::story::{Client, Story, at};
use helpdesk_tests::{on_both_backends, on_sqlite, statements};
use serde_json::{Value, json};

/// Each list with the most that it may ask. Logins are remembered for a second, so that asking for one may come on top.
const LISTS: &[(&str, usize)] = &[
    ("/tickets/", 1),
    ("/tickets/?page_size=100&page=1", 1),
    ("/tickets/?cursor=", 1),
    ("/tickets/?status=open", 1),
    ("/tickets/?status=open&priority=medium", 2),
    ("/tickets/?ordering=-priority,created_at", 1),
    ("/tickets/?search=printer", 5),
    ("/tickets/?tags=floor", 3),
    ("/tickets/my_tickets/", 2),
    ("/tickets/stats/", 4),
    ("/users/", 2),
    ("/tags/", 2),
    ("/events/", 2),
    ("/knowledge-base/articles/", 1),
    ("/knowledge-base/articles/?status=published&ordering=title", 1),
    ("/knowledge-base/articles/?tags=floor&ordering=title", 2),
    ("/knowledge-base/articles/?author_id=me", 2),
    ("/knowledge-base/articles/?search=printer", 4),
    ("/knowledge-base/categories/", 2),
    ("/sla/policies/", 2),
    ("/sla/calendars/", 2),
    ("/templates/", 2),
    ("/templates/?search=t&ordering=-updated_at", 2),
    ("/filters/", 2),
    ("/notifications/", 2),
    ("/notifications/unread-count/", 1),
    ("/analytics/dashboard/", 7),
    ("/analytics/tickets/", 4),
    ("/analytics/work-orders/", 3),
    ("/analytics/users/", 2),
    ("/analytics/performance/", 5),
    ("/work-orders/", 1),
    ("/work-orders/?cursor=", 1),
    ("/work-orders/?status=scheduled&ordering=-scheduled_at", 1),
    ("/work-orders/?search=visit", 2),
    ("/work-orders/?day=2025-10-14", 2),
    ("/work-orders/?assigned_technician=me", 1),
    ("/customers/", 2),
    ("/locations/?search=x", 2),
];

/// So many tickets with tags and comments, and articles; the last ticket.
async fn tickets(agent: &Client, count: usize) -> Value {
    let mut last = Value::Null;
    for n in 0..count {
        let body = json!({
            "title": format!("Printer {n}"), "description": "It does not print.", "tags": ["floor", format!("room {n}")]
        });
        last = agent.post("/tickets/", body).await.answers(201);
        let article = json!({ "title": format!("Printer {n}"), "content": "It prints.", "tags": ["floor"] });
        agent.post("/knowledge-base/articles/", article).await.answers(201);
        let customer = agent.post("/customers/", json!({ "name": "Jo" })).await.answers(201);
        let location = agent.post("/locations/", json!({ "name": "x", "customer": customer })).await.answers(201);
        let visit = json!({
            "title": "Visit", "customer": customer, "location": location, "assigned_technician": "agent",
            "scheduled_at": "2025-10-14T09:00:00Z", "tasks": [{ "title": "Look" }], "materials": [{ "name": "Fuse" }]
        });
        agent.post("/work-orders/", visit).await.answers(201);
        for content in ["Have you tried again?", "Now it prints."] {
            agent.post(&at("/tickets", &last, "comments/"), json!({ "content": content })).await.answers(201);
        }
    }
    let kept = json!({ "title": "T", "name": "T", "content": "{name}", "filter_params": {} });
    for folder in ["/templates/", "/filters/"] {
        agent.post(folder, kept.clone()).await.answers(201);
    }
    last
}

/// The fewest statements of some tries, none of which may be the one that looks the login up.
async fn cost(client: &Client, path: &str) -> usize {
    let mut fewest = usize::MAX;
    for _ in 0..4 {
        statements::asked();
        client.get(path).await.answers(200);
        fewest = fewest.min(statements::asked());
    }
    fewest
}

on_both_backends! {
    async fn a_list_costs_the_same_whatever_it_shows(story: Story) {
        statements::watch();
        for client in [story.platform("agent").await, story.classic("agent").await] {
            tickets(&client, 3).await;
            let mut costs = Vec::new();
            for &(path, most) in LISTS {
                costs.push(cost(&client, path).await);
                assert!(costs.last() <= Some(&most), "{path} asks {:?}", costs.last());
            }
            tickets(&client, 12).await;
            for (&(path, _), before) in LISTS.iter().zip(costs) {
                assert_eq!(cost(&client, path).await, before, "{path}");
            }
        }
    }

    async fn the_lists_of_the_other_dialects_cost_the_same_whatever_they_show(story: Story) {
        statements::watch();
        let agent = story.platform("agent").await;
        let (help, employee) = (story.help("admin").await, story.smartsupport("admin").await);
        let faqs = async |count: usize| {
            for n in 0..count {
                let faq = json!({ "question": format!("Which printer is {n}?"), "answer": "That.", "category": "technical" });
                help.post("/faqs", faq).await.answers(201);
                employee.post("/tickets/", json!({ "subject": "One", "category": "Network", "description": "x" })).await.answers(201);
            }
        };
        let asked: [(&Client, &str, usize); 11] = [
            (&help, "/requests", 2),
            (&help, "/requests?search=printer&sort_by=priority", 5),
            (&help, "/faqs", 3),
            (&help, "/faqs?search=printer", 5),
            (&help, "/search?q=printer", 9),
            (&help, "/statistics", 6),
            (&employee, "/tickets/", 3),
            (&employee, "/tickets/new/", 3),
            (&employee, "/tickets/open/", 3),
            (&employee, "/tickets/my-tickets/", 3),
            (&employee, "/employees/", 2),
        ];
        let mut costs = Vec::new();
        for count in [3, 12] {
            tickets(&agent, count).await;
            faqs(count).await;
            let mut each = Vec::new();
            for (client, path, most) in asked {
                each.push((path, cost(client, path).await));
                assert!(each.last().is_some_and(|(_, cost)| *cost <= most), "{:?}", each.last());
            }
            costs.push(each);
        }
        assert_eq!(costs[0], costs[1]);
    }

    async fn webhooks_and_what_they_were_told_cost_the_same_however_many(story: Story) {
        statements::watch();
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        let mut costs = Vec::new();
        for count in [2, 8] {
            let mut hook = Value::Null;
            for n in 0..count {
                hook = admin.post("/webhooks/", json!({ "name": "X", "url": "https://1.1.1.1/" })).await.answers(201);
                customer.opens(&n.to_string()).await;
            }
            costs.push((cost(&admin, "/webhooks/").await, cost(&admin, &at("/webhooks", &hook, "deliveries/")).await));
        }
        assert_eq!(costs, [(2, 4), (2, 4)]);
    }

    async fn a_ticket_costs_one_statement_however_long_its_conversation(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = tickets(&agent, 1).await;
        let path = at("/tickets", &ticket, "");
        statements::watch();
        assert_eq!(cost(&agent, &path).await, 1);
        for n in 0..20 {
            agent.post(&at("/tickets", &ticket, "comments/"), json!({ "content": format!("Try {n}.") })).await.answers(201);
        }
        assert_eq!(cost(&agent, &path).await, 1);
    }

    async fn a_part_of_the_audit_log_costs_the_same_however_long_it_is(story: Story) {
        let admin = story.platform("admin").await;
        statements::watch();
        for _ in 0..2 {
            for _ in 0..4 {
                story.platform("jane").await;
            }
            assert_eq!(cost(&admin, "/audit-log/").await, 2);
            assert_eq!(cost(&admin, "/audit-log/?cursor=&actor=jane&action=login.succeeded").await, 2);
        }
    }
}

/// Everything that reads the log, and a socket, over a ticket that is written and answered.
async fn everybody_is_told(story: &Story) {
    let (admin, agent, customer) =
        (story.platform("admin").await, story.platform("agent").await, story.platform("customer").await);
    let rule = json!({
        "name": "Calls back", "when": { "event": ["ticket.created"] },
        "then": [{ "comment": { "content": "Hello {requester}.", "is_internal": false } }]
    });
    let rule = admin.post("/rules/", rule).await.answers(201);
    admin.post("/routes/", json!({ "name": "All", "agents": ["agent", "bob"] })).await.answers(201);
    let mut socket = agent.connects("/ws/notifications/").await;
    let ticket = customer.opens("One").await;
    agent.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "See @bob" })).await.answers(201);
    customer.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "Thank you" })).await.answers(201);
    story.automate().await;
    story.route().await;
    story.tell().await;
    socket.event().await;
    admin.post(&at("/rules", &rule, "test/"), json!({})).await.answers(200);
    let mut late = customer.connects("/ws/notifications/?after=0").await;
    late.event().await;
}

/// A list that a statement asks for is short; what an organization has is not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_by_a_list_of_ids_is_not_looked_for_among_all_that_an_organization_has() {
    on_sqlite(async |story: Story| {
        statements::watch();
        everybody_is_told(&story).await;
        let asked: BTreeSet<String> = statements::texts().into_iter().filter(|text| text.contains("UNHEX(value)")).collect();
        assert!(asked.len() >= 6, "{asked:?}");
        for text in asked {
            for step in story.plan(&text).await {
                assert!(!step.ends_with("(organization=?)") || step.starts_with("SEARCH organization"), "{step}: {text}");
            }
        }
    })
    .await;
}
