//! Looking up what a command refers to.

use super::{Result, Tickets, unknown};
use crate::event::{CatalogChange, CatalogKind, Event, Named};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CategoryId, DepartmentId, Reference, TagId};
use crate::kernel::text::{Label, TagName, slug};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::taxonomy::{Category, Tag};
use crate::ticket::{Ticket, TicketError};
use crate::work::{Changes, Write};

/// The most tags a ticket has.
pub const MOST_TAGS: usize = 50;

/// After so many categories of one slug a new one gets a number that nobody would guess.
const MOST_ALIKE: u32 = 20;

/// Tags that a command names: those that exist, and those to be made.
#[derive(Default)]
pub(super) struct Tags {
    pub known: Vec<Tag>,
    pub new: Vec<Tag>,
}

impl Tags {
    pub fn ids(&self) -> Vec<TagId> {
        self.known.iter().chain(&self.new).map(|tag| tag.id).collect()
    }

    pub fn names(&self) -> Vec<String> {
        self.known.iter().chain(&self.new).map(|tag| tag.name.to_string()).collect()
    }

    /// Adds the new ones to what a commit writes; before the ticket that has them.
    pub fn make(self, actor: &Actor, now: Moment, changes: Changes) -> Changes {
        self.new.into_iter().fold(changes, |changes, tag| {
            let event = Event::of_catalog(CatalogKind::Tag, tag.id.0, actor, now, CatalogChange::Created, tag.name.as_str());
            changes.with(Write::AddTag(tag), [event])
        })
    }
}

impl Tickets {
    pub(super) async fn category(&self, actor: &Actor, reference: &Reference) -> Result<(CategoryId, String)> {
        let category = self.taxonomy.category(actor.organization, reference).await?;
        let category = category.ok_or_else(|| unknown("category", reference))?;
        Ok((category.id, category.name.into()))
    }

    /// The category of that name, or a new one of that name with a slug that nothing has.
    pub(super) async fn category_called(
        &self,
        actor: &Actor,
        name: &Label,
        now: Moment,
    ) -> Result<(Option<CategoryId>, Option<Category>)> {
        let found = self.taxonomy.category(actor.organization, &Reference::Name(name.to_string())).await?;
        // what is only found by its slug is called otherwise
        let is_called = |category: &Category| category.name.as_str().to_lowercase() == name.as_str().to_lowercase();
        if let Some(category) = found.filter(is_called) {
            return Ok((Some(category.id), None));
        }
        let word = slug(name.as_str());
        let numbered = (2..MOST_ALIKE).map(|n| format!("{word}-{n}"));
        let mut free = format!("{word}-{}", self.ids.next().simple());
        for candidate in std::iter::once(word.clone()).chain(numbered) {
            if self.taxonomy.category(actor.organization, &Reference::Name(candidate.clone())).await?.is_none() {
                free = candidate;
                break;
            }
        }
        let category = Category::named(CategoryId(self.ids.next()), actor.organization, name.clone(), free, now);
        Ok((Some(category.id), Some(category)))
    }

    pub(super) async fn department(&self, actor: &Actor, reference: &Reference) -> Result<(DepartmentId, String)> {
        let department = self.taxonomy.department(actor.organization, reference).await?;
        let department = department.ok_or_else(|| unknown("department", reference))?;
        Ok((department.id, department.name.into()))
    }

    /// Somebody who can be given tickets: staff or technician, and able to log in.
    pub(super) async fn assignee(&self, actor: &Actor, reference: &Reference) -> Result<Named> {
        let user = self.people.find(actor.organization, reference).await?;
        let user = user.ok_or_else(|| unknown("assigned_to", reference))?;
        if user.role.is_assignable() && user.may_enter() {
            Ok(Named { id: user.id, name: user.name() })
        } else {
            Err(Violations::one("assigned_to", Problem::NotAssignable).into())
        }
    }

    /// Who has the ticket now, by name.
    pub(super) async fn present_assignee(&self, actor: &Actor, ticket: &Ticket) -> Result<Option<Named>> {
        let Some(id) = ticket.assignee else { return Ok(None) };
        let user = self.people.find(actor.organization, &id.into()).await?;
        Ok(Some(Named { id, name: user.map_or_else(|| "somebody".to_owned(), |user| user.name()) }))
    }

    /// The tags that are meant: an unknown name becomes a new tag, an unknown id is a mistake.
    pub(super) async fn tags(&self, actor: &Actor, references: &[Reference], now: Moment) -> Result<Tags> {
        if references.is_empty() {
            return Ok(Tags::default());
        }
        let mut check = Check::new();
        if references.len() > MOST_TAGS {
            check.note("tags", Problem::TooMany(MOST_TAGS));
            check.done()?;
            return Ok(Tags::default());
        }
        let found = self.taxonomy.tags(actor.organization, references).await?;
        let mut tags = Tags::default();
        for (reference, tag) in references.iter().zip(found) {
            match (tag, reference) {
                (Some(tag), _) => tags.known.push(tag),
                (None, Reference::Name(name)) => {
                    if let Some(name) = check.field("tags", TagName::parse(name)) {
                        tags.add_new(Tag::named(TagId(self.ids.next()), actor.organization, name, now));
                    }
                }
                (None, reference) => check.note("tags", Problem::Unknown(reference.to_string())),
            }
        }
        check.done().map_err(TicketError::from)?;
        Ok(tags)
    }
}

impl Tags {
    fn add_new(&mut self, tag: Tag) {
        let same = |other: &Tag| other.name.as_str().to_lowercase() == tag.name.as_str().to_lowercase();
        if !self.new.iter().any(same) {
            self.new.push(tag);
        }
    }
}
