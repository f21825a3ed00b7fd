//! Response templates (seed 002).

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::{Value, json};

fn welcome() -> Value {
    json!({
        "title": "Welcome Message",
        "content": "Hello {customer_name}, thank you for contacting us regarding {issue_type}.",
        "category": "greeting",
        "is_public": true,
        "variables": ["customer_name", "issue_type"],
    })
}

on_both_backends! {
    async fn the_example_of_the_seed_is_written_and_used(story: Story) {
        for agent in [story.classic("agent").await, story.platform("agent").await] {
            let template = agent.post("/templates/", welcome()).await.answers(201);
            for (field, value) in welcome().as_object().unwrap() {
                assert_eq!(&template[field], value);
            }
            let context = json!({ "context": { "customer_name": "John Doe", "issue_type": "login problem" } });
            let used = agent.post(&at("/templates", &template, "use_template"), context).await.answers(200);
            assert_eq!(used, json!({
                "processed_content": "Hello John Doe, thank you for contacting us regarding login problem.",
                "original_content": welcome()["content"],
                "variables": ["customer_name", "issue_type"],
            }));
        }
    }

    async fn a_template_is_an_integer_in_classic_and_a_uuid_in_platform_and_found_by_either(story: Story) {
        let (classic, platform) = (story.classic("agent").await, story.platform("agent").await);
        let template = classic.post("/templates/", welcome()).await.answers(201);
        assert!(template["id"].is_i64(), "{template}");
        assert!(template["created_by"]["username"].is_string(), "{template}");
        let same = platform.get(&at("/templates", &template, "")).await.answers(200);
        assert_eq!(same["id"].as_str().unwrap().len(), 36, "{same}");
        assert!(same["created_by"]["first_name"].is_string(), "{same}");
        assert_eq!(classic.get(&at("/templates", &same, "")).await.answers(200), template);
    }

    async fn variables_are_found_in_the_content(story: Story) {
        let agent = story.platform("agent").await;
        let body = json!({ "title": "T", "content": "{b} {a} {b} { c } {}", "variables": ["extra", "a"] });
        let template = agent.post("/templates/", body).await.answers(201);
        assert_eq!(template["variables"], json!(["b", "a", "extra"]));
        assert_eq!(template["is_public"], false);
        assert_eq!(template["category"], "");
        let path = at("/templates", &template, "");
        let changed = agent.patch(&path, json!({ "content": "{b} {d}" })).await.answers(200);
        assert_eq!(changed["variables"], json!(["b", "d", "extra"]));
        let changed = agent.patch(&path, json!({ "variables": [] })).await.answers(200);
        assert_eq!(changed["variables"], json!(["b", "d"]));
    }

    async fn every_variable_that_is_missing_is_named(story: Story) {
        let agent = story.platform("agent").await;
        let template = agent.post("/templates/", welcome()).await.answers(201);
        let path = at("/templates", &template, "use_template");
        for body in [json!({}), json!({ "context": {} }), json!({ "context": { "other": "x" } })] {
            let said = agent.post(&path, body).await.refuses(400)["context"].to_string();
            assert!(said.contains("customer_name") && said.contains("issue_type"), "{said}");
        }
        let said = agent.post(&path, json!({ "context": { "issue_type": "x" } })).await.refuses(400)["context"].to_string();
        assert!(said.contains("customer_name") && !said.contains("issue_type"), "{said}");
    }

    async fn values_are_texts_numbers_and_booleans_and_are_not_expanded_again(story: Story) {
        let agent = story.platform("agent").await;
        let template = agent.post("/templates/", json!({ "title": "T", "content": "{a}/{b}/{c}" })).await.answers(201);
        let path = at("/templates", &template, "use_template");
        let used = agent.post(&path, json!({ "context": { "a": "{b}", "b": 1.5, "c": true, "d": [] } })).await.answers(200);
        assert_eq!(used["processed_content"], "{b}/1.5/true");
        for bad in [json!(null), json!([1]), json!({ "x": 1 }), json!("a\u{0}b"), json!("x".repeat(65_600))] {
            let details = agent.post(&path, json!({ "context": { "a": bad, "b": 1, "c": 1 } })).await.refuses(400);
            assert!(details["context"].is_array(), "{details}");
        }
        for bad in [json!("x"), json!([]), json!(5)] {
            assert!(agent.post(&path, json!({ "context": bad })).await.refuses(400)["context"].is_array());
        }
    }

    async fn a_template_is_changed_and_deleted_at_its_path(story: Story) {
        let agent = story.platform("agent").await;
        let template = agent.post("/templates/", welcome()).await.answers(201);
        let path = at("/templates", &template, "");
        assert_eq!(agent.put(&path, template.clone()).await.answers(200), template, "nothing has changed");
        let changed = agent.put(&path, json!({ "title": "Two", "content": "Bye." })).await.answers(200);
        assert_eq!((&changed["title"], &changed["variables"]), (&json!("Two"), &json!([])));
        assert_eq!(agent.patch(&path, json!({ "category": "closing" })).await.answers(200)["category"], "closing");
        agent.delete(&path).await.answers(204);
        agent.get(&path).await.refuses(404);
        agent.delete(&path).await.refuses(404);
    }

    async fn what_makes_no_template_is_refused_by_its_field(story: Story) {
        let agent = story.platform("agent").await;
        let many: String = (0..51).map(|n| format!("{{v{n}}}")).collect();
        for (field, body) in [
            ("title", json!({ "content": "x" })),
            ("content", json!({ "title": "x" })),
            ("title", json!({ "title": " ", "content": "x" })),
            ("title", json!({ "title": "x".repeat(256), "content": "x" })),
            ("title", json!({ "title": 5, "content": "x" })),
            ("content", json!({ "title": "x", "content": "" })),
            ("content", json!({ "title": "x", "content": "x".repeat(65_537) })),
            ("content", json!({ "title": "x", "content": many })),
            ("category", json!({ "title": "x", "content": "x", "category": "x".repeat(101) })),
            ("is_public", json!({ "title": "x", "content": "x", "is_public": "maybe" })),
            ("variables", json!({ "title": "x", "content": "x", "variables": "a" })),
            ("variables", json!({ "title": "x", "content": "x", "variables": ["a b"] })),
            ("variables", json!({ "title": "x", "content": "x", "variables": [""] })),
            ("variables", json!({ "title": "x", "content": "x", "variables": ["x".repeat(65)] })),
            ("variables", json!({ "title": "x", "content": "x", "variables": (0..51).map(|n| format!("v{n}")).collect::<Vec<_>>() })),
        ] {
            let details = agent.post("/templates/", body).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
        assert_eq!(agent.get("/templates/").await.answers(200)["count"], 0);
    }

    async fn templates_are_searched_filtered_sorted_and_walked(story: Story) {
        let agent = story.platform("agent").await;
        for (title, category, public) in [("beta", "One", true), ("Alpha", "two", true), ("gamma", "one", false)] {
            let body = json!({ "title": title, "content": "x", "category": category, "is_public": public });
            agent.post("/templates/", body).await.answers(201);
        }
        for (query, titles) in [
            ("", ["Alpha", "beta", "gamma"].as_slice()),
            ("?ordering=-title", &["gamma", "beta", "Alpha"]),
            ("?ordering=created_at", &["beta", "Alpha", "gamma"]),
            ("?ordering=-updated_at", &["gamma", "Alpha", "beta"]),
            ("?ordering=category", &["beta", "gamma", "Alpha"]),
            ("?category=one", &["beta", "gamma"]),
            ("?is_public=false", &["gamma"]),
            ("?is_public=true&search=A", &["Alpha", "beta"]),
            ("?search=TWO", &["Alpha"]),
            ("?search=%25", &[]),
            ("?page_size=2", &["Alpha", "beta"]),
            ("?page_size=2&page=2", &["gamma"]),
        ] {
            let found = each(&agent.get(&format!("/templates/{query}")).await.answers(200), "title");
            assert_eq!(found, titles.iter().map(|title| json!(title)).collect::<Vec<_>>(), "{query}");
        }
        let first = agent.get("/templates/?cursor=&page_size=2").await.answers(200);
        assert_eq!(each(&first, "title"), [json!("Alpha"), json!("beta")]);
        let next = first["next"].as_str().unwrap().split_once("/templates").unwrap().1.to_owned();
        assert_eq!(each(&agent.get(&format!("/templates{next}")).await.answers(200), "title"), [json!("gamma")]);
        for bad in ["?ordering=nothing", "?is_public=maybe", "?page=0", "?cursor=zz"] {
            agent.get(&format!("/templates/{bad}")).await.refuses(400);
        }
    }

    async fn a_private_template_is_its_authors_alone(story: Story) {
        let (agent, other, admin) =
            (story.platform("agent").await, story.platform("coordinator").await, story.platform("admin").await);
        let template = agent.post("/templates/", json!({ "title": "Mine", "content": "x" })).await.answers(201);
        let path = at("/templates", &template, "");
        for stranger in [&other, &admin] {
            stranger.get(&path).await.refuses(404);
            stranger.patch(&path, json!({ "title": "Yours" })).await.refuses(404);
            stranger.delete(&path).await.refuses(404);
            stranger.post(&at("/templates", &template, "use_template"), json!({})).await.refuses(404);
            assert_eq!(stranger.get("/templates/").await.answers(200)["count"], 0);
            assert!(!stranger.get("/events/?after=0").await.text.contains("Mine"));
        }
        agent.patch(&path, json!({ "is_public": true })).await.answers(200);
        assert_eq!(other.get(&path).await.answers(200)["title"], "Mine");
        other.patch(&path, json!({ "title": "Yours" })).await.refuses(403);
        other.delete(&path).await.refuses(403);
        assert_eq!(admin.patch(&path, json!({ "title": "Ours" })).await.answers(200)["title"], "Ours");
        admin.patch(&path, json!({ "is_public": false })).await.refuses(403);
        admin.delete(&path).await.answers(204);
    }

    async fn templates_are_for_staff(story: Story) {
        let agent = story.platform("agent").await;
        let template = agent.post("/templates/", welcome()).await.answers(201);
        let path = at("/templates", &template, "");
        for person in ["customer", "technician"] {
            let client = story.platform(person).await;
            client.get("/templates/").await.refuses(403);
            client.post("/templates/", welcome()).await.refuses(403);
            client.get(&path).await.refuses(403);
            client.patch(&path, json!({ "title": "X" })).await.refuses(403);
            client.delete(&path).await.refuses(403);
            client.post(&at("/templates", &template, "use_template"), json!({})).await.refuses(403);
        }
        for person in ["outsider", "foreigner"] {
            story.platform(person).await.get(&path).await.refuses(404);
        }
    }

    async fn a_template_is_written_once_under_a_key_and_not_over_a_newer_one(story: Story) {
        let agent = story.platform("agent").await;
        let keyed = agent.with("Idempotency-Key", "one");
        let first = keyed.post("/templates/", welcome()).await.answers(201);
        assert_eq!(keyed.post("/templates/", welcome()).await.answers(201), first);
        keyed.post("/templates/", json!({ "title": "x", "content": "y" })).await.refuses(422);
        assert_eq!(agent.get("/templates/").await.answers(200)["count"], 1);
        let path = at("/templates", &first, "");
        let tag = agent.get(&path).await.header("etag").to_owned();
        assert_eq!(agent.with("If-None-Match", &tag).get(&path).await.status, 304);
        agent.with("If-Match", &tag).patch(&path, json!({ "title": "Two" })).await.answers(200);
        agent.with("If-Match", &tag).patch(&path, json!({ "title": "Three" })).await.refuses(412);
        agent.with("If-Match", &tag).delete(&path).await.refuses(412);
        assert_eq!(agent.get(&path).await.answers(200)["title"], "Two");
        let used = agent.with("Idempotency-Key", "two");
        let context = json!({ "context": { "customer_name": "Jo", "issue_type": "x" } });
        let path = at("/templates", &first, "use_template");
        let answer = used.post(&path, context.clone()).await.answers(200);
        assert_eq!(used.post(&path, context).await.answers(200), answer);
        used.post(&path, json!({})).await.refuses(422);
    }
}
