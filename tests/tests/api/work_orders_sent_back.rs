//! Work orders and customers, sent back as they were read.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at};
use serde_json::json;

use super::work_orders::planned;

on_both_backends! {
    async fn what_was_read_of_a_work_order_is_taken_back_whoever_reads_it(story: Story) {
        for (staff, theo) in [("platform", story.platform("technician").await), ("classic", story.classic("technician").await)] {
            let agent = if staff == "platform" { story.platform("agent").await } else { story.classic("agent").await };
            let ticket = agent.opens("Not the technician's").await;
            theo.get(&at("/tickets", &ticket, "")).await.refuses(404);
            let order = planned(&agent, json!({ "assigned_technician": "technician", "ticket": ticket["id"], "force": true })).await;
            let path = at("/work-orders", &order, "");
            let mut body = theo.get(&path).await.answers(200);
            body["status"] = json!("in_progress");
            let changed = theo.put(&path, body).await.answers(200);
            assert_eq!((&changed["status"], &changed["ticket"]["id"]), (&json!("in_progress"), &ticket["id"]), "{staff}");
            let another = agent.opens("Another").await;
            theo.patch(&path, json!({ "ticket": another["id"] })).await.refuses(400);
        }
    }

    async fn a_technician_and_a_customer_who_are_gone_stay_where_they_were(story: Story) {
        let admin = story.platform("admin").await;
        let theo = admin.get("/users/?search=technician").await.answers(200)["results"][0].clone();
        let order = planned(&admin, json!({ "assigned_technician": theo["id"] })).await;
        let customer = admin.post("/customers/", json!({ "name": "Theo", "user": theo["id"] })).await.answers(201);
        admin.delete(&at("/users", &theo, "")).await.answers(204);
        for (list, thing) in [("/work-orders", order), ("/customers", customer)] {
            let path = at(list, &thing, "");
            let read = admin.get(&path).await.answers(200);
            assert_eq!(admin.put(&path, read.clone()).await.answers(200), read);
        }
    }
}
