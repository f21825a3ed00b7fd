//! Getting in, staying in, getting out.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{PASSWORD, Story};
use serde_json::{Value, json};

const A_DAY: u64 = 24 * 60;

async fn login(story: &Story, username: &str) -> Value {
    let body = json!({ "email": format!("{username}@example.com"), "password": PASSWORD });
    story.stranger().post("/auth/login/", body).await.answers(200)
}

on_both_backends! {
    async fn a_login_answers_tokens_the_person_and_for_how_long(story: Story) {
        let session = login(&story, "agent").await;
        assert_eq!(session["user"]["email"], "agent@example.com");
        assert_eq!(session["expires_in"], 1800);
        story.stranger().bearing(&session["access_token"]).get("/auth/me/").await.answers(200);
    }

    async fn an_address_is_the_same_in_capitals(story: Story) {
        let body = json!({ "email": "AGENT@example.com", "password": PASSWORD });
        story.stranger().post("/auth/login/", body).await.answers(200);
    }

    async fn a_login_says_the_same_of_a_wrong_password_and_of_nobody(story: Story) {
        let mut said = Vec::new();
        for email in ["agent@example.com", "nobody@example.com"] {
            let reply = story.stranger().post("/auth/login/", json!({ "email": email, "password": "wrong-password" })).await;
            assert_eq!(reply.code(), "AUTHENTICATION_REQUIRED");
            said.push(reply.body["error"]["message"].clone());
            reply.refuses(401);
        }
        assert_eq!(said[0], said[1]);
    }

    async fn a_login_without_credentials_names_the_fields(story: Story) {
        let details = story.stranger().post("/auth/login/", json!({})).await.refuses(400);
        assert_eq!(details["email"], json!(["This field is required."]));
        assert_eq!(details["password"], json!(["This field is required."]));
    }

    async fn a_classic_login_takes_a_form_with_a_username(story: Story) {
        let form = format!("username=agent&password={PASSWORD}").into_bytes();
        let form = Some(("application/x-www-form-urlencoded", form));
        let pair = story.stranger().send_bytes("POST", "/auth/token/", form).await.answers(200);
        story.stranger().bearing(&pair["access"]).get("/tickets/").await.answers(200);
    }

    async fn a_platform_login_takes_a_form_too(story: Story) {
        let form = format!("email=agent%40example.com&password={PASSWORD}").into_bytes();
        let form = Some(("application/x-www-form-urlencoded", form));
        story.stranger().send_bytes("POST", "/auth/login/", form).await.answers(200);
    }

    async fn classic_doors_always_refuse_in_classic(story: Story) {
        let body = json!({ "username": "agent", "password": "wrong-password" });
        let reply = story.stranger().post("/auth/token/", body).await;
        assert!(reply.body["error"].is_string(), "{}", reply.text);
        reply.refuses(401);
        let details = story.stranger().post("/auth/token/", json!({})).await.refuses(400);
        assert_eq!(details["username"], json!(["This field is required."]));
    }

    async fn an_access_token_ends_after_half_an_hour(mut story: Story) {
        let agent = story.platform("agent").await;
        story.later(29);
        agent.get("/auth/me/").await.answers(200);
        story.later(1);
        let reply = agent.get("/auth/me/").await;
        assert_eq!(reply.code(), "AUTHENTICATION_REQUIRED");
        reply.refuses(401);
    }

    async fn a_refresh_token_is_good_for_seven_days_or_thirty_when_remembered(mut story: Story) {
        let forgotten = login(&story, "agent").await;
        let body = json!({ "email": "agent@example.com", "password": PASSWORD, "remember_me": true });
        let remembered = story.stranger().post("/auth/login/", body).await.answers(200);
        story.later(8 * A_DAY);
        let refresh = |session: &Value| json!({ "refresh_token": session["refresh_token"] });
        story.stranger().post("/auth/refresh/", refresh(&forgotten)).await.refuses(401);
        story.stranger().post("/auth/refresh/", refresh(&remembered)).await.answers(200);
    }

    async fn a_refresh_token_is_spent_for_a_new_pair(story: Story) {
        let session = login(&story, "agent").await;
        let body = json!({ "refresh_token": session["refresh_token"] });
        let next = story.stranger().post("/auth/refresh/", body).await.answers(200);
        assert_ne!(next["refresh_token"], session["refresh_token"]);
        story.stranger().bearing(&next["access_token"]).get("/auth/me/").await.answers(200);
    }

    async fn a_refresh_token_that_comes_twice_ends_the_login(story: Story) {
        let session = login(&story, "agent").await;
        let body = json!({ "refresh_token": session["refresh_token"] });
        let next = story.stranger().post("/auth/refresh/", body.clone()).await.answers(200);
        story.stranger().post("/auth/refresh/", body).await.refuses(401);
        let body = json!({ "refresh_token": next["refresh_token"] });
        story.stranger().post("/auth/refresh/", body).await.refuses(401);
        story.stranger().bearing(&next["access_token"]).get("/auth/me/").await.refuses(401);
    }

    async fn neither_token_does_for_the_other(story: Story) {
        let session = login(&story, "agent").await;
        story.stranger().post("/auth/refresh/", json!({ "refresh_token": session["access_token"] })).await.refuses(401);
        story.stranger().bearing(&session["refresh_token"]).get("/auth/me/").await.refuses(401);
    }

    async fn a_logout_ends_the_login_and_no_other(story: Story) {
        let session = login(&story, "agent").await;
        let other = story.platform("agent").await;
        let agent = story.stranger().bearing(&session["access_token"]);
        let reply = agent.post("/auth/logout/", json!({})).await;
        assert!([200, 204].contains(&reply.status), "{}", reply.text);
        agent.get("/auth/me/").await.refuses(401);
        story.stranger().post("/auth/refresh/", json!({ "refresh_token": session["refresh_token"] })).await.refuses(401);
        other.get("/auth/me/").await.answers(200);
    }

    async fn a_logout_needs_no_body_and_takes_the_refresh_token(story: Story) {
        story.platform("agent").await.send("POST", "/auth/logout/", None).await.answers(200);
        let session = login(&story, "agent").await;
        let agent = story.stranger().bearing(&session["access_token"]);
        agent.post("/auth/logout/", json!({ "refresh_token": session["refresh_token"] })).await.answers(200);
        agent.get("/auth/me/").await.refuses(401);
    }

    async fn a_new_password_ends_every_login_and_lets_in(story: Story) {
        let (one, other) = (story.platform("agent").await, story.classic("agent").await);
        let wrong = json!({ "current_password": "not it at all", "new_password": "another-password" });
        let reply = one.post("/auth/change-password/", wrong).await;
        assert!([400, 401].contains(&reply.status), "{}", reply.text);
        let body = json!({ "current_password": PASSWORD, "new_password": "another-password" });
        one.post("/auth/change-password/", body).await.answers(200);
        one.get("/auth/me/").await.refuses(401);
        other.get("/auth/me/").await.refuses(401);
        story.stranger().post("/auth/login/", json!({ "email": "agent@example.com", "password": PASSWORD })).await.refuses(401);
        let body = json!({ "email": "agent@example.com", "password": "another-password" });
        story.stranger().post("/auth/login/", body).await.answers(200);
    }

    async fn a_classic_refresh_token_gives_access_more_than_once(story: Story) {
        let body = json!({ "username": "agent", "password": PASSWORD });
        let pair = story.stranger().post("/auth/token/", body).await.answers(200);
        for _ in 0..2 {
            let body = json!({ "refresh": pair["refresh"] });
            let next = story.stranger().post("/auth/token/refresh/", body).await.answers(200);
            let tickets = story.stranger().bearing(&next["access"]).get("/tickets/").await;
            tickets.answers(200);
        }
    }

    async fn verify_knows_good_tokens_from_bad(story: Story) {
        let body = json!({ "username": "agent", "password": PASSWORD });
        let pair = story.stranger().post("/auth/token/", body).await.answers(200);
        for token in ["access", "refresh"] {
            let reply = story.stranger().post("/auth/token/verify/", json!({ "token": pair[token] })).await;
            assert_eq!(reply.answers(200), json!({}));
        }
        story.stranger().post("/auth/token/verify/", json!({ "token": "nonsense" })).await.refuses(401);
        let details = story.stranger().post("/auth/token/verify/", json!({})).await.refuses(400);
        assert_eq!(details["token"], json!(["This field is required."]));
    }

    async fn who_is_deactivated_is_out_at_once(story: Story) {
        let (admin, agent) = (story.platform("admin").await, story.platform("agent").await);
        let me = agent.get("/auth/me/").await.answers(200);
        let path = format!("/users/{}/", me["id"].as_str().unwrap());
        admin.patch(&path, json!({ "is_active": false })).await.answers(200);
        agent.get("/auth/me/").await.refuses(401);
        let body = json!({ "email": "agent@example.com", "password": PASSWORD });
        let reply = story.stranger().post("/auth/login/", body).await;
        assert!([401, 403].contains(&reply.status), "{}", reply.text);
    }

    async fn wrong_credentials_are_refused_however_they_come(story: Story) {
        for (name, value) in [
            ("Authorization", "Bearer nonsense"),
            ("Authorization", "Bearer"),
            ("Authorization", "Basic YWdlbnQ6cGFzc3dvcmQxMjM="),
            ("X-API-Key", "hd_nonsense"),
            ("Cookie", "sessionid=nonsense"),
        ] {
            let reply = story.stranger().with(name, value).get("/tickets/").await;
            assert_eq!(reply.code(), "AUTHENTICATION_REQUIRED", "{name}: {value}");
            reply.refuses(401);
        }
    }
}
