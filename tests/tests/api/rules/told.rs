//! What rules tell people and programs.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each};
use serde_json::{Value, json};

use super::{log, on, rule};

async fn automation(client: &Client) -> Value {
    client.get("/notifications/?type=automation").await.answers(200)["results"].clone()
}

on_both_backends! {
    async fn people_and_roles_are_told_in_the_desk_what_a_rule_says(story: Story) {
        let customer = story.platform("customer").await;
        let then = json!([
            { "assign": "bob" },
            { "notify": { "to": ["assignee", { "role": "coordinator" }, { "user": "agent" }], "message": "{title} is hot." } },
        ]);
        let made = rule(&story, "Tell", on(&["ticket.created"]), json!([]), then.clone()).await;
        assert_eq!(made["then"][1]["notify"]["to"][1], json!({ "role": "coordinator" }));
        customer.opens("Printer").await;
        story.automate().await;
        story.tell().await;
        for name in ["bob", "coordinator", "agent"] {
            let told = automation(&story.platform(name).await).await;
            assert_eq!((each(&told, "title"), each(&told, "message")), (vec![json!("About TX0001")], vec![json!("Printer is hot.")]), "{name}");
        }
        for name in ["admin", "customer", "technician"] {
            assert_eq!(automation(&story.platform(name).await).await, json!([]), "{name}");
        }
    }

    async fn a_deadline_that_has_passed_is_escalated_where_it_is_the_one_that_is_asked_for(mut story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        let targets = json!({ "first_response": 10, "resolution": 60 });
        admin.post("/sla/policies/", json!({ "name": "All", "targets": targets })).await.answers(201);
        let conditions = json!([
            { "field": "clock", "op": "is", "value": "resolution" },
            { "field": "priority", "op": "is_not", "value": "critical" },
        ]);
        let then = json!([
            { "set": { "priority": "critical" } },
            { "assign": "coordinator" },
            { "notify": { "to": [{ "role": "coordinator" }], "message": "{ticket_number} is late." } },
        ]);
        rule(&story, "Late", on(&["ticket.sla_breached"]), conditions, then).await;
        let opened = customer.opens("Printer").await;
        for (minutes, priority) in [(11, "medium"), (50, "critical")] {
            story.later(minutes);
            story.watch().await;
            story.automate().await;
            story.tell().await;
            let now = story.platform("agent").await.get(&at("/tickets", &opened, "")).await.answers(200);
            assert_eq!(now["priority"], priority, "{now}");
        }
        let coordinator = story.platform("coordinator").await;
        assert_eq!(each(&automation(&coordinator).await, "message"), ["TX0001 is late."]);
    }

    async fn a_requester_is_told_what_is_for_them_and_nothing_else(story: Story) {
        let customer = story.platform("customer").await;
        let then = json!([{ "notify": { "to": ["requester", { "role": "admin" }], "message": "We look at it." } }]);
        rule(&story, "Tell", on(&["ticket.created"]), json!([]), then).await;
        let opened = customer.opens("Printer").await;
        story.automate().await;
        story.tell().await;
        assert_eq!(each(&automation(&customer).await, "message"), ["We look at it."]);
        let history = customer.get(&at("/tickets", &opened, "history/")).await.answers(200);
        let told = each(&history, "details").iter().filter(|line| **line == json!("Notified: We look at it.")).count();
        assert_eq!(told, 1, "what admins were told is theirs: {history}");
    }

    async fn a_webhook_is_told_by_a_rule_which_ticket_it_is_about(story: Story) {
        let admin = story.platform("admin").await;
        let hook = json!({ "name": "X", "url": "https://1.1.1.1/", "events": ["user.deleted"] });
        let hook = admin.post("/webhooks/", hook).await.answers(201);
        let made = rule(&story, "Tell", on(&["ticket.created"]), json!([]), json!([{ "webhook": hook["id"] }])).await;
        let opened = story.platform("customer").await.opens("Printer").await;
        story.automate().await;
        let told = admin.get(&at("/webhooks", &hook, "deliveries/")).await.answers(200);
        assert_eq!(each(&told, "event"), ["rule.fired"]);
        let payload = &told["results"][0]["payload"];
        assert_eq!((&payload["rule"]["id"], &payload["ticket"]["id"], &payload["ticket"]["number"]), (&made["id"], &opened["id"], &json!("TX0001")));
        assert_eq!((&payload["event"]["type"], &payload["data"]["title"]), (&json!("ticket.created"), &json!("Printer")));
        assert_eq!(log(&admin, &made).await[0]["detail"], "Webhook told");
        admin.delete(&at("/webhooks", &hook, "")).await.answers(204);
        story.platform("customer").await.opens("Two").await;
        story.automate().await;
        let line = &log(&admin, &made).await[0];
        assert_eq!((&line["outcome"], &line["detail"]), (&json!("failed"), &json!("The webhook is gone.")));
    }

    async fn what_tells_nobody_is_refused_at_its_place(story: Story) {
        let admin = story.platform("admin").await;
        for (part, action) in [
            ("0.notify.to", json!({ "notify": { "message": "x" } })),
            ("0.notify.to", json!({ "notify": { "to": [], "message": "x" } })),
            ("0.notify.to.0", json!({ "notify": { "to": ["everybody"], "message": "x" } })),
            ("0.notify.to.0.role", json!({ "notify": { "to": [{ "role": "customer" }], "message": "x" } })),
            ("0.notify.to.0.user", json!({ "notify": { "to": [{ "user": "outsider" }], "message": "x" } })),
            ("0.notify.message", json!({ "notify": { "to": ["assignee"] } })),
            ("0.notify.message", json!({ "notify": { "to": ["assignee"], "message": "{x}" } })),
            ("0.webhook", json!({ "webhook": 4711 })),
            ("0.webhook", json!({ "webhook": null })),
        ] {
            let body = json!({ "name": "X", "when": on(&["ticket.created"]), "then": [action] });
            let details = admin.post("/rules/", body.clone()).await.refuses(400);
            let told = details["then"][0].as_str().unwrap_or_else(|| panic!("{details} for {body}")).to_owned();
            assert!(told.starts_with(&format!("{part}: ")), "{part}: {told}");
        }
    }
}
