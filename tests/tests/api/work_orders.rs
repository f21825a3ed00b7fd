//! Work orders (seed 001): planning, their life, their parts, lists.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each, id};
use serde_json::{Value, json};

/// The seed's example, without its customer and location.
pub fn maintenance() -> Value {
    json!({
        "title": "Server maintenance",
        "description": "Monthly server maintenance and updates",
        "priority": "medium",
        "scheduled_at": "2025-10-15T09:00:00Z",
        "estimated_duration": 120,
        "tasks": [
            { "title": "Update software", "description": "Install latest security patches", "estimated_duration": 60 },
            { "title": "Check hardware", "description": "Verify all hardware components", "estimated_duration": 60 },
        ],
        "materials": [{ "name": "Cable ties", "quantity": 10, "unit": "pieces", "cost": 5.99 }],
    })
}

/// The example with some fields more.
pub fn with(mut more: Value) -> Value {
    let mut body = maintenance();
    body.as_object_mut().unwrap().append(more.as_object_mut().unwrap());
    body
}

pub async fn planned(client: &Client, more: Value) -> Value {
    client.post("/work-orders/", with(more)).await.answers(201)
}

on_both_backends! {
    async fn the_example_of_the_seed_is_planned_and_read_in_both_dialects(story: Story) {
        for agent in [story.platform("agent").await, story.classic("agent").await] {
            let customer = agent.post("/customers/", json!({ "name": "Jo Doe", "email": "jo@doe.example", "company": "Doe" })).await;
            let customer = customer.answers(201);
            let place = json!({ "name": "HQ", "city": "Bern", "latitude": 46.948, "longitude": 7.447_4, "customer": id(&customer) });
            let location = agent.post("/locations/", place).await.answers(201);
            let ticket = agent.opens("Slow server").await;
            let technician = agent.get("/users/?search=technician").await.answers(200)["results"][0].clone();
            let order = planned(&agent, json!({
                "customer_id": customer["id"], "location_id": location["id"], "assigned_technician_id": technician["id"],
                "ticket": ticket["id"], "scheduled_at": null,
            })).await;
            assert_eq!(order["status"], "scheduled");
            assert_eq!(order["scheduled_at"], Value::Null);
            assert_eq!(order["total_cost"], json!(5.99));
            assert_eq!(order["materials"][0]["quantity"], json!(10));
            assert_eq!(order["materials"][0]["cost"], json!(5.99));
            assert_eq!(each(&order["tasks"], "title"), [json!("Update software"), json!("Check hardware")]);
            assert_eq!(each(&order["tasks"], "position"), [json!(1), json!(2)]);
            assert_eq!(each(&order["tasks"], "is_completed"), [json!(false), json!(false)]);
            assert_eq!(order["customer"]["name"], "Jo Doe");
            assert_eq!((&order["location"]["latitude"], &order["location"]["longitude"]), (&json!(46.948), &json!(7.447_4)));
            assert_eq!(order["assigned_technician"]["id"], technician["id"]);
            assert_eq!(order["ticket"]["title"], "Slow server");
            assert_eq!(agent.get(&at("/work-orders", &order, "")).await.answers(200), order);
            assert_eq!(agent.put(&at("/work-orders", &order, ""), order.clone()).await.answers(200), order, "nothing has changed");
        }
    }

    async fn a_work_order_needs_only_a_title_and_is_numbered_without_gaps(story: Story) {
        let agent = story.platform("agent").await;
        let first = agent.post("/work-orders/", json!({ "title": "One" })).await.answers(201);
        agent.post("/work-orders/", json!({ "title": "" })).await.refuses(400);
        let second = agent.post("/work-orders/", json!({ "title": "Two", "status": "scheduled" })).await.answers(201);
        assert_eq!((&first["number"], &second["number"]), (&json!("WO0001"), &json!("WO0002")));
        assert_eq!((&first["priority"], &first["total_cost"], &first["tasks"]), (&json!("medium"), &json!(0), &json!([])));
        assert_eq!(first["completed_at"], Value::Null);
        let elsewhere = story.platform("outsider").await.post("/work-orders/", json!({ "title": "X" })).await.answers(201);
        assert_eq!(elsewhere["number"], "WO0001");
        assert_eq!(agent.get("/work-orders/WO0002/").await.answers(200), second);
    }

    async fn a_work_order_lives_as_the_table_says(story: Story) {
        let agent = story.platform("agent").await;
        let classic = story.classic("agent").await;
        let order = planned(&agent, json!({})).await;
        let path = at("/work-orders", &order, "");
        for refused in ["completed"] {
            let reply = agent.patch(&path, json!({ "status": refused })).await;
            assert_eq!(reply.code(), "INVALID_TRANSITION");
            reply.refuses(409);
            assert!(classic.patch(&path, json!({ "status": refused })).await.refuses(400)["status"].is_array());
        }
        assert_eq!(agent.patch(&path, json!({ "status": "scheduled" })).await.answers(200), order, "it is there already");
        for status in ["on_hold", "scheduled", "in_progress", "on_hold", "in_progress", "completed"] {
            assert_eq!(agent.patch(&path, json!({ "status": status })).await.answers(200)["status"], status);
        }
        let done = agent.get(&path).await.answers(200);
        assert_eq!(done["completed_at"], "2025-10-13T10:30:00Z");
        for refused in ["scheduled", "in_progress", "on_hold", "cancelled"] {
            agent.patch(&path, json!({ "status": refused })).await.refuses(409);
        }
        assert!(agent.patch(&path, json!({ "status": "done" })).await.refuses(400)["status"].is_array());
        assert_eq!(agent.get(&path).await.answers(200), done);
    }

    async fn what_makes_no_work_order_is_refused_by_its_field(story: Story) {
        let agent = story.platform("agent").await;
        for (field, more) in [
            ("title", json!({ "title": null })),
            ("title", json!({ "title": "x".repeat(256) })),
            ("title", json!({ "title": "a\u{0}b" })),
            ("description", json!({ "description": "x".repeat(65_537) })),
            ("status", json!({ "status": "completed" })),
            ("status", json!({ "status": "unknown" })),
            ("priority", json!({ "priority": "critical" })),
            ("scheduled_at", json!({ "scheduled_at": "tomorrow" })),
            ("estimated_duration", json!({ "estimated_duration": -5 })),
            ("estimated_duration", json!({ "estimated_duration": 43_201 })),
            ("estimated_duration", json!({ "estimated_duration": 1e30 })),
            ("estimated_duration", json!({ "estimated_duration": "long" })),
            ("customer_id", json!({ "customer_id": "cust_123" })),
            ("customer", json!({ "customer": 4711 })),
            ("location_id", json!({ "location_id": "018f0000-0000-7000-8000-000000000000" })),
            ("assigned_technician_id", json!({ "assigned_technician_id": 4711 })),
            ("assigned_technician", json!({ "assigned_technician": "customer" })),
            ("ticket", json!({ "ticket": "TX9999" })),
            ("tasks", json!({ "tasks": "x" })),
            ("tasks", json!({ "tasks": vec![json!({ "title": "x" }); 101] })),
            ("materials", json!({ "materials": [{}] })),
        ] {
            let details = agent.post("/work-orders/", with(more)).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
        assert_eq!(agent.get("/work-orders/").await.answers(200)["count"], 0);
    }

    async fn what_is_wrong_with_a_task_or_a_material_names_it(story: Story) {
        let agent = story.platform("agent").await;
        for (field, place, parts) in [
            ("tasks", "1.title", json!({ "tasks": [{ "title": "ok" }, { "title": " " }] })),
            ("tasks", "0.title", json!({ "tasks": [{}] })),
            ("tasks", "0.estimated_duration", json!({ "tasks": [{ "title": "ok", "estimated_duration": 0 }] })),
            ("tasks", "0.title", json!({ "tasks": [{ "title": 5 }] })),
            ("tasks", "0.id", json!({ "tasks": [{ "title": "ok", "id": 4711 }] })),
            ("materials", "0.name", json!({ "materials": [{ "quantity": 1 }] })),
            ("materials", "1.quantity", json!({ "materials": [{ "name": "ok" }, { "name": "x", "quantity": -1 }] })),
            ("materials", "0.quantity", json!({ "materials": [{ "name": "x", "quantity": 1.2345 }] })),
            ("materials", "0.quantity", json!({ "materials": [{ "name": "x", "quantity": 1e20 }] })),
            ("materials", "0.cost", json!({ "materials": [{ "name": "x", "cost": -0.01 }] })),
            ("materials", "0.cost", json!({ "materials": [{ "name": "x", "cost": 5.999 }] })),
            ("materials", "0.cost", json!({ "materials": [{ "name": "x", "cost": "12345678901" }] })),
            ("materials", "0.cost", json!({ "materials": [{ "name": "x", "cost": "much" }] })),
            ("materials", "0.cost", json!({ "materials": [{ "name": "x", "cost": [] }] })),
            ("materials", "0.unit", json!({ "materials": [{ "name": "x", "unit": "x".repeat(51) }] })),
        ] {
            let details = agent.post("/work-orders/", with(parts)).await.refuses(400);
            assert!(details[field][0].as_str().unwrap().starts_with(&format!("{place}: ")), "{place}: {details}");
        }
        assert_eq!(agent.get("/work-orders/").await.answers(200)["count"], 0);
    }

    async fn costs_are_exact_and_add_up(story: Story) {
        let agent = story.platform("agent").await;
        let costs = json!([{ "name": "A", "cost": 0.1 }, { "name": "B", "cost": "0.20" }, { "name": "C", "quantity": 2.5, "cost": 0 }]);
        let order = planned(&agent, json!({ "materials": costs })).await;
        assert_eq!(order["total_cost"], json!(0.3));
        assert_eq!(each(&order["materials"], "cost"), [json!(0.1), json!(0.2), json!(0)]);
        assert_eq!(each(&order["materials"], "quantity"), [json!(1), json!(1), json!(2.5)]);
        let path = at("/work-orders", &order, "materials/");
        let wire = json!({ "name": "Wire", "quantity": 0.125, "unit": "km", "cost": 9_999_999_999.0_f64 });
        let added = agent.post(&path, wire).await.answers(201);
        assert_eq!((&added["quantity"], &added["cost"]), (&json!(0.125), &json!(9_999_999_999_i64)));
        assert_eq!(agent.get(&at("/work-orders", &order, "")).await.answers(200)["total_cost"], json!(9_999_999_999.3));
    }

    async fn tasks_are_added_moved_done_and_removed(story: Story) {
        let agent = story.platform("agent").await;
        let order = planned(&agent, json!({})).await;
        let (path, tasks) = (at("/work-orders", &order, ""), at("/work-orders", &order, "tasks/"));
        let added = agent.post(&tasks, json!({ "title": "Reboot" })).await.answers(201);
        assert_eq!((&added["position"], &added["description"], &added["completed_by"]), (&json!(3), &json!(""), &Value::Null));
        let task = format!("{tasks}{}/", id(&added));
        assert_eq!(agent.get(&task).await.answers(200), added);
        assert_eq!(agent.patch(&task, json!({ "position": 1 })).await.answers(200)["position"], 1);
        let done = agent.patch(&task, json!({ "is_completed": true, "title": "Reboot it" })).await.answers(200);
        assert_eq!((&done["completed_by"]["first_name"], &done["completed_at"]), (&json!("Ann"), &json!("2025-10-13T10:30:00Z")));
        let first = agent.post(&tasks, json!({ "title": "Knock", "order": 1, "is_completed": true })).await.answers(201);
        assert_eq!(first["is_completed"], true);
        let titles = |list: &Value| each(list, "title").iter().map(|title| title.as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let list = agent.get(&tasks).await.answers(200);
        assert_eq!(titles(&list), ["Knock", "Reboot it", "Update software", "Check hardware"]);
        assert_eq!(list["count"], 4);
        assert_eq!(titles(&agent.get(&format!("{tasks}?page_size=3&page=2")).await.answers(200)), ["Check hardware"]);
        assert_eq!(agent.patch(&task, json!({ "is_completed": false })).await.answers(200)["completed_at"], Value::Null);
        agent.delete(&task).await.answers(204);
        agent.get(&task).await.refuses(404);
        agent.delete(&task).await.refuses(404);
        assert_eq!(each(&agent.get(&path).await.answers(200)["tasks"], "position"), [json!(1), json!(2), json!(3)]);
        for bad in [json!({}), json!({ "title": "x", "position": 0 }), json!({ "title": "x", "estimated_duration": -1 })] {
            agent.post(&tasks, bad).await.refuses(400);
        }
    }

    async fn materials_are_added_changed_and_removed(story: Story) {
        let classic = story.classic("agent").await;
        let order = planned(&classic, json!({})).await;
        let materials = at("/work-orders", &order, "materials/");
        let fan = classic.post(&materials, json!({ "name": "Fan", "cost": 20 })).await.answers(201);
        let path = format!("{materials}{}/", id(&fan));
        assert_eq!(fan, json!({ "id": fan["id"], "name": "Fan", "quantity": 1, "unit": "", "cost": 20 }));
        let changed = classic.patch(&path, json!({ "quantity": 2, "cost": 39.9 })).await.answers(200);
        assert_eq!((&changed["quantity"], &changed["cost"], &changed["name"]), (&json!(2), &json!(39.9), &json!("Fan")));
        assert_eq!(classic.get(&path).await.answers(200), changed);
        assert_eq!(each(&classic.get(&materials).await.answers(200), "name"), [json!("Cable ties"), json!("Fan")]);
        classic.delete(&path).await.answers(204);
        classic.patch(&path, json!({ "cost": 1 })).await.refuses(404);
        assert_eq!(classic.get(&at("/work-orders", &order, "")).await.answers(200)["total_cost"], json!(5.99));
    }

    async fn a_written_list_of_parts_replaces_the_present_one(story: Story) {
        let agent = story.platform("agent").await;
        let order = planned(&agent, json!({})).await;
        let path = at("/work-orders", &order, "");
        let check = order["tasks"][1]["id"].clone();
        let twice = agent.patch(&path, json!({ "tasks": [{ "id": check }, { "id": check }] })).await.refuses(400);
        assert_eq!(twice["tasks"], json!(["1.id: Is there twice."]));
        let body = json!({ "tasks": [{ "id": check, "is_completed": true }, { "title": "Report" }], "materials": [] });
        let changed = agent.patch(&path, body).await.answers(200);
        assert_eq!(each(&changed["tasks"], "title"), [json!("Check hardware"), json!("Report")]);
        assert_eq!(each(&changed["tasks"], "is_completed"), [json!(true), json!(false)]);
        assert_eq!((&changed["tasks"][0]["id"], &changed["tasks"][0]["estimated_duration"]), (&check, &json!(60)));
        assert_eq!((&changed["materials"], &changed["total_cost"]), (&json!([]), &json!(0)));
        let said: Vec<Value> = each(&agent.get(&format!("{path}history/")).await.answers(200), "details");
        for line in ["Task completed: Check hardware", "Task added: Report", "Task removed: Update software", "Material removed: Cable ties"] {
            assert!(said.contains(&json!(line)), "{line}: {said:?}");
        }
    }

    async fn the_history_tells_what_happened_newest_first(story: Story) {
        let agent = story.platform("agent").await;
        let order = planned(&agent, json!({ "assigned_technician": "technician" })).await;
        let path = at("/work-orders", &order, "");
        agent.patch(&path, json!({ "priority": "high", "status": "in_progress" })).await.answers(200);
        agent.patch(&path, json!({ "priority": "high", "status": "in_progress" })).await.answers(200);
        let history = agent.get(&format!("{path}history/")).await.answers(200);
        assert_eq!(each(&history, "details"), [
            json!("Status changed from scheduled to in_progress"),
            json!("Priority changed from medium to high"),
            json!("Assigned to Theo Miller"),
            json!("Work order created by Ann Miller"),
        ]);
        assert_eq!(history["results"][0]["actor"]["first_name"], "Ann");
        let kinds: Vec<Value> = each(&agent.get("/events/?after=0&limit=1000").await.answers(200), "type");
        for kind in ["work_order.created", "work_order.assigned", "work_order.status_changed", "work_order.updated"] {
            assert!(kinds.contains(&json!(kind)), "{kind}: {kinds:?}");
        }
    }

    async fn a_work_order_is_deleted_with_all_of_it_and_outlives_its_ticket(story: Story) {
        let (agent, admin) = (story.platform("agent").await, story.platform("admin").await);
        let ticket = agent.opens("Broken").await;
        let order = planned(&agent, json!({ "ticket_id": ticket["number"] })).await;
        let path = at("/work-orders", &order, "");
        admin.delete(&at("/tickets", &ticket, "")).await.answers(204);
        assert_eq!(agent.get(&path).await.answers(200)["ticket"], Value::Null);
        agent.delete(&path).await.answers(204);
        for gone in ["", "tasks/", "materials/", "history/"] {
            agent.get(&format!("{path}{gone}")).await.refuses(404);
        }
        assert_eq!(agent.get("/work-orders/?search=maintenance").await.answers(200)["count"], 0);
        assert_eq!(agent.get("/work-orders/").await.answers(200)["count"], 0);
        assert_eq!(planned(&agent, json!({})).await["number"], "WO0002", "a number is never given twice");
    }

    async fn a_work_order_is_planned_once_under_a_key_and_not_over_a_newer_one(story: Story) {
        let agent = story.platform("agent").await;
        let keyed = agent.with("Idempotency-Key", "one");
        let order = keyed.post("/work-orders/", maintenance()).await.answers(201);
        story.forget_answers().await;
        assert_eq!(keyed.post("/work-orders/", maintenance()).await.answers(201), order);
        keyed.post("/work-orders/", json!({ "title": "Other" })).await.refuses(422);
        let path = at("/work-orders", &order, "");
        for (part, body) in [("tasks/", json!({ "title": "Once" })), ("materials/", json!({ "name": "Once" }))] {
            let path = format!("{path}{part}");
            let once = agent.with("Idempotency-Key", part);
            let first = once.post(&path, body.clone()).await.answers(201);
            story.forget_answers().await;
            assert_eq!(once.post(&path, body).await.answers(201), first);
        }
        let tag = agent.get(&path).await.header("etag").to_owned();
        assert_eq!(agent.with("If-None-Match", &tag).get(&path).await.status, 304);
        agent.with("If-Match", &tag).patch(&path, json!({ "title": "Two" })).await.answers(200);
        agent.with("If-Match", &tag).patch(&path, json!({ "title": "Three" })).await.refuses(412);
        agent.with("If-Match", &tag).delete(&path).await.refuses(412);
        let task = format!("{path}tasks/{}/", id(&order["tasks"][0]));
        let tag = agent.get(&task).await.header("etag").to_owned();
        agent.with("If-Match", &tag).patch(&task, json!({ "is_completed": true })).await.answers(200);
        agent.with("If-Match", &tag).delete(&task).await.refuses(412);
        assert_eq!(agent.get("/work-orders/").await.answers(200)["count"], 1);
    }
}
