//! Routes as they are written, and who may see and say what.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each, id};
use serde_json::{Value, json};

use super::{bears, office, routed};

on_both_backends! {
    async fn a_route_is_written_read_changed_and_deleted(story: Story) {
        let (admin, agent) = (story.platform("admin").await, story.classic("agent").await);
        office(&admin).await;
        let body = json!({ "match": { "category": "networks" }, "strategy": "skill", "skills": ["SAP", "sap"], "agents": ["bob", "agent", "bob"] });
        let route = routed(&admin, "Networks", body).await;
        assert_eq!((&route["skills"], &route["position"], &route["is_active"]), (&json!(["sap"]), &json!(1), &json!(true)));
        assert_eq!(route["agents"].as_array().unwrap().len(), 2);
        let spoken = agent.get("/routes/").await.answers(200)["results"][0].clone();
        assert!(spoken["id"].is_i64() && spoken["match"]["category"].is_i64() && spoken["agents"][0].is_i64(), "{spoken}");
        let changed = json!({ "match": { "category": null }, "strategy": "round_robin", "skills": [], "agents": [] });
        let changed = admin.patch(&at("/routes", &route, ""), changed).await.answers(200);
        assert_eq!((&changed["match"]["category"], &changed["agents"], &changed["skills"]), (&Value::Null, &json!([]), &json!([])));
        assert_eq!(changed["department"], route["department"]);
        let bob = admin.get("/users/bob/").await.answers(200);
        let named = admin.patch(&at("/routes", &route, ""), json!({ "agents": ["bob"] })).await.answers(200);
        admin.patch(&at("/users", &bob, ""), json!({ "is_active": false })).await.answers(200);
        assert_eq!(admin.put(&at("/routes", &route, ""), named.clone()).await.answers(200), named, "what was read is sent back");
        admin.delete(&at("/routes", &route, "")).await.answers(204);
        admin.get(&at("/routes", &route, "")).await.refuses(404);
    }

    async fn routes_are_listed_in_every_order_and_found_by_name(story: Story) {
        let admin = story.platform("admin").await;
        for (name, position) in [("Beta", 1), ("Alpha", 3), ("Gamma", 2)] {
            routed(&admin, name, json!({ "position": position, "is_active": name != "Beta" })).await;
        }
        for (question, names) in [
            ("", ["Beta", "Gamma", "Alpha"].as_slice()),
            ("?ordering=name", &["Alpha", "Beta", "Gamma"]),
            ("?ordering=-created_at", &["Gamma", "Alpha", "Beta"]),
            ("?search=AM", &["Gamma"]),
            ("?is_active=false", &["Beta"]),
        ] {
            assert_eq!(each(&admin.get(&format!("/routes/{question}")).await.answers(200), "name"), names, "{question}");
        }
        admin.get("/routes/?ordering=size").await.refuses(400);
    }

    async fn what_makes_no_route_is_refused_by_its_field(story: Story) {
        let admin = story.platform("admin").await;
        let good = json!({ "name": "X", "department": "IT Department" });
        for (field, value) in [
            ("name", json!("")),
            ("name", json!("x".repeat(101))),
            ("name", Value::Null),
            ("position", json!(-1)),
            ("position", json!(1_000_001)),
            ("match", json!({ "category": "no-such-category" })),
            ("match", json!({ "department": "No such department" })),
            ("match", json!("all")),
            ("match", json!([])),
            ("match", json!(["networks"])),
            ("department", json!("No such department")),
            ("department", json!(4711)),
            ("strategy", json!("dice")),
            ("skills", json!([""])),
            ("skills", json!(["x".repeat(51)])),
            ("skills", json!(vec!["x"; 51])),
            ("agents", json!(["nobody"])),
            ("agents", json!(["outsider"])),
            ("agents", json!(["customer"])),
            ("agents", json!(vec!["agent"; 51])),
            ("is_active", json!("perhaps")),
        ] {
            let mut body = good.clone();
            body[field] = value.clone();
            let details = admin.post("/routes/", body).await.refuses(400);
            assert!(details[field].is_array(), "{field} {value}: {details}");
        }
        let details = admin.post("/routes/", json!({ "name": "X" })).await.refuses(400);
        assert!(details["agents"].is_array(), "{details}");
        let details = admin.post("/routes/", json!({ "name": "X", "department": "IT Department", "strategy": "skill" })).await.refuses(400);
        assert!(details["skills"].is_array(), "{details}");
        assert_eq!(admin.get("/routes/").await.answers(200)["count"], 0);
    }

    async fn what_a_route_names_cannot_be_deleted(story: Story) {
        let admin = story.platform("admin").await;
        office(&admin).await;
        let department = admin.post("/departments/", json!({ "name": "Field" })).await.answers(201);
        let route = routed(&admin, "X", json!({ "match": { "category": "networks" }, "department": "Field" })).await;
        admin.delete("/categories/networks/").await.refuses(409);
        admin.delete(&at("/departments", &department, "")).await.refuses(409);
        admin.delete(&at("/routes", &route, "")).await.answers(204);
        admin.delete("/categories/networks/").await.answers(204);
    }

    async fn routes_are_for_staff_to_read_and_for_admins_to_change(story: Story) {
        let admin = story.platform("admin").await;
        let route = id(&routed(&admin, "X", json!({})).await);
        for (person, reads) in [("customer", 403), ("technician", 403), ("agent", 200), ("coordinator", 200)] {
            let client = story.platform(person).await;
            let body = json!({ "name": "Y", "department": "IT Department" });
            for path in ["/routes/".to_owned(), format!("/routes/{route}/")] {
                assert_eq!(client.get(&path).await.status, reads, "{person} {path}");
            }
            client.post("/routes/", body.clone()).await.refuses(403);
            client.patch(&format!("/routes/{route}/"), body).await.refuses(403);
            client.delete(&format!("/routes/{route}/")).await.refuses(403);
        }
    }

    async fn how_somebody_is_given_tickets_is_seen_by_staff_and_themselves_and_by_no_customer(story: Story) {
        story.platform("admin").await;
        for (person, of, status) in [
            ("customer", "agent", 403),
            ("customer", "customer", 403),
            ("technician", "technician", 200),
            ("technician", "agent", 404),
            ("agent", "technician", 200),
            ("agent", "customer", 404),
            ("admin", "outsider", 404),
        ] {
            assert_eq!(story.platform(person).await.get(&format!("/users/{of}/routing/")).await.status, status, "{person} {of}");
        }
    }

    async fn one_says_oneself_whether_one_is_available_and_admins_the_rest(story: Story) {
        let (admin, technician) = (story.platform("admin").await, story.platform("technician").await);
        let mine = bears(&technician, "technician", json!({ "is_available": false })).await;
        assert_eq!((&mine["is_available"], &mine["capacity"], &mine["skills"]), (&json!(false), &Value::Null, &json!([])));
        bears(&technician, "technician", mine).await;
        for more in [json!({ "capacity": 5 }), json!({ "skills": ["x"] })] {
            technician.patch("/users/technician/routing/", more).await.refuses(403);
        }
        story.platform("agent").await.patch("/users/technician/routing/", json!({ "is_available": true })).await.refuses(403);
        let now = bears(&admin, "technician", json!({ "capacity": 5, "skills": ["B", "a"] })).await;
        assert_eq!((&now["capacity"], &now["skills"], &now["is_available"]), (&json!(5), &json!(["a", "b"]), &json!(false)));
        let none = bears(&admin, "technician", json!({ "capacity": null })).await;
        assert_eq!(none["capacity"], Value::Null);
        for (field, value) in [
            ("capacity", json!(-1)),
            ("capacity", json!(10_001)),
            ("capacity", json!("many")),
            ("skills", json!([" "])),
            ("skills", json!("x")),
            ("is_available", json!("later")),
        ] {
            let details = admin.patch("/users/technician/routing/", json!({ field: value })).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
    }

    async fn a_change_to_another_state_than_was_read_is_refused(story: Story) {
        let admin = story.platform("admin").await;
        let tag = admin.get("/users/agent/routing/").await.header("etag").to_owned();
        bears(&admin, "agent", json!({ "capacity": 1 })).await;
        admin.with("If-Match", tag).patch("/users/agent/routing/", json!({ "capacity": 2 })).await.refuses(412);
        let route = routed(&admin, "X", json!({})).await;
        let tag = admin.get(&at("/routes", &route, "")).await.header("etag").to_owned();
        admin.patch(&at("/routes", &route, ""), json!({ "name": "Y" })).await.answers(200);
        admin.with("If-Match", tag).patch(&at("/routes", &route, ""), json!({ "name": "Z" })).await.refuses(412);
    }
}
