//! The addresses of contents: who may follow them, and for how long.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Form, Story, at};
use serde_json::{Value, json};

/// A ticket of the customer with a file.
async fn a_file(customer: &Client) -> (Value, Value) {
    let ticket = customer.opens("One").await;
    let form = Form::with_file("file", "x.txt", "content");
    let file = customer.upload(&at("/tickets", &ticket, "attachments/"), &form).await.answers(201);
    (ticket, file)
}

/// The address without its signature.
fn bare(file: &Value) -> String {
    file["url"].as_str().unwrap().split('?').next().unwrap().to_owned()
}

on_both_backends! {
    async fn a_link_is_followed_without_any_other_credentials(story: Story) {
        let (_, file) = a_file(&story.platform("customer").await).await;
        let url = file["url"].as_str().unwrap();
        assert!(url.starts_with("http://127.0.0.1") && url.contains("/media/ticket_attachments/"), "{url}");
        let reply = story.root().get(url).await;
        assert_eq!((reply.status, reply.text.as_str()), (200, "content"));
    }

    async fn a_link_lasts_an_hour_and_is_the_same_within_its_step(mut story: Story) {
        let customer = story.platform("customer").await;
        let (ticket, file) = a_file(&customer).await;
        let url = file["url"].as_str().unwrap().to_owned();
        let path = at("/tickets", &ticket, "");
        let before = customer.get(&path).await;
        story.later(29);
        let within = customer.get(&path).await;
        assert_eq!(within.body["attachments"], before.body["attachments"]);
        story.later(31);
        assert_eq!(story.root().get(&url).await.status, 200);
        let customer = story.platform("customer").await;
        let later = customer.get(&path).await;
        assert_ne!(later.body["attachments"][0]["url"], before.body["attachments"][0]["url"]);
        assert_eq!(later.header("etag"), before.header("etag"));
        story.later(31);
        story.root().get(&url).await.refuses(401);
    }

    async fn the_right_is_looked_at_again_when_a_link_is_followed(story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        let (ticket, file) = a_file(&customer).await;
        admin.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": "technician" })).await.answers(200);
        let technician = story.platform("technician").await;
        let theirs = technician.get(&at("/files", &file, "")).await.answers(200);
        let url = theirs["url"].as_str().unwrap();
        assert_ne!(theirs["url"], file["url"]);
        assert_eq!(story.root().get(url).await.status, 200);
        admin.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": "agent" })).await.answers(200);
        story.root().get(url).await.refuses(404);
        assert_eq!(story.root().get(file["url"].as_str().unwrap()).await.status, 200);
    }

    async fn the_links_of_somebody_who_may_not_log_in_any_more_are_dead(story: Story) {
        let (admin, customer) = (story.platform("admin").await, story.platform("customer").await);
        let (_, file) = a_file(&customer).await;
        let me = customer.get("/users/me/").await.answers(200);
        admin.patch(&at("/users", &me, ""), json!({ "is_active": false })).await.answers(200);
        story.root().get(file["url"].as_str().unwrap()).await.refuses(401);
    }

    async fn without_a_signature_a_token_is_asked_for_in_the_header_or_the_query(story: Story) {
        let customer = story.platform("customer").await;
        let (_, file) = a_file(&customer).await;
        let login = json!({ "email": "customer@example.com", "password": "password123" });
        let token = story.stranger().post("/auth/login/", login).await.answers(200)["access_token"].clone();
        let token = token.as_str().unwrap();
        let download = format!("{}/api/v1{}", bare(&file).split("/media").next().unwrap(), at("/files", &file, "download/"));
        for address in [bare(&file), download] {
            story.root().get(&address).await.refuses(401);
            story.root().get(&format!("{address}?token=nonsense")).await.refuses(401);
            story.root().get(&format!("{address}?api_key=nonsense")).await.refuses(401);
            assert_eq!(customer.get(&address).await.text, "content");
            assert_eq!(story.root().get(&format!("{address}?token={token}")).await.text, "content");
            story.platform("jane").await.get(&address).await.refuses(404);
        }
        story.root().get(&format!("/api/v1/users/me/?token={token}")).await.refuses(401);
    }

    async fn a_key_in_the_query_reads_contents_where_its_scope_says_so(story: Story) {
        let agent = story.platform("agent").await;
        let (_, file) = a_file(&story.platform("customer").await).await;
        let download = format!("/api/v1{}", at("/files", &file, "download/"));
        for (scopes, status) in [(json!(["tickets:read"]), 200), (json!(["tickets:write"]), 403)] {
            let made = agent.post("/api-keys/", json!({ "name": "Robot", "scopes": scopes })).await.answers(201);
            for address in [&bare(&file), &download] {
                let reply = story.root().get(&format!("{address}?api_key={}", made["secret"].as_str().unwrap())).await;
                assert_eq!(reply.status, status, "{scopes} {address}: {}", reply.text);
            }
        }
    }

    async fn a_signature_is_good_for_its_content_alone(story: Story) {
        let customer = story.platform("customer").await;
        let ((_, one), (_, two)) = (a_file(&customer).await, a_file(&customer).await);
        let signature = one["url"].as_str().unwrap().split_once("?token=").unwrap().1.to_owned();
        story.root().get(&format!("{}?token={signature}", bare(&two))).await.refuses(401);
        story.root().get(&format!("/api/v1/files/{}/download/?token={signature}", two["id"].as_str().unwrap())).await.refuses(401);
    }

    async fn no_path_leads_out_of_the_store(story: Story) {
        let admin = story.platform("admin").await;
        let (_, file) = a_file(&story.platform("customer").await).await;
        let root = bare(&file).split("/media").next().unwrap().to_owned();
        for path in [
            "/media/", "/media", "/media/nothing", "/media/../etc/passwd", "/media/..%2f..%2fetc/passwd", "/media/%2e%2e/%2e%2e/etc/passwd",
            "/media/ticket_attachments/", "/media/ticket_attachments/../files/x", "/media//etc/passwd", "/media/a%00b",
            "/media/files/00000000-0000-0000-0000-000000000000", "/media/employee_images/00000000-0000-0000-0000-000000000000.png",
        ] {
            assert_eq!(admin.get(&format!("{root}{path}")).await.status, 404, "{path}");
        }
    }
}
