//! Who may do what.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::Story;
use serde_json::{Value, json};

use super::{applicant, waiting};

/// Everybody of the organization, in the order of the tables' columns.
const PEOPLE: [&str; 6] = ["customer", "jane", "technician", "agent", "coordinator", "admin"];

/// An operation, and what everybody is answered.
type Row = (&'static str, &'static str, [u16; 6]);

/// On a new ticket of the customer.
const TICKETS: [Row; 8] = [
    ("GET", "", [200, 404, 404, 200, 200, 200]),
    ("POST {\"priority\":\"Low\",\"department\":\"IT Department\"}", "approve/", [403, 404, 404, 200, 200, 200]),
    ("POST {\"rejection_reason\":\"x\"}", "reject/", [403, 404, 404, 200, 200, 200]),
    ("POST {}", "claim/", [403, 404, 404, 400, 400, 400]),
    ("POST {\"status\":\"Open\"}", "update-status/", [403, 404, 404, 400, 400, 400]),
    ("POST {}", "withdraw/", [200, 404, 404, 403, 403, 403]),
    ("POST {}", "close/", [400, 404, 404, 400, 400, 400]),
    ("POST {}", "finalize/", [403, 404, 404, 400, 400, 400]),
];

const OTHERS: [Row; 9] = [
    ("GET", "/tickets/", [200; 6]),
    ("GET", "/tickets/new/", [403, 403, 403, 200, 200, 200]),
    ("GET", "/tickets/open/", [403, 403, 403, 200, 200, 200]),
    ("GET", "/tickets/my-tickets/", [403, 403, 403, 200, 200, 200]),
    ("GET", "/employees/", [403, 403, 403, 403, 403, 200]),
    ("GET", "/rejected-employees/", [403, 403, 403, 403, 403, 200]),
    ("GET", "/admin/rejected-users-count/", [403, 403, 403, 200, 200, 200]),
    ("GET", "/employee/profile/", [200; 6]),
    (
        "POST {\"email\":\"new@example.org\",\"first_name\":\"A\",\"last_name\":\"B\"}",
        "/admin/create-employee/",
        [403, 403, 403, 403, 403, 201],
    ),
];

on_both_backends! {
    async fn tickets_are_for_those_whom_the_life_cycle_names(story: Story) {
        let customer = story.smartsupport("customer").await;
        for (column, person) in PEOPLE.into_iter().enumerate() {
            let client = story.smartsupport(person).await;
            for (asked, rest, answers) in TICKETS {
                let path = format!("{}{rest}", waiting(&customer).await);
                let (method, body) = asked.split_once(' ').unwrap_or((asked, ""));
                let body: Option<Value> = serde_json::from_str(body).ok();
                assert_eq!(client.send(method, &path, body).await.status, answers[column], "{person}: {asked} {rest}");
            }
        }
    }

    async fn lists_and_accounts_are_for_those_whom_they_concern(story: Story) {
        for (column, person) in PEOPLE.into_iter().enumerate() {
            let client = story.smartsupport(person).await;
            for (asked, path, answers) in OTHERS {
                let (method, body) = asked.split_once(' ').unwrap_or((asked, ""));
                let body: Option<Value> = serde_json::from_str(body).ok();
                assert_eq!(client.send(method, path, body).await.status, answers[column], "{person}: {asked} {path}");
            }
        }
    }

    async fn only_admins_decide_about_accounts(story: Story) {
        let id = applicant(&story).await;
        for person in ["customer", "technician", "agent", "coordinator"] {
            let client = story.smartsupport(person).await;
            for action in ["approve", "reject"] {
                client.post(&format!("/employees/{id}/{action}/"), json!({})).await.refuses(403);
            }
        }
    }
}
