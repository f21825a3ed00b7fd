//! Sandboxes: organizations whose time is moved forward.

use helpdesk_domain::delivery::port::Deliveries;
use helpdesk_domain::kernel::Moment;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Form, Story, at, each};
use serde_json::{Value, json};

const CURRENT: &str = "/organizations/current/";
const CLOCK: &str = "/organizations/current/clock/";
/// When a story begins.
const BEGINNING: &str = "2025-10-13T10:30:00Z";

/// The admin of a desk that has become a sandbox.
async fn sandbox(story: &Story) -> Client {
    let admin = story.platform("admin").await;
    assert_eq!(admin.patch(CURRENT, json!({ "sandbox": true })).await.answers(200)["sandbox"], true);
    admin
}

async fn advance(admin: &Client, seconds: i64) -> Value {
    let clock = admin.post(CLOCK, json!({ "advance_seconds": seconds })).await.answers(200);
    assert_eq!(clock["is_caught_up"], true);
    clock["now"].clone()
}

/// An answer in 10 minutes, resolved in 60, for everything.
async fn promised(admin: &Client) -> Value {
    let targets = json!({ "first_response": 10, "resolution": 60 });
    admin.post("/sla/policies/", json!({ "name": "All", "targets": targets })).await.answers(201)
}

/// When the alarms rang that the log has, in its order.
async fn rung(admin: &Client) -> Vec<String> {
    let events = admin.get("/events/?limit=1000").await.answers(200);
    let events = events["results"].as_array().unwrap().iter();
    let alarms = events.filter(|event| event["type"].as_str().unwrap().starts_with("ticket.sla_"));
    alarms.map(|event| event["occurred_at"].as_str().unwrap()[11..16].to_owned()).collect()
}

on_both_backends! {
    async fn what_comes_true_on_the_way_happens_in_order_and_with_its_own_time(story: Story) {
        let admin = sandbox(&story).await;
        let ticket = { promised(&admin).await; admin.opens("One").await };
        assert_eq!(advance(&admin, 1_500).await, "2025-10-13T10:55:00Z");
        assert_eq!(rung(&admin).await, ["10:35", "10:40"]);
        let second = admin.opens("Two").await;
        assert_eq!((&second["created_at"], &second["due_date"]), (&json!("2025-10-13T10:55:00Z"), &json!("2025-10-13T11:55:00Z")));
        let clock = admin.post(CLOCK, json!({ "now": "2025-10-13T11:31:00Z" })).await.answers(200);
        assert_eq!(clock, json!({ "now": "2025-10-13T11:31:00Z", "is_caught_up": true }));
        assert_eq!(rung(&admin).await, ["10:35", "10:40", "11:00", "11:00", "11:05", "11:25", "11:30"]);
        let breached = admin.get(&at("/tickets", &ticket, "")).await.answers(200);
        let status = &breached["sla_status"];
        assert_eq!((&status["status"], &status["time_remaining_minutes"]), (&json!("breached"), &json!(-1)));
        let late = admin.get("/tickets/?sla_status=breached").await.answers(200);
        assert_eq!(each(&late, "id"), [ticket["id"].clone()]);
        story.watch().await;
        assert_eq!(rung(&admin).await.len(), 7);
    }

    async fn what_was_promised_anew_just_before_counts(story: Story) {
        let admin = sandbox(&story).await;
        let policy = promised(&admin).await;
        admin.opens("One").await;
        let sooner = json!({ "targets": { "first_response": null, "resolution": 20 } });
        admin.patch(&at("/sla/policies", &policy, ""), sooner).await.answers(200);
        advance(&admin, 1_500).await;
        assert_eq!(rung(&admin).await, ["10:40", "10:50"]);
    }

    async fn what_is_due_later_in_a_sandbox_rings_when_its_time_has_come(mut story: Story) {
        let admin = sandbox(&story).await;
        promised(&admin).await;
        advance(&admin, 3_600).await;
        admin.opens("One").await;
        story.later(6);
        story.watch().await;
        assert_eq!(rung(&admin).await, ["11:35"]);
    }

    async fn what_comes_of_it_happens_on_the_way_too_before_what_is_due_later(story: Story) {
        let admin = sandbox(&story).await;
        promised(&admin).await;
        let filed = json!([{ "set": { "status": "pending", "category": "Technical" } }]);
        let late = json!({ "name": "Late", "when": { "event": "ticket.sla_breached" }, "then": filed });
        let when = json!({ "time": { "in": "status", "status": "pending", "after": 30 } });
        let waited = json!({ "name": "Waited", "when": when, "then": [{ "set": { "priority": "urgent" } }] });
        for rule in [late, waited] {
            admin.post("/rules/", rule).await.answers(201);
        }
        let route = json!({ "name": "Technical", "match": { "category": "Technical" }, "agents": ["agent"] });
        admin.post("/routes/", route).await.answers(201);
        let ticket = admin.opens("One").await;
        advance(&admin, 86_400).await;
        let events = admin.get("/events/?limit=1000").await.answers(200);
        let of_ticket = |event: &&Value| event["subject"]["id"] == ticket["id"];
        let told = |event: &Value| format!("{} {}", &event["occurred_at"].as_str().unwrap()[11..16], event["type"].as_str().unwrap());
        let told: Vec<_> = events["results"].as_array().unwrap().iter().filter(of_ticket).map(told).collect();
        assert_eq!(told, [
            "10:30 ticket.created", "10:35 ticket.sla_warned", "10:40 ticket.sla_breached", "10:40 ticket.updated",
            "10:40 ticket.status_changed", "10:40 ticket.assigned", "11:10 ticket.updated",
        ]);
        let now = admin.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!((&now["priority"], &now["updated_at"]), (&json!("urgent"), &json!("2025-10-13T11:10:00Z")));
    }

    async fn everybody_else_stays_in_real_time(story: Story) {
        let (admin, elsewhere) = (sandbox(&story).await, story.platform("outsider").await);
        promised(&elsewhere).await;
        elsewhere.opens("Theirs").await;
        advance(&admin, 86_400).await;
        story.watch().await;
        assert!(rung(&elsewhere).await.is_empty());
        assert_eq!(elsewhere.opens("Now").await["created_at"], BEGINNING);
        assert_eq!(elsewhere.get(CLOCK).await.answers(200)["now"], BEGINNING);
        assert_eq!(elsewhere.get(CURRENT).await.answers(200)["sandbox"], false);
    }

    async fn what_a_route_does_has_the_time_of_the_sandbox(story: Story) {
        let admin = sandbox(&story).await;
        let route = json!({ "name": "All", "department": "IT Department", "agents": ["agent"] });
        admin.post("/routes/", route).await.answers(201);
        advance(&admin, 86_400).await;
        let ticket = admin.opens("One").await;
        story.route().await;
        let given = admin.get(&at("/tickets", &ticket, "")).await.answers(200);
        assert_eq!((&given["assigned_to"]["first_name"], &given["updated_at"]), (&json!("Ann"), &json!("2025-10-14T10:30:00Z")));
    }

    async fn a_clock_is_moved_by_admins_of_sandboxes_only_forward_and_not_too_far(story: Story) {
        let admin = story.platform("admin").await;
        admin.post(CLOCK, json!({ "advance_seconds": 60 })).await.refuses(409);
        story.classic("admin").await.post(CLOCK, json!({ "advance_seconds": 60 })).await.refuses(400);
        sandbox(&story).await;
        for (field, wrong) in [
            ("advance_seconds", json!({})), ("advance_seconds", json!({ "advance_seconds": 0 })),
            ("advance_seconds", json!({ "advance_seconds": -1 })), ("advance_seconds", json!({ "advance_seconds": i64::MAX })),
            ("advance_seconds", json!({ "advance_seconds": 3_155_760_001_i64 })), ("advance_seconds", json!({ "advance_seconds": "x" })),
            ("now", json!({ "now": "2025-10-13T10:29:59Z" })), ("now", json!({ "now": BEGINNING })), ("now", json!({ "now": "9999-12-31" })),
            ("now", json!({ "now": "soon" })), ("now", json!({ "now": "2025-10-14", "advance_seconds": 1 })),
        ] {
            let details = admin.post(CLOCK, wrong.clone()).await.refuses(400);
            assert!(details.get(field).is_some(), "{wrong}: {details}");
        }
        for username in ["agent", "coordinator", "technician", "customer"] {
            story.platform(username).await.post(CLOCK, json!({ "advance_seconds": 60 })).await.refuses(403);
        }
        for (username, status) in [("customer", 403), ("technician", 403)] {
            story.platform(username).await.get(CLOCK).await.refuses(status);
        }
        story.stranger().post(CLOCK, json!({ "advance_seconds": 60 })).await.refuses(401);
        assert_eq!(story.platform("agent").await.get(CLOCK).await.answers(200)["now"], BEGINNING);
        assert_eq!(advance(&admin, 3_155_760_000).await, "2125-10-14T10:30:00Z");
        admin.post(CLOCK, json!({ "advance_seconds": 1 })).await.refuses(400);
    }

    async fn a_sandbox_whose_time_was_moved_stays_one(story: Story) {
        let admin = sandbox(&story).await;
        assert_eq!(admin.patch(CURRENT, json!({ "sandbox": false })).await.answers(200)["sandbox"], false);
        sandbox(&story).await;
        advance(&admin, 60).await;
        assert_eq!(admin.patch(CURRENT, json!({ "sandbox": true, "reopen_days": 5 })).await.answers(200)["sandbox"], true);
        admin.patch(CURRENT, json!({ "sandbox": false, "name": "Real" })).await.refuses(409);
        let shown = admin.get(CURRENT).await.answers(200);
        assert_eq!((&shown["sandbox"], &shown["name"]), (&json!(true), &json!("acme-corp")));
        assert_eq!(admin.get(CLOCK).await.answers(200)["now"], "2025-10-13T10:31:00Z");
        story.platform("agent").await.patch(CURRENT, json!({ "sandbox": false })).await.refuses(403);
    }

    async fn a_key_used_again_moves_the_clock_once(story: Story) {
        let admin = sandbox(&story).await.with("Idempotency-Key", "k");
        let first = admin.post(CLOCK, json!({ "advance_seconds": 600 })).await;
        let again = admin.post(CLOCK, json!({ "advance_seconds": 600 })).await;
        assert_eq!((again.status, &again.text), (200, &first.text));
        story.forget_answers().await;
        let again = admin.post(CLOCK, json!({ "advance_seconds": 600 })).await;
        assert_eq!((again.header("idempotent-replayed"), &again.text), ("true", &first.text));
        admin.post(CLOCK, json!({ "advance_seconds": 601 })).await.refuses(422);
        assert_eq!(admin.get(CLOCK).await.answers(200)["now"], "2025-10-13T10:40:00Z");
    }

    async fn a_moved_clock_is_an_event_and_a_line_of_the_audit_log(story: Story) {
        let admin = sandbox(&story).await;
        let before = admin.get("/events/").await.answers(200)["last_position"].clone();
        advance(&admin, 60).await;
        let events = admin.get(&format!("/events/?after={before}")).await.answers(200);
        assert_eq!(each(&events, "type"), ["organization.updated"]);
        let log = admin.get("/audit-log/?action=organization.updated").await.answers(200);
        let moved = json!([{ "field": "clock", "old": "2025-10-13T10:30:00+00:00", "new": "2025-10-13T10:31:00+00:00" }]);
        assert_eq!(each(&log, "details")[0]["changes"], moved);
        assert_eq!(each(&log, "details")[1]["changes"], json!([{ "field": "sandbox", "old": "false", "new": "true" }]));
    }

    async fn windows_of_time_are_those_of_the_sandbox(story: Story) {
        let admin = sandbox(&story).await;
        let customer = story.platform("customer").await;
        let ticket = customer.opens("One").await;
        let comment = customer.post(&at("/tickets", &ticket, "comments/"), json!({ "content": "x" })).await.answers(201);
        admin.post(&at("/tickets", &ticket, "resolve/"), json!({})).await.answers(200);
        advance(&admin, 16 * 60).await;
        let edit = at(&at("/tickets", &ticket, "comments"), &comment, "");
        customer.patch(&edit, json!({ "content": "y" })).await.refuses(403);
        advance(&admin, 31 * 86_400).await;
        let refused = customer.post(&at("/tickets", &ticket, "reopen/"), json!({})).await;
        assert!((400..500).contains(&refused.status), "{}", refused.text);
        let csv = admin.get("/tickets/export/?format=csv").await;
        assert!(csv.header("content-disposition").contains("20251113T104600Z"), "{:?}", csv.headers);
    }

    async fn credentials_and_links_stay_in_real_time(mut story: Story) {
        let admin = sandbox(&story).await;
        let ticket = admin.opens("One").await;
        advance(&admin, 365 * 86_400).await;
        let form = Form::with_file("file", "x.txt", "content");
        let file = admin.upload(&at("/tickets", &ticket, "attachments/"), &form).await.answers(201);
        assert_eq!(file["created_at"], "2026-10-13T10:30:00Z");
        let url = file["url"].as_str().unwrap().to_owned();
        assert_eq!(story.root().get(&url).await.status, 200);
        assert_eq!(story.platform("admin").await.get(CURRENT).await.status, 200);
        story.later(91);
        story.root().get(&url).await.refuses(401);
        story.later(60 * 24);
        admin.get(CURRENT).await.refuses(401);
    }

    async fn webhooks_are_told_at_once_with_the_times_of_the_sandbox(story: Story) {
        let admin = sandbox(&story).await;
        promised(&admin).await;
        let hook = json!({ "name": "Chat", "url": "https://1.1.1.1/hook", "events": ["ticket.sla_breached"] });
        let hook = admin.post("/webhooks/", hook).await.answers(201);
        admin.opens("One").await;
        advance(&admin, 7_200).await;
        let told = admin.get(&at("/webhooks", &hook, "deliveries/")).await.answers(200);
        assert_eq!(each(&told, "created_at"), ["2025-10-13T11:30:00Z", "2025-10-13T10:40:00Z"]);
        let real: Moment = BEGINNING.parse().unwrap();
        assert_eq!(story.store.due(real).await.unwrap().len(), 1);
    }
}
