//! The stories of `/api`, with the requests and answers of seed 004.

mod documents;
mod employees;
mod files;
mod lists;
mod passwords;
mod refusals;
mod rights;
mod safe_writes;
mod tickets;
mod walk;

use helpdesk_tests::story::{Client, Story};
use serde_json::{Value, json};

/// The seed's application for an account.
fn john() -> Value {
    json!({
        "first_name": "John",
        "last_name": "Doe",
        "middle_name": "Smith",
        "suffix": "Jr.",
        "email": "john.doe@example.com",
        "password": "securepassword123",
        "confirm_password": "securepassword123",
        "department": "IT Department"
    })
}

/// The seed's ticket.
fn crash() -> Value {
    json!({
        "subject": "Application Error",
        "category": "Software",
        "sub_category": "Application Error",
        "description": "The application crashes when I try to save data",
        "scheduled_date": "2023-12-25"
    })
}

/// The seed's approval of a ticket.
fn approval() -> Value {
    json!({ "priority": "High", "department": "IT Department", "approval_notes": "Ticket approved for processing" })
}

/// A new ticket of somebody; its path.
async fn waiting(client: &Client) -> String {
    let ticket = client.post("/tickets/", crash()).await.answers(201);
    format!("/tickets/{}/", ticket["id"])
}

/// A ticket of somebody that was let in; its path.
async fn approved(story: &Story, client: &Client) -> String {
    let path = waiting(client).await;
    story.smartsupport("coordinator").await.post(&format!("{path}approve/"), approval()).await.answers(200);
    path
}

/// The names of an object's fields, sorted.
fn fields(body: &Value) -> Vec<&str> {
    body.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Somebody who applied, by id.
async fn applicant(story: &Story) -> Value {
    story.passer_by().post("/create_employee/", john()).await.answers(201)["employee_id"].clone()
}

/// Whether John gets in with his password.
async fn john_logs_in(story: &Story) -> helpdesk_tests::story::Reply {
    story.passer_by().post("/token/employee/", json!({ "email": "john.doe@example.com", "password": "securepassword123" })).await
}
