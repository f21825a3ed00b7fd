//! Repeats and preconditions.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{PASSWORD, Story};
use serde_json::json;

use super::{applicant, approval, crash, waiting};

on_both_backends! {
    async fn a_repeat_of_any_post_gets_the_first_answer_even_when_it_was_lost(story: Story) {
        let (customer, admin) = (story.smartsupport("customer").await, story.smartsupport("admin").await);
        let create = customer.with("Idempotency-Key", "k").post("/tickets/", crash()).await.answers(201);
        story.forget_answers().await;
        assert_eq!(customer.with("Idempotency-Key", "k").post("/tickets/", crash()).await.answers(201), create);
        let path = format!("/tickets/{}/", create["id"]);
        for (action, body) in [
            ("approve/", approval()),
            ("claim/", json!({})),
            ("update-status/", json!({ "status": "Resolved" })),
            ("close/", json!({})),
        ] {
            let path = format!("{path}{action}");
            let first = admin.with("Idempotency-Key", "k").post(&path, body.clone()).await.answers(200);
            story.forget_answers().await;
            assert_eq!(admin.with("Idempotency-Key", "k").post(&path, body.clone()).await.answers(200), first, "{action}");
        }
        for (action, client, body) in [("reject/", &admin, json!({ "rejection_reason": "x" })), ("withdraw/", &customer, json!({}))] {
            let path = format!("{}{action}", waiting(&customer).await);
            let first = client.with("Idempotency-Key", "k").post(&path, body.clone()).await.answers(200);
            story.forget_answers().await;
            assert_eq!(client.with("Idempotency-Key", "k").post(&path, body).await.answers(200), first, "{action}");
        }
    }

    async fn a_repeated_decision_about_an_account_gets_the_first_answer(story: Story) {
        let admin = story.smartsupport("admin").await;
        let body = json!({ "first_name": "A", "last_name": "B", "email": "ab@example.com" });
        let keyed = admin.with("Idempotency-Key", "k");
        let made = keyed.post("/admin/create-employee/", body.clone()).await.answers(201);
        story.forget_answers().await;
        assert_eq!(keyed.post("/admin/create-employee/", body.clone()).await.answers(201), made);
        keyed.post("/admin/create-employee/", json!({ "email": "other@example.com" })).await.refuses(422);
        for (id, action) in [(made["employee"]["id"].clone(), "approve"), (applicant(&story).await, "reject")] {
            let path = format!("/employees/{id}/{action}/");
            let first = keyed.post(&path, json!({})).await.answers(200);
            story.forget_answers().await;
            assert_eq!(keyed.post(&path, json!({})).await.answers(200), first);
        }
    }

    async fn a_login_is_never_kept_for_a_repeat(story: Story) {
        let customer = story.smartsupport("customer").await.with("Idempotency-Key", "k");
        let body = json!({ "email": "customer@example.com", "password": PASSWORD });
        let first = customer.post("/token/employee/", body.clone()).await.answers(200);
        assert_ne!(customer.post("/token/employee/", body).await.answers(200)["access"], first["access"]);
    }

    async fn a_stale_tag_changes_nothing(story: Story) {
        let (customer, admin) = (story.smartsupport("customer").await, story.smartsupport("admin").await);
        let path = waiting(&customer).await;
        let read = admin.get(&path).await;
        let tag = read.header("etag").to_owned();
        assert_eq!(admin.with("If-None-Match", &tag).get(&path).await.status, 304);
        let approve = format!("{path}approve/");
        admin.with("If-Match", "\"other\"").post(&approve, approval()).await.refuses(412);
        assert_eq!(admin.get(&path).await.answers(200)["status"], "New");
        let done = admin.with("If-Match", &tag).post(&approve, approval()).await;
        assert_eq!(done.header("etag"), admin.get(&path).await.header("etag"));
        done.answers(200);
        admin.with("If-Match", &tag).post(&format!("{path}claim/"), json!({})).await.refuses(412);
    }
}
