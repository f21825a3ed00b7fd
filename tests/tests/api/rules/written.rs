//! Writing rules.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::{Value, json};

fn fine() -> Value {
    json!({
        "name": "Urgent to Bob",
        "description": "Bob is quick.",
        "when": { "event": ["ticket.created", "ticket.updated"] },
        "if": {
            "all": [
                { "field": "priority", "op": "in", "value": ["urgent", "critical"] },
                { "field": "custom_fields.floor", "op": "is", "value": 3 },
                { "field": "assigned_to", "op": "is", "value": null },
                { "field": "status", "op": "changed" },
            ],
            "any": [],
        },
        "then": [{ "assign": null }, { "set": { "status": "in_progress", "sub_category": null } }],
    })
}

/// The same with another part.
fn with(field: &str, value: Value) -> Value {
    let mut body = fine();
    body[field] = value;
    body
}

on_both_backends! {
    async fn a_rule_is_read_as_it_was_written_in_both_dialects(story: Story) {
        let admin = story.platform("admin").await;
        let made = admin.post("/rules/", fine()).await.answers(201);
        for field in ["name", "description", "when", "if", "then"] {
            assert_eq!(made[field], fine()[field], "{field}");
        }
        assert_eq!((&made["is_active"], &made["position"]), (&json!(true), &json!(1)));
        assert_eq!(admin.get(&at("/rules", &made, "")).await.answers(200), made);
        assert_eq!(story.classic("agent").await.get(&at("/rules", &made, "")).await.answers(200), made);
        assert_eq!(admin.put(&at("/rules", &made, ""), made.clone()).await.answers(200), made, "nothing has changed");
    }

    async fn what_is_named_is_kept_by_its_id(story: Story) {
        let admin = story.platform("admin").await;
        let category = admin.post("/categories/", json!({ "name": "Printers" })).await.answers(201);
        let tag = admin.post("/tags/", json!({ "name": "Hot" })).await.answers(201);
        let conditions = json!([{ "field": "category", "op": "is", "value": "Printers" }, { "field": "tags", "op": "contains", "value": "HOT" }]);
        let made = admin.post("/rules/", with("if", conditions)).await.answers(201);
        assert_eq!(each(&made["if"]["all"], "value"), [category["id"].clone(), tag["id"].clone()]);
    }

    async fn a_rule_can_be_sent_back_as_it_is_when_what_it_names_is_gone(story: Story) {
        let admin = story.platform("admin").await;
        let category = admin.post("/categories/", json!({ "name": "Printers" })).await.answers(201);
        let tag = admin.post("/tags/", json!({ "name": "Hot" })).await.answers(201);
        let body = json!({
            "name": "Gone",
            "when": { "event": ["ticket.created"] },
            "if": [{ "field": "category", "op": "is", "value": category["id"] }],
            "then": [{ "assign": "bob" }, { "set": { "add_tags": [tag["id"]] } }, { "notify": { "to": [{ "user": "bob" }], "message": "x" } }],
        });
        let mut made = admin.post("/rules/", body).await.answers(201);
        admin.delete(&at("/categories", &category, "")).await.answers(204);
        admin.delete(&at("/tags", &tag, "")).await.answers(204);
        let bob = made["then"][0]["assign"].as_str().unwrap().to_owned();
        admin.delete(&format!("/users/{bob}/")).await.answers(204);
        made["name"] = json!("Still there");
        let changed = admin.put(&at("/rules", &made, ""), made.clone()).await.answers(200);
        assert_eq!((&changed["name"], &changed["then"]), (&json!("Still there"), &made["then"]));
        let copied = json!({ "name": "Another", "when": made["when"], "if": made["if"], "then": made["then"] });
        admin.post("/rules/", copied).await.refuses(400);
    }

    async fn a_rule_is_changed_and_deleted_at_its_path(story: Story) {
        let admin = story.platform("admin").await;
        let made = admin.post("/rules/", fine()).await.answers(201);
        let path = at("/rules", &made, "");
        let changed = admin.patch(&path, json!({ "name": "Two", "is_active": false })).await.answers(200);
        assert_eq!((&changed["name"], &changed["is_active"], &changed["then"]), (&json!("Two"), &json!(false), &made["then"]));
        admin.delete(&path).await.answers(204);
        admin.get(&path).await.refuses(404);
        admin.delete(&path).await.refuses(404);
    }

    async fn staff_read_rules_and_only_admins_write_them(story: Story) {
        let made = story.platform("admin").await.post("/rules/", fine()).await.answers(201);
        let path = at("/rules", &made, "");
        for name in ["agent", "coordinator"] {
            let staff = story.platform(name).await;
            staff.get("/rules/").await.answers(200);
            staff.get(&path).await.answers(200);
            staff.get(&at("/rules", &made, "log/")).await.answers(200);
            staff.post("/rules/", fine()).await.refuses(403);
            staff.patch(&path, json!({ "name": "X" })).await.refuses(403);
            staff.delete(&path).await.refuses(403);
        }
        for name in ["customer", "technician"] {
            let other = story.platform(name).await;
            other.get("/rules/").await.refuses(403);
            other.get(&path).await.refuses(403);
            other.post("/rules/", fine()).await.refuses(403);
        }
    }

    async fn lists_are_ordered_by_position_and_filtered(story: Story) {
        let admin = story.platform("admin").await;
        for (name, position, active) in [("Last", 30, true), ("First", 10, true), ("Asleep", 20, false)] {
            let mut body = with("name", json!(name));
            body["position"] = json!(position);
            body["is_active"] = json!(active);
            admin.post("/rules/", body).await.answers(201);
        }
        let names = async |query: &str| each(&admin.get(&format!("/rules/?{query}")).await.answers(200), "name");
        assert_eq!(names("").await, ["First", "Asleep", "Last"]);
        assert_eq!(names("ordering=-position").await, ["Last", "Asleep", "First"]);
        assert_eq!(names("is_active=false").await, ["Asleep"]);
        assert_eq!(names("trigger=event&search=st").await, ["First", "Last"]);
        assert!(names("trigger=time").await.is_empty());
        for bad in ["ordering=size", "trigger=x", "is_active=maybe"] {
            admin.get(&format!("/rules/?{bad}")).await.refuses(400);
        }
    }

    async fn what_makes_no_rule_is_refused_at_its_place(story: Story) {
        let admin = story.platform("admin").await;
        let condition = |field: &str, op: &str, value: Value| json!([{ "field": field, "op": op, "value": value }]);
        for (field, part, body) in [
            ("name", "", with("name", json!(" "))),
            ("name", "", with("name", json!("x".repeat(101)))),
            ("position", "", with("position", json!(-1))),
            ("when", "", with("when", json!(5))),
            ("when", "event", with("when", json!({}))),
            ("when", "event", with("when", json!({ "event": [] }))),
            ("when", "event.1", with("when", json!({ "event": ["ticket.created", "user.created"] }))),
            ("when", "often", with("when", json!({ "event": "ticket.created", "often": true }))),
            ("if", "", with("if", json!("always"))),
            ("if", "none", with("if", json!({ "none": [] }))),
            ("if", "0", with("if", json!(["x"]))),
            ("if", "0.field", with("if", condition("color", "is", json!("red")))),
            ("if", "0.op", with("if", condition("status", "like", json!("open")))),
            ("if", "0.op", with("if", condition("status", "contains", json!("open")))),
            ("if", "0.op", with("if", condition("comment_text", "was", json!("x")))),
            ("if", "0.value", with("if", condition("status", "is", json!("waiting")))),
            ("if", "0.value", with("if", condition("status", "is", json!(5)))),
            ("if", "0.value", with("if", condition("status", "in", json!("open")))),
            ("if", "0.value", with("if", condition("status", "in", json!([])))),
            ("if", "0.value.1", with("if", condition("status", "in", json!(["open", "x"])))),
            ("if", "0.value", with("if", condition("category", "is", json!("nothing")))),
            ("if", "0.value", with("if", condition("assigned_to", "is", json!("outsider")))),
            ("if", "0.value", with("if", condition("title", "contains", json!(null)))),
            ("if", "0.value", with("if", json!([{ "field": "status", "op": "is" }]))),
            ("if", "0.value", with("if", json!([{ "field": "clock", "op": "is", "value": "reply" }]))),
            ("if", "0.value", with("if", json!([{ "field": "score", "op": "is", "value": 6 }]))),
            ("if", "0.op", with("if", json!([{ "field": "clock", "op": "changed" }]))),
            ("then", "0.set.status", with("then", json!([{ "set": { "status": "rejected" } }]))),
            ("if", "0.extra", with("if", json!([{ "field": "status", "op": "is", "value": "open", "extra": 1 }]))),
            ("then", "", with("then", json!([]))),
            ("then", "", with("then", json!({ "assign": "bob" }))),
            ("then", "0", with("then", json!([{}]))),
            ("then", "0", with("then", json!([{ "assign": "bob", "set": { "status": "open" } }]))),
            ("then", "0.explode", with("then", json!([{ "explode": true }]))),
            ("then", "0.assign", with("then", json!([{ "assign": "customer" }]))),
            ("then", "0.assign", with("then", json!([{ "assign": "outsider" }]))),
            ("then", "0.set", with("then", json!([{ "set": {} }]))),
            ("then", "0.set.title", with("then", json!([{ "set": { "title": "x" } }]))),
            ("then", "0.set.status", with("then", json!([{ "set": { "status": "gone" } }]))),
            ("then", "0.set.priority", with("then", json!([{ "set": { "priority": null } }]))),
            ("then", "0.set.add_tags.0", with("then", json!([{ "set": { "add_tags": ["nothing"] } }]))),
            ("then", "0.set.custom_fields", with("then", json!([{ "set": { "custom_fields": [] } }]))),
            ("then", "1.comment.content", with("then", json!([{ "assign": null }, { "comment": { "content": " " } }]))),
            ("then", "0.comment.content", with("then", json!([{ "comment": { "content": "{password}" } }]))),
            ("then", "0.comment.is_internal", with("then", json!([{ "comment": { "content": "x", "is_internal": "y" } }]))),
        ] {
            let details = admin.post("/rules/", body.clone()).await.refuses(400);
            let told = details[field][0].as_str().unwrap_or_else(|| panic!("{field}: {details} for {body}")).to_owned();
            assert!(part.is_empty() || told.starts_with(&format!("{part}: ")), "{field}.{part}: {told}");
        }
        assert_eq!(admin.get("/rules/").await.answers(200)["results"], json!([]));
        for missing in ["name", "when", "then"] {
            let mut body = fine();
            body.as_object_mut().unwrap().remove(missing);
            assert!(admin.post("/rules/", body).await.refuses(400)[missing].is_array(), "{missing}");
        }
    }
}
