//! What conditions mean.

use serde_json::json;
use uuid::Uuid;

use super::conditions;
use crate::automation::{Facts, Field, Names, Op};
use crate::event::{FieldChange, Happened, Named};
use crate::kernel::id::{CategoryId, CommentId, TagId, UserId};
use crate::sla::ClockKind;
use crate::testing::{a_ticket_state, an_agent, minutes};
use crate::ticket::{Action, Priority, Status, TicketState};

const PRINTERS: Uuid = Uuid::from_u128(501);
const HOT: Uuid = Uuid::from_u128(601);
const OLD: Uuid = Uuid::from_u128(602);

fn names() -> Names {
    [(PRINTERS, "Printers"), (HOT, "Hot"), (OLD, "Old")].map(|(id, name)| (id, name.to_owned())).into()
}

/// An open ticket about printers, assigned, hot, on floor 3.
fn ticket() -> TicketState {
    TicketState {
        category: Some(CategoryId(PRINTERS)),
        assignee: Some(an_agent().user),
        tags: [TagId(HOT)].into(),
        custom_fields: json!({ "floor": 3, "rooms": ["A", "B"] }).as_object().unwrap().clone(),
        ..a_ticket_state(Status::Open)
    }
}

fn holds(condition: &serde_json::Value, happened: Option<&Happened>) -> bool {
    let (ticket, names) = (ticket(), names());
    let mut reading = crate::automation::written::Reading::default();
    for (thing, id) in [
        (crate::automation::port::Thing::Category, PRINTERS),
        (crate::automation::port::Thing::Tag, HOT),
        (crate::automation::port::Thing::Tag, OLD),
        (crate::automation::port::Thing::Person, an_agent().user.0),
    ] {
        let found = crate::automation::port::Found { id, serves: true };
        reading.findings.insert((thing, crate::kernel::id::Reference::Id(id)), found);
    }
    let conditions = reading.conditions(&json!([condition]), true);
    reading.check.done().unwrap();
    conditions.unwrap().hold(&Facts { ticket: &ticket, happened, names: &names })
}

fn updated(field: &str, old: Option<&str>, new: Option<&str>) -> Happened {
    let text = |text: Option<&str>| text.map(str::to_owned);
    Happened::TicketUpdated { changes: vec![FieldChange { field: field.to_owned(), old: text(old), new: text(new) }] }
}

#[test]
fn a_field_is_asked_for_its_value() {
    for (field, op, value, expected) in [
        ("status", "is", json!("open"), true),
        ("status", "is_not", json!("open"), false),
        ("priority", "in", json!(["low", "medium"]), true),
        ("priority", "not_in", json!(["low", "medium"]), false),
        ("department", "is", json!(null), true),
        ("department", "is_not", json!(null), false),
        ("category", "is", json!(PRINTERS), true),
        ("category", "in", json!([null, PRINTERS]), true),
        ("assigned_to", "is", json!(an_agent().user), true),
        ("tags", "is", json!(HOT), true),
        ("tags", "contains", json!(OLD), false),
        ("tags", "is", json!(null), false),
        ("title", "contains", json!("FIRE"), true),
        ("title", "is", json!("printer on fire"), true),
        ("description", "not_contains", json!("water"), true),
        ("custom_fields.floor", "is", json!(3), true),
        ("custom_fields.floor", "is", json!(4), false),
        ("custom_fields.rooms", "is", json!("b"), true),
        ("custom_fields.wing", "is", json!(null), true),
    ] {
        let condition = json!({ "field": field, "op": op, "value": value });
        assert_eq!(holds(&condition, None), expected, "{condition}");
    }
}

#[test]
fn an_event_tells_what_was_before_and_what_is_after() {
    let opened = Happened::TicketStatusChanged { from: Status::Pending, to: Status::Open, action: Action::Answer };
    let given = Happened::TicketAssigned { from: None, to: Some(Named { id: an_agent().user, name: "Ann".to_owned() }) };
    let moved = updated("category", Some("printers"), Some("Servers"));
    let tagged = updated("tags", Some("Old"), Some("Old, Hot"));
    let floors = updated("custom_fields", Some("{\"floor\":2,\"wing\":\"A\"}"), Some("{\"floor\":3,\"wing\":\"A\"}"));
    for (field, op, value, happened, expected) in [
        ("status", "was", json!("pending"), &opened, true),
        ("status", "was", json!("open"), &opened, false),
        ("status", "changed_to", json!("open"), &opened, true),
        ("status", "changed_from", json!("pending"), &opened, true),
        ("status", "changed_from", json!("on_hold"), &opened, false),
        ("priority", "was", json!("medium"), &opened, true),
        ("priority", "changed_to", json!("medium"), &opened, false),
        ("assigned_to", "was", json!(null), &given, true),
        ("assigned_to", "changed_to", json!(an_agent().user), &given, true),
        ("category", "was", json!(PRINTERS), &moved, true),
        ("category", "changed_from", json!(PRINTERS), &moved, true),
        ("category", "changed_to", json!(PRINTERS), &moved, false),
        ("tags", "changed_to", json!(HOT), &tagged, true),
        ("tags", "changed_to", json!(OLD), &tagged, false),
        ("tags", "was", json!(OLD), &tagged, true),
        ("custom_fields.floor", "changed_to", json!(3), &floors, true),
        ("custom_fields.floor", "changed_from", json!(2), &floors, true),
    ] {
        let condition = json!({ "field": field, "op": op, "value": value });
        assert_eq!(holds(&condition, Some(happened)), expected, "{condition}");
    }
    assert!(holds(&json!({ "field": "custom_fields.floor", "op": "changed" }), Some(&floors)));
    assert!(!holds(&json!({ "field": "custom_fields.wing", "op": "changed" }), Some(&floors)));
}

#[test]
fn a_ticket_that_is_opened_had_nothing_before() {
    let created = Happened::TicketCreated {
        title: "Printer on fire".to_owned(),
        status: Status::Open,
        priority: Some(Priority::Medium),
        requester: UserId(Uuid::from_u128(11)),
    };
    assert!(holds(&json!({ "field": "priority", "op": "was", "value": null }), Some(&created)));
    assert!(holds(&json!({ "field": "priority", "op": "changed_to", "value": "medium" }), Some(&created)));
    assert!(!holds(&json!({ "field": "department", "op": "changed" }), Some(&created)));
}

#[test]
fn what_was_said_is_known_by_who_said_it_and_whom_it_is_for() {
    let said = Happened::CommentAdded {
        comment: CommentId(Uuid::from_u128(1)),
        content: "Please refund me.".to_owned(),
        is_internal: false,
        by_staff: false,
        mentions: Vec::new(),
    };
    for (field, op, value, expected) in [
        ("comment", "is", "public", true),
        ("comment", "is", "internal", false),
        ("comment_by", "is", "customer", true),
        ("comment_text", "contains", "REFUND", true),
        ("comment_text", "contains", "thanks", false),
    ] {
        assert_eq!(holds(&json!({ "field": field, "op": op, "value": value }), Some(&said)), expected, "{field} {value}");
    }
    assert!(!holds(&json!({ "field": "comment", "op": "is", "value": "public" }), None), "nothing was said");
}

#[test]
fn a_clock_is_known_by_its_name_and_a_rating_by_its_score() {
    let breached = Happened::SlaBreached { clock: ClockKind::Resolution, due: minutes(1) };
    let rated = Happened::TicketRated { score: 2, comment: None };
    for (field, op, value, happened, expected) in [
        ("clock", "is", json!("resolution"), &breached, true),
        ("clock", "is", json!("first_response"), &breached, false),
        ("clock", "in", json!(["first_response", "resolution"]), &breached, true),
        ("clock", "is", json!("resolution"), &rated, false),
        ("score", "is", json!(2), &rated, true),
        ("score", "in", json!([1, 2]), &rated, true),
        ("score", "in", json!([4, 5]), &rated, false),
    ] {
        assert_eq!(holds(&json!({ "field": field, "op": op, "value": value }), Some(happened)), expected, "{field} {value}");
    }
}

#[test]
fn all_must_hold_and_of_any_one() {
    let (ticket, names) = (ticket(), names());
    let facts = Facts { ticket: &ticket, happened: None, names: &names };
    let (yes, no) =
        (json!({ "field": "status", "op": "is", "value": "open" }), json!({ "field": "status", "op": "is", "value": "new" }));
    for (written, expected) in [
        (json!(null), true),
        (json!([yes, yes]), true),
        (json!([yes, no]), false),
        (json!({ "any": [no, yes] }), true),
        (json!({ "any": [no, no] }), false),
        (json!({ "all": [yes], "any": [] }), true),
        (json!({ "all": [no], "any": [yes] }), false),
    ] {
        assert_eq!(conditions(&written).hold(&facts), expected, "{written}");
    }
}

#[test]
fn words_of_fields_and_questions_are_read_as_they_are_told() {
    for op in Op::ALL {
        assert_eq!(Op::parse(op.word()), Some(op));
    }
    for name in ["status", "tags", "comment_by", "clock", "score", "custom_fields.floor"] {
        assert_eq!(Field::parse(name).unwrap().name(), name);
    }
    assert_eq!(Field::parse("custom_fields."), None);
}
