//! Lists: pages, cursors, filters, orders.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

/// So many tickets of the agent, a minute apart: "1", "2" …
async fn tickets(story: &mut Story, count: usize) -> Client {
    let agent = story.platform("agent").await;
    for n in 1..=count {
        story.later(1);
        agent.opens(&n.to_string()).await;
    }
    agent
}

async fn titles(client: &Client, query: &str) -> Vec<String> {
    let list = client.get(&format!("/tickets/?{query}")).await.answers(200);
    each(&list, "title").iter().map(|title| title.as_str().unwrap().to_owned()).collect()
}

on_both_backends! {
    async fn a_page_has_twenty_entries_newest_first(mut story: Story) {
        let agent = tickets(&mut story, 21).await;
        let list = agent.get("/tickets/").await.answers(200);
        assert_eq!(list["count"], 21);
        assert_eq!(list["results"].as_array().unwrap().len(), 20);
        assert_eq!(list["results"][0]["title"], "21");
        assert_eq!(list["previous"], Value::Null);
        assert_eq!(titles(&agent, "page=2").await, ["1"]);
    }

    async fn a_size_above_the_maximum_is_clamped(mut story: Story) {
        let agent = tickets(&mut story, 3).await;
        for size in ["100", "101", "4000000000", "99999999999999999999999"] {
            assert_eq!(titles(&agent, &format!("page_size={size}")).await.len(), 3, "{size}");
        }
        let users = agent.get("/users/?page_size=5").await.answers(200);
        assert_eq!(users["results"].as_array().unwrap().len(), 5);
    }

    async fn a_page_past_the_end_is_not_found(mut story: Story) {
        let agent = tickets(&mut story, 3).await;
        for query in ["page=2", "page=2&page_size=3", "page=4294967296", "page=99999999999999999999999"] {
            agent.get(&format!("/tickets/?{query}")).await.refuses(404);
        }
        assert_eq!(story.platform("jane").await.get("/tickets/?page=1").await.answers(200)["count"], 0);
    }

    async fn a_cursor_of_another_list_is_an_error_on_its_field(mut story: Story) {
        let agent = tickets(&mut story, 3).await;
        for query in ["cursor=x", "cursor=CS.1.2.3", "cursor=x&search=happens", "cursor=x&search=happens&ordering=relevance"] {
            let details = agent.get(&format!("/tickets/?{query}")).await.refuses(400);
            assert!(details["cursor"].is_array(), "{query}: {details}");
        }
        assert!(agent.get("/users/?cursor=5b5d").await.refuses(400)["cursor"].is_array());
    }

    async fn a_page_that_is_no_number_from_one_is_an_error_on_its_field(story: Story) {
        for client in [story.platform("agent").await, story.classic("agent").await] {
            for path in ["/tickets/", "/users/", "/categories/", "/tags/", "/departments/", "/tags/popular/"] {
                for field in ["page", "page_size"] {
                    for value in ["0", "-1", "two", "1.5", "%00"] {
                        let details = client.get(&format!("{path}?{field}={value}")).await.refuses(400);
                        assert!(details[field].is_array(), "{path} {field}={value}: {details}");
                    }
                }
            }
        }
    }

    async fn next_and_previous_are_absolute_and_keep_the_other_parameters(mut story: Story) {
        let agent = tickets(&mut story, 5).await;
        let middle = agent.get("/tickets?page=2&page_size=2&status=open&ordering=created_at&search=morning%20every&x=%26").await.answers(200);
        for (name, page) in [("next", "page=3"), ("previous", "page=1")] {
            let address = middle[name].as_str().unwrap();
            assert!(address.starts_with("http://127.0.0.1:"), "{address}");
            assert!(address.contains("/api/v1/tickets/?"), "{address}");
            for kept in [page, "page_size=2", "status=open", "ordering=created_at", "x=%26"] {
                assert!(address.contains(kept), "{kept} in {address}");
            }
        }
        let next = agent.get(middle["next"].as_str().unwrap()).await.answers(200);
        assert_eq!((each(&next, "title"), &next["next"]), (vec![json!("5")], &Value::Null));
        let first = agent.get(middle["previous"].as_str().unwrap()).await.answers(200);
        assert_eq!(each(&first, "title"), [json!("1"), json!("2")]);
    }

    async fn addresses_are_built_from_the_public_url_and_never_from_the_host_header(mut story: Story) {
        let agent = tickets(&mut story, 2).await.with("Host", "evil.example").with("X-Forwarded-Host", "evil.example");
        let list = agent.get("/tickets/?page_size=1").await.answers(200);
        assert!(list["next"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{list}");
    }

    async fn a_walk_by_cursor_meets_every_ticket_once_and_counts_nothing(mut story: Story) {
        let agent = tickets(&mut story, 7).await;
        for ordering in ["", "&ordering=created_at", "&ordering=-priority,created_at", "&ordering=due_date"] {
            let mut met = Vec::new();
            let mut next = format!("/tickets/?cursor=&page_size=3{ordering}");
            loop {
                let part = agent.get(&next).await.answers(200);
                assert!(part.get("count").is_none() && part["previous"].is_null(), "{part}");
                met.extend(each(&part, "title"));
                match part["next"].as_str() {
                    Some(address) => address.clone_into(&mut next),
                    None => break,
                }
            }
            met.sort_by_key(ToString::to_string);
            assert_eq!(met, (1..=7).map(|n| json!(n.to_string())).collect::<Vec<_>>(), "{ordering}");
        }
    }

    async fn a_walk_by_cursor_is_not_disturbed_by_new_tickets(mut story: Story) {
        let agent = tickets(&mut story, 4).await;
        let part = agent.get("/tickets/?cursor=&page_size=2").await.answers(200);
        assert_eq!(each(&part, "title"), [json!("4"), json!("3")]);
        story.later(1);
        agent.opens("5").await;
        let part = agent.get(part["next"].as_str().unwrap()).await.answers(200);
        assert_eq!(each(&part, "title"), [json!("2"), json!("1")]);
    }

    async fn a_cursor_that_nobody_gave_does_no_harm(story: Story) {
        let agent = story.platform("agent").await;
        for cursor in ["nonsense", "AAAA", "%00", "e30", "bnVsbA"] {
            for path in ["/tickets/", "/users/", "/tags/"] {
                let status = agent.get(&format!("{path}?cursor={cursor}")).await.status;
                assert!([200, 400, 404].contains(&status), "{path} {cursor}: {status}");
            }
        }
    }

    async fn every_list_can_be_walked_by_cursor(story: Story) {
        let agent = story.platform("agent").await;
        agent.post("/tags/", json!({ "name": "one" })).await.answers(201);
        agent.post("/tags/", json!({ "name": "two" })).await.answers(201);
        let ticket = agent.opens("One").await;
        agent.patch(&at("/tickets", &ticket, ""), json!({ "priority": "low" })).await.answers(200);
        for content in ["a", "b"] {
            agent.post(&at("/tickets", &ticket, "comments/"), json!({ "content": content })).await.answers(201);
        }
        for path in ["/users/", "/categories/", "/tags/", "/departments/", &at("/tickets", &ticket, "history/"), &at("/tickets", &ticket, "comments/")] {
            let whole = agent.get(path).await.answers(200);
            let mut met = Vec::new();
            let mut next = Some(format!("{path}?cursor=&page_size=1"));
            while let Some(address) = next {
                let part = agent.get(&address).await.answers(200);
                met.extend(each(&part, "id"));
                next = part["next"].as_str().map(str::to_owned);
            }
            assert_eq!(met, each(&whole, "id"), "{path}");
        }
    }

    async fn lists_are_ordered_by_one_or_more_fields(mut story: Story) {
        let agent = story.platform("agent").await;
        for (title, priority) in [("A", "low"), ("B", "high"), ("C", "low"), ("D", "critical")] {
            story.later(1);
            let body = json!({ "title": title, "description": "x", "priority": priority });
            agent.post("/tickets/", body).await.answers(201);
        }
        for (ordering, order) in [
            ("created_at", "ABCD"),
            ("-created_at", "DCBA"),
            ("priority,created_at", "ACBD"),
            ("-priority,-created_at", "DBCA"),
            ("priority,-created_at", "CABD"),
            ("due_date", "DBAC"),
        ] {
            assert_eq!(titles(&agent, &format!("ordering={ordering}")).await.concat(), order, "{ordering}");
        }
    }

    async fn the_order_of_changes_is_kept(mut story: Story) {
        let agent = tickets(&mut story, 3).await;
        story.later(1);
        let list = agent.get("/tickets/?ordering=created_at").await.answers(200);
        agent.patch(&at("/tickets", &list["results"][0], ""), json!({ "priority": "low" })).await.answers(200);
        assert_eq!(titles(&agent, "ordering=-updated_at").await, ["1", "3", "2"]);
    }

    async fn a_time_that_ends_before_it_begins_is_an_error_on_its_end(story: Story) {
        let (admin, employee) = (story.platform("admin").await, story.smartsupport("agent").await);
        for (client, list, name) in [
            (&admin, "tickets", "created"),
            (&admin, "tickets", "due"),
            (&admin, "notifications", "created"),
            (&admin, "audit-log", "created"),
            (&admin, "work-orders", "scheduled"),
            (&employee, "tickets", "created"),
        ] {
            let asked = |from: &str, to: &str| format!("/{list}/?{name}_after={from}&{name}_before={to}");
            let details = client.get(&asked("2026-01-02", "2026-01-01")).await.refuses(400);
            assert!(details.get(format!("{name}_before")).is_some(), "{list}: {details}");
            client.get(&asked("2026-01-01", "2026-01-01")).await.answers(200);
        }
        let filter = json!({ "name": "Never", "filter_params": { "due_after": "2026-01-02", "due_before": "2026-01-01" } });
        assert!(admin.post("/filters/", filter).await.refuses(400)["filter_params"].to_string().contains("due_before"));
    }

    async fn an_order_by_an_unknown_word_is_refused(story: Story) {
        for client in [story.platform("agent").await, story.classic("agent").await] {
            for path in ["/tickets/", "/users/", "/categories/"] {
                let details = client.get(&format!("{path}?ordering=colour")).await.refuses(400);
                assert!(details["ordering"].is_array(), "{path}: {details}");
            }
        }
    }
}
