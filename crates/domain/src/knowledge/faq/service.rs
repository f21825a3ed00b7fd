//! The use cases of questions and answers.

use std::sync::Arc;

use super::command::{CreateFaq, EditFaq, FindFaqs, Place};
use super::port::{FaqQuery, FaqRepository};
use super::{Faq, FaqChange, FaqError, FaqState, FaqView, policy};
use crate::event::Event;
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::id::{CategoryId, FaqId, OrganizationId, Reference, Target};
use crate::kernel::race;
use crate::kernel::text::{FaqAnswer, Keywords, Question};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::knowledge::{Reader, Readership};
use crate::search::SearchText;
use crate::taxonomy::port::TaxonomyRepository;
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// The most questions that are put in order at once.
const MOST_PLACES: usize = 1000;

/// What the use cases of questions and answers need from outside.
#[derive(Clone)]
pub struct Faqs {
    /// Questions.
    pub faqs: Arc<dyn FaqRepository>,
    /// Categories.
    pub taxonomy: Arc<dyn TaxonomyRepository>,
    /// Whose are read.
    pub readership: Readership,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, FaqError>;

impl Faqs {
    /// Questions that the reader may see.
    pub async fn list(&self, reader: Reader<'_>, wanted: FindFaqs) -> Result<Vec<FaqView>> {
        let FindFaqs { category, search, include_inactive, most } = wanted;
        if include_inactive && !reader.is_staff() {
            return Err(FaqError::Forbidden);
        }
        let organization = self.organization(reader).await?;
        let category = match category {
            Some(reference) => Some(self.category(organization, &reference).await?),
            None => None,
        };
        let query = FaqQuery { category, search: search.as_deref().map(SearchText::parse), include_inactive, most };
        Ok(self.faqs.list(organization, &query).await?)
    }

    /// Whose questions the reader reads, and which edition of them is the present one; refuses as [`Self::list`] does.
    pub async fn edition(&self, reader: Reader<'_>, include_inactive: bool) -> Result<(OrganizationId, i64)> {
        if include_inactive && !reader.is_staff() {
            return Err(FaqError::Forbidden);
        }
        let organization = self.organization(reader).await?;
        Ok((organization, self.faqs.edition(organization).await?))
    }

    /// One question; what is not shown exists for staff only.
    pub async fn read(&self, reader: Reader<'_>, faq: &Reference) -> Result<FaqView> {
        let organization = self.organization(reader).await?;
        let view = self.faqs.view(organization, faq).await?;
        view.filter(|view| view.is_active || reader.is_staff()).ok_or(FaqError::NotFound)
    }

    /// How many there are, shown or not; for staff.
    pub async fn count(&self, actor: &Actor) -> Result<u64> {
        policy::may_manage(actor)?;
        Ok(self.faqs.count(actor.organization).await?)
    }

    /// Writes a question with its answer.
    pub async fn create(&self, actor: &Actor, command: CreateFaq) -> Result<FaqView> {
        policy::may_manage(actor)?;
        let CreateFaq { question, answer, category, tags, display_order, is_active } = command;
        let mut check = Check::new();
        let question = check.required("question", question.as_deref().map(Question::parse));
        let answer = check.required("answer", answer.as_deref().map(FaqAnswer::parse));
        let category = check.required("category", category.map(Ok));
        let tags = check.optional("tags", tags.as_deref().map(Keywords::parse));
        let display_order = check.optional("display_order", display_order.map(place));
        check.done()?;
        let (Some(question), Some(answer), Some(category)) = (question, answer, category) else {
            return Err(Violations::one("question", Problem::Required).into());
        };
        let now = self.clock.now();
        let (faq, created) = Faq::write(FaqState {
            id: FaqId(self.ids.next()),
            organization: actor.organization,
            question,
            answer,
            category: self.category(actor.organization, &category).await?,
            tags: tags.unwrap_or_else(|| Keywords::trusted(String::new())),
            display_order: display_order.unwrap_or(0),
            is_active: is_active.unwrap_or(true),
            created_by: actor.user,
            created_at: now,
            updated_at: now,
            revision: 1,
        });
        let id = faq.id;
        let changes = Changes::by(actor).with(Write::AddFaq(Box::new(faq)), [Event::of_faq(id, actor, now, created)]);
        self.work.commit(changes.showing(Outcome { kind: "faq", id: id.0, parent: None, created: true })).await?;
        self.read(Reader::Member(actor), &id.into()).await
    }

    /// Changes a question. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, command: EditFaq) -> Result<FaqView> {
        policy::may_manage(actor)?;
        let id = race::settle(command.target.may_retry(), async || {
            let mut faq = self.get(actor, &command.target).await?;
            let now = self.clock.now();
            let id = faq.id;
            if let Some(updated) = faq.change(self.change(actor, &command).await?, now) {
                let event = Event::of_faq(id, actor, now, updated);
                self.work.commit(Changes::by(actor).with(Write::SaveFaq(Box::new(faq)), [event])).await?;
            }
            Ok::<_, FaqError>(id)
        })
        .await?;
        self.read(Reader::Member(actor), &id.into()).await
    }

    /// Puts questions at their places: all of them in one commit, or none.
    pub async fn arrange(&self, actor: &Actor, places: &[Place]) -> Result<()> {
        policy::may_manage(actor)?;
        if places.is_empty() || places.len() > MOST_PLACES {
            let problem = if places.is_empty() { Problem::Required } else { Problem::TooMany(MOST_PLACES) };
            return Err(Violations::one("order", problem).into());
        }
        race::settle(true, async || self.arrange_once(actor, places).await).await
    }

    async fn arrange_once(&self, actor: &Actor, places: &[Place]) -> Result<()> {
        let references: Vec<Reference> = places.iter().map(|place| place.faq.clone()).collect();
        let found = self.faqs.find(actor.organization, &references).await?;
        let now = self.clock.now();
        let (mut check, mut changes, mut seen) = (Check::new(), Changes::by(actor), Vec::new());
        for (wanted, faq) in places.iter().zip(found) {
            let display_order = check.field("order", place(wanted.display_order));
            let Some(mut faq) = faq else {
                check.note("order", Problem::Unknown(wanted.faq.to_string()));
                continue;
            };
            if seen.contains(&faq.id) {
                check.note("order", Problem::Other("Names the same FAQ twice."));
            }
            seen.push(faq.id);
            if let Some(updated) = faq.change(FaqChange { display_order, ..FaqChange::default() }, now) {
                let event = Event::of_faq(faq.id, actor, now, updated);
                changes = changes.with(Write::SaveFaq(Box::new(faq)), [event]);
            }
        }
        check.done()?;
        if changes.writes.is_empty() { Ok(()) } else { Ok(self.work.commit(changes).await?) }
    }

    /// Removes a question.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        policy::may_manage(actor)?;
        race::settle(target.may_retry(), async || {
            let faq = self.get(actor, target).await?;
            let event = Event::of_faq(faq.id, actor, self.clock.now(), faq.deleted());
            Ok(self.work.commit(Changes::by(actor).with(Write::DeleteFaq(faq.id, faq.revision), [event])).await?)
        })
        .await
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<Faq> {
        let mut found = self.faqs.find(actor.organization, std::slice::from_ref(&target.reference)).await?;
        let faq = found.pop().flatten().ok_or(FaqError::NotFound)?;
        target.allows(faq.revision)?;
        Ok(faq)
    }

    async fn change(&self, actor: &Actor, command: &EditFaq) -> Result<FaqChange> {
        let mut check = Check::new();
        let mut change = FaqChange {
            question: check.optional("question", command.question.as_deref().map(Question::parse)),
            answer: check.optional("answer", command.answer.as_deref().map(FaqAnswer::parse)),
            category: None,
            tags: check.optional("tags", command.tags.as_deref().map(Keywords::parse)),
            display_order: check.optional("display_order", command.display_order.map(place)),
            is_active: command.is_active,
        };
        check.done()?;
        if let Some(reference) = &command.category {
            change.category = Some(self.category(actor.organization, reference).await?);
        }
        Ok(change)
    }

    async fn category(&self, organization: OrganizationId, reference: &Reference) -> Result<CategoryId> {
        let category = self.taxonomy.category(organization, reference).await?;
        let unknown = || Violations::one("category", Problem::Unknown(reference.to_string()));
        Ok(category.ok_or_else(unknown)?.id)
    }

    async fn organization(&self, reader: Reader<'_>) -> Result<OrganizationId> {
        self.readership.of(reader).await?.ok_or(FaqError::NoOrganization)
    }
}

/// A place that a column holds.
fn place(number: i64) -> std::result::Result<i32, Problem> {
    if number < 0 {
        return Err(Problem::BelowMinimum(0));
    }
    i32::try_from(number).map_err(|_| Problem::AboveMaximum(i32::MAX.into()))
}
