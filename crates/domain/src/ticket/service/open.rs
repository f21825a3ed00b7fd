//! Opening a ticket.

use serde_json::{Map, Value};

use super::context::Tags;
use super::{Result, Tickets};
use crate::attachment::{MOST_FILES, service as attachment};
use crate::event::{CatalogChange, CatalogKind, Event, Named};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CategoryId, DepartmentId, TicketId};
use crate::kernel::race;
use crate::kernel::text::{Description, Email, Label, Title};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::sla::Pauses;
use crate::taxonomy::Category;
use crate::ticket::command::OpenTicket;
use crate::ticket::{Judged, Priority, Status, Ticket, TicketState, TicketView, policy};
use crate::work::{Changes, Write};

/// The most custom fields, the longest name of one, and the most bytes of all together as JSON.
pub(super) const MOST_FIELDS: usize = 50;
const LONGEST_FIELD_NAME: usize = 64;
const MOST_FIELD_BYTES: usize = 16 * 1024;

/// The text of a new ticket, looked at.
struct Written {
    title: Title,
    description: Description,
    contact_email: Option<Email>,
    category: Option<Label>,
    sub_category: Option<String>,
}

/// What a new ticket refers to, looked up.
struct Meant {
    category: Option<CategoryId>,
    /// The category, when it is to be made.
    new_category: Option<Category>,
    department: Option<DepartmentId>,
    assignee: Option<Named>,
    tags: Tags,
}

impl Tickets {
    /// Opens a ticket for the actor. It waits for approval where its channel or the organization says so.
    pub async fn open(&self, actor: &Actor, command: OpenTicket) -> Result<TicketView> {
        let written = look_at(&command)?;
        if command.assignee.is_some() || command.due_date.is_some() {
            policy::may_plan(actor)?;
        }
        let needs_approval = command.needs_approval || self.settings(actor).await?.requires_approval;
        let id = race::settle(true, async || {
            let now = self.clock.now();
            let meant = self.looked_up(actor, &command, &written, now).await?;
            self.commit_new(actor, &command, &written, meant, needs_approval, now).await
        })
        .await?;
        self.show(actor, id).await
    }

    async fn looked_up(&self, actor: &Actor, command: &OpenTicket, written: &Written, now: Moment) -> Result<Meant> {
        let (category, new_category) = match (&written.category, &command.category) {
            (Some(name), _) => self.category_called(actor, name, now).await?,
            (None, Some(reference)) => (Some(self.category(actor, reference).await?.0), None),
            (None, None) => (None, None),
        };
        let department = match &command.department {
            Some(reference) => Some(self.department(actor, reference).await?.0),
            None => None,
        };
        let assignee = match &command.assignee {
            Some(reference) => Some(self.assignee(actor, reference).await?),
            None => None,
        };
        let tags = self.tags(actor, &command.tags, now).await?;
        Ok(Meant { category, new_category, department, assignee, tags })
    }

    async fn commit_new(
        &self,
        actor: &Actor,
        command: &OpenTicket,
        written: &Written,
        meant: Meant,
        needs_approval: bool,
        now: Moment,
    ) -> Result<TicketId> {
        let id = TicketId(self.ids.next());
        let default_priority = (!needs_approval).then_some(Priority::Medium);
        let state = TicketState {
            id,
            organization: actor.organization,
            title: written.title.clone(),
            description: written.description.clone(),
            status: if needs_approval { Status::New } else { Status::Open },
            priority: command.priority.or(default_priority),
            category: meant.category,
            sub_category: written.sub_category.clone(),
            department: meant.department,
            requester: actor.user,
            assignee: None,
            contact_email: written.contact_email.clone(),
            admin_notes: None,
            tags: meant.tags.ids().into_iter().collect(),
            custom_fields: command.custom_fields.clone(),
            due_override: command.due_date,
            scheduled_date: command.scheduled_date,
            resolution: None,
            rejection_reason: None,
            created_at: now,
            updated_at: now,
            first_response_at: None,
            resolved_at: None,
            closed_at: None,
            finalized_at: None,
            asked_at: None,
            answered_at: None,
            pauses: Pauses::default(),
            merged_into: None,
            judged: Judged::default(),
            revision: 1,
        };
        let (mut ticket, created) = Ticket::open(state);
        let assigned = ticket.assign(None, meant.assignee, now);
        let events = std::iter::once(created).chain(assigned).map(|happened| Event::of_ticket(id, actor, now, happened));
        let changes = made(meant.new_category, actor, now, Changes::by(actor));
        let mut changes = meant.tags.make(actor, now, changes).with(Write::AddTicket(Box::new(ticket)), events);
        for (file, event) in attachment::with_ticket(actor, id, &command.files, now) {
            changes = changes.with(Write::AddFile(Box::new(file)), [event]);
        }
        self.commit(changes, id, true).await?;
        Ok(id)
    }
}

/// Adds a new category to what a commit writes; before the ticket that has it.
fn made(category: Option<Category>, actor: &Actor, now: Moment, changes: Changes) -> Changes {
    let Some(category) = category else { return changes };
    let (kind, name) = (CatalogKind::Category, category.name.to_string());
    let event = Event::of_catalog(kind, category.id.0, actor, now, CatalogChange::Created, &name);
    changes.with(Write::AddCategory(category), [event])
}

impl OpenTicket {
    /// Notes what is wrong with the text, for a caller that has found more, so that a client hears everything at once.
    pub fn check(&self, check: &mut Check) {
        look_over(check, self);
    }
}

fn look_at(command: &OpenTicket) -> Result<Written> {
    let mut check = Check::new();
    let written = look_over(&mut check, command);
    check.done()?;
    // `Check::done` has refused a ticket without them already.
    written.ok_or_else(|| Violations::one("title", Problem::Required).into())
}

fn look_over(check: &mut Check, command: &OpenTicket) -> Option<Written> {
    let title = check.required("title", command.title.as_deref().map(Title::parse));
    let description = check.required("description", command.description.as_deref().map(Description::parse));
    let contact_email = check.optional("contact_email", command.contact_email.as_deref().map(Email::parse));
    let category = check.optional("category", command.category_name.as_deref().map(Label::parse));
    let sub_category = check.optional("sub_category", command.sub_category.as_deref().map(Label::parse));
    check_fields(check, &command.custom_fields);
    if command.files.len() > MOST_FILES {
        check.note(command.files.first().map_or("file", |file| &file.field), Problem::TooMany(MOST_FILES));
    }
    let sub_category = sub_category.map(String::from);
    Some(Written { title: title?, description: description?, contact_email, category, sub_category })
}

/// Looks at custom fields: their number, their names and their size.
pub(crate) fn check_fields(check: &mut Check, fields: &Map<String, Value>) {
    if fields.len() > MOST_FIELDS {
        check.note("custom_fields", Problem::TooMany(MOST_FIELDS));
    }
    if fields.keys().any(|name| name.chars().count() > LONGEST_FIELD_NAME) {
        check.note("custom_fields", Problem::TooLong(LONGEST_FIELD_NAME));
    }
    let json = serde_json::to_string(fields).unwrap_or_default();
    if json.len() > MOST_FIELD_BYTES {
        check.note("custom_fields", Problem::TooManyBytes(MOST_FIELD_BYTES));
    }
    if json.contains("\\u0000") {
        check.note("custom_fields", Problem::NullCharacter);
    }
}
