//! What holds of every route, walked from the routing table: a new route is covered the day it is added.

use helpdesk_http::dialect::route::Route;
use helpdesk_http::dialect::v1;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Form, Story, at, by_classic, by_platform, id};
use serde_json::{Value, json};

/// A route: its method, its path with parameters, whether it is public.
pub struct Known {
    pub method: String,
    pub path: &'static str,
    pub is_public: bool,
}

/// The routes of a table.
pub fn known(table: Vec<Route>) -> Vec<Known> {
    let rows = table.into_iter();
    rows.map(|route| Known { method: route.method.to_string(), path: route.path, is_public: route.operation.is_public }).collect()
}

fn routes() -> Vec<Known> {
    known(v1::table())
}

impl Known {
    pub fn takes_a_body(&self) -> bool {
        ["POST", "PUT", "PATCH"].contains(&self.method.as_str())
    }

    pub fn has_parameters(&self) -> bool {
        self.path.contains('{')
    }
}

/// A body that is good for every route.
fn any_body() -> Value {
    json!({
        "title": "X", "name": "X", "content": "X", "description": "X", "first_name": "X", "last_name": "X", "status": "in_progress",
        "priority": "low", "department": "IT Department", "user_id": "agent", "rejection_reason": "X", "email": "x@example.org",
        "password": "password123", "scopes": ["tickets:read"], "url": "https://1.1.1.1/",
    })
}

/// One thing of each kind, of the home organization.
struct Things(Vec<(&'static str, String, String)>);

impl Things {
    async fn make(story: &Story, client: &Client) -> Self {
        let ticket = id(&client.opens("One").await);
        let comment = client.post(&format!("/tickets/{ticket}/comments/"), json!({ "content": "x" })).await.answers(201);
        let mut things = vec![("/tickets", ticket, id(&comment))];
        for folder in ["/categories", "/tags", "/departments"] {
            let entry = client.post(&format!("{folder}/"), json!({ "name": "Fresh" })).await.answers(201);
            things.push((folder, id(&entry), String::new()));
        }
        let file = client.upload("/files/upload/", &Form::with_file("file", "x.txt", "x")).await.answers(201);
        things.push(("/files", id(&file), String::new()));
        let key = client.post("/api-keys/", json!({ "name": "One", "scopes": ["tickets:read"] })).await.answers(201);
        things.push(("/api-keys", id(&key), String::new()));
        let template = client.post("/templates/", json!({ "title": "X", "content": "X", "is_public": true })).await.answers(201);
        things.push(("/templates", id(&template), String::new()));
        let article = json!({ "title": "X", "content": "X", "status": "published" });
        let article = client.post("/knowledge-base/articles/", article).await.answers(201);
        things.push(("/knowledge-base/articles", id(&article), String::new()));
        let category = client.post("/knowledge-base/categories/", json!({ "name": "X" })).await.answers(201);
        things.push(("/knowledge-base/categories", id(&category), String::new()));
        let calendar = json!({ "name": "X", "timezone": "UTC", "weekly": { "mon": [["09:00", "17:00"]] } });
        things.push(("/sla/calendars", id(&client.post("/sla/calendars/", calendar).await.answers(201)), String::new()));
        let policy = json!({ "name": "X", "targets": { "resolution": 60 } });
        things.push(("/sla/policies", id(&client.post("/sla/policies/", policy).await.answers(201)), String::new()));
        let route = json!({ "name": "X", "department": "IT Department" });
        things.push(("/routes", id(&client.post("/routes/", route).await.answers(201)), String::new()));
        let webhook = client.post("/webhooks/", json!({ "name": "X", "url": "https://1.1.1.1/" })).await.answers(201);
        client.opens("Told").await;
        let told = client.get(&format!("/webhooks/{}/deliveries/", id(&webhook))).await.answers(200);
        things.push(("/webhooks", id(&webhook), id(&told["results"][0])));
        let filter = json!({ "name": "X", "filter_params": { "status": "open" }, "is_public": true });
        things.push(("/filters", id(&client.post("/filters/", filter).await.answers(201)), String::new()));
        let rule = json!({ "name": "X", "when": { "event": "ticket.rated" }, "then": [{ "assign": null }] });
        things.push(("/rules", id(&client.post("/rules/", rule).await.answers(201)), String::new()));
        let made = json!({ "name": "X", "is_public": true, "then": [{ "assign": null }] });
        things.push(("/macros", id(&client.post("/macros/", made).await.answers(201)), String::new()));
        things.push(("/notifications", notification(story, client).await, String::new()));
        for folder in ["/customers", "/locations"] {
            let site = client.post(&format!("{folder}/"), json!({ "name": "X" })).await.answers(201);
            things.push((folder, id(&site), String::new()));
        }
        let body = json!({ "title": "X", "tasks": [{ "title": "X" }], "materials": [{ "name": "X" }] });
        let order = client.post("/work-orders/", body).await.answers(201);
        things.push(("/work-orders/{id}/tasks", id(&order), id(&order["tasks"][0])));
        things.push(("/work-orders/{id}/materials", id(&order), id(&order["materials"][0])));
        things.push(("/work-orders", id(&order), String::new()));
        things.push(("/users", id(&client.get("/users/me/").await.answers(200)), String::new()));
        Self(things)
    }

    fn fill(&self, path: &str) -> String {
        let (_, thing, part) = self.0.iter().find(|(folder, _, _)| path.starts_with(folder)).unwrap();
        ["{comment}", "{task}", "{material}", "{delivery}"]
            .iter()
            .fold(path.replace("{id}", thing), |path, name| path.replace(name, part))
    }
}

/// Something that the client was told.
async fn notification(story: &Story, client: &Client) -> String {
    let me = client.get("/users/me/").await.answers(200);
    let agent = story.platform("agent").await;
    let ticket = agent.opens("Two").await;
    agent.post(&at("/tickets", &ticket, "assign/"), json!({ "user_id": me["id"] })).await.answers(200);
    story.tell().await;
    id(&client.get("/notifications/").await.answers(200)["results"][0])
}

/// All that the organization has, as its admin reads it.
async fn everything(admin: &Client) -> Vec<String> {
    let mut seen = Vec::new();
    for list in [
        "/tickets/",
        "/categories/",
        "/tags/",
        "/departments/",
        "/templates/",
        "/knowledge-base/articles/",
        "/knowledge-base/categories/",
        "/sla/policies/",
        "/sla/calendars/",
        "/routes/",
        "/filters/",
        "/rules/",
        "/macros/",
        "/notifications/",
        "/customers/",
        "/locations/",
        "/work-orders/",
        "/users/?ordering=username",
    ] {
        seen.push(admin.get(list).await.text);
    }
    seen
}

on_both_backends! {
    async fn without_credentials_every_route_that_is_not_public_is_401(story: Story) {
        let things = Things::make(&story, &story.platform("admin").await).await;
        for route in routes().iter().filter(|route| !route.is_public) {
            let path = if route.has_parameters() { things.fill(route.path) } else { route.path.to_owned() };
            for client in [story.stranger(), story.stranger().with("X-API-Dialect", "classic")] {
                client.send(&route.method, &path, Some(any_body())).await.refuses(401);
            }
        }
    }

    async fn the_things_of_another_organization_are_not_found_by_any_route(story: Story) {
        let admin = story.platform("admin").await;
        let things = Things::make(&story, &admin).await;
        let before = everything(&admin).await;
        for stranger in [story.platform("outsider").await, story.classic("outsider").await, story.platform("foreigner").await] {
            for route in routes().iter().filter(|route| route.has_parameters()) {
                stranger.send(&route.method, &things.fill(route.path), Some(any_body())).await.refuses(404);
            }
        }
        assert_eq!(everything(&admin).await, before);
    }

    async fn what_nobody_made_is_not_found_by_any_route(story: Story) {
        let admin = story.platform("admin").await;
        for route in routes().iter().filter(|route| route.has_parameters()) {
            for nothing in [
                "4711", "0", "-1", "9223372036854775808", "99999999999999999999999", "018f0000-0000-7000-8000-000000000000", "%00",
                "a%00b", "%FF%FE", "nothing-of-that-name", "%27%20OR%201=1", "%2e%2e",
            ] {
                let path = route.path.replace("{id}", nothing).replace("{comment}", nothing).replace("{task}", nothing).replace("{material}", nothing).replace("{delivery}", nothing);
                admin.send(&route.method, &path, Some(any_body())).await.refuses(404);
            }
        }
    }

    async fn every_route_that_takes_a_body_refuses_what_is_no_json_object(story: Story) {
        let admin = story.platform("admin").await;
        let things = Things::make(&story, &admin).await;
        let before = everything(&admin).await;
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for route in routes().iter().filter(|route| route.takes_a_body()) {
            let path = if route.has_parameters() { things.fill(route.path) } else { route.path.to_owned() };
            let takes_none = ["/claim", "/finalize", "/logout", "/erase", "/read", "-read", "/ws/ticket", "/redeliver"];
            if takes_none.iter().any(|end| path.ends_with(end)) {
                continue;
            }
            for bytes in [&b"{"[..], b"{\"title\": ", b"[]", b"5", b"\"x\"", b"{} x", b"{\"title\": \"\xff\xfe\"}", deep.as_bytes()] {
                let reply = admin.send_bytes(&route.method, &path, Some(("application/json", bytes.to_vec()))).await;
                let text = String::from_utf8_lossy(bytes).chars().take(20).collect::<String>();
                assert_eq!(reply.status, 400, "{} {path} with {text}: {}", route.method, reply.text);
                reply.refuses(400);
            }
        }
        assert_eq!(everything(&admin).await, before);
    }

    async fn a_method_that_a_path_does_not_take_is_405_and_the_others_are_told(story: Story) {
        let admin = story.platform("admin").await;
        let things = Things::make(&story, &admin).await;
        let routes = routes();
        for route in &routes {
            let path = if route.has_parameters() { things.fill(route.path) } else { route.path.to_owned() };
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
                if routes.iter().any(|other| other.method == method && other.path == route.path) {
                    continue;
                }
                let reply = admin.send(method, &path, None).await;
                // seed 002's doors answer in its words, which have no codes
                let code = if path.starts_with("/auth/token") { "" } else { "METHOD_NOT_ALLOWED" };
                assert_eq!(reply.code(), code, "{method} {path}");
                assert!(reply.header("allow").contains(&route.method), "{method} {path}: {}", reply.header("allow"));
                reply.refuses(405);
            }
        }
    }

    async fn unknown_paths_are_404_in_the_dialect(story: Story) {
        for path in ["/nothing", "/tickets/1/nothing/", "/tickets/1/comments/2/3", "/auth", "/auth/nothing"] {
            let reply = story.platform("admin").await.get(path).await;
            assert!(by_platform(&reply.body).is_some(), "{path}: {}", reply.text);
            assert_eq!(reply.code(), "RESOURCE_NOT_FOUND");
            reply.refuses(404);
            let reply = story.classic("admin").await.get(path).await;
            assert!(by_classic(&reply.body).is_some(), "{path}: {}", reply.text);
            reply.refuses(404);
        }
    }
}
