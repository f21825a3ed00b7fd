//! What is wrong with a request, field by field.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, by_smartsupport};
use serde_json::{Value, json};

use super::{crash, john, waiting};

on_both_backends! {
    async fn an_application_hears_of_everything_at_once(story: Story) {
        let refused = story.passer_by().post("/create_employee/", json!({})).await.refuses(400);
        for field in ["first_name", "last_name", "email", "password"] {
            assert_eq!(refused[field], json!(["This field is required."]), "{field}");
        }
        for (field, value) in [
            ("email", json!("not-an-address")),
            ("email", json!("ADMIN@example.com")),
            ("password", json!("short")),
            ("confirm_password", json!("different1")),
            ("first_name", json!("x".repeat(101))),
            ("suffix", json!("Esq.")),
            ("department", json!("Nowhere")),
            ("middle_name", json!("x".repeat(101))),
            ("last_name", json!("")),
            ("last_name", json!(5)),
            ("first_name", json!("a\u{0}b")),
        ] {
            let mut body = john();
            body[field] = value.clone();
            body["confirm_password"] = if field == "confirm_password" { value.clone() } else { body["password"].clone() };
            let refused = story.passer_by().post("/create_employee/", body).await.refuses(400);
            assert_eq!(refused.as_object().unwrap().keys().collect::<Vec<_>>(), [field], "{value}");
        }
        let mut plain = john();
        for field in ["middle_name", "suffix", "department", "confirm_password"] {
            plain.as_object_mut().unwrap().remove(field);
        }
        plain["suffix"] = json!("");
        story.passer_by().post("/create_employee/", plain).await.answers(201);
    }

    async fn a_ticket_needs_a_subject_and_a_description_and_a_day_is_a_day(story: Story) {
        let customer = story.smartsupport("customer").await;
        let refused = customer.post("/tickets/", json!({ "category": "Software" })).await.refuses(400);
        assert_eq!(refused, json!({ "subject": ["This field is required."], "description": ["This field is required."] }));
        for (field, value) in [
            ("subject", json!("x".repeat(256))),
            ("subject", json!("  ")),
            ("subject", Value::Array(Vec::new())),
            ("sub_category", json!("x".repeat(101))),
            ("scheduled_date", json!("tomorrow")),
            ("scheduled_date", json!("2023-02-30")),
        ] {
            let mut body = crash();
            body[field] = value.clone();
            let refused = customer.post("/tickets/", body).await.refuses(400);
            assert!(refused[field].is_array(), "{field} {value}: {refused}");
        }
        assert_eq!(customer.get("/tickets/").await.answers(200)["count"], 0);
    }

    async fn priority_department_and_status_are_not_the_requesters_to_say(story: Story) {
        let customer = story.smartsupport("customer").await;
        let mut body = crash();
        for (field, value) in [("priority", "Critical"), ("department", "IT Department"), ("status", "Open"), ("ticket_number", "TX9999")] {
            body[field] = json!(value);
        }
        let made = customer.post("/tickets/", body).await.answers(201);
        assert_eq!((&made["priority"], &made["department"], &made["status"]), (&Value::Null, &Value::Null, &json!("New")));
        assert_eq!(made["ticket_number"], "TX0001");
    }

    async fn every_refusal_has_the_seeds_body(story: Story) {
        let customer = story.smartsupport("customer").await;
        let path = waiting(&customer).await;
        for (reply, status) in [
            (story.passer_by().get("/tickets/").await, 401),
            (customer.get("/tickets/new/").await, 403),
            (customer.get("/tickets/4711/").await, 404),
            (customer.get("/nothing/").await, 404),
            (customer.send("DELETE", &path, None).await, 405),
            (customer.post(&format!("{path}close/"), json!({})).await, 400),
            (customer.send_bytes("POST", "/tickets/", Some(("application/json", b"{".to_vec()))).await, 400),
            (customer.send_bytes("POST", "/tickets/", Some(("application/json", vec![b' '; 2 << 20]))).await, 413),
        ] {
            assert!(by_smartsupport(&reply.body).is_some(), "{}", reply.text);
            reply.refuses(status);
        }
    }
}
