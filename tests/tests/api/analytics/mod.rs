//! Figures (seed 001): what is asked for, who may ask, and that every number is right.

mod numbers;
mod recount;

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at};
use serde_json::{Value, json};

const REPORTS: [&str; 5] = ["dashboard", "tickets", "work-orders", "users", "performance"];

fn path(report: &str, query: &str) -> String {
    format!("/analytics/{report}/{query}")
}

fn names(body: &Value) -> Vec<&str> {
    body.as_object().unwrap().keys().map(String::as_str).collect()
}

on_both_backends! {
    async fn figures_are_for_staff_in_both_dialects(story: Story) {
        for report in REPORTS {
            for staff in ["agent", "coordinator", "admin"] {
                let platform = story.platform(staff).await.get(&path(report, "")).await.answers(200);
                let classic = story.classic(staff).await.get(&path(report, "")).await.answers(200);
                assert_eq!(names(&platform), names(&classic));
            }
            for other in ["customer", "technician"] {
                story.platform(other).await.get(&path(report, "")).await.refuses(403);
                story.classic(other).await.get(&path(report, "")).await.refuses(403);
            }
            story.stranger().get(&path(report, "")).await.refuses(401);
        }
    }

    async fn a_range_is_of_whole_days_of_the_organizations_zone(story: Story) {
        let admin = story.platform("admin").await;
        admin.patch("/organizations/current/", json!({ "time_zone": "Pacific/Auckland" })).await.answers(200);
        // 10:30 UTC of the 13th is 23:30 there.
        for (range, from) in [("7d", "2025-10-06T11:00:00Z"), ("30d", "2025-09-13T12:00:00Z"), ("1y", "2024-10-13T11:00:00Z")] {
            let body = admin.get(&path("dashboard", &format!("?date_range={range}"))).await.answers(200);
            assert_eq!(body["date_range"], json!({ "from": from, "to": "2025-10-13T11:00:00Z" }), "{range}");
            assert_eq!(body["time_zone"], "Pacific/Auckland");
        }
        let body = admin.get(&path("tickets", "")).await.answers(200);
        assert_eq!(body["series"].as_array().unwrap().len(), 30);
        assert_eq!(body["series"][29]["date"], "2025-10-13");
        let body = admin.get(&path("users", "?date_from=2025-09-27&date_to=2025-09-28T02:00:00Z")).await.answers(200);
        assert_eq!(body["date_range"], json!({ "from": "2025-09-26T12:00:00Z", "to": "2025-09-28T11:00:00Z" }));
    }

    async fn metrics_pick_parts_by_their_names(story: Story) {
        let agent = story.platform("agent").await;
        let body = agent.get(&path("dashboard", "?metrics=sla,series")).await.answers(200);
        assert_eq!(names(&body), ["date_range", "series", "sla", "time_zone"]);
        for report in REPORTS {
            let details = agent.get(&path(report, "?metrics=weather")).await.refuses(400);
            assert!(details["metrics"].is_array(), "{details}");
        }
    }

    async fn bad_parameters_are_errors_on_their_fields(story: Story) {
        for client in [story.platform("agent").await, story.classic("agent").await] {
            for (field, value) in [
                ("date_range", "2w"),
                ("date_range", "30D"),
                ("date_from", "yesterday"),
                ("date_from", "0001-01-01"),
                ("date_from", "2030-01-01"),
                ("date_to", "2025-13-01"),
                ("date_to", "99999999999999999999"),
                ("filters", "{"),
                ("filters", "[]"),
                ("filters", "5"),
                ("filters", "high"),
                ("filters", r#"{"priority": "loud"}"#),
                ("filters", r#"{"status": {}}"#),
                ("filters", r#"{"category": 4711}"#),
                ("filters", r#"{"assigned_to": "nobody-of-that-name"}"#),
                ("filters", r#"{"created_after": "yesterday"}"#),
                ("filters", r#"{"tags": ["\u0000"]}"#),
            ] {
                for report in ["dashboard", "tickets", "performance"] {
                    let query = format!("?{field}={}", urlencoded(value));
                    let details = client.get(&path(report, &query)).await.refuses(400);
                    assert!(details[field].is_array(), "{field}={value}: {details}");
                }
            }
        }
    }

    async fn dates_at_the_ends_of_time_are_days_like_others(story: Story) {
        let agent = story.platform("agent").await;
        for query in ["?date_to=0001-01-01", "?date_to=9999-12-31", "?date_from=9999-12-30&date_to=9999-12-31"] {
            for report in REPORTS {
                agent.get(&path(report, query)).await.answers(200);
            }
        }
    }

    async fn accounts_are_counted_by_role_and_by_the_day_they_were_made(story: Story) {
        let mut story = story;
        let agent = story.platform("agent").await;
        let before = agent.get(&path("users", "?date_range=7d")).await.answers(200);
        assert_eq!(before["totals"]["total"], 7);
        assert_eq!(before["by_role"], json!({ "admin": 1, "agent": 2, "coordinator": 1, "customer": 2, "technician": 1 }));
        story.later(24 * 60);
        for name in ["nina", "nora"] {
            let body = json!({
                "email": format!("{name}@example.com"), "username": name, "password": "password123",
                "first_name": "N", "last_name": "N", "organization_slug": "acme-corp",
            });
            story.stranger().post("/auth/register/", body).await.answers(201);
        }
        let after = story.platform("agent").await.get(&path("users", "?date_range=7d")).await.answers(200);
        assert_eq!(after["series"][6], json!({ "date": "2025-10-14", "new": 2 }));
        assert_eq!(after["series"][5], json!({ "date": "2025-10-13", "new": 7 }));
        assert_eq!(after["totals"]["new"], 9);
        let classic = story.classic("agent").await.get(&path("users", "")).await.answers(200);
        assert_eq!(classic["by_role"], json!({ "admin": 4, "customer": 5 }));
    }

    async fn work_orders_are_counted_by_state_day_and_technician(story: Story) {
        let mut story = story;
        let agent = story.platform("agent").await;
        let theo = agent.get("/users/technician/").await.answers(200);
        let mut orders = Vec::new();
        for (title, cost) in [("Late", 10.5), ("In time", 0.25), ("Never", 99.0)] {
            let body = json!({
                "title": title, "assigned_technician": theo["id"], "scheduled_at": format!("2025-10-13T1{}:00:00Z", orders.len()),
                "estimated_duration": 50, "materials": [{ "name": "Cable", "quantity": 1, "unit": "m", "cost": cost }],
            });
            orders.push(agent.post("/work-orders/", body).await.answers(201));
        }
        story.later(20);
        for order in &orders[..2] {
            for status in ["in_progress", "completed"] {
                agent.patch(&at("/work-orders", order, ""), json!({ "status": status })).await.answers(200);
            }
        }
        let body = agent.get(&path("work-orders", "?date_range=7d")).await.answers(200);
        assert_eq!(body["by_status"], json!({
            "scheduled": 1, "in_progress": 0, "on_hold": 0, "completed": 2, "cancelled": 0,
        }));
        // At 10:50 the first should just have been done, and the second has begun early.
        assert_eq!(body["totals"], json!({
            "open": 1, "overdue": 0, "completed": 2, "judged": 2, "on_time": 2, "on_time_rate": 1.0, "total_cost": 10.75,
        }));
        let day = json!({ "date": "2025-10-13", "completed": 2, "on_time_rate": 1.0, "total_cost": 10.75 });
        assert_eq!(body["series"][6], day);
        let name = json!({ "id": theo["id"], "name": "Theo Miller" });
        let load = json!([{ "technician": name, "open": 1, "completed": 2, "on_time_rate": 1.0, "total_cost": 10.75 }]);
        assert_eq!(body["technicians"], load);
        assert_eq!(agent.get(&path("dashboard", "")).await.answers(200)["work_orders"], body["totals"]);
    }

    async fn what_waits_to_be_sent_is_told_of_ones_own_organization(story: Story) {
        let body = story.platform("agent").await.get(&path("performance", "")).await.answers(200);
        let nothing = json!({ "waiting": 0, "failing": 0, "oldest_seconds": null });
        assert_eq!(body["queues"], json!({ "mail": nothing, "workflow": nothing, "webhooks": nothing }));
        assert!(body["events"]["last_position"].as_i64().unwrap() >= 7);
        assert!(body["database"]["size_bytes"].as_u64().unwrap() > 0);
    }

    async fn messages_to_webhooks_wait_in_a_queue_of_their_own(story: Story) {
        let admin = story.platform("admin").await;
        admin.post("/webhooks/", json!({ "name": "Chat", "url": "https://1.1.1.1/", "events": ["ticket.created"] })).await.answers(201);
        admin.opens("One").await;
        let queues = admin.get(&path("performance", "")).await.answers(200)["queues"].clone();
        assert_eq!((&queues["webhooks"]["waiting"], &queues["workflow"]["waiting"]), (&json!(1), &json!(0)));
        let theirs = story.platform("outsider").await.get(&path("performance", "")).await.answers(200);
        assert_eq!(theirs["queues"]["webhooks"]["waiting"], 0);
    }
}

fn urlencoded(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
