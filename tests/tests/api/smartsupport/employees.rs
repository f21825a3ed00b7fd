//! Accounts: applying, deciding, logging in.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{PASSWORD, Story, each};
use serde_json::{Value, json};

use super::{applicant, fields, john, john_logs_in};
use crate::bodies::shows;

on_both_backends! {
    async fn who_applies_waits_is_let_in_and_logs_in(story: Story) {
        let admin = story.smartsupport("admin").await;
        let made = story.passer_by().post("/create_employee/", john()).await.answers(201);
        assert_eq!(made["message"], "Account created successfully. Pending approval. Email sent successfully");
        assert_eq!(made["email"], "john.doe@example.com");
        assert_eq!(fields(&made), ["email", "employee_id", "message"]);
        let waits = john_logs_in(&story).await;
        assert_eq!(waits.body["error"], "account_not_approved");
        waits.refuses(403);
        let answer = admin.post(&format!("/employees/{}/approve/", made["employee_id"]), json!({})).await.answers(200);
        assert_eq!(answer, json!({ "detail": "Employee approved and email sent." }));
        let login = john_logs_in(&story).await.answers(200);
        assert_eq!(fields(&login), ["access", "dateCreated", "email", "first_name", "image", "last_name", "refresh", "role"]);
        assert_eq!((&login["role"], &login["first_name"], &login["last_name"]), (&json!("Employee"), &json!("John"), &json!("Doe")));
        let profile = story.passer_by().bearing(&login["access"]).get("/employee/profile/").await.answers(200);
        shows("smartsupport_profile", &profile);
    }

    async fn nobody_applies_for_a_role_or_an_approved_account(story: Story) {
        let mut body = john();
        for (field, value) in [("role", json!("System Admin")), ("status", json!("Approved")), ("is_superuser", json!(true)), ("is_staff", json!(true))] {
            body[field] = value;
        }
        story.passer_by().post("/create_employee/", body).await.answers(201);
        let admin = story.smartsupport("admin").await;
        let all = admin.get("/employees/").await.answers(200);
        let john = all.as_array().unwrap().iter().find(|one| one["email"] == "john.doe@example.com").unwrap();
        assert_eq!((&john["role"], &john["status"]), (&json!("Employee"), &json!("Pending")));
    }

    async fn a_pending_account_gets_in_nowhere_and_hears_why_only_with_its_password(story: Story) {
        applicant(&story).await;
        let (stranger, passer_by) = (story.stranger(), story.passer_by());
        let right = json!({ "email": "john.doe@example.com", "password": "securepassword123" });
        let reply = stranger.post("/auth/login/", right.clone()).await;
        assert_eq!(reply.code(), "ACCOUNT_NOT_APPROVED");
        reply.refuses(403);
        stranger.post("/auth/token/", json!({ "username": "john.doe@example.com", "password": "securepassword123" })).await.refuses(403);
        for door in ["/token/employee/", "/token/admin/"] {
            assert_eq!(passer_by.post(door, right.clone()).await.body["error"], "account_not_approved", "{door}");
            passer_by.post(door, json!({ "email": "john.doe@example.com", "password": "wrong-password" })).await.refuses(401);
        }
    }

    async fn who_is_turned_down_is_gone_and_the_audit_keeps_it(story: Story) {
        let (admin, agent) = (story.smartsupport("admin").await, story.smartsupport("agent").await);
        let id = applicant(&story).await;
        let answer = admin.post(&format!("/employees/{id}/reject/"), json!({ "reason": "Invalid credentials provided" })).await.answers(200);
        assert_eq!(answer, json!({ "detail": "Employee rejected, audited, and deleted." }));
        john_logs_in(&story).await.refuses(401);
        let all = admin.get("/employees/").await.answers(200);
        assert!(!each(&all, "email").contains(&json!("john.doe@example.com")));
        let audit = admin.get("/rejected-employees/").await.answers(200);
        assert_eq!(audit.as_array().unwrap().len(), 1);
        shows("smartsupport_rejected", &audit[0]);
        let count = agent.get("/admin/rejected-users-count/").await.answers(200);
        assert_eq!(count, json!({ "rejected_users_count": 1 }));
        for action in ["approve", "reject"] {
            admin.post(&format!("/employees/{id}/{action}/"), json!({})).await.refuses(404);
        }
        applicant(&story).await;
    }

    async fn a_decision_is_made_once(story: Story) {
        let admin = story.smartsupport("admin").await;
        let id = applicant(&story).await;
        let (approve, reject) = (format!("/employees/{id}/approve/"), format!("/employees/{id}/reject/"));
        let (approved, rejected) = futures_util::future::join(admin.post(&approve, json!({})), admin.post(&reject, json!({}))).await;
        assert_eq!([approved.status, rejected.status].iter().filter(|status| **status == 200).count(), 1);
        let count = admin.get("/admin/rejected-users-count/").await.answers(200);
        assert_eq!(count["rejected_users_count"], u64::from(rejected.status == 200));
        assert_eq!(john_logs_in(&story).await.status, if approved.status == 200 { 200 } else { 401 });
    }

    async fn an_approved_account_is_not_decided_about_again(story: Story) {
        let admin = story.smartsupport("admin").await;
        let id = applicant(&story).await;
        admin.post(&format!("/employees/{id}/approve/"), json!({})).await.answers(200);
        for action in ["approve", "reject"] {
            admin.post(&format!("/employees/{id}/{action}/"), json!({})).await.refuses(400);
        }
        john_logs_in(&story).await.answers(200);
    }

    async fn an_account_that_an_admin_makes_waits_too_and_has_no_password(story: Story) {
        let admin = story.smartsupport("admin").await;
        let body = json!({
            "first_name": "John", "last_name": "Doe", "email": "john.doe@example.com", "department": "IT Department", "role": "Employee"
        });
        let made = admin.post("/admin/create-employee/", body.clone()).await.answers(201);
        assert_eq!(made["message"], "Employee account created successfully");
        assert_eq!(made["company_id"], made["employee"]["company_id"]);
        shows("smartsupport_created_employee", &made);
        for password in ["", "x", "securepassword123"] {
            let reply = story.passer_by().post("/token/employee/", json!({ "email": "john.doe@example.com", "password": password })).await;
            assert!([400, 401].contains(&reply.status), "{}", reply.text);
        }
        let again = admin.post("/admin/create-employee/", body).await.refuses(400);
        assert!(again["email"].is_array(), "{again}");
        let coordinator = json!({ "first_name": "A", "last_name": "B", "email": "ab@example.com", "role": "Ticket Coordinator" });
        let made = admin.post("/admin/create-employee/", coordinator).await.answers(201);
        assert_eq!(made["employee"]["role"], "Ticket Coordinator");
    }

    async fn each_door_is_for_its_own_people(story: Story) {
        for (name, employee, admin) in
            [("customer", 200, 403), ("technician", 200, 403), ("agent", 403, 200), ("coordinator", 403, 200), ("admin", 403, 200)]
        {
            let body = json!({ "email": format!("{name}@example.com"), "password": PASSWORD });
            for (door, status) in [("/token/employee/", employee), ("/token/admin/", admin)] {
                assert_eq!(story.passer_by().post(door, body.clone()).await.status, status, "{name} at {door}");
                let wrong = json!({ "email": format!("{name}@example.com"), "password": "wrong-password" });
                story.passer_by().post(door, wrong).await.refuses(401);
            }
        }
        let login = story.passer_by().post("/token/admin/", json!({ "email": "admin@example.com", "password": PASSWORD })).await.answers(200);
        assert_eq!(fields(&login), ["access", "email", "first_name", "refresh", "role"]);
        assert_eq!(login["role"], "System Admin");
    }

    async fn a_refresh_token_gives_access_alone_as_often_as_it_is_asked(story: Story) {
        let login = story.passer_by().post("/token/employee/", json!({ "email": "customer@example.com", "password": PASSWORD })).await.answers(200);
        for _ in 0..2 {
            let fresh = story.passer_by().post("/token/refresh/", json!({ "refresh": login["refresh"] })).await.answers(200);
            assert_eq!(fields(&fresh), ["access"]);
            story.passer_by().bearing(&fresh["access"]).get("/employee/profile/").await.answers(200);
        }
        story.passer_by().post("/token/refresh/", json!({ "refresh": login["access"] })).await.refuses(401);
        let missing = story.passer_by().post("/token/refresh/", json!({})).await.refuses(400);
        assert_eq!(missing["refresh"], json!(["This field is required."]));
    }

    async fn a_token_of_either_api_is_good_at_the_other(story: Story) {
        let login = story.passer_by().post("/token/employee/", json!({ "email": "customer@example.com", "password": PASSWORD })).await.answers(200);
        let me = story.stranger().bearing(&login["access"]).get("/users/me/").await.answers(200);
        assert_eq!(me["is_customer"], Value::Bool(true));
        let other = story.stranger().post("/auth/login/", json!({ "email": "admin@example.com", "password": PASSWORD })).await.answers(200);
        story.passer_by().bearing(&other["access_token"]).get("/employees/").await.answers(200);
    }
}
