//! `/api/help`, with the requests and answers of seed 000.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::desk::{Desk, Session, expect};

const REQUESTS: &str = "/api/help/requests";
const FAQS: &str = "/api/help/faqs";

fn dashboard() -> Value {
    json!({
        "title": "Unable to access dashboard",
        "description": "I'm getting a 403 error when trying to access my dashboard",
        "category": "technical",
        "priority": "medium",
        "contact_email": "user@example.com"
    })
}

async fn open(session: &Session, body: &Value) -> Value {
    expect(session.post(REQUESTS, body).send().await.unwrap(), StatusCode::CREATED).await
}

async fn id(desk: &Desk, username: &str) -> Value {
    let people = desk.admin().await;
    let answer = people.ask(&format!("/api/v1/users/{username}/")).header("X-API-Dialect", "classic").send().await.unwrap();
    expect(answer, StatusCode::OK).await["id"].clone()
}

fn keys(body: &Value) -> Vec<&str> {
    body.as_object().unwrap().keys().map(String::as_str).collect()
}

async fn refused(answer: reqwest::RequestBuilder, status: StatusCode, sentence: &str) {
    let body = expect(answer.send().await.unwrap(), status).await;
    assert_eq!(body, json!({ "message": sentence }));
}

crate::on_both_databases! {
    async fn a_request_is_made_answered_and_told_as_in_the_seed(home: Home) {
        let desk = home.serve();
        let (customer, admin) = (desk.customer().await, desk.admin().await);
        let made = open(&customer, &dashboard()).await;
        assert_eq!(made["message"], "Help request created successfully");
        assert_eq!(made["request_id"], made["data"]["id"]);
        for (field, value) in dashboard().as_object().unwrap() {
            assert_eq!(&made["data"][field], value, "{field}");
        }
        assert_eq!(made["data"]["status"], "open");
        let path = format!("{REQUESTS}/{}", made["request_id"]);
        let agent = id(&desk, "agent").await;
        let change = json!({
            "status": "in_progress", "priority": "high", "assigned_to_id": agent, "admin_notes": "Escalated to technical team"
        });
        let updated = expect(admin.put(&path, &change).send().await.unwrap(), StatusCode::OK).await;
        assert_eq!(updated["message"], "Help request updated successfully");
        let changes = updated["changes"].as_array().unwrap();
        assert_eq!(changes[..2], [json!("Status changed from open to in_progress"), json!("Priority changed from medium to high")]);
        assert!(changes[2].as_str().unwrap().starts_with("Assigned to "), "{changes:?}");
        assert_eq!(changes.len(), 3);
        assert_eq!(updated["data"]["assigned_to_id"], agent);
        let again = expect(admin.put(&path, &change).send().await.unwrap(), StatusCode::OK).await;
        assert_eq!(again["changes"], json!([]));
        let response = json!({ "response": "Thank you for reporting this issue.", "is_public": true, "new_status": "resolved" });
        let said = admin.post(&format!("{path}/response"), &response).send().await.unwrap();
        let said = expect(said, StatusCode::CREATED).await;
        assert_eq!(said["data"]["response_text"], "Thank you for reporting this issue.");
        assert_eq!(said["data"]["help_request_id"], made["request_id"]);
        let secret = json!({ "response": "The user is an idiot.", "is_public": false });
        expect(admin.post(&format!("{path}/response"), &secret).send().await.unwrap(), StatusCode::CREATED).await;
        let seen = customer.get(&path).await;
        assert_eq!(seen["status"], "resolved");
        assert_eq!(seen["admin_notes"], Value::Null);
        assert_eq!(seen["responses"].as_array().unwrap().len(), 1);
        assert_eq!(seen["history"][0]["action"], "created");
        assert!(seen["history"][0]["details"].as_str().unwrap().starts_with("Help request created by "));
        assert!(!seen.to_string().contains("idiot") && !seen.to_string().contains("Escalated"), "{seen}");
        assert_eq!(admin.get(&path).await["responses"].as_array().unwrap().len(), 2);
    }

    async fn a_list_is_paged_filtered_and_sorted_as_in_the_seed(home: Home) {
        let desk = home.serve();
        let admin = desk.admin().await;
        let list = admin.get(&format!("{REQUESTS}?status=open&page=1&per_page=2&sort_by=created_date&sort_order=desc")).await;
        assert_eq!(keys(&list), ["pagination", "requests"]);
        assert_eq!(keys(&list["requests"][0]), ["category", "created_date", "id", "priority", "status", "title"]);
        assert!(list["requests"].as_array().unwrap().iter().all(|row| row["status"] == "open"));
        let pagination = &list["pagination"];
        assert_eq!((&pagination["page"], &pagination["per_page"], &pagination["has_prev"]), (&json!(1), &json!(2), &json!(false)));
        assert_eq!(pagination["pages"], pagination["total"].as_u64().unwrap().div_ceil(2));
        let all = admin.get(&format!("{REQUESTS}?status=all&category=all&priority=all&per_page=1000")).await;
        assert_eq!(all["pagination"]["per_page"], 100);
        let past = admin.get(&format!("{REQUESTS}?page=999999999999")).await;
        assert_eq!(past["requests"], json!([]));
        refused(admin.ask(&format!("{REQUESTS}?page=0")), StatusCode::BAD_REQUEST, "Page must be at least 1").await;
        refused(admin.ask(&format!("{REQUESTS}?status=lost")), StatusCode::BAD_REQUEST, "Invalid status: lost").await;
        refused(admin.ask(&format!("{REQUESTS}?sort_by=mood")), StatusCode::BAD_REQUEST, "Invalid sort by: mood").await;
    }

    async fn refusals_are_the_seeds_sentences(home: Home) {
        let desk = home.serve();
        let (customer, admin) = (desk.customer().await, desk.admin().await);
        refused(desk.ask(REQUESTS), StatusCode::UNAUTHORIZED, "Valid token is required").await;
        refused(customer.post(REQUESTS, &json!({})), StatusCode::BAD_REQUEST, "Help request title is required").await;
        refused(
            customer.post(REQUESTS, &json!({ "title": "x" })),
            StatusCode::BAD_REQUEST,
            "Help request description is required",
        )
        .await;
        refused(customer.ask(&format!("{REQUESTS}/999999")), StatusCode::NOT_FOUND, "Help request not found").await;
        refused(customer.ask(&format!("{FAQS}/999999")), StatusCode::NOT_FOUND, "FAQ not found").await;
        let path = format!("{REQUESTS}/{}", open(&customer, &dashboard()).await["request_id"]);
        let refusal = "Admin access required";
        refused(customer.put(&path, &json!({ "priority": "urgent" })), StatusCode::FORBIDDEN, refusal).await;
        refused(customer.post(&format!("{path}/response"), &json!({})), StatusCode::FORBIDDEN, refusal).await;
        refused(admin.post(&format!("{path}/response"), &json!({})), StatusCode::BAD_REQUEST, "Response text is required").await;
        refused(customer.post(FAQS, &json!({})), StatusCode::FORBIDDEN, refusal).await;
        refused(customer.ask("/api/help/statistics"), StatusCode::FORBIDDEN, refusal).await;
        refused(desk.ask("/api/help/search?q="), StatusCode::BAD_REQUEST, "Search query is required").await;
        let closed = json!({ "status": "closed" });
        expect(admin.put(&path, &closed).send().await.unwrap(), StatusCode::OK).await;
        let reopened = admin.put(&path, &json!({ "status": "in_progress" })).send().await.unwrap();
        expect(reopened, StatusCode::BAD_REQUEST).await;
        let other = desk.login("admin@tech-startup.com", "admin123").await;
        refused(other.ask(&path), StatusCode::NOT_FOUND, "Help request not found").await;
    }

    async fn faqs_are_written_by_admins_and_read_by_everybody(home: Home) {
        let desk = home.serve();
        let admin = desk.admin().await;
        let body = json!({
            "question": "How do I order a flux capacitor?",
            "answer": "You can order one by creating a help request through the system.",
            "category": "general",
            "tags": "order, hardware",
            "display_order": 5
        });
        let made = expect(admin.post(FAQS, &body).send().await.unwrap(), StatusCode::CREATED).await;
        assert_eq!(made["message"], "FAQ created successfully");
        assert_eq!(made["data"]["is_active"], true);
        let path = format!("{FAQS}/{}", made["faq_id"]);
        let found = expect(desk.ask(&format!("{FAQS}?search=flux+capaciter")).send().await.unwrap(), StatusCode::OK).await;
        assert_eq!(found["total_count"], 1);
        assert_eq!(found["faqs"]["general"][0]["id"], made["faq_id"]);
        assert!(found["faqs"]["general"][0]["snippet"].as_str().unwrap().contains("<mark>"));
        let all = expect(desk.ask(&format!("{FAQS}?category=general")).send().await.unwrap(), StatusCode::OK).await;
        assert_eq!(all["total_count"], 3);
        assert_eq!(keys(&all["faqs"]), ["general"]);
        let hidden = expect(admin.put(&path, &json!({ "is_active": false })).send().await.unwrap(), StatusCode::OK).await;
        assert_eq!(hidden["message"], "FAQ updated successfully");
        refused(desk.ask(&path), StatusCode::NOT_FOUND, "FAQ not found").await;
        let gone = expect(desk.ask(&format!("{FAQS}?search=flux")).send().await.unwrap(), StatusCode::OK).await;
        assert_eq!(gone, json!({ "faqs": {}, "total_count": 0 }));
        let deleted = expect(admin.delete(&path).send().await.unwrap(), StatusCode::OK).await;
        assert_eq!(deleted, json!({ "message": "FAQ deleted successfully" }));
        let elsewhere = desk.ask(&format!("{FAQS}?organization=tech-startup")).send().await.unwrap();
        assert_eq!(expect(elsewhere, StatusCode::OK).await["total_count"], 0);
    }

    async fn faqs_are_put_in_order_all_or_none(home: Home) {
        let desk = home.serve();
        let admin = desk.admin().await;
        let shown = async || {
            let book = expect(desk.ask(&format!("{FAQS}?category=technical")).send().await.unwrap(), StatusCode::OK).await;
            let faqs = book["faqs"]["technical"].as_array().unwrap().clone();
            faqs.iter().map(|faq| faq["id"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        let mut order = shown().await;
        order.reverse();
        let arranged = admin.put(&format!("{FAQS}/order"), &json!({ "order": order })).send().await.unwrap();
        expect(arranged, StatusCode::OK).await;
        assert_eq!(shown().await, order);
        let broken = json!({ "order": [{ "id": order[0], "display_order": 99 }, { "id": 999_999, "display_order": 1 }] });
        let broken = admin.put(&format!("{FAQS}/order"), &broken).send().await.unwrap();
        expect(broken, StatusCode::BAD_REQUEST).await;
        assert_eq!(shown().await, order);
    }

    async fn strangers_find_questions_and_members_their_requests_too(home: Home) {
        let desk = home.serve();
        let customer = desk.customer().await;
        let body = json!({ "title": "Password reset not working", "description": "I clicked the reset link but nothing came." });
        let made = open(&customer, &body).await;
        assert_eq!(made["data"]["category"], "general");
        assert_eq!(made["data"]["contact_email"], "customer@example.com");
        let public = expect(desk.ask("/api/help/search?q=password").send().await.unwrap(), StatusCode::OK).await;
        assert_eq!(keys(&public), ["faqs"]);
        assert_eq!(public["faqs"][0]["question"], "How do I reset my password?");
        let own = customer.get("/api/help/search?q=password+reset").await;
        assert_eq!(own["help_requests"][0]["id"], made["request_id"]);
        assert_eq!(own["help_requests"][0]["status"], "open");
        let other = desk.login("john@example.com", "customer123").await.get("/api/help/search?q=password+reset+link+clicked").await;
        assert_eq!(other["help_requests"], json!([]));
    }

    async fn figures_are_counted(home: Home) {
        let desk = home.serve();
        let (customer, admin) = (desk.customer().await, desk.admin().await);
        let before = admin.get("/api/help/statistics").await;
        let path = format!("{REQUESTS}/{}/response", open(&customer, &dashboard()).await["request_id"]);
        expect(admin.post(&path, &json!({ "response": "Done." })).send().await.unwrap(), StatusCode::CREATED).await;
        let after = admin.get("/api/help/statistics").await;
        let more = |pointer: &str| after.pointer(pointer).unwrap().as_u64().unwrap() - before.pointer(pointer).unwrap().as_u64().unwrap();
        for pointer in ["/requests/total", "/requests/open", "/requests/by_category/technical", "/requests/by_priority/medium", "/responses/total"] {
            assert_eq!(more(pointer), 1, "{pointer}");
        }
        assert_eq!(after["faqs"]["total"], 15);
        assert!(after["responses"]["avg_response_time_days"].as_f64().unwrap() > 0.0);
    }

    async fn a_post_that_comes_twice_is_done_once_and_a_stale_change_is_refused(home: Home) {
        let desk = home.serve();
        let (customer, admin) = (desk.customer().await, desk.admin().await);
        let post = || customer.post(REQUESTS, &dashboard()).header("Idempotency-Key", "twice");
        let first = expect(post().send().await.unwrap(), StatusCode::CREATED).await;
        assert_eq!(expect(post().send().await.unwrap(), StatusCode::CREATED).await, first);
        let path = format!("{REQUESTS}/{}", first["request_id"]);
        let tag = admin.ask(&path).send().await.unwrap().headers()["etag"].clone();
        let known = admin.ask(&path).header("If-None-Match", &tag).send().await.unwrap();
        assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
        let change = |priority| admin.put(&path, &json!({ "priority": priority })).header("If-Match", &tag);
        expect(change("high").send().await.unwrap(), StatusCode::OK).await;
        expect(change("low").send().await.unwrap(), StatusCode::PRECONDITION_FAILED).await;
        assert_eq!(admin.get(&path).await["priority"], "high");
    }

    async fn the_document_names_every_operation_of_the_seed(home: Home) {
        let desk = home.serve();
        let document = expect(desk.ask("/api/help/schema/").send().await.unwrap(), StatusCode::OK).await;
        for (path, methods) in [
            ("requests/", &["get", "post"][..]),
            ("requests/{id}/", &["get", "put"]),
            ("requests/{id}/response/", &["post"]),
            ("faqs/", &["get", "post"]),
            ("faqs/{id}/", &["put", "delete"]),
            ("faqs/order/", &["put"]),
            ("search/", &["get"]),
            ("statistics/", &["get"]),
        ] {
            for method in methods {
                assert!(document["paths"][format!("/api/help/{path}")][method].is_object(), "{method} {path}");
            }
        }
    }
}
