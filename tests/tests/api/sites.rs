//! Customers and locations of work orders.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each, id};
use serde_json::{Value, json};

on_both_backends! {
    async fn a_customer_is_written_read_changed_and_deleted(story: Story) {
        for agent in [story.platform("agent").await, story.classic("agent").await] {
            let user = agent.get("/users/?search=jane").await.answers(200)["results"][0].clone();
            let body = json!({ "name": "Jane", "email": "jane@example.org", "phone": "+41 31 000", "company": "J.", "user": user["id"] });
            let customer = agent.post("/customers/", body).await.answers(201);
            let path = at("/customers", &customer, "");
            assert_eq!(customer["user"]["id"], user["id"]);
            assert_eq!(agent.get(&path).await.answers(200), customer);
            assert_eq!(agent.put(&path, customer.clone()).await.answers(200), customer, "nothing has changed");
            let changed = agent.patch(&path, json!({ "email": null, "user": null, "company": "K." })).await.answers(200);
            assert_eq!((&changed["email"], &changed["user"], &changed["company"]), (&json!(""), &Value::Null, &json!("K.")));
            let tag = agent.get(&path).await.header("etag").to_owned();
            agent.with("If-Match", "\"other\"").delete(&path).await.refuses(412);
            agent.with("If-Match", &tag).delete(&path).await.answers(204);
            agent.get(&path).await.refuses(404);
        }
    }

    async fn a_location_is_written_read_changed_and_deleted(story: Story) {
        for agent in [story.platform("agent").await, story.classic("agent").await] {
            let customer = agent.post("/customers/", json!({ "name": "Jo" })).await.answers(201);
            let body = json!({
                "name": "HQ", "address": "Main Street 1", "city": "Bern", "postal_code": "3000", "country": "CH",
                "latitude": -46.947_973_8, "longitude": 7, "customer_id": customer["id"],
            });
            let location = agent.post("/locations/", body).await.answers(201);
            let path = at("/locations", &location, "");
            assert_eq!((&location["latitude"], &location["longitude"]), (&json!(-46.947_973_8), &json!(7.0)));
            assert_eq!(location["customer"]["name"], "Jo");
            assert_eq!(agent.put(&path, location.clone()).await.answers(200), location, "nothing has changed");
            let changed = agent.patch(&path, json!({ "latitude": null, "customer": null })).await.answers(200);
            assert_eq!((&changed["latitude"], &changed["customer"], &changed["city"]), (&Value::Null, &Value::Null, &json!("Bern")));
            agent.delete(&path).await.answers(204);
            agent.get(&path).await.refuses(404);
        }
    }

    async fn what_makes_no_customer_or_location_is_refused_by_its_field(story: Story) {
        let agent = story.platform("agent").await;
        for (path, field, body) in [
            ("/customers/", "name", json!({})),
            ("/customers/", "name", json!({ "name": " " })),
            ("/customers/", "name", json!({ "name": "x".repeat(256) })),
            ("/customers/", "email", json!({ "name": "x", "email": "nobody" })),
            ("/customers/", "phone", json!({ "name": "x", "phone": "1".repeat(51) })),
            ("/customers/", "user", json!({ "name": "x", "user": 4711 })),
            ("/locations/", "name", json!({ "latitude": 1 })),
            ("/locations/", "latitude", json!({ "name": "x", "latitude": 90.1 })),
            ("/locations/", "longitude", json!({ "name": "x", "longitude": -180.1 })),
            ("/locations/", "latitude", json!({ "name": "x", "latitude": "north" })),
            ("/locations/", "customer", json!({ "name": "x", "customer": 4711 })),
            ("/locations/", "city", json!({ "name": "x", "city": "a\u{0}b" })),
        ] {
            let details = agent.post(path, body).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
    }

    async fn what_is_in_use_is_not_deleted(story: Story) {
        let (agent, classic) = (story.platform("agent").await, story.classic("agent").await);
        let customer = agent.post("/customers/", json!({ "name": "Jo" })).await.answers(201);
        let location = agent.post("/locations/", json!({ "name": "HQ", "customer": customer })).await.answers(201);
        let order = agent.post("/work-orders/", json!({ "title": "X", "location": location })).await.answers(201);
        for (path, thing) in [("/customers", &customer), ("/locations", &location)] {
            let reply = agent.delete(&at(path, thing, "")).await;
            assert_eq!(reply.code(), "CONFLICT");
            reply.refuses(409);
            classic.delete(&at(path, thing, "")).await.refuses(400);
        }
        agent.delete(&at("/work-orders", &order, "")).await.answers(204);
        agent.delete(&at("/locations", &location, "")).await.answers(204);
        agent.delete(&at("/customers", &customer, "")).await.answers(204);
    }

    async fn customers_and_locations_are_searched_sorted_and_walked(story: Story) {
        let agent = story.platform("agent").await;
        let mut owner = String::new();
        for (name, email, company) in [("beta", "b@x.example", "One"), ("Alpha", "a@y.example", ""), ("gamma", "", "Two 100%")] {
            let customer = agent.post("/customers/", json!({ "name": name, "email": email, "company": company })).await.answers(201);
            owner = id(&customer);
            agent.post("/locations/", json!({ "name": name, "city": company, "customer": owner })).await.answers(201);
        }
        for (query, names) in [
            ("", ["Alpha", "beta", "gamma"].as_slice()),
            ("?ordering=-name", &["gamma", "beta", "Alpha"]),
            ("?ordering=-created_at", &["gamma", "Alpha", "beta"]),
            ("?search=ONE", &["beta"]),
            ("?search=%25", &["gamma"]),
            ("?page_size=2&page=2", &["gamma"]),
        ] {
            for path in ["/customers/", "/locations/"] {
                let found = each(&agent.get(&format!("{path}{query}")).await.answers(200), "name");
                assert_eq!(found, names.iter().map(|name| json!(name)).collect::<Vec<_>>(), "{path}{query}");
            }
        }
        assert_eq!(agent.get("/customers/?search=y.example").await.answers(200)["count"], 1);
        assert_eq!(each(&agent.get(&format!("/locations/?customer_id={owner}")).await.answers(200), "name"), [json!("gamma")]);
        let first = agent.get("/customers/?cursor=&page_size=2").await.answers(200);
        assert_eq!(each(&agent.get(first["next"].as_str().unwrap()).await.answers(200), "name"), [json!("gamma")]);
        for bad in ["?ordering=phone", "?page=0", "?cursor=zz"] {
            agent.get(&format!("/customers/{bad}")).await.refuses(400);
        }
        agent.get("/locations/?customer=4711").await.refuses(400);
    }

    async fn customers_and_locations_are_for_staff(story: Story) {
        let agent = story.platform("agent").await;
        for path in ["/customers", "/locations"] {
            let site = agent.post(&format!("{path}/"), json!({ "name": "X" })).await.answers(201);
            for person in ["customer", "technician"] {
                let client = story.platform(person).await;
                client.get(&format!("{path}/")).await.refuses(403);
                client.post(&format!("{path}/"), json!({ "name": "X" })).await.refuses(403);
                client.get(&at(path, &site, "")).await.refuses(403);
                client.patch(&at(path, &site, ""), json!({ "name": "Y" })).await.refuses(403);
                client.delete(&at(path, &site, "")).await.refuses(403);
            }
            let keyed = agent.with("Idempotency-Key", path);
            let once = keyed.post(&format!("{path}/"), json!({ "name": "Once" })).await.answers(201);
            story.forget_answers().await;
            assert_eq!(keyed.post(&format!("{path}/"), json!({ "name": "Once" })).await.answers(201), once);
        }
    }
}
