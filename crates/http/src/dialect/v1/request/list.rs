//! What a ticket list is asked for.

use helpdesk_domain::kernel::id::Reference;
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::sla::SlaState;
use helpdesk_domain::ticket::command::FindTickets;
use helpdesk_domain::ticket::{TicketOrder, TicketSort};

use crate::dialect::v1::Voice;
use crate::gate::Params;
use crate::problem::Problem;

/// Every parameter that [`find`] reads.
pub const PARAMETERS: &[&str] = &[
    "status",
    "priority",
    "category",
    "category_id",
    "department",
    "department_id",
    "assigned_to",
    "assigned_to_id",
    "created_by",
    "created_by_id",
    "tags",
    "tag",
    "created_after",
    "created_before",
    "due_after",
    "due_before",
    "sla_status",
    "search",
    "ordering",
];

/// The filters, the search and the order of a ticket list.
pub fn find(params: &Params, voice: Voice) -> Result<FindTickets, Problem> {
    let mut check = Check::new();
    let (created_after, created_before) = params.span(&mut check, "created_after", "created_before");
    let (due_after, due_before) = params.span(&mut check, "due_after", "due_before");
    let found = FindTickets {
        statuses: voice.status_filter(&mut check, &params.list(&["status"])),
        priorities: voice.priority_filter(&mut check, &params.list(&["priority"])),
        category: params.reference(&["category", "category_id"]),
        department: params.reference(&["department", "department_id"]),
        assignee: params.reference(&["assigned_to", "assigned_to_id"]),
        requester: params.reference(&["created_by", "created_by_id"]),
        mine: false,
        tags: params.list(&["tags", "tag"]).into_iter().map(Reference::parse).collect(),
        created_after,
        created_before,
        due_after,
        due_before,
        sla_states: sla_states(&mut check, &params.list(&["sla_status"])),
        search: params.get(&["search"]).map(str::to_owned),
        order: order(&mut check, &params.list(&["ordering"])),
    };
    check.done()?;
    Ok(found)
}

fn sla_states(check: &mut Check, words: &[&str]) -> Option<Vec<SlaState>> {
    let parse = |word: &&str| SlaState::parse(word).ok_or_else(|| FieldProblem::InvalidChoice((*word).to_owned()));
    let states = words.iter().filter_map(|word| check.field("sla_status", parse(word))).collect();
    (!words.is_empty()).then_some(states)
}

fn order(check: &mut Check, words: &[&str]) -> Vec<TicketOrder> {
    words.iter().filter_map(|word| check.field("ordering", sort(word))).collect()
}

fn sort(word: &str) -> Result<TicketOrder, FieldProblem> {
    let (name, descending) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
    let by = match name {
        "created_at" => TicketSort::CreatedAt,
        "updated_at" => TicketSort::UpdatedAt,
        "priority" => TicketSort::Priority,
        "due_date" => TicketSort::DueDate,
        "status" => TicketSort::Status,
        "relevance" => TicketSort::Relevance,
        _ => return Err(FieldProblem::InvalidChoice(word.to_owned())),
    };
    Ok(TicketOrder { by, descending })
}
