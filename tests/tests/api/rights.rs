//! Who may do what.

use helpdesk_tests::on_both_backends;
use helpdesk_tests::story::{Client, Story, id};
use serde_json::{Value, json};

/// Everybody of the organization, in the order of the tables' columns.
const PEOPLE: [&str; 6] = ["customer", "jane", "technician", "agent", "coordinator", "admin"];

/// An operation, and what everybody is answered.
type Row = (&'static str, &'static str, [u16; 6]);

/// On a ticket that the customer asked and nobody has.
const TICKETS: [Row; 18] = [
    ("GET", "", [200, 404, 404, 200, 200, 200]),
    ("PATCH {\"title\":\"Two\"}", "", [200, 404, 404, 200, 200, 200]),
    ("PUT {\"title\":\"Two\"}", "", [200, 404, 404, 200, 200, 200]),
    ("PATCH {\"priority\":\"low\"}", "", [403, 404, 404, 200, 200, 200]),
    ("DELETE", "", [403, 404, 404, 403, 403, 204]),
    ("POST {\"user_id\":\"bob\"}", "assign", [403, 404, 404, 200, 200, 200]),
    ("PUT {\"user_id\":\"bob\"}", "assign", [403, 404, 404, 200, 200, 200]),
    ("POST {\"status\":\"in_progress\"}", "change_status", [403, 404, 404, 200, 200, 200]),
    ("POST {\"priority\":\"low\",\"department\":\"IT Department\"}", "approve", [403, 404, 404, 409, 409, 409]),
    ("POST {\"rejection_reason\":\"x\"}", "reject", [403, 404, 404, 409, 409, 409]),
    ("POST {}", "claim", [403, 404, 404, 200, 200, 200]),
    ("POST {}", "resolve", [403, 404, 404, 200, 200, 200]),
    ("POST {}", "close", [409, 404, 404, 200, 200, 200]),
    ("POST {}", "reopen", [409, 404, 404, 409, 409, 409]),
    ("POST {}", "withdraw", [200, 404, 404, 403, 403, 403]),
    ("POST {}", "finalize", [403, 404, 404, 409, 409, 409]),
    ("POST {\"content\":\"x\"}", "comments", [201, 404, 404, 201, 201, 201]),
    ("POST {\"content\":\"x\",\"is_internal\":true}", "comments", [403, 404, 404, 201, 201, 201]),
];

/// What has no ticket in its path.
const OTHERS: [Row; 11] = [
    ("GET", "/tickets", [200; 6]),
    ("GET", "/tickets/my_tickets", [200; 6]),
    ("GET", "/tickets/stats", [200; 6]),
    ("GET", "/tickets/stats/summary", [200; 6]),
    ("POST {\"title\":\"One\",\"description\":\"x\"}", "/tickets", [201; 6]),
    ("GET", "/users", [403, 403, 403, 200, 200, 200]),
    ("GET", "/users/me", [200; 6]),
    ("PATCH {\"first_name\":\"X\"}", "/users/me", [200; 6]),
    (
        "POST {\"email\":\"$@example.org\",\"password\":\"password123\",\"first_name\":\"A\",\"last_name\":\"B\"}",
        "/users",
        [403, 403, 403, 403, 403, 201],
    ),
    ("GET", "/events", [403, 403, 403, 200, 200, 200]),
    ("GET", "/auth/me", [200; 6]),
];

/// On Jane's account.
const JANE: [Row; 4] = [
    ("GET", "", [404, 200, 404, 200, 200, 200]),
    ("PATCH {\"first_name\":\"X\"}", "", [404, 200, 404, 403, 403, 200]),
    ("PUT {\"first_name\":\"X\"}", "", [404, 200, 404, 403, 403, 200]),
    ("PATCH {\"role\":\"agent\"}", "", [404, 403, 404, 403, 403, 200]),
];

/// On a category, tag or department that nothing has.
const ENTRIES: [Row; 4] = [
    ("GET", "", [200; 6]),
    ("PATCH {\"name\":\"$\"}", "", [403, 403, 403, 200, 200, 200]),
    ("PUT {\"name\":\"$\"}", "", [403, 403, 403, 200, 200, 200]),
    ("DELETE", "", [403, 403, 403, 204, 204, 204]),
];

/// Asks as the row says; `$` stands for something that is different each time.
async fn ask(client: &Client, asked: &str, path: &str, fresh: &str) -> u16 {
    let (method, body) = asked.split_once(' ').unwrap_or((asked, ""));
    let body: Option<Value> = serde_json::from_str(&body.replace('$', fresh)).ok();
    let reply = client.send(method, path, body).await;
    if reply.status >= 400 {
        reply.clone().refuses(reply.status);
    }
    reply.status
}

on_both_backends! {
    async fn tickets_are_for_those_whom_the_life_cycle_names(story: Story) {
        let customer = story.platform("customer").await;
        for (column, person) in PEOPLE.into_iter().enumerate() {
            let client = story.platform(person).await;
            for (asked, rest, answers) in TICKETS {
                let ticket = id(&customer.opens("One").await);
                let answered = ask(&client, asked, &format!("/tickets/{ticket}/{rest}"), "").await;
                assert_eq!(answered, answers[column], "{person}: {asked} {rest}");
            }
        }
    }

    async fn lists_and_accounts_are_for_those_whom_they_concern(story: Story) {
        for (column, person) in PEOPLE.into_iter().enumerate() {
            let client = story.platform(person).await;
            for (asked, path, answers) in OTHERS {
                assert_eq!(ask(&client, asked, path, person).await, answers[column], "{person}: {asked} {path}");
            }
        }
    }

    async fn an_account_is_for_staff_to_read_and_for_its_person_and_admins_to_change(story: Story) {
        let jane = id(&story.platform("jane").await.get("/users/me/").await.answers(200));
        for (column, person) in PEOPLE.into_iter().enumerate() {
            let client = story.platform(person).await;
            for (asked, _, answers) in JANE {
                let answered = ask(&client, asked, &format!("/users/{jane}/"), "").await;
                assert_eq!(answered, answers[column], "{person}: {asked}");
            }
        }
    }

    async fn only_admins_delete_accounts(story: Story) {
        let jane = id(&story.platform("jane").await.get("/users/me/").await.answers(200));
        for (person, status) in
            [("customer", 404), ("jane", 403), ("technician", 404), ("agent", 403), ("coordinator", 403), ("admin", 204)]
        {
            let client = story.platform(person).await;
            assert_eq!(client.delete(&format!("/users/{jane}/")).await.status, status, "{person}");
        }
    }

    async fn everybody_reads_categories_tags_and_departments_and_staff_change_them(story: Story) {
        let agent = story.platform("agent").await;
        for (column, person) in PEOPLE.into_iter().enumerate() {
            let client = story.platform(person).await;
            for folder in ["/categories", "/tags", "/departments"] {
                assert_eq!(client.get(folder).await.status, 200);
                let made = client.post(folder, json!({ "name": format!("Of {person}") })).await.status;
                assert_eq!(made, [403, 403, 403, 201, 201, 201][column], "{person}: POST {folder}");
                for (n, (asked, _, answers)) in ENTRIES.into_iter().enumerate() {
                    let name = format!("{person} {n}");
                    let entry = id(&agent.post(folder, json!({ "name": name })).await.answers(201));
                    let answered = ask(&client, asked, &format!("{folder}/{entry}/"), &format!("New {name}")).await;
                    assert_eq!(answered, answers[column], "{person}: {asked} {folder}");
                }
            }
        }
    }
}
