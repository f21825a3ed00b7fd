//! Articles of the knowledge base (seed 001).

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, at, each, id};
use serde_json::{Value, json};

pub const ARTICLES: &str = "/knowledge-base/articles";
const CATEGORIES: &str = "/knowledge-base/categories";

fn example(category: &Value) -> Value {
    json!({
        "title": "How to reset your password",
        "content": "To reset your password, follow these steps...",
        "summary": "Step-by-step guide for password reset",
        "category_id": category["id"],
        "tags": ["password", "security", "help"],
        "status": "published",
        "seo_title": "Password Reset Guide",
        "seo_description": "Learn how to reset your password",
        "seo_keywords": "password, reset, security",
    })
}

pub async fn category(agent: &Client, name: &str) -> Value {
    agent.post(&format!("{CATEGORIES}/"), json!({ "name": name })).await.answers(201)
}

pub async fn write(agent: &Client, title: &str, status: &str, more: Value) -> Value {
    let mut body = json!({ "title": title, "content": format!("About {title}."), "status": status });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    agent.post(&format!("{ARTICLES}/"), body).await.answers(201)
}

pub async fn titles(client: &Client, query: &str) -> Vec<Value> {
    each(&client.get(&format!("{ARTICLES}/{query}")).await.answers(200), "title")
}

on_both_backends! {
    async fn the_example_of_the_seed_is_written_and_read_by_everybody(story: Story) {
        for agent in [story.platform("agent").await, story.classic("agent").await] {
            let category = category(&agent, if agent.get("/auth/me/").await.body["id"].is_i64() { "One" } else { "Two" }).await;
            let article = agent.post(&format!("{ARTICLES}/"), example(&category)).await.answers(201);
            for (field, value) in example(&category).as_object().unwrap() {
                assert_eq!(&article[field], value, "{field}");
            }
            assert!(article["slug"].as_str().unwrap().starts_with("how-to-reset-your-password"), "{article}");
            for (field, value) in [("views", 0), ("helpful_count", 0), ("not_helpful_count", 0), ("version", 1)] {
                assert_eq!(article[field], value, "{field}");
            }
            assert_eq!(article["category"]["name"], category["name"]);
            assert!(article["published_at"].is_string() && article["author"]["email"].is_string(), "{article}");
            let read = story.stranger().get(&at(ARTICLES, &article, "")).await.answers(200);
            assert_eq!(read["content"], article["content"]);
            assert!(read["author"]["first_name"].is_string() && read["author"].get("email").is_none(), "{read}");
            let one = agent.get(&at(CATEGORIES, &category, "")).await.answers(200);
            assert_eq!(one["article_count"], 1);
        }
    }

    async fn an_article_is_found_by_integer_uuid_and_slug_in_either_dialect(story: Story) {
        let (platform, classic) = (story.platform("agent").await, story.classic("agent").await);
        let article = write(&platform, "VPN for beginners", "published", json!({})).await;
        let same = classic.get(&format!("{ARTICLES}/vpn-for-beginners/")).await.answers(200);
        assert!(same["id"].is_i64() && article["id"].as_str().unwrap().len() == 36);
        for name in [id(&article), id(&same), "VPN-for-beginners".to_owned()] {
            assert_eq!(platform.get(&format!("{ARTICLES}/{name}")).await.answers(200)["id"], article["id"], "{name}");
        }
        let twin = write(&platform, "VPN for beginners", "published", json!({})).await;
        assert_ne!(twin["slug"], article["slug"]);
        let path = at(ARTICLES, &twin, "");
        assert!(platform.patch(&path, json!({ "slug": "vpn-for-beginners" })).await.refuses(400)["slug"].is_array());
        assert_eq!(platform.patch(&path, json!({ "slug": "VPN-2" })).await.answers(200)["slug"], "vpn-2");
        assert_eq!(platform.patch(&path, json!({ "title": "Other" })).await.answers(200)["slug"], "vpn-2", "links stay");
    }

    async fn what_is_not_published_is_for_staff_alone(story: Story) {
        let (agent, customer, stranger) = (story.platform("agent").await, story.platform("customer").await, story.stranger());
        for status in ["draft", "archived"] {
            let article = write(&agent, &format!("Secret {status}"), status, json!({ "tags": ["hidden"] })).await;
            for client in [&customer, &stranger, &story.platform("technician").await] {
                client.get(&at(ARTICLES, &article, "")).await.refuses(404);
                client.get(&format!("{ARTICLES}/{}", article["slug"].as_str().unwrap())).await.refuses(404);
                for query in ["", "?search=secret", "?search=hidden", "?status=draft,archived", "?tags=hidden", "?search=secert"] {
                    let found = client.get(&format!("{ARTICLES}/{query}")).await.answers(200);
                    assert_eq!((&found["count"], &found["results"]), (&json!(0), &json!([])), "{query}");
                }
            }
            customer.post(&at(ARTICLES, &article, "vote/"), json!({ "helpful": true })).await.refuses(404);
        }
        assert_eq!(titles(&agent, "?search=secret&ordering=created_at").await, ["Secret draft", "Secret archived"]);
        assert_eq!(titles(&agent, "?status=draft").await, ["Secret draft"]);
        let feed = agent.get("/events/?after=0&limit=1000").await.answers(200);
        assert!(each(&feed, "type").contains(&json!("article.created")), "{feed}");
    }

    async fn only_staff_write(story: Story) {
        let agent = story.platform("agent").await;
        let article = write(&agent, "One", "published", json!({})).await;
        let (path, body) = (at(ARTICLES, &article, ""), json!({ "title": "X", "content": "X", "name": "X" }));
        for person in ["customer", "technician"] {
            let client = story.platform(person).await;
            client.post(&format!("{ARTICLES}/"), body.clone()).await.refuses(403);
            client.post(&format!("{CATEGORIES}/"), body.clone()).await.refuses(403);
            client.patch(&path, body.clone()).await.refuses(403);
            client.delete(&path).await.refuses(403);
            client.get(&at(ARTICLES, &article, "versions/")).await.refuses(403);
        }
        story.stranger().post(&format!("{ARTICLES}/"), body).await.refuses(401);
        story.stranger().post(&at(ARTICLES, &article, "vote/"), json!({ "helpful": true })).await.refuses(401);
        assert_eq!(titles(&agent, "").await, ["One"]);
    }

    async fn strangers_read_the_default_organization_or_the_one_they_name(story: Story) {
        write(&story.platform("agent").await, "Ours", "published", json!({})).await;
        let theirs = write(&story.platform("outsider").await, "Theirs", "published", json!({})).await;
        assert_eq!(titles(&story.stranger(), "").await, ["Ours"]);
        assert_eq!(titles(&story.stranger(), "?organization=tech-startup").await, ["Theirs"]);
        assert_eq!(titles(&story.platform("customer").await, "?organization=tech-startup").await, ["Ours"]);
        assert_eq!(titles(&story.platform("foreigner").await, "?search=about").await, ["Theirs"]);
        story.stranger().get(&format!("{ARTICLES}/?organization=nobody")).await.refuses(404);
        story.stranger().get(&at(ARTICLES, &theirs, "")).await.refuses(404);
        story.stranger().get(&format!("{}?organization=tech-startup", at(ARTICLES, &theirs, ""))).await.answers(200);
    }

    async fn every_change_is_a_version_and_a_vote_or_a_view_is_none(story: Story) {
        let (agent, admin) = (story.platform("agent").await, story.platform("admin").await);
        let article = write(&agent, "First", "draft", json!({ "tags": ["a"] })).await;
        let path = at(ARTICLES, &article, "");
        assert_eq!(agent.put(&path, article.clone()).await.answers(200)["version"], 1, "nothing has changed");
        let changed = admin.patch(&path, json!({ "title": "Second", "content": "Other.", "status": "published" })).await.answers(200);
        assert_eq!((&changed["version"], &changed["tags"]), (&json!(2), &json!(["a"])));
        agent.post(&at(ARTICLES, &article, "vote/"), json!({ "helpful": true })).await.answers(200);
        let versions = agent.get(&at(ARTICLES, &article, "versions/")).await.answers(200);
        assert_eq!((each(&versions, "version"), each(&versions, "title")), (vec![json!(2), json!(1)], vec![json!("Second"), json!("First")]));
        assert_eq!(each(&versions, "status"), ["published", "draft"]);
        let first = agent.get(&at(ARTICLES, &article, "versions/1/")).await.answers(200);
        assert_eq!(first["content"], "About First.");
        assert_eq!(versions["results"][0]["edited_by"]["first_name"], "Ada");
        let walked = agent.get(&at(ARTICLES, &article, "versions/?cursor=&page_size=1")).await.answers(200);
        assert_eq!(each(&agent.get(walked["next"].as_str().unwrap()).await.answers(200), "version"), [1]);
        for nothing in ["0", "3", "-1", "x", "99999999999999999999"] {
            agent.get(&at(ARTICLES, &article, &format!("versions/{nothing}/"))).await.refuses(404);
        }
        agent.delete(&path).await.answers(204);
        agent.get(&path).await.refuses(404);
        assert_eq!(agent.get(&format!("{ARTICLES}/")).await.answers(200)["count"], 0);
    }

    async fn everybody_has_one_vote_and_may_change_it(story: Story) {
        let agent = story.platform("agent").await;
        let article = write(&agent, "One", "published", json!({})).await;
        let (path, vote) = (at(ARTICLES, &article, ""), at(ARTICLES, &article, "vote/"));
        let tag = agent.get(&path).await.header("etag").to_owned();
        let (customer, jane) = (story.platform("customer").await, story.classic("jane").await);
        for (client, helpful, yes, no) in [
            (&customer, true, 1, 0),
            (&customer, true, 1, 0),
            (&jane, false, 1, 1),
            (&customer, false, 0, 2),
            (&jane, true, 1, 1),
        ] {
            let voted = client.post(&vote, json!({ "helpful": helpful })).await.answers(200);
            assert_eq!((&voted["helpful_count"], &voted["not_helpful_count"]), (&json!(yes), &json!(no)));
        }
        for (body, status) in [(json!({}), 400), (json!({ "helpful": "maybe" }), 400), (json!({ "helpful": null }), 400)] {
            assert!(customer.post(&vote, body).await.refuses(status)["helpful"].is_array());
        }
        let read = agent.get(&path).await;
        assert_eq!(read.header("etag"), tag, "neither votes nor views change the tag");
        assert_eq!(read.body["updated_at"], article["updated_at"]);
        agent.with("If-Match", &tag).patch(&path, json!({ "title": "Two" })).await.answers(200);
        agent.with("If-Match", &tag).patch(&path, json!({ "title": "Three" })).await.refuses(412);
    }

    async fn each_look_at_an_article_is_counted(story: Story) {
        let agent = story.platform("agent").await;
        let article = write(&agent, "One", "published", json!({})).await;
        write(&agent, "Two", "published", json!({})).await;
        let path = at(ARTICLES, &article, "");
        assert_eq!(agent.get(&path).await.answers(200)["views"], 0, "before this one");
        assert_eq!(story.stranger().get(&path).await.answers(200)["views"], 1);
        story.store.write_views().await.unwrap();
        assert_eq!(story.stranger().get(&path).await.answers(200)["views"], 2, "also when they are written");
        story.store.write_views().await.unwrap();
        assert_eq!(titles(&agent, "?ordering=-views").await, ["One", "Two"]);
        assert_eq!(agent.get(&format!("{ARTICLES}/?search=one")).await.body["results"][0]["views"], 3);
    }

    async fn markdown_is_shown_as_html_that_does_nothing(story: Story) {
        let agent = story.platform("agent").await;
        let evil = "# Hello\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) **bold**";
        let article = write(&agent, "One", "published", json!({ "content": evil })).await;
        let path = at(ARTICLES, &article, "");
        let shown = story.stranger().get(&format!("{path}?render=html")).await.answers(200);
        let html = shown["content_html"].as_str().unwrap();
        assert!(html.contains("<h1>Hello</h1>") && html.contains("<strong>bold</strong>"), "{html}");
        assert!(!html.contains("script") && !html.contains("onerror") && !html.contains("alert"), "{html}");
        assert_eq!(shown["content"], evil);
        assert!(story.stranger().get(&path).await.answers(200).get("content_html").is_none());
        assert!(agent.get(&format!("{path}?render=pdf")).await.refuses(400)["render"].is_array());
    }

    async fn the_tag_of_an_article_read_as_html_is_good_for_changing_it(story: Story) {
        for agent in [story.platform("agent").await, story.classic("agent").await] {
            let article = write(&agent, "One", "published", json!({})).await;
            let path = at(ARTICLES, &article, "");
            let shown = agent.get(&format!("{path}?render=html")).await;
            assert!(shown.body["content_html"].is_string());
            let tag = shown.header("etag").to_owned();
            assert_eq!(tag, agent.get(&path).await.header("etag"));
            agent.with("If-Match", &tag).patch(&path, json!({ "content": "Two." })).await.answers(200);
            agent.with("If-Match", &tag).patch(&path, json!({ "content": "Three." })).await.refuses(412);
        }
    }

    async fn what_makes_no_article_is_refused_by_its_field(story: Story) {
        let agent = story.platform("agent").await;
        let elsewhere = category(&story.platform("outsider").await, "Theirs").await;
        let body = |field: &str, value: Value| {
            let mut body = json!({ "title": "x", "content": "x" });
            body[field] = value;
            body
        };
        for (field, value) in [
            ("title", json!(" ")),
            ("title", json!("x".repeat(256))),
            ("title", json!(5)),
            ("title", json!("a\u{0}b")),
            ("content", json!("")),
            ("content", json!("x".repeat(65_537))),
            ("summary", json!("x".repeat(1_001))),
            ("slug", json!("17")),
            ("slug", json!("a b")),
            ("slug", json!("x".repeat(201))),
            ("status", json!("deleted")),
            ("tags", json!("x")),
            ("tags", json!([""])),
            ("tags", json!(["x".repeat(51)])),
            ("tags", json!((0..51).map(|n| format!("t{n}")).collect::<Vec<_>>())),
            ("category_id", json!("nowhere")),
            ("category_id", elsewhere["id"].clone()),
            ("seo_title", json!("x".repeat(256))),
            ("seo_description", json!("x".repeat(501))),
            ("seo_keywords", json!("x".repeat(501))),
        ] {
            let details = agent.post(&format!("{ARTICLES}/"), body(field, value)).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
        for field in ["title", "content"] {
            let details = agent.post(&format!("{ARTICLES}/"), body(field, Value::Null)).await.refuses(400);
            assert!(details[field].is_array(), "{field}: {details}");
        }
        assert_eq!(agent.get(&format!("{ARTICLES}/")).await.answers(200)["count"], 0);
    }

    async fn an_article_is_written_once_under_a_key(story: Story) {
        let agent = story.platform("agent").await;
        let keyed = agent.with("Idempotency-Key", "one");
        let body = json!({ "title": "One", "content": "x", "status": "published" });
        let first = keyed.post(&format!("{ARTICLES}/"), body.clone()).await.answers(201);
        assert_eq!(keyed.post(&format!("{ARTICLES}/"), body.clone()).await.answers(201), first);
        story.forget_answers().await;
        assert_eq!(keyed.post(&format!("{ARTICLES}/"), body).await.answers(201), first, "made again from the article");
        keyed.post(&format!("{ARTICLES}/"), json!({ "title": "Two", "content": "x" })).await.refuses(422);
        assert_eq!(agent.get(&format!("{ARTICLES}/")).await.answers(200)["count"], 1);
        let (vote, yes) = (at(ARTICLES, &first, "vote/"), json!({ "helpful": true }));
        assert_eq!(keyed.post(&vote, yes.clone()).await.answers(200)["helpful_count"], 1);
        story.forget_answers().await;
        assert_eq!(keyed.post(&vote, yes).await.answers(200)["helpful_count"], 1);
        let category = keyed.post(&format!("{CATEGORIES}/"), json!({ "name": "C" })).await.answers(201);
        story.forget_answers().await;
        assert_eq!(keyed.post(&format!("{CATEGORIES}/"), json!({ "name": "C" })).await.answers(201), category);
    }
}
