//! Saved filters (seed 002), and the ticket list asked with them.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each, id};
use serde_json::{Value, json};

fn seed() -> Value {
    json!({
        "name": "High Priority Open Tickets",
        "filter_params": { "status": "open", "priority": "high" },
        "is_public": false,
    })
}

async fn kept(client: &Client, params: Value, is_public: bool) -> Value {
    client.post("/filters/", json!({ "name": "Mine", "filter_params": params, "is_public": is_public })).await.answers(201)
}

/// Titles of the tickets that a list shows.
async fn titles(client: &Client, query: &str) -> Vec<Value> {
    each(&client.get(&format!("/tickets/?ordering=created_at&{query}")).await.answers(200), "title")
}

on_both_backends! {
    async fn the_example_of_the_seed_is_kept_and_found_by_either_id(story: Story) {
        let (classic, platform) = (story.classic("agent").await, story.platform("agent").await);
        let filter = classic.post("/filters/", seed()).await.answers(201);
        for (field, value) in seed().as_object().unwrap() {
            assert_eq!(&filter[field], value);
        }
        assert!(filter["id"].is_i64() && filter["created_by"]["username"].is_string(), "{filter}");
        let same = platform.get(&at("/filters", &filter, "")).await.answers(200);
        assert_eq!(same["id"].as_str().unwrap().len(), 36, "{same}");
        assert_eq!(classic.get(&at("/filters", &same, "")).await.answers(200), filter);
        assert_eq!(classic.get("/filters/").await.answers(200)["results"], json!([filter]));
    }

    async fn a_list_is_asked_with_a_filter_and_what_the_request_says_goes_first(mut story: Story) {
        let agent = story.platform("agent").await;
        for (title, priority) in [("one", "high"), ("two", "low"), ("three", "high")] {
            agent.post("/tickets/", json!({ "title": title, "description": "x", "priority": priority })).await.answers(201);
            story.later(1);
        }
        let high = id(&kept(&agent, json!({ "priority": ["high", "urgent"], "ordering": "-created_at" }), false).await);
        assert_eq!(titles(&agent, &format!("filter={high}")).await, ["one", "three"]);
        let sorted = each(&agent.get(&format!("/tickets/?filter={high}")).await.answers(200), "title");
        assert_eq!(sorted, ["three", "one"]);
        assert_eq!(titles(&agent, &format!("filter={high}&priority=low")).await, ["two"]);
        assert_eq!(titles(&agent, &format!("filter={high}&search=three")).await, ["three"]);
        let paged = agent.get(&format!("/tickets/?filter={high}&page_size=1")).await.answers(200);
        assert_eq!(paged["count"], 2);
        assert!(paged["next"].as_str().unwrap().contains(&format!("filter={high}")), "{paged}");
        let mine = id(&kept(&agent, json!({ "created_by": "me", "status": "open" }), true).await);
        assert_eq!(titles(&story.platform("bob").await, &format!("filter={mine}")).await, Vec::<Value>::new());
        assert_eq!(each(&agent.get(&format!("/tickets/my_tickets/?filter={mine}")).await.answers(200), "title").len(), 3);
    }

    async fn a_filter_means_the_same_in_whatever_dialect_it_is_used(story: Story) {
        let (classic, platform) = (story.classic("agent").await, story.platform("agent").await);
        let ticket = platform.opens("Waits").await;
        platform.patch(&at("/tickets", &ticket, ""), json!({ "status": "pending" })).await.answers(200);
        let filter = kept(&classic, json!({ "status": "in_progress" }), true).await;
        assert_eq!(filter["dialect"], "classic");
        let by = |filter: &Value| format!("filter={}", id(filter));
        for client in [&classic, &platform] {
            assert_eq!(titles(client, &by(&filter)).await, ["Waits"], "classic shows pending as in progress");
        }
        let sent_back = platform.get(&at("/filters", &filter, "")).await.answers(200);
        assert_eq!(platform.put(&at("/filters", &filter, ""), sent_back.clone()).await.answers(200), sent_back);
        let body = json!({ "filter_params": { "status": "in_progress", "ordering": "due_date" } });
        let changed = platform.patch(&at("/filters", &filter, ""), body).await.answers(200);
        assert_eq!(changed["dialect"], "platform");
        assert_eq!(titles(&classic, &by(&filter)).await, Vec::<Value>::new());
    }

    async fn a_filter_that_one_does_not_see_is_refused_by_the_list(story: Story) {
        let (agent, bob) = (story.platform("agent").await, story.platform("bob").await);
        let filter = id(&kept(&agent, json!({}), false).await);
        for (client, wanted) in [(&bob, filter.as_str()), (&agent, "4711"), (&agent, "nothing"), (&agent, "99999999999999999999")] {
            let details = client.get(&format!("/tickets/?filter={wanted}")).await.refuses(400);
            assert!(details["filter"].is_array(), "{details}");
        }
        story.platform("outsider").await.get(&format!("/tickets/?filter={filter}")).await.refuses(400);
        agent.get("/tickets/?filter=").await.answers(200);
    }

    async fn parameters_that_the_ticket_list_does_not_know_are_each_named(story: Story) {
        for client in [story.platform("agent").await, story.classic("agent").await] {
            for (params, named) in [
                (json!({ "colour": "red", "page": 2, "status": "open" }), ["colour", "page"].as_slice()),
                (json!({ "status": "galactic", "priority": "none of it" }), &["status", "priority"]),
                (json!({ "priority": { "is": "high" } }), &["priority"]),
                (json!({ "tags": [4711] }), &["tags"]),
                (json!({ "created_after": "yesterday", "ordering": "colour" }), &["created_after", "ordering"]),
                (json!({ "search": "a\u{0}b" }), &["search"]),
                (json!({ "category": "nothing-of-that-name" }), &["category"]),
                (json!({ "assigned_to": 4711 }), &["assigned_to"]),
            ] {
                let details = client.post("/filters/", json!({ "name": "X", "filter_params": params })).await.refuses(400);
                let said = details["filter_params"].to_string();
                assert!(named.iter().all(|name| said.contains(&format!("{name}: "))), "{named:?}: {details}");
                assert_eq!(details["filter_params"].as_array().unwrap().len(), named.len(), "{details}");
            }
            for (field, body) in [
                ("name", json!({ "filter_params": {} })),
                ("name", json!({ "filter_params": {}, "name": " " })),
                ("name", json!({ "filter_params": {}, "name": "x".repeat(101) })),
                ("filter_params", json!({ "name": "X" })),
                ("filter_params", json!({ "name": "X", "filter_params": null })),
                ("filter_params", json!({ "name": "X", "filter_params": "status=open" })),
                ("filter_params", json!({ "name": "X", "filter_params": [] })),
                ("filter_params", json!({ "name": "X", "filter_params": { "search": "x".repeat(4001) } })),
                ("is_public", json!({ "name": "X", "filter_params": {}, "is_public": "maybe" })),
            ] {
                let details = client.post("/filters/", body).await.refuses(400);
                assert!(details[field].is_array(), "{field}: {details}");
            }
            assert_eq!(client.get("/filters/").await.answers(200)["count"], 0);
        }
    }

    async fn every_parameter_of_the_ticket_list_can_be_kept(story: Story) {
        let agent = story.platform("agent").await;
        let document = story.stranger().get("/schema/").await.answers(200);
        let documented = each(&document["paths"]["/api/v1/tickets/"]["get"]["parameters"], "name");
        let value = |name: &str| match name {
            "created_after" | "created_before" | "due_after" | "due_before" => "2025-10-13",
            "sla_status" => "at_risk",
            "ordering" => "-created_at",
            "priority" => "high",
            "department" => "IT Department",
            "category" => "billing",
            "assigned_to" | "created_by" => "me",
            _ => "open",
        };
        agent.post("/tags/", json!({ "name": "open" })).await.answers(201);
        let names = documented.iter().filter_map(Value::as_str).filter(|name| !["page", "page_size", "cursor", "filter"].contains(name));
        for name in names {
            let filter = kept(&agent, json!({ name: value(name) }), false).await;
            agent.get(&format!("/tickets/?filter={}", id(&filter))).await.answers(200);
        }
    }

    async fn everybody_keeps_filters_and_only_staff_make_one_public(story: Story) {
        for person in ["customer", "technician"] {
            let client = story.platform(person).await;
            client.post("/filters/", json!({ "name": "X", "filter_params": {}, "is_public": true })).await.refuses(403);
            let filter = kept(&client, json!({ "status": "open" }), false).await;
            client.patch(&at("/filters", &filter, ""), json!({ "is_public": true })).await.refuses(403);
            client.patch(&at("/filters", &filter, ""), json!({ "name": "Two" })).await.answers(200);
            client.delete(&at("/filters", &filter, "")).await.answers(204);
            client.get(&at("/filters", &filter, "")).await.refuses(404);
        }
    }

    async fn a_private_filter_is_its_authors_alone_and_a_public_one_everybodys(story: Story) {
        let (agent, admin, customer) =
            (story.platform("agent").await, story.platform("admin").await, story.platform("customer").await);
        let path = at("/filters", &kept(&agent, json!({}), false).await, "");
        for stranger in [&admin, &customer] {
            stranger.get(&path).await.refuses(404);
            stranger.patch(&path, json!({ "name": "Yours" })).await.refuses(404);
            stranger.delete(&path).await.refuses(404);
            assert_eq!(stranger.get("/filters/").await.answers(200)["count"], 0);
        }
        agent.patch(&path, json!({ "is_public": true })).await.answers(200);
        assert_eq!(customer.get(&path).await.answers(200)["name"], "Mine");
        customer.patch(&path, json!({ "name": "Yours" })).await.refuses(403);
        customer.delete(&path).await.refuses(403);
        assert_eq!(admin.patch(&path, json!({ "name": "Ours" })).await.answers(200)["name"], "Ours");
        admin.patch(&path, json!({ "is_public": false })).await.refuses(403);
        admin.delete(&path).await.answers(204);
    }

    async fn filters_are_searched_filtered_sorted_and_walked(story: Story) {
        let agent = story.platform("agent").await;
        for (name, public) in [("beta", true), ("Alpha", true), ("gamma", false)] {
            agent.post("/filters/", json!({ "name": name, "filter_params": {}, "is_public": public })).await.answers(201);
        }
        for (query, names) in [
            ("", ["Alpha", "beta", "gamma"].as_slice()),
            ("?ordering=-name", &["gamma", "beta", "Alpha"]),
            ("?ordering=created_at", &["beta", "Alpha", "gamma"]),
            ("?ordering=-updated_at", &["gamma", "Alpha", "beta"]),
            ("?is_public=false", &["gamma"]),
            ("?search=ET", &["beta"]),
            ("?page_size=2&page=2", &["gamma"]),
        ] {
            let found = each(&agent.get(&format!("/filters/{query}")).await.answers(200), "name");
            assert_eq!(found, names.iter().map(|name| json!(name)).collect::<Vec<_>>(), "{query}");
        }
        let first = agent.get("/filters/?cursor=&page_size=2").await.answers(200);
        let next = agent.get(first["next"].as_str().unwrap()).await.answers(200);
        assert_eq!(each(&next, "name"), ["gamma"]);
        for bad in ["?ordering=nothing", "?is_public=maybe", "?page=0", "?cursor=zz"] {
            agent.get(&format!("/filters/{bad}")).await.refuses(400);
        }
    }

    async fn a_filter_is_kept_once_under_a_key_and_not_over_a_newer_one(story: Story) {
        let agent = story.platform("agent").await;
        let keyed = agent.with("Idempotency-Key", "one");
        let first = keyed.post("/filters/", seed()).await.answers(201);
        story.forget_answers().await;
        assert_eq!(keyed.post("/filters/", seed()).await.answers(201), first);
        assert_eq!(agent.get("/filters/").await.answers(200)["count"], 1);
        let path = at("/filters", &first, "");
        let tag = agent.get(&path).await.header("etag").to_owned();
        assert_eq!(agent.with("If-None-Match", &tag).get(&path).await.status, 304);
        agent.with("If-Match", &tag).patch(&path, json!({ "name": "Two" })).await.answers(200);
        agent.with("If-Match", &tag).patch(&path, json!({ "name": "Three" })).await.refuses(412);
        agent.with("If-Match", &tag).delete(&path).await.refuses(412);
    }
}
