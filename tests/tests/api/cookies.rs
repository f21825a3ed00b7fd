//! The session cookie of browsers.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, PASSWORD, Reply, Story};
use serde_json::json;

async fn login(story: &Story) -> Reply {
    let reply = story.stranger().post("/auth/login/", json!({ "email": "agent@example.com", "password": PASSWORD })).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply
}

/// The whole `Set-Cookie` of that cookie.
fn set_cookie(reply: &Reply, name: &str) -> String {
    let all = reply.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    all.into_iter().find(|cookie| cookie.starts_with(&format!("{name}="))).unwrap().to_owned()
}

fn value(cookie: &str) -> &str {
    cookie.split(['=', ';']).nth(1).unwrap()
}

fn browser(story: &Story, login: &Reply) -> Client {
    story.stranger().with("Cookie", format!("theme=dark; sessionid={}", value(&set_cookie(login, "sessionid"))))
}

on_both_backends! {
    async fn a_login_sets_a_cookie_that_scripts_and_other_sites_do_not_get(story: Story) {
        let reply = login(&story).await;
        let session = set_cookie(&reply, "sessionid");
        assert!(session.contains("HttpOnly") && session.contains("SameSite=Lax") && session.contains("Path=/"), "{session}");
        assert!(!session.contains("Secure"), "{session}");
        assert!(!set_cookie(&reply, "csrftoken").contains("HttpOnly"));
    }

    async fn behind_https_the_cookie_is_for_https_only(story: Story) {
        let story = story.served(|http| http.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]);
        let proxy = story.stranger().with("X-Forwarded-Proto", "https");
        let body = json!({ "email": "agent@example.com", "password": PASSWORD });
        let reply = proxy.post("/auth/login/", body).await;
        assert!(set_cookie(&reply, "sessionid").contains("Secure"));
    }

    async fn a_cookie_reads(story: Story) {
        let reply = login(&story).await;
        browser(&story, &reply).get("/tickets/").await.answers(200);
    }

    async fn a_cookie_changes_nothing_without_the_token_that_came_with_it(story: Story) {
        let reply = login(&story).await;
        let body = json!({ "title": "x", "description": "x" });
        let refused = browser(&story, &reply).post("/tickets/", body.clone()).await;
        assert_eq!(refused.code(), "PERMISSION_DENIED");
        refused.refuses(403);
        browser(&story, &reply).with("X-CSRFToken", "guessed").post("/tickets/", body.clone()).await.refuses(403);
        let csrf = set_cookie(&reply, "csrftoken");
        browser(&story, &reply).with("X-CSRFToken", value(&csrf)).post("/tickets/", body).await.answers(201);
    }

    async fn a_bearer_token_needs_no_other_beside_a_cookie(story: Story) {
        let reply = login(&story).await;
        let client = browser(&story, &reply).bearing(&reply.body["access_token"]);
        client.post("/tickets/", json!({ "title": "x", "description": "x" })).await.answers(201);
    }

    async fn a_logout_ends_the_cookie_and_the_tokens(story: Story) {
        let reply = login(&story).await;
        let csrf = set_cookie(&reply, "csrftoken");
        let out = browser(&story, &reply).with("X-CSRFToken", value(&csrf)).post("/auth/logout/", json!({})).await;
        assert!(set_cookie(&out, "sessionid").contains("Max-Age=0"), "{:?}", out.headers);
        browser(&story, &reply).get("/tickets/").await.refuses(401);
        story.stranger().bearing(&reply.body["access_token"]).get("/tickets/").await.refuses(401);
    }

    async fn a_cookie_is_no_bearer_token_nor_the_other_way_round(story: Story) {
        let reply = login(&story).await;
        let session = set_cookie(&reply, "sessionid");
        story.stranger().bearing(&json!(value(&session))).get("/tickets/").await.refuses(401);
        let access = reply.body["access_token"].as_str().unwrap();
        story.stranger().with("Cookie", format!("sessionid={access}")).get("/tickets/").await.refuses(401);
    }
}
