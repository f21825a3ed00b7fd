//! Tickets as a file.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

/// So many tickets, the second one urgent and hostile to spreadsheets.
async fn tickets(agent: &Client, count: usize) {
    for n in 0..count {
        let title = if n == 1 { "=HYPERLINK(\"http://x\")".to_owned() } else { format!("Printer {n}, \"new\"\r\nand on fire") };
        let priority = if n == 1 { "urgent" } else { "low" };
        let body = json!({ "title": title, "description": "It burns.", "priority": priority, "tags": ["floor"] });
        agent.post("/tickets/", body).await.answers(201);
    }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

on_both_backends! {
    async fn json_lines_are_what_the_list_shows_however_many_there_are(story: Story) {
        for agent in [story.platform("agent").await, story.classic("agent").await] {
            tickets(&agent, 120).await;
            let reply = agent.get("/tickets/export/?format=jsonl").await;
            assert_eq!(reply.status, 200);
            assert!(reply.header("content-disposition").starts_with("attachment; filename=\"tickets-2025"), "{:?}", reply.headers);
            let exported = lines(&reply.text);
            let listed = agent.get("/tickets/?page_size=100&page=1").await.answers(200);
            assert_eq!(json!(exported.len()), listed["count"]);
            assert_eq!(exported[..100], listed["results"].as_array().unwrap()[..]);
        }
    }

    async fn a_table_is_quoted_and_nothing_in_it_is_a_formula(story: Story) {
        let agent = story.platform("agent").await;
        tickets(&agent, 2).await;
        let text = agent.get("/tickets/export/?ordering=created_at").await.text;
        let (first, rest) = text.split_once("\r\n").unwrap();
        assert!(first.starts_with("id,number,title,description,status,priority,"), "{first}");
        assert!(rest.contains(",TX0001,\"Printer 0, \"\"new\"\"\r\nand on fire\",It burns.,open,low,"), "{rest}");
        assert!(rest.contains(",TX0002,\"'=HYPERLINK(\"\"http://x\"\")\",It burns.,open,urgent,"), "{rest}");
        let none = agent.get("/tickets/export/?format=csv&status=closed").await.text;
        assert_eq!(none, format!("{first}\r\n"));
    }

    async fn an_export_honours_the_filters_the_search_and_the_order_of_the_list(story: Story) {
        let agent = story.classic("agent").await;
        tickets(&agent, 3).await;
        for question in ["priority=urgent", "search=hyperlink", "tags=floor&ordering=created_at", "assigned_to=none", "ordering=-priority"] {
            let exported = lines(&agent.get(&format!("/tickets/export/?format=jsonl&{question}")).await.text);
            let listed = agent.get(&format!("/tickets/?{question}")).await.answers(200);
            assert_eq!(json!(exported), listed["results"], "{question}");
        }
        let filter = agent.post("/filters/", json!({ "name": "Hot", "filter_params": { "priority": "urgent" } })).await.answers(201);
        let exported = lines(&agent.get(&format!("/tickets/export/?format=jsonl&filter={}", filter["id"])).await.text);
        assert_eq!(each(&json!({ "results": exported }), "priority"), ["urgent"]);
        for bad in ["filter=4711", "format=xlsx", "status=x", "category=nothing", "created_after=x", "ordering=x", "search=%00"] {
            agent.get(&format!("/tickets/export/?{bad}")).await.refuses(400);
        }
    }

    async fn exports_are_for_staff_and_the_audit_log_tells_of_them(story: Story) {
        let admin = story.platform("admin").await;
        for person in ["customer", "technician"] {
            story.platform(person).await.get("/tickets/export/").await.refuses(403);
        }
        assert_eq!(admin.get("/audit-log/?action=tickets.exported").await.answers(200)["count"], 0);
        story.platform("agent").await.get("/tickets/export/?format=jsonl&status=open").await;
        let log = admin.get("/audit-log/?action=tickets.exported&actor=agent").await.answers(200);
        assert_eq!(each(&log, "details"), [json!({ "format": "jsonl", "filter": { "status": "open" } })]);
    }

    async fn an_export_shows_only_the_own_organization(story: Story) {
        let agent = story.platform("agent").await;
        let ticket = agent.opens("Ours").await;
        let outsider = story.platform("outsider").await;
        assert_eq!(outsider.get("/tickets/export/?format=jsonl").await.text, "");
        assert_eq!(lines(&agent.get("/tickets/export/?format=jsonl").await.text).len(), 1);
        agent.delete(&at("/tickets", &ticket, "")).await.refuses(403);
    }
}
