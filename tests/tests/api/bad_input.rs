//! Bad input is refused by name, and nothing changes.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at};
use serde_json::{Value, json};

/// Fields of a ticket with values that they do not take.
fn bad() -> Vec<(&'static str, Value)> {
    let words: Vec<Value> = (0..51).map(|n| json!(format!("tag{n}"))).collect();
    let fields: Value = (0..51).map(|n| (format!("f{n}"), json!(1))).collect::<serde_json::Map<_, _>>().into();
    vec![
        ("title", json!("")),
        ("title", json!("  \n ")),
        ("title", json!(5)),
        ("title", json!(["x"])),
        ("title", json!({ "a": 1 })),
        ("title", json!(true)),
        ("title", json!("x".repeat(256))),
        ("title", json!("a\u{0}b")),
        ("description", json!("")),
        ("description", json!(5)),
        ("description", json!("x".repeat(65_537))),
        ("description", json!("a\u{0}b")),
        ("priority", json!("galactic")),
        ("priority", json!("High")),
        ("priority", json!(3)),
        ("priority", json!("")),
        ("category", json!(true)),
        ("category", json!([1])),
        ("category", json!({ "name": "billing" })),
        ("category", json!("a\u{0}b")),
        ("category", json!(1.5)),
        ("assigned_to", json!("a\u{0}b")),
        ("assigned_to", json!([])),
        ("department", json!(false)),
        ("tags", json!("vpn")),
        ("tags", json!({})),
        ("tags", json!([null])),
        ("tags", json!([[1]])),
        ("tags", json!(["a\u{0}b"])),
        ("tags", json!(["x".repeat(51)])),
        ("tags", json!([" "])),
        ("tags", Value::Array(words)),
        ("custom_fields", json!([])),
        ("custom_fields", json!("x")),
        ("custom_fields", fields),
        ("custom_fields", json!({ "x".repeat(65): 1 })),
        ("custom_fields", json!({ "a": "x".repeat(16_384) })),
        ("custom_fields", json!({ "a": "x\u{0}" })),
        ("custom_fields", json!({ "a\u{0}": 1 })),
        ("due_date", json!("tomorrow")),
        ("due_date", json!(5)),
        ("due_date", json!("2025-02-30")),
        ("due_date", json!("+99999-01-01T00:00:00Z")),
        ("scheduled_date", json!("2025-02-30")),
        ("scheduled_date", json!(5)),
        ("contact_email", json!("nobody")),
        ("contact_email", json!(5)),
        ("sub_category", json!("x".repeat(101))),
        ("sub_category", json!("a\u{0}b")),
    ]
}

on_both_backends! {
    async fn a_ticket_is_not_opened_with_a_bad_field(story: Story) {
        for client in [story.platform("agent").await, story.classic("agent").await] {
            for (field, value) in bad() {
                let mut body = json!({ "title": "One", "description": "x" });
                body[field] = value.clone();
                let reply = client.post("/tickets/", body).await;
                assert_eq!(reply.status, 400, "{field} = {value}: {}", reply.text);
                let details = reply.refuses(400);
                assert!(details[field].is_array(), "{field} = {value}: {details}");
            }
            assert_eq!(client.get("/tickets/").await.answers(200)["count"], 0);
            assert_eq!(client.get("/tags/").await.answers(200)["count"], 0);
        }
    }

    async fn a_ticket_is_not_changed_by_a_bad_field(story: Story) {
        for client in [story.platform("agent").await, story.classic("agent").await] {
            let ticket = client.opens("One").await;
            let path = at("/tickets", &ticket, "");
            let more = [
                ("title", Value::Null),
                ("description", Value::Null),
                ("status", Value::Null),
                ("status", json!("galactic")),
                ("status", json!(5)),
                ("admin_notes", json!(5)),
                ("admin_notes", json!("a\u{0}b")),
                ("resolution", json!("x".repeat(65_537))),
            ];
            for (field, value) in bad().into_iter().chain(more) {
                let reply = client.patch(&path, json!({ "sub_category": "fine", field: value })).await;
                assert_eq!(reply.status, 400, "{field} = {value}: {}", reply.text);
                let details = reply.refuses(400);
                assert!(details[field].is_array(), "{field} = {value}: {details}");
            }
            assert_eq!(client.get(&path).await.answers(200), ticket);
        }
    }

    async fn missing_fields_are_named_all_at_once(story: Story) {
        for client in [story.platform("customer").await, story.classic("customer").await] {
            for body in [json!({}), json!({ "title": null, "description": null })] {
                let details = client.post("/tickets/", body).await.refuses(400);
                assert_eq!(details["title"], json!(["This field is required."]));
                assert_eq!(details["description"], json!(["This field is required."]));
            }
            let details = client.send("POST", "/tickets/", None).await.refuses(400);
            assert_eq!(details["title"], json!(["This field is required."]));
        }
    }

    async fn what_just_fits_is_taken(story: Story) {
        let agent = story.platform("agent").await;
        let tags: Vec<String> = (0..50).map(|n| format!("{}{n:02}", "ü".repeat(48))).collect();
        let body = json!({
            "title": "ü".repeat(255), "description": "𝄞".repeat(65_536), "tags": tags, "custom_fields": { "ü".repeat(64): "x" },
            "sub_category": "x".repeat(100),
        });
        let ticket = agent.post("/tickets/", body.clone()).await.answers(201);
        for field in ["title", "description", "custom_fields", "sub_category"] {
            assert_eq!(ticket[field], body[field], "{field}");
        }
        assert_eq!(ticket["tags"].as_array().unwrap().len(), 50);
    }

    async fn text_is_kept_as_it_was_written(story: Story) {
        let customer = story.platform("customer").await;
        let text = "<script>alert(1)</script> '; DROP TABLE ticket; -- \u{202e}𝄞 line\nline\ttab \"quoted\" \\ % _";
        let ticket = customer.post("/tickets/", json!({ "title": text, "description": text })).await.answers(201);
        let ticket = customer.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!((&ticket["title"], &ticket["description"]), (&json!(text), &json!(text)));
    }

    async fn a_filter_may_be_as_long_as_an_address(story: Story) {
        let customer = story.platform("customer").await;
        let many = |word: &str| vec![word; 28_000].join(",");
        customer.get(&format!("/tickets/?tags={}", many("1"))).await.refuses(400);
        let different: Vec<String> = (0..1_500).map(|n| n.to_string()).collect();
        for path in ["/tickets/", "/tickets/my_tickets/"] {
            let refused = customer.get(&format!("{path}?tags={}", different.join(","))).await.refuses(400);
            assert!(refused["tags"].is_array(), "{refused}");
            customer.get(&format!("{path}?sla_status={}", vec!["met"; 5_000].join(","))).await.answers(200);
        }
        let bulk = json!({ "filter": { "tags": different }, "set": { "priority": "low" } });
        story.platform("agent").await.post("/tickets/bulk/", bulk).await.refuses(400);
        let tags: Vec<String> = (0..40_000).map(|n| format!("q{n}")).collect();
        let article = json!({ "title": "t", "content": "x", "tags": tags });
        assert!(story.platform("agent").await.post("/knowledge-base/articles/", article).await.refuses(400)["tags"].is_array());
    }

    async fn a_field_that_is_nested_too_deep_is_refused(story: Story) {
        let agent = story.platform("agent").await;
        let deep = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
        for field in ["title", "category", "tags", "custom_fields"] {
            let body = format!("{{\"title\": \"One\", \"description\": \"x\", \"{field}\": {deep}}}").into_bytes();
            agent.send_bytes("POST", "/tickets/", Some(("application/json", body))).await.refuses(400);
        }
        assert_eq!(agent.get("/tickets/").await.answers(200)["count"], 0);
    }

    async fn a_body_is_read_as_json_whatever_it_is_called(story: Story) {
        let customer = story.platform("customer").await;
        for kind in ["application/json; charset=utf-8", "text/plain", "application/vnd.api+json"] {
            let body = json!({ "title": "One", "description": "x" }).to_string().into_bytes();
            customer.send_bytes("POST", "/tickets/", Some((kind, body))).await.answers(201);
        }
    }
}
