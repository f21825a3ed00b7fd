//! Where articles stand (seed 001).

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, at, each};
use serde_json::{Value, json};

const CATEGORIES: &str = "/knowledge-base/categories";

on_both_backends! {
    async fn categories_are_a_tree_without_circles(story: Story) {
        let agent = story.platform("agent").await;
        let top = agent.post(&format!("{CATEGORIES}/"), json!({ "name": "Top", "description": "All", "color": "#FFF" })).await.answers(201);
        assert_eq!((&top["color"], &top["parent"], &top["article_count"]), (&json!("#ffffff"), &Value::Null, &json!(0)));
        let part = agent.post(&format!("{CATEGORIES}/"), json!({ "name": "Part", "parent": top["id"] })).await.answers(201);
        let leaf = agent.post(&format!("{CATEGORIES}/"), json!({ "name": "Leaf", "parent": "part" })).await.answers(201);
        assert_eq!((&part["parent"], &leaf["parent"]), (&top["id"], &part["id"]));
        for parent in [&top, &part, &leaf] {
            let refused = agent.patch(&at(CATEGORIES, &top, ""), json!({ "parent": parent["id"] })).await.refuses(400);
            assert!(refused["parent"].is_array(), "{refused}");
        }
        let theirs = story.platform("outsider").await.post(&format!("{CATEGORIES}/"), json!({ "name": "Theirs" })).await.answers(201);
        for nowhere in [theirs["id"].clone(), json!(999), json!("nowhere")] {
            assert!(agent.patch(&at(CATEGORIES, &leaf, ""), json!({ "parent": nowhere })).await.refuses(400)["parent"].is_array());
        }
        let twin = json!({ "name": "LEAF", "parent": part["id"] });
        assert!(agent.post(&format!("{CATEGORIES}/"), twin).await.refuses(400)["name"].is_array());
        agent.post(&format!("{CATEGORIES}/"), json!({ "name": "leaf" })).await.answers(201);
        for (query, names) in [("", vec!["Leaf", "leaf", "Part", "Top"]), ("?parent=none", vec!["leaf", "Top"]), ("?parent=top", vec!["Part"]), ("?ordering=-name&search=A", vec!["Part", "leaf", "Leaf"])] {
            let listed = story.stranger().get(&format!("{CATEGORIES}/{query}")).await.answers(200);
            assert_eq!(each(&listed, "name"), names, "{query}");
        }
        assert_eq!(agent.delete(&at(CATEGORIES, &part, "")).await.code(), "CONFLICT", "it has a part");
        let article = json!({ "title": "One", "content": "x", "category_id": leaf["id"] });
        let article = agent.post("/knowledge-base/articles/", article).await.answers(201);
        agent.delete(&at(CATEGORIES, &leaf, "")).await.refuses(409);
        let counted = |category: Value| category["article_count"].clone();
        assert_eq!(counted(agent.get(&at(CATEGORIES, &leaf, "")).await.answers(200)), 1);
        assert_eq!(counted(story.stranger().get(&at(CATEGORIES, &leaf, "")).await.answers(200)), 0, "drafts are not seen");
        let path = at("/knowledge-base/articles", &article, "");
        assert_eq!(agent.patch(&path, json!({ "category_id": null })).await.answers(200)["category"], Value::Null);
        agent.delete(&at(CATEGORIES, &leaf, "")).await.answers(204);
        assert_eq!(agent.patch(&at(CATEGORIES, &part, ""), json!({ "parent": null })).await.answers(200)["parent"], Value::Null);
    }
}
