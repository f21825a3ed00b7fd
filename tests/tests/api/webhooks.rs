//! Outgoing webhooks: what is told to whom. That it gets there is shown with the real binary.

use helpdesk_domain::delivery::port::Deliveries;
use helpdesk_domain::delivery::{Recipient, Refused, Settled};
use helpdesk_domain::kernel::id::WebhookId;
use helpdesk_domain::testing::minutes;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each, id};
use serde_json::{Value, json};

/// Long after everything was due.
const LATE: i64 = 1_000_000_000;

async fn hook(admin: &Client, events: Value) -> Value {
    let body = json!({ "name": "Chat", "url": "https://1.1.1.1/hook", "events": events });
    admin.post("/webhooks/", body).await.answers(201)
}

async fn told(admin: &Client, hook: &Value) -> Value {
    admin.get(&at("/webhooks", hook, "deliveries/")).await.answers(200)
}

on_both_backends! {
    async fn a_webhook_is_made_shown_changed_and_deleted_and_its_secret_is_shown_once(story: Story) {
        for admin in [story.platform("admin").await, story.classic("admin").await] {
            let hook = hook(&admin, json!(["ticket.*"])).await;
            assert!(hook["secret"].as_str().unwrap().starts_with("whsec_"), "{hook}");
            assert_eq!((&hook["is_active"], &hook["events"]), (&json!(true), &json!(["ticket.*"])));
            let path = at("/webhooks", &hook, "");
            let read = admin.get(&path).await;
            assert_eq!(read.body["name"], "Chat");
            assert!(read.body.get("secret").is_none());
            let tag = read.header("etag").to_owned();
            let changed = admin.with("If-Match", &tag).patch(&path, json!({ "events": ["*"], "is_active": false })).await.answers(200);
            assert_eq!((&changed["events"], &changed["is_active"], &changed["url"]), (&json!(["*"]), &json!(false), &hook["url"]));
            admin.with("If-Match", &tag).put(&path, json!({ "name": "Other" })).await.refuses(412);
            assert_eq!(admin.get("/webhooks/").await.answers(200)["count"], 1);
            admin.delete(&path).await.answers(204);
            admin.get(&path).await.refuses(404);
        }
    }

    async fn a_secret_of_ones_own_is_taken_and_bad_fields_are_named(story: Story) {
        let admin = story.platform("admin").await;
        let good = json!({ "name": "Chat", "url": "https://1.1.1.1/", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" });
        assert_eq!(admin.post("/webhooks/", good.clone()).await.answers(201)["secret"], good["secret"]);
        for (field, value) in [
            ("url", json!("http://127.0.0.1:9/")), ("url", json!("http://[::ffff:10.0.0.1]/")), ("url", json!("ftp://1.1.1.1/")),
            ("url", json!("x")), ("url", json!("")), ("url", json!(5)), ("name", json!("")), ("name", json!("x".repeat(101))),
            ("events", json!([])), ("events", json!(["Ticket created"])), ("events", json!("ticket")), ("secret", json!("short")),
            ("is_active", json!("maybe")), ("url", json!(format!("https://1.1.1.1/{}", "x".repeat(2048)))),
        ] {
            let mut body = good.clone();
            body[field] = value;
            let details = admin.post("/webhooks/", body.clone()).await.refuses(400);
            assert!(details.get(field).is_some(), "{body}: {details}");
        }
        let details = admin.post("/webhooks/", json!({})).await.refuses(400);
        assert!(details.get("name").is_some() && details.get("url").is_some(), "{details}");
        assert_eq!(admin.get("/webhooks/").await.answers(200)["count"], 1);
    }

    async fn a_private_address_is_fine_where_the_operator_says_so(story: Story) {
        let story = story.set_up(&[("WEBHOOK_ALLOW_PRIVATE", "true")]);
        let body = json!({ "name": "Local", "url": "http://127.0.0.1:9/" });
        story.platform("admin").await.post("/webhooks/", body).await.answers(201);
    }

    async fn a_key_used_again_makes_one_webhook_and_does_not_tell_its_secret_twice(story: Story) {
        let admin = story.platform("admin").await.with("Idempotency-Key", "k");
        let (first, again) = (hook(&admin, json!(["*"])).await, hook(&admin, json!(["*"])).await);
        assert_eq!(first["id"], again["id"]);
        assert!(again.get("secret").is_none());
    }

    async fn webhooks_are_for_admins(story: Story) {
        let hook = hook(&story.platform("admin").await, json!(["*"])).await;
        for username in ["agent", "coordinator", "technician", "customer"] {
            let client = story.platform(username).await;
            client.get("/webhooks/").await.refuses(403);
            client.get(&at("/webhooks", &hook, "")).await.refuses(403);
            client.get(&at("/webhooks", &hook, "deliveries/")).await.refuses(403);
            client.post("/webhooks/", json!({ "name": "X", "url": "https://1.1.1.1/" })).await.refuses(403);
        }
    }

    async fn what_it_wants_is_fixed_when_it_happens(story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        customer.opens("Before").await;
        let (tickets, tags) = (hook(&admin, json!(["ticket.*"])).await, hook(&admin, json!(["tag.created"])).await);
        let ticket = customer.opens("One").await;
        let comment = json!({ "content": "note", "is_internal": true });
        admin.post(&at("/tickets", &ticket, "comments/"), comment).await.answers(201);
        admin.post("/tags/", json!({ "name": "vpn" })).await.answers(201);
        admin.patch(&at("/tickets", &ticket, ""), json!({ "title": "Other" })).await.answers(200);
        let list = told(&admin, &tickets).await;
        assert_eq!(each(&list, "event"), ["ticket.updated", "ticket.comment_added", "ticket.created"].map(|kind| json!(kind)));
        let created = &list["results"][2];
        assert_eq!((&created["status"], &created["attempts"]), (&json!("pending"), &json!(0)));
        let payload = &created["payload"];
        assert_eq!((&payload["type"], &payload["data"]["title"]), (&json!("ticket.created"), &json!("One")));
        assert_eq!((&payload["ticket"]["number"], &payload["id"]), (&ticket["number"], &created["event_id"]));
        assert_eq!(list["results"][1]["payload"]["data"]["content"], "note", "admins may hear of internal notes");
        assert_eq!(each(&told(&admin, &tags).await, "event"), [json!("tag.created")]);
        let last = admin.get("/events/").await.answers(200)["last_position"].as_i64().unwrap();
        assert_eq!(list["results"][0]["payload"]["seq"], last);
    }

    async fn a_paused_webhook_and_one_that_is_gone_hear_of_nothing_more(story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        let hook = hook(&admin, json!(["ticket.created"])).await;
        let path = at("/webhooks", &hook, "");
        admin.patch(&path, json!({ "is_active": false })).await.answers(200);
        customer.opens("One").await;
        assert_eq!(told(&admin, &hook).await["count"], 0);
        admin.patch(&path, json!({ "is_active": true })).await.answers(200);
        customer.opens("Two").await;
        assert_eq!(told(&admin, &hook).await["count"], 1);
        admin.delete(&path).await.answers(204);
        customer.opens("Three").await;
        assert!(story.store.due(minutes(LATE)).await.unwrap().is_empty());
    }

    async fn other_organizations_are_told_of_their_own(story: Story) {
        let (admin, outsider) = (story.platform("admin").await, story.platform("outsider").await);
        let (ours, theirs) = (hook(&admin, json!(["*"])).await, hook(&outsider, json!(["*"])).await);
        story.platform("customer").await.opens("One").await;
        assert_eq!(told(&outsider, &theirs).await["count"], 0);
        outsider.get(&at("/webhooks", &ours, "deliveries/")).await.refuses(404);
        let of_ours = told(&admin, &ours).await["results"][0].clone();
        let path = format!("/webhooks/{}/deliveries/{}/redeliver/", id(&theirs), id(&of_ours));
        outsider.post(&path, json!({})).await.refuses(404);
    }

    async fn what_was_given_up_is_sent_again_under_its_id(story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        let hook = hook(&admin, json!(["ticket.*"])).await;
        customer.opens("One").await;
        let recipient = Recipient::Webhook(WebhookId(id(&hook).parse().unwrap()));
        let claim = async || Deliveries::claim(&story.store, recipient, minutes(LATE), minutes(LATE + 1)).await.unwrap();
        let entry = claim().await.unwrap();
        let no = Refused { reason: "answered 500".to_owned(), answer: None };
        Deliveries::settle(&story.store, &entry, &Settled::GivenUp(no), minutes(LATE)).await.unwrap();
        let failed = admin.get(&at("/webhooks", &hook, "deliveries/?status=failed")).await.answers(200)["results"][0].clone();
        assert_eq!((&failed["status"], &failed["last_error"]), (&json!("failed"), &json!("answered 500")));
        let path = format!("/webhooks/{}/deliveries/{}/redeliver/", id(&hook), id(&failed));
        let again = admin.post(&path, json!({})).await.answers(202);
        assert_eq!((&again["id"], &again["status"], &again["attempts"]), (&failed["id"], &json!("pending"), &json!(0)));
        let keyed = admin.with("Idempotency-Key", "a");
        let once = keyed.post(&path, json!({})).await.answers(202);
        story.forget_answers().await;
        assert_eq!(keyed.post(&path, json!({})).await.answers(202), once);
        assert_eq!(claim().await.unwrap().delivery, entry.delivery);
        admin.patch(&at("/webhooks", &hook, ""), json!({ "is_active": false })).await.answers(200);
        admin.post(&path, json!({})).await.refuses(409);
        admin.get(&at("/webhooks", &hook, "deliveries/?status=x")).await.refuses(400);
    }
}
