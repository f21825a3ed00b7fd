//! Rate limits, sizes and times.

use std::time::Duration;

use helpdesk_http::{Rate, RateLimits};
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{PASSWORD, Story};
use serde_json::json;

/// The limits as they are when nobody says otherwise.
fn limited(story: Story) -> Story {
    story.served(|http| http.rate_limits = RateLimits::default())
}

/// Two of each class, so that the third is one too many.
fn tight(story: Story) -> Story {
    let two = Rate { count: 2, period: Duration::from_hours(1) };
    let limits =
        RateLimits { read: two, write: two, search: two, classic_user: two, classic_anonymous: two, ..RateLimits::default() };
    story.served(|http| http.rate_limits = limits)
}

on_both_backends! {
    async fn every_class_has_the_limit_of_its_seed(story: Story) {
        let story = limited(story);
        let (platform, classic, admin) = (story.platform("agent").await, story.classic("bob").await, story.classic("admin").await);
        for (reply, limit) in [
            (platform.get("/tickets/").await, 1000),
            (platform.get("/tickets/?search=printer").await, 200),
            (platform.post("/tickets/", json!({})).await, 100),
            (classic.get("/tickets/").await, 1000),
            (admin.post("/tickets/", json!({})).await, 1000),
            (story.stranger().with("X-API-Dialect", "classic").get("/tickets/").await, 100),
            (story.stranger().get("/tickets/").await, 1000),
        ] {
            assert_eq!(reply.number("x-ratelimit-limit"), limit);
            assert_eq!(reply.number("x-ratelimit-remaining"), limit - 1);
            assert!(reply.number("x-ratelimit-reset") > 0);
        }
    }

    async fn what_is_too_much_is_refused_and_says_for_how_long(story: Story) {
        let story = tight(story);
        let agent = story.platform("agent").await;
        for remaining in [1, 0] {
            assert_eq!(agent.get("/tickets/").await.number("x-ratelimit-remaining"), remaining);
        }
        let reply = agent.get("/tickets/").await;
        assert_eq!(reply.code(), "RATE_LIMIT_EXCEEDED");
        assert_eq!(reply.number("x-ratelimit-remaining"), 0);
        assert_eq!(reply.body["error"]["retry_after"], reply.number("retry-after"));
        assert!((1..=3600).contains(&reply.number("retry-after")));
        reply.refuses(429);
        agent.post("/tickets/", json!({ "title": "One", "description": "x" })).await.answers(201);
        story.platform("bob").await.get("/tickets/").await.answers(200);
    }

    async fn classic_is_refused_in_classic(story: Story) {
        let story = tight(story);
        let agent = story.classic("agent").await;
        agent.get("/tickets/").await.answers(200);
        agent.get("/tickets/").await.answers(200);
        let reply = agent.get("/tickets/").await;
        assert!(reply.body["error"].is_string(), "{}", reply.text);
        assert!(reply.number("retry-after") > 0);
        reply.refuses(429);
    }

    async fn five_logins_a_minute_are_enough_for_an_account(story: Story) {
        let story = limited(story);
        let body = json!({ "email": "agent@example.com", "password": PASSWORD });
        for _ in 0..5 {
            story.stranger().post("/auth/login/", body.clone()).await.answers(200);
        }
        let reply = story.stranger().post("/auth/login/", body).await;
        assert!(reply.number("retry-after") > 0);
        reply.refuses(429);
        let body = json!({ "email": "bob@example.com", "password": PASSWORD });
        story.stranger().post("/auth/login/", body).await.answers(200);
    }

    async fn the_doors_of_both_dialects_count_together_and_no_header_changes_it(story: Story) {
        let story = limited(story);
        for n in 0..5 {
            let client = story.stranger().with("X-Forwarded-For", format!("10.0.0.{n}")).with("X-API-Dialect", "classic");
            client.post("/auth/login/", json!({ "email": "agent@example.com", "password": "wrong-password" })).await.refuses(401);
        }
        let body = json!({ "username": "AGENT@example.com", "password": PASSWORD });
        story.stranger().with("X-Forwarded-For", "10.0.0.9").post("/auth/token/", body).await.refuses(429);
    }

    async fn a_body_over_the_limit_is_refused_in_the_dialect(story: Story) {
        for client in [story.platform("customer").await, story.classic("customer").await] {
            for path in ["/tickets/", "/auth/login/"] {
                let body = json!({ "title": "One", "description": "x".repeat(1024 * 1024) });
                client.post(path, body).await.refuses(413);
            }
            let keyed = client.with("Idempotency-Key", "a");
            keyed.post("/tickets/", json!({ "description": "x".repeat(1024 * 1024) })).await.refuses(413);
            assert_eq!(client.get("/tickets/").await.answers(200)["count"], 0);
        }
    }

    async fn a_browser_of_a_known_origin_may_call_and_of_no_other(story: Story) {
        let story = story.served(|http| http.cors_origins = vec!["https://desk.example.com".to_owned()]);
        let asked = |origin: &str| {
            let client = story.stranger().with("Origin", origin).with("Access-Control-Request-Method", "PATCH");
            client.with("Access-Control-Request-Headers", "authorization,content-type,if-match,idempotency-key,x-api-dialect")
        };
        let reply = asked("https://desk.example.com").send("OPTIONS", "/tickets/", None).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        assert_eq!(reply.header("access-control-allow-origin"), "https://desk.example.com");
        assert!(reply.header("access-control-allow-methods").contains("PATCH"));
        let reply = asked("https://evil.example").send("OPTIONS", "/tickets/", None).await;
        assert!(reply.headers.get("access-control-allow-origin").is_none());
        let agent = story.platform("agent").await.with("Origin", "https://desk.example.com");
        let reply = agent.get("/tickets/").await;
        assert_eq!(reply.header("access-control-allow-origin"), "https://desk.example.com");
        assert!(reply.header("access-control-expose-headers").to_lowercase().contains("etag"));
        assert!(reply.header("vary").to_lowercase().contains("origin"));
    }

    async fn every_answer_has_a_request_id_and_a_decent_one_is_kept(story: Story) {
        let stranger = story.stranger();
        let (one, two) = (stranger.get("/tickets/").await, stranger.get("/tickets/").await);
        assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
        assert_eq!(one.body["error"]["request_id"], one.header("x-request-id"));
        let reply = stranger.with("X-Request-Id", "my-own_id.5").get("/tickets/").await;
        assert_eq!(reply.header("x-request-id"), "my-own_id.5");
        for bad in ["a b".to_owned(), "<script>".to_owned(), "x".repeat(200)] {
            assert!(stranger.with("X-Request-Id", bad.as_str()).get("/tickets/").await.header("x-request-id").starts_with("req_"), "{bad}");
        }
        assert!(story.root().get("/health").await.header("x-request-id").starts_with("req_"));
    }
}
