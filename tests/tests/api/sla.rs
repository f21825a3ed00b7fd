//! Policies, calendars, and trying them out.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each, id};
use serde_json::{Value, json};

/// Worked cases; the domain's tests have the same.
const VECTORS: &str = include_str!("../../../crates/domain/src/sla/calendar/tests/vectors.json");

fn office() -> Value {
    let days = ["mon", "tue", "wed", "thu", "fri"].map(|day| (day.to_owned(), json!([["09:00", "17:00"]])));
    json!({ "timezone": "UTC", "weekly": days.into_iter().collect::<serde_json::Map<_, _>>(), "holidays": ["2025-12-25"] })
}

fn named(name: &str, form: &Value) -> Value {
    let mut body = form.clone();
    body["name"] = json!(name);
    body
}

fn keyed(client: &Client) -> Client {
    client.with("Idempotency-Key", "k1")
}

fn instant(value: &Value) -> i64 {
    value.as_str().unwrap().parse::<helpdesk_domain::kernel::Moment>().unwrap().timestamp_micros()
}

async fn opened(client: &Client, body: Value) -> Value {
    let mut ticket = json!({ "title": "Server is down", "description": "x" });
    ticket.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
    client.post("/tickets/", ticket).await.answers(201)
}

/// A policy of that name and resolution target, for tickets that match.
async fn promised(admin: &Client, name: &str, minutes: i64, conditions: Value) -> Value {
    let body = json!({ "name": name, "match": conditions, "targets": { "resolution": minutes } });
    admin.post("/sla/policies/", body).await.answers(201)
}

on_both_backends! {
    async fn every_worked_case_holds_over_the_wire(story: Story) {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let clients = [story.platform("agent").await, story.classic("agent").await];
        for (n, vector) in vectors["vectors"].as_array().unwrap().iter().enumerate() {
            let mut body = json!({ "calendar": vector["calendar"], "start": vector["start"], "pauses": vector["pauses"] });
            for field in ["seconds", "end"].into_iter().filter(|field| !vector[*field].is_null()) {
                body[field] = vector[field].clone();
            }
            let answer = clients[n % 2].post("/sla/simulate/", body).await.answers(200);
            match vector["kind"].as_str().unwrap() {
                "deadline" => assert_eq!(instant(&answer["due"]), instant(&vector["expected"]), "{vector} {answer}"),
                "next_open" => assert_eq!(instant(&answer["next_open"]), instant(&vector["expected"]), "{vector} {answer}"),
                _ => assert_eq!(answer["elapsed_seconds"], vector["expected"], "{vector} {answer}"),
            }
        }
    }

    async fn a_simulation_tells_how_the_time_goes_by(story: Story) {
        let agent = story.platform("agent").await;
        let body = json!({ "calendar": office(), "start": "2025-12-24T16:00:00Z", "seconds": 7200,
            "pauses": [{ "from": "2025-12-24T16:15:00Z", "to": "2025-12-24T16:30:00Z" }] });
        let answer = agent.post("/sla/simulate/", body).await.answers(200);
        assert_eq!(answer["due"], "2025-12-26T10:15:00Z");
        let part = |from: &str, to: &str, counted: bool, reason: &str| json!({ "from": from, "to": to, "counted": counted, "reason": reason });
        assert_eq!(answer["intervals"], json!([
            part("2025-12-24T16:00:00Z", "2025-12-24T16:15:00Z", true, "open"),
            part("2025-12-24T16:15:00Z", "2025-12-24T16:30:00Z", false, "paused"),
            part("2025-12-24T16:30:00Z", "2025-12-24T17:00:00Z", true, "open"),
            part("2025-12-24T17:00:00Z", "2025-12-25T00:00:00Z", false, "closed"),
            part("2025-12-25T00:00:00Z", "2025-12-26T00:00:00Z", false, "holiday"),
            part("2025-12-26T00:00:00Z", "2025-12-26T09:00:00Z", false, "closed"),
            part("2025-12-26T09:00:00Z", "2025-12-26T10:15:00Z", true, "open"),
        ]));
        let elapsed = json!({ "calendar": office(), "start": "2025-12-24T16:59:59.5Z", "end": "2025-12-26T09:00:01Z" });
        assert_eq!(agent.post("/sla/simulate/", elapsed).await.answers(200)["elapsed_seconds"], 1.5);
    }

    async fn what_never_opens_is_null_with_a_reason(story: Story) {
        let agent = story.platform("agent").await;
        let never = json!({ "timezone": "Europe/Berlin", "weekly": {} });
        let mut body = json!({ "calendar": never, "start": "2025-01-01T00:00:00Z" });
        assert_eq!(agent.post("/sla/simulate/", body.clone()).await.answers(200), json!({ "next_open": null, "reason": "never_open" }));
        body["seconds"] = json!(1);
        let answer = agent.post("/sla/simulate/", body).await.answers(200);
        assert_eq!((&answer["due"], &answer["reason"]), (&Value::Null, &json!("never_open")));
        assert_eq!(answer["intervals"], json!([{ "from": "2025-01-01T00:00:00Z", "to": null, "counted": false, "reason": "closed" }]));
        let paused = json!({ "calendar": office(), "start": "2025-01-06T09:00:00Z", "seconds": 60, "pauses": [{ "from": "2025-01-06T09:00:30Z", "to": null }] });
        let answer = agent.post("/sla/simulate/", paused).await.answers(200);
        assert_eq!((&answer["due"], &answer["reason"]), (&Value::Null, &json!("paused")));
    }

    async fn what_makes_no_simulation_is_refused_by_its_field(story: Story) {
        let agent = story.platform("agent").await;
        let good = json!({ "calendar": office(), "start": "2025-01-01T00:00:00Z" });
        for (field, value) in [
            ("calendar", json!({ "timezone": "Mars/Olympus", "weekly": {} })),
            ("calendar", json!({ "weekly": {} })),
            ("calendar", json!({ "timezone": "UTC" })),
            ("calendar", json!({ "timezone": "UTC", "weekly": { "mon": [["09:00", "12:00"], ["11:00", "13:00"]] } })),
            ("calendar", json!({ "timezone": "UTC", "weekly": { "mon": [["25:00", "26:00"]] } })),
            ("calendar", json!({ "timezone": "UTC", "weekly": { "someday": [] } })),
            ("calendar", json!({ "timezone": "UTC", "weekly": {}, "holidays": ["2025-02-30"] })),
            ("calendar", json!([])),
            ("calendar", Value::Null),
            ("start", json!("yesterday")),
            ("start", Value::Null),
            ("seconds", json!(-1)),
            ("seconds", json!("many")),
            ("seconds", json!(1e300)),
            ("end", json!(5)),
            ("pauses", json!([{ "to": "2025-01-01T00:00:00Z" }])),
            ("pauses", json!([{ "from": "2025-01-02T00:00:00Z", "to": "2025-01-01T00:00:00Z" }])),
            ("pauses", json!("none")),
        ] {
            let mut body = good.clone();
            body[field] = value.clone();
            let details = agent.post("/sla/simulate/", body).await.refuses(400);
            assert!(details[field].is_array(), "{field} {value}: {details}");
        }
        let details = agent.post("/sla/simulate/", json!({ "calendar_id": 4711, "start": "2025-01-01T00:00:00Z" })).await.refuses(400);
        assert!(details["calendar_id"].is_array(), "{details}");
    }

    async fn a_calendar_is_kept_changed_and_tried_out_by_its_id(story: Story) {
        for admin in [story.platform("admin").await, story.classic("admin").await] {
            let calendar = admin.post("/sla/calendars/", named("Office", &office())).await.answers(201);
            assert_eq!((&calendar["name"], &calendar["weekly"], &calendar["holidays"]), (&json!("Office"), &office()["weekly"], &json!(["2025-12-25"])));
            let try_out = json!({ "calendar_id": calendar["id"], "start": "2025-12-25T10:00:00Z" });
            let next = admin.post("/sla/simulate/", try_out.clone()).await.answers(200);
            assert_eq!(next, json!({ "next_open": "2025-12-26T09:00:00Z" }));
            let path = at("/sla/calendars", &calendar, "");
            let changed = admin.patch(&path, json!({ "holidays": [] })).await.answers(200);
            assert_eq!((&changed["weekly"], &changed["holidays"]), (&office()["weekly"], &json!([])));
            assert_eq!(admin.post("/sla/simulate/", try_out).await.answers(200), json!({ "next_open": "2025-12-25T10:00:00Z" }));
            assert_eq!(admin.put(&path, changed.clone()).await.answers(200), changed);
            assert_eq!(each(&admin.get("/sla/calendars/?search=off").await.answers(200), "id"), [calendar["id"].clone()]);
            admin.delete(&path).await.answers(204);
            admin.get(&path).await.refuses(404);
        }
    }

    async fn what_makes_no_calendar_is_refused_by_its_field(story: Story) {
        let admin = story.platform("admin").await;
        for (field, value) in [
            ("name", json!("")),
            ("name", json!(5)),
            ("timezone", json!("Nowhere")),
            ("timezone", json!(5)),
            ("weekly", json!({})),
            ("weekly", json!({ "mon": [["09:00", "09:00:99"]] })),
            ("holidays", json!("2025-12-25")),
            ("holidays", json!(vec!["2025-12-25"; 1001])),
            ("date_overrides", json!({ "2025-12-25": [["09:00"]] })),
            ("date_breaks", json!({ "tomorrow": [] })),
        ] {
            let mut body = named("Office", &office());
            body[field] = value.clone();
            let details = admin.post("/sla/calendars/", body).await.refuses(400);
            assert!(details[field].is_array(), "{field} {value}: {details}");
        }
        assert_eq!(admin.get("/sla/calendars/").await.answers(200)["count"], 0);
    }

    async fn a_calendar_that_was_open_only_in_the_past_is_refused(story: Story) {
        let admin = story.platform("admin").await;
        let open_on = |date: &str| json!({ "timezone": "UTC", "weekly": {}, "date_overrides": { date: [["09:00", "17:00"]] } });
        let details = admin.post("/sla/calendars/", named("Past", &open_on("2025-10-12"))).await.refuses(400);
        assert!(details["weekly"].is_array(), "{details}");
        admin.post("/sla/calendars/", named("Today", &open_on("2025-10-13"))).await.answers(201);
    }

    async fn staff_read_service_levels_and_admins_write_them(story: Story) {
        let (admin, agent, customer) = (story.platform("admin").await, story.platform("agent").await, story.platform("customer").await);
        let calendar = admin.post("/sla/calendars/", named("Office", &office())).await.answers(201);
        let policy = promised(&admin, "All", 60, json!({})).await;
        for (folder, thing) in [("/sla/calendars", &calendar), ("/sla/policies", &policy)] {
            let path = at(folder, thing, "");
            assert_eq!(agent.get(&path).await.answers(200), *thing);
            agent.patch(&path, json!({ "name": "X" })).await.refuses(403);
            agent.delete(&path).await.refuses(403);
            agent.post(&format!("{folder}/"), json!({})).await.refuses(403);
            customer.get(&path).await.refuses(403);
            customer.get(&format!("{folder}/")).await.refuses(403);
            story.platform("outsider").await.get(&path).await.refuses(404);
        }
        customer.post("/sla/simulate/", json!({ "calendar": office(), "start": "2025-01-01T00:00:00Z" })).await.refuses(403);
    }

    async fn a_policy_is_kept_and_changed_in_parts(story: Story) {
        let admin = story.platform("admin").await;
        let calendar = admin.post("/sla/calendars/", named("Office", &office())).await.answers(201);
        let category = admin.post("/categories/", json!({ "name": "Servers" })).await.answers(201);
        admin.post("/tags/", json!({ "name": "vip" })).await.answers(201);
        let body = json!({
            "name": "Servers", "match": { "priority": ["high", "critical"], "category": ["Servers"], "tags": ["vip"] },
            "targets": { "first_response": 30, "next_response": null, "resolution": 480 }, "calendar": calendar["id"],
        });
        let policy = admin.post("/sla/policies/", body).await.answers(201);
        assert_eq!(policy["match"], json!({ "priority": ["high", "critical"], "category": [category["id"]], "department": [], "tags": ["vip"] }));
        assert_eq!(policy["targets"], json!({ "first_response": 30, "next_response": null, "resolution": 480 }));
        assert_eq!((&policy["position"], &policy["at_risk_percent"], &policy["calendar"]), (&json!(1), &json!(50), &calendar["id"]));
        let path = at("/sla/policies", &policy, "");
        assert_eq!(admin.put(&path, policy.clone()).await.answers(200), policy, "nothing has changed");
        let changed = admin.patch(&path, json!({ "match": { "tags": [] }, "targets": { "first_response": null }, "at_risk_percent": 20 })).await;
        let changed = changed.answers(200);
        assert_eq!((&changed["match"]["priority"], &changed["match"]["tags"]), (&policy["match"]["priority"], &json!([])));
        assert_eq!(changed["targets"], json!({ "first_response": null, "next_response": null, "resolution": 480 }));
        admin.patch(&path, json!({ "targets": { "resolution": null } })).await.refuses(400);
        admin.delete(&at("/sla/calendars", &calendar, "")).await.refuses(409);
        assert_eq!(admin.patch(&path, json!({ "calendar": null })).await.answers(200)["calendar"], Value::Null);
        admin.delete(&at("/sla/calendars", &calendar, "")).await.answers(204);
        admin.delete(&path).await.answers(204);
        admin.get(&path).await.refuses(404);
    }

    async fn classic_shows_a_policy_with_integers_and_its_own_words(story: Story) {
        let admin = story.classic("admin").await;
        let policy = promised(&admin, "Urgent", 60, json!({ "priority": ["urgent"], "category": ["general"] })).await;
        assert!(policy["id"].is_i64() && policy["match"]["category"][0].is_i64(), "{policy}");
        assert_eq!(policy["match"]["priority"], json!(["urgent"]));
        let same = story.platform("admin").await.get(&at("/sla/policies", &policy, "")).await.answers(200);
        assert_eq!(same["match"]["priority"], json!(["urgent", "critical"]));
    }

    async fn a_policy_that_classic_sends_back_as_it_was_read_stays_as_it_was(story: Story) {
        let (admin, classic) = (story.platform("admin").await, story.classic("admin").await);
        let policy = promised(&admin, "Critical", 60, json!({ "priority": ["critical", "low"] })).await;
        let path = at("/sla/policies", &policy, "");
        let read = classic.get(&path).await.answers(200);
        assert_eq!(read["match"]["priority"], json!(["low", "urgent"]));
        classic.put(&path, read).await.answers(200);
        assert_eq!(admin.get(&path).await.answers(200)["match"], policy["match"]);
        classic.patch(&path, json!({ "match": { "priority": ["high", "urgent"] } })).await.answers(200);
        assert_eq!(admin.get(&path).await.answers(200)["match"]["priority"], json!(["high", "critical"]));
    }

    async fn what_makes_no_policy_is_refused_by_its_field(story: Story) {
        let admin = story.platform("admin").await;
        for (field, body) in [
            ("name", json!({ "targets": { "resolution": 5 } })),
            ("targets", json!({ "name": "X" })),
            ("targets", json!({ "name": "X", "targets": { "resolution": null } })),
            ("targets", json!({ "name": "X", "targets": { "resolution": 0 } })),
            ("targets", json!({ "name": "X", "targets": { "resolution": "soon" } })),
            ("targets", json!({ "name": "X", "targets": { "resolution": 99_999_999 } })),
            ("match", json!({ "name": "X", "targets": { "resolution": 5 }, "match": { "priority": ["asap"] } })),
            ("match", json!({ "name": "X", "targets": { "resolution": 5 }, "match": { "category": ["nowhere"] } })),
            ("match", json!({ "name": "X", "targets": { "resolution": 5 }, "match": { "department": [4711] } })),
            ("match", json!({ "name": "X", "targets": { "resolution": 5 }, "match": { "tags": ["unknown"] } })),
            ("match", json!({ "name": "X", "targets": { "resolution": 5 }, "match": [] })),
            ("calendar", json!({ "name": "X", "targets": { "resolution": 5 }, "calendar": 4711 })),
            ("position", json!({ "name": "X", "targets": { "resolution": 5 }, "position": -1 })),
            ("at_risk_percent", json!({ "name": "X", "targets": { "resolution": 5 }, "at_risk_percent": 100 })),
        ] {
            let details = admin.post("/sla/policies/", body.clone()).await.refuses(400);
            assert!(details[field].is_array(), "{field} {body}: {details}");
        }
        assert_eq!(admin.get("/sla/policies/").await.answers(200)["count"], 0);
    }

    async fn policies_come_by_position_and_the_most_specific_judges(story: Story) {
        let admin = story.platform("admin").await;
        promised(&admin, "All", 100, json!({})).await;
        promised(&admin, "High", 200, json!({ "priority": ["high"] })).await;
        let both = promised(&admin, "High and general", 300, json!({ "priority": ["high"], "category": ["general"] })).await;
        let first = admin.patch(&at("/sla/policies", &both, ""), json!({ "position": 0 })).await.answers(200);
        assert_eq!(each(&admin.get("/sla/policies/").await.answers(200), "name"), ["High and general", "All", "High"]);
        assert_eq!(each(&admin.get("/sla/policies/?ordering=-name").await.answers(200), "name"), ["High and general", "High", "All"]);
        assert_eq!(first["position"], 0);
        for (body, minutes) in [
            (json!({ "priority": "low" }), 100),
            (json!({ "priority": "high" }), 200),
            (json!({ "priority": "high", "category": "general" }), 300),
        ] {
            assert_eq!(opened(&admin, body).await["sla_status"]["time_remaining_minutes"], minutes);
        }
    }

    async fn a_repeated_request_makes_one_policy_and_a_stale_change_none(story: Story) {
        let admin = story.platform("admin").await;
        let body = json!({ "name": "All", "targets": { "resolution": 5 } });
        let once = keyed(&admin).post("/sla/policies/", body.clone()).await.answers(201);
        assert_eq!(keyed(&admin).post("/sla/policies/", body.clone()).await.answers(201), once);
        story.forget_answers().await;
        assert_eq!(keyed(&admin).post("/sla/policies/", body).await.answers(201), once);
        assert_eq!(admin.get("/sla/policies/").await.answers(200)["count"], 1);
        assert_eq!(id(&once).len(), 36);
    }
}
