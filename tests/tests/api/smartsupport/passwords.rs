//! Passwords, and what people are written about their accounts.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{PASSWORD, Story};
use serde_json::{Value, json};

use super::{applicant, john_logs_in};

/// What the link of the newest letter carries.
async fn link(story: &Story) -> (String, String) {
    let letter = story.letters().await.pop().unwrap();
    let parameter = |name: &str| {
        let (_, rest) = letter.text.split_once(&format!("{name}=")).unwrap();
        rest.split(['&', '\n']).next().unwrap().to_owned()
    };
    (parameter("uidb64"), parameter("token"))
}

fn detail(sentence: &str) -> Value {
    json!({ "detail": sentence })
}

on_both_backends! {
    async fn a_password_is_checked_and_changed_as_in_the_seed(story: Story) {
        let customer = story.smartsupport("customer").await;
        let check = |password: &str| json!({ "current_password": password });
        let right = customer.post("/employee/check-password/", check(PASSWORD)).await.answers(200);
        assert_eq!(right, detail("Password correct."));
        let wrong = customer.post("/employee/check-password/", check("wrong-password")).await.refuses(400);
        assert!(wrong["current_password"].is_array(), "{wrong}");
        let body = json!({ "current_password": PASSWORD, "new_password": "newpassword456" });
        let done = customer.post("/employee/change-password/", body).await.answers(200);
        assert_eq!(done, detail("Password changed successfully."));
        customer.get("/employee/profile/").await.refuses(401);
    }

    async fn a_forgotten_password_is_replaced_by_a_link_once(story: Story) {
        let (stranger, body) = (story.passer_by(), json!({ "email": "customer@example.com" }));
        let sent = stranger.post("/employee/forgot-password/", body).await.answers(200);
        assert_eq!(sent, detail("Password reset link sent."));
        let unknown = stranger.post("/employee/forgot-password/", json!({ "email": "nobody@example.com" })).await.answers(200);
        assert_eq!(unknown, sent);
        let (uidb64, token) = link(&story).await;
        let body = json!({ "uidb64": uidb64, "token": token, "new_password": "newpassword123" });
        let done = stranger.post("/employee/reset-password/", body.clone()).await.answers(200);
        assert_eq!(done, detail("Password reset successful."));
        stranger.post("/employee/reset-password/", body).await.refuses(400);
        let login = json!({ "email": "customer@example.com", "password": "newpassword123" });
        stranger.post("/token/employee/", login).await.answers(200);
    }

    async fn who_applies_hears_that_it_came_and_what_became_of_it(story: Story) {
        let admin = story.smartsupport("admin").await;
        for action in ["reject", "approve"] {
            let id = applicant(&story).await;
            let received = story.letters().await.len();
            admin.post(&format!("/employees/{id}/{action}/"), json!({ "reason": "Unknown to the office" })).await.answers(200);
            let letters = story.letters().await;
            assert_eq!(letters.len(), received + 1);
            assert!(letters.iter().all(|letter| letter.to.address.as_str() == "john.doe@example.com"));
            assert_eq!(letters.last().unwrap().text.contains("Unknown to the office"), action == "reject");
        }
    }

    async fn who_was_rejected_chooses_no_password_any_more(story: Story) {
        let admin = story.smartsupport("admin").await;
        let body = json!({ "first_name": "John", "last_name": "Doe", "email": "john.doe@example.com" });
        let made = admin.post("/admin/create-employee/", body).await.answers(201);
        let (uidb64, token) = link(&story).await;
        admin.post(&format!("/employees/{}/reject/", made["employee"]["id"]), json!({})).await.answers(200);
        let body = json!({ "uidb64": uidb64, "token": token, "new_password": "securepassword123" });
        story.passer_by().post("/employee/reset-password/", body).await.refuses(400);
        john_logs_in(&story).await.refuses(401);
    }

    async fn who_was_made_an_account_chooses_a_password_by_mail_and_still_waits(story: Story) {
        let admin = story.smartsupport("admin").await;
        let body = json!({ "first_name": "John", "last_name": "Doe", "email": "john.doe@example.com" });
        let made = admin.post("/admin/create-employee/", body).await.answers(201);
        let (uidb64, token) = link(&story).await;
        let body = json!({ "uidb64": uidb64, "token": token, "new_password": "securepassword123" });
        story.passer_by().post("/employee/reset-password/", body).await.answers(200);
        john_logs_in(&story).await.refuses(403);
        admin.post(&format!("/employees/{}/approve/", made["employee"]["id"]), json!({})).await.answers(200);
        john_logs_in(&story).await.answers(200);
    }
}
