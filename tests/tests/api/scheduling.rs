//! Nobody is booked twice, unless they shall be.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at};
use serde_json::{Value, json};

/// An order of the technician, from such a time for so many minutes.
fn visit(at: &str, minutes: i64) -> Value {
    json!({ "title": "Visit", "assigned_technician": "technician", "scheduled_at": format!("2025-10-14T{at}:00Z"), "estimated_duration": minutes })
}

async fn booked(client: &Client, body: Value) -> u16 {
    client.post("/work-orders/", body).await.status
}

on_both_backends! {
    async fn a_technician_is_not_booked_twice_for_the_same_time(story: Story) {
        let (agent, classic) = (story.platform("agent").await, story.classic("agent").await);
        let first = agent.post("/work-orders/", visit("09:00", 60)).await.answers(201);
        for (start, minutes, status) in [("09:00", 60, 409), ("09:59", 10, 409), ("08:30", 31, 409), ("08:00", 300, 409), ("10:00", 30, 201), ("08:00", 60, 201)] {
            assert_eq!(booked(&agent, visit(start, minutes)).await, status, "{start}");
        }
        let refused = agent.post("/work-orders/", visit("09:15", 5)).await;
        assert_eq!(refused.code(), "CONFLICT");
        assert!(refused.text.contains("WO0001"), "{}", refused.text);
        assert!(classic.post("/work-orders/", visit("09:15", 5)).await.refuses(400)["status"][0].as_str().unwrap().contains("WO0001"));
        assert_eq!(booked(&agent, json!({ "title": "No technician", "scheduled_at": "2025-10-14T09:00:00Z", "estimated_duration": 60 })).await, 201);
        assert_eq!(booked(&agent, json!({ "title": "No length", "assigned_technician": "technician", "scheduled_at": "2025-10-14T09:30:00Z" })).await, 201);
        let mut forced = visit("09:15", 5);
        forced["force"] = json!(true);
        assert_eq!(booked(&agent, forced).await, 201);
        agent.patch(&at("/work-orders", &first, ""), json!({ "status": "cancelled" })).await.answers(200);
        assert_eq!(booked(&agent, visit("09:30", 20)).await, 201);
    }

    async fn an_order_is_not_moved_into_taken_time(story: Story) {
        let agent = story.platform("agent").await;
        agent.post("/work-orders/", visit("09:00", 60)).await.answers(201);
        let second = agent.post("/work-orders/", visit("10:00", 60)).await.answers(201);
        let path = at("/work-orders", &second, "");
        for change in [json!({ "scheduled_at": "2025-10-14T09:30:00Z" }), json!({ "scheduled_at": "2025-10-14T08:30:00Z", "estimated_duration": 31 })] {
            agent.patch(&path, change).await.refuses(409);
        }
        assert_eq!(agent.get(&path).await.answers(200), second);
        agent.patch(&path, json!({ "estimated_duration": 90, "title": "Longer" })).await.answers(200);
        let forced = json!({ "scheduled_at": "2025-10-14T09:30:00Z", "force": true });
        agent.patch(&path, forced).await.answers(200);
        agent.patch(&path, json!({ "title": "Nothing about its time" })).await.answers(200);
        agent.patch(&path, json!({ "assigned_technician": null })).await.answers(200);
        agent.patch(&path, json!({ "assigned_technician": "technician" })).await.refuses(409);
    }

    async fn of_many_who_book_the_same_time_one_does(story: Story) {
        let agent = story.platform("agent").await;
        let tries = (0..8).map(|_| booked(&agent, visit("09:00", 60)));
        let mut statuses = futures_util::future::join_all(tries).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
        assert_eq!(agent.get("/work-orders/").await.answers(200)["count"], 1);
    }
}
