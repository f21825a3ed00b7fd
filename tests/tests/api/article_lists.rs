//! Articles, listed and found (seed 001).

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::json;

use super::articles::{ARTICLES, category, titles, write};

on_both_backends! {
    async fn articles_come_by_relevance_with_the_words_marked(story: Story) {
        let agent = story.platform("agent").await;
        write(&agent, "Connecting to the VPN", "published", json!({ "content": "Install the <b>client</b> & connect." })).await;
        write(&agent, "Remote work", "published", json!({ "tags": ["vpn"], "content": "From home." })).await;
        write(&agent, "Slow at home", "published", json!({ "content": "Disconnect the VPN & measure <i>again</i>." })).await;
        write(&agent, "Printers", "published", json!({ "content": "Paper jams." })).await;
        assert_eq!(titles(&story.stranger(), "?search=vpn").await, ["Connecting to the VPN", "Remote work", "Slow at home"]);
        assert_eq!(titles(&agent, "?search=vpn%20home").await, ["Slow at home", "Remote work"]);
        assert_eq!(titles(&agent, "?search=prin").await, ["Printers"]);
        assert_eq!(titles(&agent, "?search=pritners").await, ["Printers"], "one typo is forgiven");
        assert!(titles(&agent, "?search=nothing").await.is_empty());
        assert_eq!(titles(&agent, "?search=vpn&ordering=title").await, ["Connecting to the VPN", "Remote work", "Slow at home"]);
        assert_eq!(titles(&agent, "?search=vpn&ordering=-created_at").await, ["Slow at home", "Remote work", "Connecting to the VPN"]);
        let found = agent.get(&format!("{ARTICLES}/?search=measure")).await.answers(200);
        assert_eq!(found["results"][0]["snippet"], "Disconnect the VPN &amp; <mark>measure</mark> &lt;i&gt;again&lt;/i&gt;.");
        let first = agent.get(&format!("{ARTICLES}/?search=vpn&cursor=&page_size=2")).await.answers(200);
        assert_eq!(each(&agent.get(first["next"].as_str().unwrap()).await.answers(200), "title"), ["Slow at home"]);
        let slow = agent.get(&format!("{ARTICLES}/slow-at-home/")).await.answers(200);
        agent.patch(&at(ARTICLES, &slow, ""), json!({ "content": "Ask your provider." })).await.answers(200);
        assert_eq!(titles(&agent, "?search=provider").await, ["Slow at home"]);
        assert!(titles(&agent, "?search=measure").await.is_empty(), "what is not said any more is not found");
    }

    async fn a_word_named_countless_times_is_one_and_countless_words_are_too_many(story: Story) {
        let agent = story.platform("agent").await;
        write(&agent, "One", "published", json!({ "tags": ["x"] })).await;
        assert_eq!(titles(&agent, &format!("?tags={}", "x,X,".repeat(12_000))).await, ["One"]);
        assert_eq!(titles(&agent, &format!("?status={}&tags=x", "published,".repeat(6_000))).await, ["One"]);
        let words: Vec<String> = (0..51).map(|n| format!("tag{n}")).collect();
        assert!(agent.get(&format!("{ARTICLES}/?tags={}", words.join(","))).await.refuses(400)["tags"].is_array());
        for list in ["/tags/", "/categories/", "/knowledge-base/categories/", "/templates/"] {
            assert_eq!(agent.get(&format!("{list}?search={}", "_".repeat(30_000))).await.answers(200)["count"], 0, "{list}");
        }
    }

    async fn articles_are_filtered_sorted_and_walked(story: Story) {
        let (agent, admin) = (story.platform("agent").await, story.platform("admin").await);
        let (one, two) = (category(&agent, "One").await, category(&agent, "Two").await);
        write(&agent, "beta", "published", json!({ "category_id": one["id"], "tags": ["X", "y"] })).await;
        write(&admin, "Alpha", "published", json!({ "category_id": two["id"], "tags": ["x"] })).await;
        write(&agent, "gamma", "draft", json!({ "category": "one", "tags": ["z"] })).await;
        let (first, second) = (one["id"].as_str().unwrap(), two["id"].as_str().unwrap());
        for (query, expected) in [
            (String::new(), ["gamma", "Alpha", "beta"].as_slice()),
            ("?ordering=created_at".into(), &["beta", "Alpha", "gamma"]),
            ("?ordering=title".into(), &["Alpha", "beta", "gamma"]),
            ("?ordering=-title&status=published".into(), &["beta", "Alpha"]),
            ("?ordering=-published_at".into(), &["Alpha", "beta", "gamma"]),
            ("?ordering=-updated_at".into(), &["gamma", "Alpha", "beta"]),
            ("?ordering=views".into(), &["beta", "Alpha", "gamma"]),
            (format!("?category_id={first}"), &["gamma", "beta"]),
            (format!("?category={second}&ordering=title"), &["Alpha"]),
            ("?category_id=ONE&status=draft".into(), &["gamma"]),
            ("?tags=x".into(), &["Alpha", "beta"]),
            ("?tags=y,Z&ordering=title".into(), &["beta", "gamma"]),
            ("?tags=x&author_id=me".into(), &["beta"]),
            ("?author_id=admin".into(), &["Alpha"]),
            (format!("?author_id=me&category_id={first}&ordering=-title"), &["gamma", "beta"]),
            (format!("?search=about&category_id={first}&author_id=me&tags=y"), &["beta"]),
            ("?status=archived".into(), &[]),
            ("?page_size=2&page=2".into(), &["beta"]),
        ] {
            let found = agent.get(&format!("{ARTICLES}/{query}")).await.answers(200);
            assert_eq!(each(&found, "title"), expected.iter().map(|title| json!(title)).collect::<Vec<_>>(), "{query}");
            let count = if query.contains("page_size") { 3 } else { expected.len() };
            assert_eq!(found["count"], count, "{query}");
        }
        for order in ["created_at", "-updated_at", "title", "-title", "views", "-published_at"] {
            let mut walked = Vec::new();
            let mut next = json!(format!("{ARTICLES}/?cursor=&page_size=1&ordering={order}"));
            while let Some(address) = next.as_str() {
                let part = agent.get(address).await.answers(200);
                walked.extend(each(&part, "title"));
                next = part["next"].clone();
            }
            assert_eq!(walked, titles(&agent, &format!("?ordering={order}")).await, "{order}");
        }
        for (field, bad) in [("ordering", "?ordering=x"), ("status", "?status=x"), ("category_id", "?category_id=999"), ("author_id", "?author_id=999"), ("page", "?page=0"), ("cursor", "?cursor=zz")] {
            assert!(agent.get(&format!("{ARTICLES}/{bad}")).await.refuses(400)[field].is_array(), "{bad}");
        }
    }
}
