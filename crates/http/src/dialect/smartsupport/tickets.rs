//! `/tickets/`: asking for help, and what waits to be worked on.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use helpdesk_domain::attachment::{FileView, Folder, Received};
use helpdesk_domain::kernel::id::{Reference, Target, TicketId};
use helpdesk_domain::kernel::{Actor, Check, Page, Problem as FieldProblem};
use helpdesk_domain::ticket::command::{FindTickets, OpenTicket};
use helpdesk_domain::ticket::{Status, TicketOrder, TicketRow, TicketSort};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Caller;
use super::vocabulary::{priority_filter, status_filter};
use super::wire::details::TicketDetails;
use super::wire::ticket::{Held, Ticket, Waiting};
use crate::content;
use crate::desk::Desk;
use crate::gate::etag::{Preconditions, tag};
use crate::gate::multipart::{Form, Takes};
use crate::gate::reference::Day;
use crate::gate::stream::array;
use crate::gate::written::Written;
use crate::gate::{Id, Paged, Params};
use crate::problem::{Answer, Problem};

/// A ticket to open. Priority and department are given by whoever approves it.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NewTicket {
    /// What it is called.
    #[schema(required, max_length = 255)]
    pub subject: Option<String>,
    /// Name of a category; made when missing.
    #[schema(max_length = 100)]
    pub category: Option<String>,
    /// Finer category.
    #[schema(max_length = 100)]
    pub sub_category: Option<String>,
    /// What it is about.
    #[schema(required, max_length = 65536)]
    pub description: Option<String>,
    /// The day that the requester would like.
    pub scheduled_date: Option<Day>,
    /// Up to ten, 25 MB each.
    #[serde(skip)]
    #[schema(rename = "files[]", value_type = Vec<String>, format = Binary)]
    pub files: (),
}

impl NewTicket {
    fn into_command(self, files: Vec<Received>) -> OpenTicket {
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        OpenTicket {
            title: self.subject,
            description: self.description,
            category_name: given(self.category),
            sub_category: given(self.sub_category),
            scheduled_date: self.scheduled_date.map(|day| day.0),
            files,
            needs_approval: true,
            ..OpenTicket::default()
        }
    }
}

/// `POST /tickets/`: the ticket with all of its files, or nothing.
pub async fn create(desk: Data<Desk>, caller: Caller, written: Written<NewTicket>) -> Answer {
    let view = match written {
        Written::Plain(body) => desk.tickets.open(&caller.actor, body.into_command(Vec::new())).await?,
        Written::Form(parts) => {
            let form = Form::read(parts, &desk.files, Takes::Files(Folder::Attachments), "files[]").await?;
            let body: NewTicket = form.object()?;
            form.spend(async |files| desk.tickets.open(&caller.actor, body.into_command(files)).await).await?
        }
    };
    let seen = caller.seen();
    let tag = tag(&caller, &TicketDetails::new(&view, &seen));
    Ok(HttpResponse::Created().insert_header(("ETag", tag)).json(Ticket::new(&view.row, &view.attachments, &seen)))
}

/// `GET /tickets/`: what the caller sees.
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.tickets.list(&caller.actor, find(&params)?, &paged.request).await?;
    let page = with_files(&desk, &caller.actor, page).await?;
    let seen = caller.seen();
    Ok(HttpResponse::Ok().json(paged.list(page, |(row, files)| Ticket::new(&row, &files, &seen))?))
}

/// The files of each ticket of a page, in one statement.
async fn with_files(desk: &Desk, actor: &Actor, page: Page<TicketRow>) -> Result<Page<(TicketRow, Vec<FileView>)>, Problem> {
    let ids: Vec<TicketId> = page.items.iter().map(|row| row.id).collect();
    let mut files = desk.files.of_tickets(actor, &ids).await?;
    Ok(page.map(|row| {
        let of_row = files.remove(&row.id).unwrap_or_default();
        (row, of_row)
    }))
}

/// `GET /tickets/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.tickets.read(&caller.actor, &id).await?;
    when.answer(&caller, &TicketDetails::new(&view, &caller.seen()))
}

/// `GET /tickets/new/`: what waits for approval, newest first; staff only.
pub async fn new(desk: Data<Desk>, caller: Caller) -> Answer {
    let wanted = FindTickets { statuses: Some(vec![Status::New]), ..FindTickets::default() };
    queue(desk, caller, wanted, Waiting::new).await
}

/// `GET /tickets/open/`: what waits to be taken, newest first; staff only.
pub async fn open(desk: Data<Desk>, caller: Caller) -> Answer {
    let wanted = FindTickets { statuses: Some(vec![Status::Open]), ..FindTickets::default() };
    let reader = caller.clone();
    queue(desk, caller, wanted, move |row, files| Ticket::new(row, files, &reader.seen())).await
}

/// `GET /tickets/my-tickets/`: what the caller has, newest first; staff only.
pub async fn mine(desk: Data<Desk>, caller: Caller) -> Answer {
    let wanted = FindTickets { assignee: Some(caller.actor.user.into()), ..FindTickets::default() };
    queue(desk, caller, wanted, Held::new).await
}

async fn queue<T: Serialize>(
    desk: Data<Desk>,
    caller: Caller,
    wanted: FindTickets,
    show: impl Fn(&TicketRow, &[FileView]) -> T + 'static,
) -> Answer {
    let read = move |page| {
        let (desk, actor, wanted) = (desk.clone(), caller.actor.clone(), wanted.clone());
        async move {
            let page = desk.tickets.queue(&actor, wanted, &page).await?;
            with_files(&desk, &actor, page).await
        }
    };
    array(read, move |(row, files)| show(row, files)).await
}

/// `GET /attachments/{id}/download/`: the content of a file that the caller may read.
pub async fn download(desk: Data<Desk>, caller: Caller, Id(id): Id, request: HttpRequest) -> Answer {
    let located = desk.files.locate(&caller.actor, &id).await?;
    content::answer(&desk.files, &located, &request).await
}

fn find(params: &Params) -> Result<FindTickets, Problem> {
    let mut check = Check::new();
    let (created_after, created_before) = params.span(&mut check, "created_after", "created_before");
    let found = FindTickets {
        statuses: status_filter(&mut check, &params.list(&["status"])),
        priorities: priority_filter(&mut check, &params.list(&["priority"])),
        category: params.reference(&["category"]),
        department: params.reference(&["department"]),
        assignee: params.reference(&["assigned_to"]),
        requester: params.reference(&["employee"]),
        created_after,
        created_before,
        search: params.get(&["search"]).map(str::to_owned),
        order: params.list(&["ordering"]).iter().filter_map(|word| check.field("ordering", order(word))).collect(),
        ..FindTickets::default()
    };
    check.done()?;
    Ok(found)
}

fn order(word: &str) -> Result<TicketOrder, FieldProblem> {
    let (name, descending) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
    let by = match name {
        "submit_date" => TicketSort::CreatedAt,
        "update_date" => TicketSort::UpdatedAt,
        "priority" => TicketSort::Priority,
        "status" => TicketSort::Status,
        _ => return Err(FieldProblem::InvalidChoice(word.to_owned())),
    };
    Ok(TicketOrder { by, descending })
}

/// The ticket that a change is meant for, with the revision that `If-Match` stands for.
pub async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.tickets.read(&caller.actor, id).await?;
        Ok((TicketDetails::new(&view, &caller.seen()), view.row.revision))
    };
    when.target(caller, id, current).await
}
