//! Becoming a customer.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::Story;
use serde_json::{Value, json};

fn jill() -> Value {
    json!({ "email": "jill@example.org", "password": "password123", "first_name": "Jill", "last_name": "Doe" })
}

fn jill_but(field: &str, value: Value) -> Value {
    let mut body = jill();
    body[field] = value;
    body
}

on_both_backends! {
    async fn who_registers_is_a_customer_of_the_default_organization_and_may_log_in(story: Story) {
        let user = story.stranger().post("/auth/register", jill()).await.answers(201);
        assert_eq!(user["role"], "customer");
        assert_eq!(user["organization"], "acme-corp");
        let body = json!({ "email": "jill@example.org", "password": "password123" });
        story.stranger().post("/auth/login", body).await.answers(200);
    }

    async fn who_registers_may_name_an_organization_by_slug(story: Story) {
        let user = story.stranger().post("/auth/register/", jill_but("organization_slug", json!("tech-startup"))).await.answers(201);
        assert_eq!(user["organization"], "tech-startup");
        let body = jill_but("organization_slug", json!("nowhere"));
        let body = { let mut body = body; body["email"] = json!("jack@example.org"); body };
        let details = story.stranger().post("/auth/register/", body).await.refuses(400);
        assert!(details["organization_slug"].is_array(), "{details}");
    }

    async fn role_and_flags_are_never_taken_from_the_public(story: Story) {
        let mut body = jill();
        for (field, value) in [
            ("role", json!("admin")),
            ("is_agent", json!(true)),
            ("is_staff", json!(true)),
            ("is_active", json!(false)),
            ("status", json!("Pending")),
        ] {
            body[field] = value;
        }
        let user = story.stranger().post("/auth/register/", body).await.answers(201);
        assert_eq!(user["role"], "customer");
        assert_eq!(user["is_agent"], false);
        assert_eq!(user["is_active"], true);
    }

    async fn an_address_is_registered_once_in_all_organizations(story: Story) {
        for (email, organization) in [("CUSTOMER@example.com", "acme-corp"), ("customer@example.com", "tech-startup")] {
            let mut body = jill_but("email", json!(email));
            body["organization_slug"] = json!(organization);
            let details = story.stranger().post("/auth/register/", body).await.refuses(400);
            assert!(details["email"].is_array(), "{details}");
        }
    }

    async fn a_registration_names_every_field_at_fault(story: Story) {
        let details = story.stranger().post("/auth/register/", json!({})).await.refuses(400);
        assert_eq!(details["email"], json!(["This field is required."]));
        assert_eq!(details["password"], json!(["This field is required."]));
    }

    async fn bad_addresses_and_passwords_are_refused(story: Story) {
        for (field, value) in [
            ("email", json!("jill")),
            ("email", json!("jill@")),
            ("email", json!(5)),
            ("email", json!("a\u{0}b@example.org")),
            ("password", json!("short")),
            ("password", json!("x".repeat(73))),
            ("password", json!("pass\u{0}word123")),
            ("first_name", json!("x".repeat(101))),
            ("username", json!("x".repeat(151))),
        ] {
            let details = story.stranger().post("/auth/register/", jill_but(field, value.clone())).await.refuses(400);
            assert!(details[field].is_array(), "{field} = {value}: {details}");
        }
    }

    async fn login_names_come_from_the_address_and_never_clash(story: Story) {
        let mut names = Vec::new();
        for email in ["sam@one.org", "sam@two.org", "sam@two.net"] {
            let user = story.stranger().post("/auth/register/", jill_but("email", json!(email))).await.answers(201);
            names.push(user["username"].as_str().unwrap().to_owned());
        }
        assert_eq!(names[..2], ["sam", "sam_two"]);
        assert_ne!(names[2], names[1]);
    }

    async fn a_name_of_a_person_may_hold_any_letters(story: Story) {
        let body = jill_but("first_name", json!("Jílľ 李 <b>"));
        let user = story.stranger().post("/auth/register/", body).await.answers(201);
        assert_eq!(user["first_name"], "Jílľ 李 <b>");
    }
}
