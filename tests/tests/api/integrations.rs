//! An organization's own workflow, what it is told, and what it reports.

use helpdesk_domain::delivery::port::Deliveries;
use helpdesk_domain::delivery::{Due, Recipient};
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::testing::minutes;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Form, Story, at, id};
use serde_json::{Value, json};

/// Long after everything was due.
const LATE: i64 = 1_000_000_000;
const OWN: &str = "https://1.1.1.1/workflow";

async fn chosen(admin: &Client, url: &str, secret: &str) -> Value {
    let body = json!({ "workflow_url": url, "workflow_secret": secret });
    admin.patch("/organizations/current/", body).await.answers(200)
}

/// A program with a key of somebody's.
async fn program(story: &Story, username: &str) -> Client {
    let maker = story.platform(username).await;
    let key = maker.post("/api-keys/", json!({ "name": "Workflow", "scopes": ["tickets:write"] })).await.answers(201);
    story.stranger().with("X-API-Key", key["secret"].as_str().unwrap())
}

async fn report(program: &Client, body: Value) -> helpdesk_tests::story::Reply {
    program.post("/integrations/workflow/callback/", body).await
}

on_both_backends! {
    async fn an_organization_hands_its_tickets_to_a_workflow_of_its_own(story: Story) {
        let outsider = story.platform("outsider").await;
        let shown = chosen(&outsider, OWN, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").await;
        assert_eq!((&shown["workflow_url"], &shown["has_workflow_secret"]), (&json!(OWN), &json!(true)));
        assert!(!shown.to_string().contains("MfKQ9r8"), "{shown}");
        let log = outsider.get("/events/?limit=1000").await.text;
        assert!(!log.contains("MfKQ9r8") && !log.contains("1.1.1.1"), "{log}");
        let ticket = story.platform("foreigner").await.opens("Theirs").await;
        outsider.patch(&at("/tickets", &ticket, ""), json!({ "status": "resolved" })).await.answers(200);
        outsider.post(&at("/tickets", &ticket, "finalize/"), json!({})).await.answers(200);
        let organization: OrganizationId = OrganizationId(id(&outsider.get("/organizations/current/").await.body).parse().unwrap());
        let recipient = Recipient::Workflow(organization);
        assert_eq!(story.store.due(minutes(LATE)).await.unwrap(), [Due { recipient, is_failing: false }]);
        let entry = Deliveries::claim(&story.store, recipient, minutes(LATE), minutes(LATE + 1)).await.unwrap().unwrap();
        assert_eq!(entry.delivery.kind, "ticket.finalized");
        let shown = chosen(&outsider, "", "").await;
        assert_eq!((&shown["workflow_url"], &shown["has_workflow_secret"]), (&Value::Null, &json!(false)));
    }

    async fn a_workflow_is_at_a_public_address_and_its_address_is_for_admins(story: Story) {
        let admin = story.platform("admin").await;
        for bad in ["http://127.0.0.1/", "http://10.0.0.1/", "nothing", "ftp://1.1.1.1/"] {
            let details = admin.patch("/organizations/current/", json!({ "workflow_url": bad })).await.refuses(400);
            assert!(details.get("workflow_url").is_some(), "{bad}: {details}");
        }
        let long = json!({ "workflow_secret": "x".repeat(257) });
        admin.patch("/organizations/current/", long).await.refuses(400);
        chosen(&admin, OWN, "key").await;
        let seen = story.platform("agent").await.get("/organizations/current/").await.answers(200);
        assert_eq!((&seen["workflow_url"], &seen["has_workflow_secret"]), (&Value::Null, &json!(true)));
        let agent = story.platform("agent").await;
        agent.patch("/organizations/current/", json!({ "workflow_url": OWN })).await.refuses(403);
    }

    async fn files_of_a_handed_over_ticket_are_fetched_by_their_links_for_two_days(mut story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        chosen(&admin, OWN, "key").await;
        let ticket = customer.opens("One").await;
        let form = Form::with_file("file", "note.txt", "Grüße");
        customer.upload(&at("/tickets", &ticket, "attachments/"), &form).await;
        admin.patch(&at("/tickets", &ticket, ""), json!({ "status": "resolved" })).await.answers(200);
        admin.post(&at("/tickets", &ticket, "finalize/"), json!({})).await.answers(200);
        let recipient = story.store.due(minutes(LATE)).await.unwrap()[0].recipient;
        let entry = Deliveries::claim(&story.store, recipient, minutes(LATE), minutes(LATE + 1)).await.unwrap().unwrap();
        let told: Value = serde_json::from_str(&entry.delivery.body).unwrap();
        let url = told["attachments"][0]["url"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned();
        story.later(47 * 60);
        assert_eq!(story.root().get(&url).await.text, "Grüße");
        story.later(2 * 60);
        story.root().get(&url).await.refuses(401);
    }

    async fn a_report_sets_a_status_and_says_something_in_one_step(story: Story) {
        let (customer, program) = (story.platform("customer").await, program(&story, "agent").await);
        let ticket = customer.opens("One").await;
        let body = json!({ "ticket": ticket["number"], "status": "in_progress", "comment": "Parts are ordered." });
        let answer = report(&program, body).await.answers(200);
        assert_eq!((&answer["id"], &answer["status"]), (&ticket["id"], &json!("in_progress")));
        let said = customer.get(&at("/tickets", &ticket, "comments/")).await.answers(200);
        assert_eq!((&said["results"][0]["content"], &said["results"][0]["author"]["email"]), (&json!("Parts are ordered."), &json!("agent@example.com")));
        let note = json!({ "ticket": ticket["id"], "status": "resolved", "comment": "Serial 4711.", "is_internal": true });
        assert_eq!(report(&program, note).await.answers(200)["status"], "resolved");
        assert_eq!(customer.get(&at("/tickets", &ticket, "comments/")).await.answers(200)["count"], 1);
        report(&program, json!({ "ticket": ticket["id"], "comment": "Again." })).await.answers(200);
    }

    async fn a_report_that_makes_no_sense_is_refused_and_changes_nothing(story: Story) {
        let (customer, program) = (story.platform("customer").await, program(&story, "agent").await);
        let ticket = customer.opens("One").await;
        let before = story.platform("agent").await.get("/events/").await.answers(200)["last_position"].clone();
        for (field, body) in [
            ("ticket", json!({ "status": "resolved" })),
            ("ticket", json!({ "ticket": "TX9999", "status": "resolved" })),
            ("status", json!({ "ticket": ticket["id"] })),
            ("status", json!({ "ticket": ticket["id"], "status": "sideways" })),
            ("comment", json!({ "ticket": ticket["id"], "comment": "x".repeat(65_537) })),
        ] {
            let details = report(&program, body.clone()).await.refuses(400);
            assert!(details.get(field).is_some(), "{body}: {details}");
        }
        report(&program, json!({ "ticket": ticket["id"], "status": "rejected" })).await.refuses(400);
        report(&story.platform("customer").await, json!({ "ticket": ticket["id"], "status": "closed" })).await.refuses(403);
        let foreign = self::program(&story, "outsider").await;
        report(&foreign, json!({ "ticket": ticket["id"], "status": "closed" })).await.refuses(400);
        assert_eq!(story.platform("agent").await.get("/events/").await.answers(200)["last_position"], before);
    }

    async fn a_report_that_comes_twice_under_one_key_counts_once(story: Story) {
        let (customer, program) = (story.platform("customer").await, program(&story, "agent").await);
        let ticket = customer.opens("One").await;
        let program = program.with("Idempotency-Key", "k");
        let body = json!({ "ticket": ticket["id"], "comment": "Once." });
        let first = report(&program, body.clone()).await.answers(200);
        assert_eq!(report(&program, body).await.answers(200)["id"], first["id"]);
        assert_eq!(customer.get(&at("/tickets", &ticket, "comments/")).await.answers(200)["count"], 1);
    }
}
