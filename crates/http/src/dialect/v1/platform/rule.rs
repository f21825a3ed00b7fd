//! Rules and what they did; the same in both dialects, in the words of the event log.

use chrono::{DateTime, Utc};
use helpdesk_domain::automation::{
    Addressee, Becomes, Condition, Conditions, Delay, FieldValues, RuleAction, RuleLogView, RuleView, Term, TicketEvent, Trigger,
    Waiting,
};
use helpdesk_domain::event::{ByRule, Origin};
use helpdesk_domain::kernel::id::TicketId;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rule {
    /// UUID.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether it is carried out.
    pub is_active: bool,
    /// Rules with lower positions are carried out first.
    pub position: i64,
    /// What it begins with.
    #[schema(value_type = Object, example = json!({"event": ["ticket.created"]}))]
    pub when: Value,
    /// When it applies.
    #[schema(value_type = Object, example = json!({"all": [{"field": "status", "op": "is", "value": "open"}], "any": []}))]
    #[serde(rename = "if")]
    pub conditions: Value,
    /// What it does.
    #[schema(value_type = Vec<Object>, example = json!([{"set": {"priority": "high"}}]))]
    pub then: Vec<Value>,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl Shows<RuleView> for Rule {
    fn show(view: &RuleView, _: &Seen<'_>) -> Self {
        let rule = &view.rule;
        Self {
            id: rule.id.0,
            name: rule.name.to_string(),
            description: rule.description.to_string(),
            is_active: rule.is_active,
            position: rule.position,
            when: trigger(&rule.trigger),
            conditions: conditions(&rule.conditions),
            then: rule.actions.iter().map(action).collect(),
            created_at: rule.created_at,
            updated_at: rule.updated_at,
        }
    }
}

/// A ticket that a rule was carried out on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RuleTicket)]
pub struct Ticket {
    /// UUID.
    pub id: Uuid,
    /// `TX0001` and on; none where the ticket is gone.
    pub number: Option<String>,
    /// What it is called; none where the ticket is gone.
    pub title: Option<String>,
}

impl Ticket {
    /// A ticket, with its number and title while there is such a ticket.
    pub fn of((id, named): &(TicketId, Option<(i64, String)>)) -> Self {
        let (number, title) = named.clone().unzip();
        Self { id: id.0, number: number.map(helpdesk_domain::ticket::shown_number), title }
    }
}

/// What a rule did.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RuleLogEntry)]
pub struct LogEntry {
    /// Integer.
    pub id: i64,
    /// On which ticket.
    pub ticket: Ticket,
    /// The position of the event that it began with; none where time went by.
    pub event: Option<i64>,
    /// `done`, `failed` (nothing of it was done) or `cut` (it would have gone round in circles).
    pub outcome: String,
    /// What was done, or why not.
    pub detail: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl Shows<RuleLogView> for LogEntry {
    fn show(view: &RuleLogView, _: &Seen<'_>) -> Self {
        Self {
            id: view.serial,
            ticket: Ticket::of(&view.ticket),
            event: view.event,
            outcome: view.outcome.word().to_owned(),
            detail: view.detail.clone(),
            created_at: view.at,
        }
    }
}

/// The rule that did something.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleRef {
    /// UUID; none of what the desk does of its own.
    pub id: Option<Uuid>,
    /// What it was called.
    pub name: String,
}

impl RuleRef {
    /// The rule, where one did it.
    pub fn of(origin: Option<&Origin>) -> Option<Self> {
        let ByRule { id, name, .. } = origin.and_then(Origin::by_rule)?;
        Some(Self { id: id.map(|id| id.0), name: name.clone() })
    }
}

fn trigger(trigger: &Trigger) -> Value {
    match trigger {
        Trigger::Event(events) => json!({ "event": events.iter().map(TicketEvent::as_str).collect::<Vec<_>>() }),
        Trigger::Time(Delay { waiting: waiting @ Waiting::Status(status), minutes }) => {
            json!({ "time": { "in": waiting.word(), "status": status.word(), "after": minutes } })
        }
        Trigger::Time(Delay { waiting, minutes }) => json!({ "time": { "in": waiting.word(), "after": minutes } }),
    }
}

fn conditions(conditions: &Conditions) -> Value {
    let shown = |list: &[Condition]| list.iter().map(condition).collect::<Vec<_>>();
    json!({ "all": shown(&conditions.all), "any": shown(&conditions.any) })
}

fn condition(condition: &Condition) -> Value {
    let mut values: Vec<Value> = condition.values.iter().map(|value| value.as_ref().map_or(Value::Null, term)).collect();
    let mut shown = json!({ "field": condition.field.name(), "op": condition.op.word() });
    let value = if condition.op.takes_list() { Some(Value::Array(values)) } else { values.pop() };
    if let (Some(object), Some(value)) = (shown.as_object_mut(), value) {
        object.insert("value".to_owned(), value);
    }
    shown
}

fn term(term: &Term) -> Value {
    match term {
        Term::Id(id) => json!(id),
        Term::Text(text) => json!(text),
        Term::Other(value) => value.clone(),
    }
}

/// An action, as it is written.
pub fn action(action: &RuleAction) -> Value {
    match action {
        RuleAction::Assign(agent) => json!({ "assign": agent.map(|id| id.0) }),
        RuleAction::Set(values) => json!({ "set": set(values) }),
        RuleAction::Comment(saying) => json!({ "comment": { "content": saying.content, "is_internal": saying.is_internal } }),
        RuleAction::Notify(notice) => {
            let to: Vec<Value> = notice.to.iter().map(addressee).collect();
            json!({ "notify": { "to": to, "message": notice.message } })
        }
        RuleAction::Webhook(webhook) => json!({ "webhook": webhook }),
    }
}

fn addressee(addressee: &Addressee) -> Value {
    match addressee {
        Addressee::Assignee => json!("assignee"),
        Addressee::Requester => json!("requester"),
        Addressee::Role(role) => json!({ "role": role.word() }),
        Addressee::User(user) => json!({ "user": user }),
    }
}

fn set(values: &FieldValues) -> Map<String, Value> {
    let FieldValues {
        status,
        priority,
        category,
        sub_category,
        department,
        tags,
        add_tags,
        remove_tags,
        custom_fields,
        resolution,
    } = values;
    let some = |list: &Vec<_>| (!list.is_empty()).then(|| json!(list));
    let fields = [
        ("status", status.map(|status| json!(status.word()))),
        ("priority", priority.map(|priority| json!(priority.word()))),
        ("category", becomes(category)),
        ("sub_category", becomes(sub_category)),
        ("department", becomes(department)),
        ("tags", tags.as_ref().map(|tags| json!(tags))),
        ("add_tags", some(add_tags)),
        ("remove_tags", some(remove_tags)),
        ("custom_fields", (!custom_fields.is_empty()).then(|| json!(custom_fields))),
        ("resolution", resolution.as_ref().map(|text| json!(text))),
    ];
    fields.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?))).collect()
}

fn becomes<T: Serialize + Clone>(field: &Becomes<T>) -> Option<Value> {
    field.wanted().map(|value| json!(value))
}
