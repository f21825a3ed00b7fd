//! Getting in again without the password.

use helpdesk_http::RateLimits;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{PASSWORD, Story};
use serde_json::{Value, json};

const NEXT: &str = "another-password";

/// Asks for a link; answers its parameters.
async fn forgets(story: &Story, username: &str) -> Link {
    let body = json!({ "email": format!("{username}@example.com") });
    story.stranger().post("/auth/forgot-password/", body).await.answers(200);
    newest_link(story).await
}

/// What a link carries.
struct Link {
    uidb64: String,
    token: String,
}

impl Link {
    fn body(&self) -> Value {
        json!({ "token": self.token, "new_password": NEXT })
    }
}

async fn newest_link(story: &Story) -> Link {
    let letter = story.letters().await.pop().unwrap();
    let parameter = |name: &str| {
        let (_, rest) = letter.text.split_once(&format!("{name}=")).unwrap();
        rest.split(['&', '\n']).next().unwrap().to_owned()
    };
    Link { uidb64: parameter("uidb64"), token: parameter("token") }
}

async fn logs_in(story: &Story, password: &str) -> u16 {
    story.stranger().post("/auth/login/", json!({ "email": "agent@example.com", "password": password })).await.status
}

on_both_backends! {
    async fn a_link_from_a_mail_lets_choose_a_new_password(story: Story) {
        let link = forgets(&story, "agent").await;
        story.stranger().post("/auth/reset-password/", link.body()).await.answers(200);
        assert_eq!(logs_in(&story, PASSWORD).await, 401);
        assert_eq!(logs_in(&story, NEXT).await, 200);
    }

    async fn the_mail_goes_to_the_address_of_the_account(story: Story) {
        let body = json!({ "email": "AGENT@EXAMPLE.com" });
        story.stranger().post("/auth/forgot-password/", body).await.answers(200);
        let letters = story.letters().await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to.address.as_str(), "agent@example.com");
        assert_eq!(letters[0].to.name, "Ann Miller");
    }

    async fn a_link_is_good_once(story: Story) {
        let link = forgets(&story, "agent").await;
        story.stranger().post("/auth/reset-password/", link.body()).await.answers(200);
        let again = json!({ "token": link.token, "new_password": "a-third-password" });
        let details = story.stranger().post("/auth/reset-password/", again).await.refuses(400);
        assert_eq!(details["token"], json!(["This link is invalid or has expired."]));
        assert_eq!(logs_in(&story, NEXT).await, 200);
    }

    async fn of_two_who_use_a_link_at_once_one_does(story: Story) {
        let link = forgets(&story, "agent").await;
        let stranger = story.stranger();
        let (one, two) = futures_util::future::join(
            stranger.post("/auth/reset-password/", link.body()),
            stranger.post("/auth/reset-password/", link.body()),
        )
        .await;
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400]);
    }

    async fn a_link_ends_after_an_hour(mut story: Story) {
        let link = forgets(&story, "agent").await;
        story.later(60);
        story.stranger().post("/auth/reset-password/", link.body()).await.refuses(400);
        assert_eq!(logs_in(&story, PASSWORD).await, 200);
    }

    async fn a_new_password_by_link_ends_every_login_and_every_other_link(story: Story) {
        let (one, other) = (story.platform("agent").await, story.classic("agent").await);
        let (first, second) = (forgets(&story, "agent").await, forgets(&story, "agent").await);
        story.stranger().post("/auth/reset-password/", second.body()).await.answers(200);
        one.get("/auth/me/").await.refuses(401);
        other.get("/auth/me/").await.refuses(401);
        story.stranger().post("/auth/reset-password/", first.body()).await.refuses(400);
    }

    async fn a_changed_password_ends_the_links(story: Story) {
        let link = forgets(&story, "agent").await;
        let body = json!({ "current_password": PASSWORD, "new_password": "chosen-by-hand" });
        story.platform("agent").await.post("/auth/change-password/", body).await.answers(200);
        story.stranger().post("/auth/reset-password/", link.body()).await.refuses(400);
    }

    async fn a_changed_address_ends_the_links_that_went_to_the_old_one(story: Story) {
        let link = forgets(&story, "agent").await;
        story.platform("agent").await.patch("/users/me/", json!({ "email": "new@example.com" })).await.answers(200);
        story.stranger().post("/auth/reset-password/", link.body()).await.refuses(400);
    }

    async fn nobody_learns_whether_an_address_is_known(story: Story) {
        let mut said = Vec::new();
        for email in ["agent@example.com", "nobody@example.com", "agent"] {
            let reply = story.stranger().post("/auth/forgot-password/", json!({ "email": email })).await;
            said.push((reply.status, reply.text));
        }
        assert_eq!(said[0], said[1]);
        assert_eq!(said[0].0, 200);
        assert_eq!(said[2].0, 400);
        assert_eq!(story.letters().await.len(), 1);
    }

    async fn a_username_that_looks_like_an_address_gets_no_link(story: Story) {
        let admin = story.platform("admin").await;
        let body = json!({ "email": "real@example.org", "username": "fake@example.org", "password": PASSWORD });
        admin.post("/users/", body).await.answers(201);
        story.stranger().post("/auth/forgot-password/", json!({ "email": "fake@example.org" })).await.answers(200);
        assert_eq!(story.letters().await, []);
    }

    async fn who_is_deactivated_gets_no_link(story: Story) {
        let admin = story.platform("admin").await;
        let me = admin.get("/users/?search=agent@").await.answers(200)["results"][0]["id"].clone();
        admin.patch(&format!("/users/{}/", me.as_str().unwrap()), json!({ "is_active": false })).await.answers(200);
        story.stranger().post("/auth/forgot-password/", json!({ "email": "agent@example.com" })).await.answers(200);
        assert_eq!(story.letters().await, []);
    }

    async fn the_user_of_a_link_is_checked_when_it_is_sent(story: Story) {
        let other = forgets(&story, "bob").await;
        let link = forgets(&story, "agent").await;
        for uidb64 in [other.uidb64.as_str(), "nonsense", "", "AA=="] {
            let body = json!({ "token": link.token, "uidb64": uidb64, "new_password": NEXT });
            story.stranger().post("/auth/reset-password/", body).await.refuses(400);
        }
        let body = json!({ "token": link.token, "uidb64": link.uidb64, "new_password": NEXT });
        story.stranger().post("/auth/reset-password/", body).await.answers(200);
    }

    async fn a_bad_password_does_not_spend_the_link(story: Story) {
        let link = forgets(&story, "agent").await;
        let body = json!({ "token": link.token, "new_password": "short" });
        let details = story.stranger().post("/auth/reset-password/", body).await.refuses(400);
        assert!(details["new_password"].is_array(), "{details}");
        story.stranger().post("/auth/reset-password/", link.body()).await.answers(200);
    }

    async fn each_dialect_refuses_in_its_words(story: Story) {
        for path in ["/auth/forgot-password/", "/auth/reset-password/"] {
            let reply = story.stranger().post(path, json!({})).await;
            assert_eq!(reply.code(), "VALIDATION_ERROR");
            let reply = story.stranger().with("X-API-Dialect", "classic").post(path, json!({})).await;
            assert_eq!(reply.body["error"], "Validation failed");
            reply.refuses(400);
        }
    }

    async fn five_links_a_minute_are_enough_for_an_address(story: Story) {
        let story = story.served(|http| http.rate_limits = RateLimits::default());
        let body = json!({ "email": "agent@example.com" });
        for _ in 0..5 {
            story.stranger().post("/auth/forgot-password/", body.clone()).await.answers(200);
        }
        story.stranger().post("/auth/forgot-password/", body).await.refuses(429);
    }

    async fn the_page_behind_the_link_is_there_and_keeps_its_address_to_itself(story: Story) {
        let reply = story.root().get("/reset-password?uidb64=x&token=y").await;
        assert_eq!((reply.status, reply.header("referrer-policy"), reply.header("cache-control")), (200, "no-referrer", "no-store"));
        assert_eq!(story.root().get("/reset-password.js").await.status, 200);
    }
}
