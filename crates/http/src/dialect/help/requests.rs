//! `/requests`: asking for help, and answering.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, PageRequest, Paging, Problem as FieldProblem};
use helpdesk_domain::ticket::command::{EditTicket, FindTickets, OpenTicket, Respond};
use helpdesk_domain::ticket::{TicketOrder, TicketSort, TicketView};
use serde::Deserialize;
use utoipa::ToSchema;

use super::vocabulary::WORDS;
use super::wire::{Created, Pagination, Request, RequestDetails, RequestRow, Requests, Responded, Updated};
use super::{Caller, sentence};
use crate::desk::Desk;
use crate::gate::etag::{Preconditions, tag};
use crate::gate::page::whole;
use crate::gate::reference::{Given, Ref};
use crate::gate::{Body, Id, Params};
use crate::problem::{Answer, Problem};

const STANDARD: u64 = 10;
const MOST: u64 = 100;
/// How many lines of history are shown with a request, from the newest.
const MOST_LINES: u64 = 1000;

/// A help request to make, or changes to one; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct RequestBody {
    /// What it is called; required to make one.
    #[schema(value_type = Option<String>, max_length = 255)]
    #[serde(default)]
    pub title: Given<String>,
    /// What it is about; required to make one.
    #[schema(value_type = Option<String>, max_length = 65536)]
    #[serde(default)]
    pub description: Given<String>,
    /// Category; `general` when a new one says none.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub category: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub category_id: Given<Ref>,
    /// Priority word.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub priority: Given<String>,
    /// Where the requester wants to be reached; their own address when a new one says none.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub contact_email: Given<String>,
    /// Status word, to change it.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub status: Given<String>,
    /// Who is to work on it, or `null`; admins only.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub assigned_to_id: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub assigned_to: Given<Ref>,
    /// Admins' notes; admins only.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub admin_notes: Given<String>,
}

/// An answer to a help request.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct ResponseBody {
    /// What to say.
    #[schema(required, max_length = 65536)]
    pub response: Option<String>,
    /// Whether the requester hears it; yes when absent.
    pub is_public: Option<bool>,
    /// The status that the request has with it.
    pub new_status: Option<String>,
}

impl RequestBody {
    fn into_opening(self) -> Result<OpenTicket, Problem> {
        let mut check = Check::new();
        let priority = check.optional("priority", self.priority.0.flatten().map(|word| WORDS.priority(&word)));
        check.done()?;
        let category = self.category.or(self.category_id).0.flatten().map(|given| given.0);
        Ok(OpenTicket {
            title: self.title.0.flatten(),
            description: self.description.0.flatten(),
            priority: priority.and_then(|word| word.means),
            category: Some(category.unwrap_or_else(|| Reference::Name("general".to_owned()))),
            assignee: self.assigned_to_id.or(self.assigned_to).0.flatten().map(|given| given.0),
            contact_email: self.contact_email.0.flatten().filter(|text| !text.trim().is_empty()),
            ..OpenTicket::default()
        })
    }

    fn into_edit(self, target: Target) -> Result<EditTicket, Problem> {
        let mut check = Check::new();
        let title = kept(&mut check, "title", self.title);
        let description = kept(&mut check, "description", self.description);
        let status = kept(&mut check, "status", self.status);
        let priority = kept(&mut check, "priority", self.priority);
        let status = check.optional("status", status.map(|word| WORDS.status(&word)));
        let priority = check.optional("priority", priority.map(|word| WORDS.priority(&word)));
        check.done()?;
        Ok(EditTicket {
            title,
            description,
            status,
            priority,
            category: self.category.or(self.category_id).map(|given| given.0),
            assignee: self.assigned_to_id.or(self.assigned_to).map(|given| given.0),
            contact_email: self.contact_email.0,
            admin_notes: self.admin_notes.0,
            ..EditTicket::of(target)
        })
    }
}

/// A field that can be changed but not emptied.
fn kept(check: &mut Check, field: &str, given: Given<String>) -> Option<String> {
    let value = given.0?;
    if value.is_none() {
        check.note(field, FieldProblem::Null);
    }
    value
}

/// `GET /requests`
pub async fn list(desk: Data<Desk>, caller: Caller, params: Params) -> Answer {
    let per_page = whole(&params, "per_page")?.unwrap_or(STANDARD).min(MOST);
    let page = whole(&params, "page")?.unwrap_or(1);
    // so far out there is nothing; a database counts no further
    let asked = PageRequest::number(page.min(u64::from(u32::MAX) / per_page), per_page);
    let found = desk.tickets.list(&caller.actor, find(&params)?, &asked).await?;
    let pagination = Pagination::new(page, per_page, found.total.unwrap_or(0));
    Ok(HttpResponse::Ok().json(Requests { requests: found.items.iter().map(RequestRow::from).collect(), pagination }))
}

fn find(params: &Params) -> Result<FindTickets, Problem> {
    let mut check = Check::new();
    let words = |name: &str| {
        let words = params.list(&[name]);
        if words.contains(&"all") { Vec::new() } else { words }
    };
    let category = params.get(&["category", "category_id"]).filter(|word| *word != "all");
    let found = FindTickets {
        statuses: WORDS.status_filter(&mut check, &words("status")),
        priorities: WORDS.priority_filter(&mut check, &words("priority")),
        category: category.map(Reference::parse),
        search: params.get(&["search"]).map(str::to_owned),
        order: vec![order(&mut check, params)],
        ..FindTickets::default()
    };
    check.done()?;
    Ok(found)
}

/// Newest first, unless asked otherwise.
fn order(check: &mut Check, params: &Params) -> TicketOrder {
    let by = match params.get(&["sort_by"]) {
        None | Some("created_date") => Ok(TicketSort::CreatedAt),
        Some("updated_date") => Ok(TicketSort::UpdatedAt),
        Some("priority") => Ok(TicketSort::Priority),
        Some("status") => Ok(TicketSort::Status),
        Some(other) => Err(FieldProblem::InvalidChoice(other.to_owned())),
    };
    let descending = match params.get(&["sort_order"]) {
        None | Some("desc") => Ok(true),
        Some("asc") => Ok(false),
        Some(other) => Err(FieldProblem::InvalidChoice(other.to_owned())),
    };
    let by = check.field("sort_by", by).unwrap_or(TicketSort::CreatedAt);
    TicketOrder { by, descending: check.field("sort_order", descending).unwrap_or(true) }
}

/// `POST /requests`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<RequestBody>) -> Answer {
    let view = desk.tickets.open(&caller.actor, body.into_opening()?).await?;
    Ok(HttpResponse::Created().json(Created::request(&view)))
}

/// `GET /requests/{id}`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let (details, _) = details(&desk, &caller, &id).await?;
    when.answer(&caller, &details)
}

/// `PUT /requests/{id}`: absent fields stay.
pub async fn update(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<RequestBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let edited = desk.tickets.edit(&caller.actor, body.into_edit(target)?).await?;
    let (details, view) = details(&desk, &caller, &edited.view.row.id.into()).await?;
    let message = "Help request updated successfully";
    let updated = Updated { message, changes: sentence::changes(&edited.happened), data: Request::from(&view.row) };
    Ok(HttpResponse::Ok().insert_header(("ETag", tag(&caller, &details))).json(updated))
}

/// `POST /requests/{id}/response`: admins only; text and status in one.
pub async fn respond(
    desk: Data<Desk>,
    caller: Caller,
    Id(id): Id,
    when: Preconditions,
    Body(body): Body<ResponseBody>,
) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let mut check = Check::new();
    let new_status = body.new_status.filter(|word| !word.trim().is_empty());
    let status = check.optional("new_status", new_status.map(|word| WORDS.status(&word)));
    check.done()?;
    let is_internal = body.is_public == Some(false);
    let reference = target.reference.clone();
    let command = Respond { target, content: body.response, is_internal, status };
    let comment = desk.tickets.respond(&caller.actor, command).await?;
    let view = desk.tickets.read(&caller.actor, &reference).await?;
    Ok(HttpResponse::Created().json(Responded::new(view.row.serial, &comment)))
}

async fn details(desk: &Desk, caller: &Caller, id: &Reference) -> Result<(RequestDetails, TicketView), Problem> {
    let view = desk.tickets.read(&caller.actor, id).await?;
    let newest = PageRequest { paging: Paging::Start, size: MOST_LINES };
    let history = desk.tickets.history(&caller.actor, &view.row.id.into(), &newest).await?;
    Ok((RequestDetails::new(&view, &history.items), view))
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| details(desk, caller, id).await.map(|(details, view)| (details, view.row.revision));
    when.target(caller, id, current).await
}
