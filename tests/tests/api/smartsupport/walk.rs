//! What holds of every route, walked from the routing table: a new route is covered the day it is added.

use helpdesk_http::dialect::smartsupport::table;
use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story};
use serde_json::{Value, json};

use super::{applicant, waiting};
use crate::walk::{Known, known};

/// A body that is good for every route.
fn any_body() -> Value {
    json!({
        "subject": "X", "description": "X", "first_name": "X", "last_name": "X", "status": "Open", "priority": "Low",
        "department": "IT Department", "rejection_reason": "X", "email": "x@example.org", "password": "password123",
    })
}

/// One thing of each kind, of the home organization.
struct Things {
    ticket: String,
    employee: String,
}

impl Things {
    async fn make(story: &Story) -> Self {
        let ticket = waiting(&story.smartsupport("customer").await).await;
        let ticket = ticket.trim_matches('/').rsplit('/').next().unwrap().to_owned();
        Self { ticket, employee: applicant(story).await.to_string() }
    }

    fn fill(&self, route: &Known) -> String {
        route.path.replace("{id}", if route.path.starts_with("/employees") { &self.employee } else { &self.ticket })
    }
}

/// All that the organization has, as its admin reads it.
async fn everything(admin: &Client) -> Vec<String> {
    let mut seen = Vec::new();
    for list in ["/tickets/", "/employees/", "/rejected-employees/"] {
        seen.push(admin.get(list).await.text);
    }
    seen
}

on_both_backends! {
    async fn without_credentials_every_route_that_is_not_public_is_401(story: Story) {
        let things = Things::make(&story).await;
        for route in known(table()).iter().filter(|route| !route.is_public) {
            story.passer_by().send(&route.method, &things.fill(route), Some(any_body())).await.refuses(401);
        }
    }

    async fn the_things_of_another_organization_are_not_found_by_any_route(story: Story) {
        let admin = story.smartsupport("admin").await;
        let things = Things::make(&story).await;
        let before = everything(&admin).await;
        let stranger = story.smartsupport("outsider").await;
        for route in known(table()).iter().filter(|route| route.has_parameters()) {
            stranger.send(&route.method, &things.fill(route), Some(any_body())).await.refuses(404);
        }
        assert_eq!(everything(&admin).await, before);
    }

    async fn what_nobody_made_is_not_found_by_any_route(story: Story) {
        let admin = story.smartsupport("admin").await;
        for route in known(table()).iter().filter(|route| route.has_parameters()) {
            for nothing in ["4711", "0", "-1", "99999999999999999999999", "018f0000-0000-7000-8000-000000000000", "%00", "%FF%FE", "nothing"] {
                admin.send(&route.method, &route.path.replace("{id}", nothing), Some(any_body())).await.refuses(404);
            }
        }
    }

    async fn every_route_that_takes_a_body_refuses_what_is_no_json_object(story: Story) {
        let admin = story.smartsupport("admin").await;
        let things = Things::make(&story).await;
        let before = everything(&admin).await;
        let takes_none = |route: &&Known| !["/claim", "/finalize", "/employees/{id}/approve"].iter().any(|end| route.path.ends_with(end));
        let routes = known(table());
        for route in routes.iter().filter(|route| route.takes_a_body()).filter(takes_none) {
            for bytes in [&b"{"[..], b"[]", b"5", b"\"x\"", b"{} x", b"{\"subject\": \"\xff\xfe\"}"] {
                let reply = admin.send_bytes(&route.method, &things.fill(route), Some(("application/json", bytes.to_vec()))).await;
                reply.refuses(400);
            }
        }
        assert_eq!(everything(&admin).await, before);
    }

    async fn a_method_that_a_path_does_not_take_is_405_and_the_others_are_told(story: Story) {
        let admin = story.smartsupport("admin").await;
        let things = Things::make(&story).await;
        let routes = known(table());
        for route in &routes {
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
                if routes.iter().any(|other| other.method == method && other.path == route.path) {
                    continue;
                }
                let reply = admin.send(method, &things.fill(route), None).await;
                assert!(reply.header("allow").contains(&route.method), "{method} {}: {}", route.path, reply.header("allow"));
                reply.refuses(405);
            }
        }
    }
}
