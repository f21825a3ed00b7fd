//! What a workflow is told, and which.

use serde_json::Value;
use uuid::Uuid;

use super::{Handover, Workflows};
use crate::delivery::Destination;
use crate::identity::{Organization, OrganizationSettings, Role};
use crate::kernel::id::CommentId;
use crate::testing::{ORGANIZATION, a_row, a_ticket, an_agent, minutes};
use crate::ticket::{CommentView, Status, TicketView, UserBrief};

fn organization(slug: &str) -> Organization {
    Organization {
        id: ORGANIZATION,
        slug: slug.to_owned(),
        name: "ACME".to_owned(),
        domain: None,
        time_zone: "UTC".to_owned(),
        settings: OrganizationSettings::default(),
        ahead: None,
        revision: 1,
    }
}

#[test]
fn the_operators_workflow_is_for_one_organization() {
    let destination = Destination { url: "http://workflow".to_owned(), secret: None, is_trusted: true };
    let workflows = Workflows { chosen: Some(("acme-corp".to_owned(), destination.clone())) };
    assert_eq!(workflows.of(&organization("acme-corp")), Some(destination));
    assert_eq!(workflows.of(&organization("tech-startup")), None);
}

#[test]
fn an_organizations_own_workflow_comes_first_and_is_not_trusted() {
    let destination = Destination { url: "http://workflow".to_owned(), secret: None, is_trusted: true };
    let workflows = Workflows { chosen: Some(("acme-corp".to_owned(), destination)) };
    let mut own = organization("acme-corp");
    own.settings.workflow_url = Some("https://own".to_owned());
    own.settings.workflow_secret = Some("key".to_owned());
    let expected = Destination { url: "https://own".to_owned(), secret: Some("key".to_owned()), is_trusted: false };
    assert_eq!(workflows.of(&own), Some(expected));
}

fn said(content: &str, is_internal: bool) -> CommentView {
    let author = UserBrief { role: Role::Agent, ..a_row(&a_ticket(Status::Closed)).requester };
    CommentView {
        id: CommentId(Uuid::from_u128(7)),
        serial: 1,
        author,
        content: content.to_owned(),
        is_internal,
        mentions: Vec::new(),
        attachments: Vec::new(),
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    }
}

#[test]
fn the_workflow_hears_of_the_ticket_and_of_nothing_that_stays_among_staff() {
    let organization = organization("acme-corp");
    let mut row = a_row(&a_ticket(Status::Closed));
    row.admin_notes = Some("secret notes".to_owned());
    let view = TicketView { row, comments: vec![said("for all", false), said("secret words", true)], attachments: Vec::new() };
    let by = an_agent();
    let told = serde_json::to_value(Handover::new(&organization, &view, &by, minutes(1), &|_| String::new())).unwrap();
    assert_eq!(told["type"], "ticket.finalized");
    assert_eq!(told["ticket_number"], "TX0001");
    assert_eq!(told["organization"], "acme-corp");
    assert_eq!(told["ticket"]["status"], "closed");
    assert_eq!(told["requester"]["email"], "customer@example.com");
    assert_eq!(told["requester"]["company_id"], "MA0000");
    assert_eq!(told["assignee"], Value::Null);
    assert_eq!(told["comments"].as_array().unwrap().len(), 1);
    assert!(!told.to_string().contains("secret"), "{told}");
}
