//! The documents of the API, and what is beside it.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Story, id};
use serde_json::{Value, json};

/// Every operation that the seeds have: seed, method and path, typed from them.
fn operations() -> Vec<[String; 3]> {
    serde_json::from_str(include_str!("../../data/operations.json")).unwrap()
}

/// Where the operations of a seed are described.
fn documents(seed: &str) -> &'static [&'static str] {
    match seed {
        "000" => &["/api/help/schema/"],
        "004" => &["/api/schema/"],
        _ => &["/api/v1/schema/", "/api/v1/schema/?dialect=classic"],
    }
}

/// Paths are described with a slash at their end, and served with or without; an address of a content has none.
fn described(path: &str) -> String {
    if path.ends_with('/') || path.starts_with("/media/") { path.to_owned() } else { format!("{path}/") }
}

/// Every reference to a schema.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

on_both_backends! {
    async fn every_operation_of_the_five_seeds_is_in_its_documents_and_served(story: Story) {
        let ticket = id(&story.platform("agent").await.opens("One").await);
        for [seed, method, path] in operations() {
            for address in documents(&seed) {
                let document = story.root().get(address).await.answers(200);
                assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{address}");
                let place = format!("/paths/{}/{}", described(&path).replace('/', "~1"), method.to_lowercase());
                assert!(document.pointer(&place).is_some(), "{method} {path} is not in {address}");
            }
            let asked = path.replace("{id}", &ticket).replace("{path}", "files/x.txt");
            let reply = story.root().send(&method, &asked, Some(json!({}))).await;
            assert_ne!(reply.status, 405, "{method} {path}");
            for nowhere in ["/error/message", "/message", "/detail"] {
                assert_ne!(reply.body.pointer(nowhere), Some(&json!("Not found.")), "{method} {path}");
            }
        }
    }

    async fn the_documents_are_openapi_3_1_and_whole(story: Story) {
        for query in ["", "?dialect=classic"] {
            let document = story.stranger().get(&format!("/schema/{query}")).await.answers(200);
            assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
            let mut found = Vec::new();
            references(&document, &mut found);
            for reference in found {
                assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
            }
            let paths = document["paths"].as_object().unwrap();
            let mut ids: Vec<&str> = paths
                .values()
                .flat_map(|path| path.as_object().unwrap().values())
                .map(|operation| operation["operationId"].as_str().unwrap())
                .collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count, "every operation has an id of its own");
        }
    }

    async fn the_document_comes_as_yaml_too(story: Story) {
        let reply = story.stranger().get("/schema/?format=yaml").await;
        assert!(reply.header("content-type").contains("yaml"), "{}", reply.header("content-type"));
        assert!(reply.text.contains("openapi: 3.1"), "{}", &reply.text[..40]);
    }

    async fn limits_of_fields_are_in_the_document(story: Story) {
        let document = story.stranger().get("/schema/").await.answers(200);
        let title = &document["components"]["schemas"]["TicketBody"]["properties"]["title"];
        assert_eq!(title["maxLength"], 255, "{title}");
    }

    async fn what_both_voices_show_is_described_as_if_it_were_written_for_one(story: Story) {
        for (query, kind) in [("", "string"), ("?dialect=classic", "integer")] {
            let document = story.stranger().get(&format!("/schema/{query}")).await.answers(200);
            let schemas = &document["components"]["schemas"];
            let article = &schemas["Article"]["properties"];
            assert_eq!(article["id"]["type"], kind, "{article}");
            assert_eq!(article["category_id"]["type"], json!([kind, "null"]), "{article}");
            let place = &schemas["LocationRef"]["properties"];
            assert_eq!(place["id"]["type"], kind, "{place}");
        }
    }

    async fn the_pages_to_read_with_need_no_other_host(story: Story) {
        for page in ["/docs", "/api/docs/", "/api/v1/docs/", "/redoc", "/api/v1/redoc/"] {
            let reply = story.root().get(page).await;
            assert_eq!(reply.status, 200, "{page}");
            assert!(!reply.text.contains("https://") && !reply.text.contains("//cdn"), "{page}: {}", reply.text);
            for part in reply.text.split(['"', '\'']).filter(|part| part.starts_with("/assets/") || part.starts_with("/api/")) {
                assert_eq!(story.root().get(part).await.status, 200, "{page} wants {part}");
            }
        }
    }

    async fn the_postman_collection_holds_every_operation(story: Story) {
        let collection = story.stranger().get("/postman/").await.answers(200);
        let count = |value: &Value| value["item"].as_array().unwrap().len();
        let requests: usize = collection["item"].as_array().unwrap().iter().map(count).sum();
        assert!(requests >= operations().iter().filter(|[.., path]| path.starts_with("/api/v1/")).count(), "{requests}");
        assert!(collection["info"]["schema"].as_str().unwrap().contains("v2.1"));
    }

    async fn the_server_says_that_it_lives_and_can_work(story: Story) {
        assert_eq!(story.root().get("/health").await.answers(200)["status"], "ok");
        story.root().get("/ready").await.answers(200);
        assert_eq!(story.root().get("/metrics").await.status, 200);
        story.root().get("/health/").await.answers(200);
    }

    async fn what_is_nowhere_has_an_error_body_too(story: Story) {
        for path in ["/", "/nothing", "/api/nothing", "/api/v2/tickets"] {
            let reply = story.root().get(path).await;
            assert!(reply.body["error"].is_string() || reply.body["error"].is_object(), "{path}: {}", reply.text);
            assert_eq!(reply.status, 404, "{path}");
        }
    }
}
