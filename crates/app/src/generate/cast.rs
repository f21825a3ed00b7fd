//! Who and what generated tickets refer to: made once, before the first ticket.

use std::sync::Arc;

use helpdesk_domain::event::{CatalogChange, CatalogKind, Event, Named};
use helpdesk_domain::identity::{Approval, Role, User, UserState};
use helpdesk_domain::kernel::id::{CategoryId, OrganizationId, TagId, UserId};
use helpdesk_domain::kernel::page::PageRequest;
use helpdesk_domain::kernel::text::{Email, TagName, Username};
use helpdesk_domain::kernel::{Actor, Ids, Moment, Reference, StoreError};
use helpdesk_domain::taxonomy::Tag;
use helpdesk_domain::taxonomy::port::{CatalogQuery, TaxonomyRepository};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use helpdesk_persistence::Store;
use rand::rngs::StdRng;

use super::{text, words};

/// One customer for so many tickets.
const TICKETS_PER_CUSTOMER: u64 = 50;
/// One agent for so many tickets, but not more agents than a large desk has.
const TICKETS_PER_AGENT: u64 = 2_000;
const MOST_AGENTS: u64 = 40;
/// As many accounts in one commit.
const AT_ONCE: usize = 500;
/// No password has this hash: nobody logs in as somebody who was made up.
const NO_PASSWORD: &str = "$2b$04$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// Who and what there is.
#[derive(Clone, Debug)]
pub struct Cast {
    /// Who asks.
    pub customers: Vec<Actor>,
    /// Who answers.
    pub agents: Vec<Actor>,
    /// What about.
    pub categories: Vec<CategoryId>,
    /// Labels.
    pub tags: Vec<TagId>,
}

impl Cast {
    /// Makes enough people, and the tags, for that many tickets.
    pub async fn assemble(
        store: &Store,
        ids: &Arc<dyn Ids>,
        organization: OrganizationId,
        tickets: u64,
        rng: &mut StdRng,
        start: Moment,
    ) -> Result<Self, StoreError> {
        let mark = ids.next().simple().to_string().split_off(26);
        let agents = (tickets / TICKETS_PER_AGENT).clamp(3, MOST_AGENTS);
        let customers = (tickets / TICKETS_PER_CUSTOMER).max(5);
        let mut people = Vec::new();
        for number in 0..agents + customers {
            let role = if number < agents { Role::Agent } else { Role::Customer };
            people.push(person(ids, organization, rng, role, &format!("{number}.{mark}"), start));
        }
        for people in people.chunks(AT_ONCE) {
            let changes = people.iter().cloned().fold(Changes::of(organization), |changes, (user, event)| {
                changes.with(Write::AddUser(Box::new(user)), [event])
            });
            store.commit(changes).await?;
        }
        let actors: Vec<Actor> = people.iter().map(|(user, _)| user.as_actor()).collect();
        let (agents, customers): (Vec<_>, Vec<_>) = actors.into_iter().partition(Actor::is_staff);
        let tags = tags(store, ids, organization, agents.first(), start).await?;
        let all = PageRequest::number(1, 100);
        let categories = store.categories(organization, &CatalogQuery::default(), &all).await?;
        let categories = categories.items.into_iter().map(|category| category.brief.id).collect();
        Ok(Self { customers, agents, categories, tags })
    }
}

fn person(
    ids: &Arc<dyn Ids>,
    organization: OrganizationId,
    rng: &mut StdRng,
    role: Role,
    mark: &str,
    now: Moment,
) -> (User, Event) {
    let (first_name, last_name) = text::name(rng);
    let username = format!("{first_name}.{last_name}.{mark}").to_lowercase();
    let state = UserState {
        id: UserId(ids.next()),
        organization,
        email: Email::trusted(format!("{username}@customers.example")),
        username: Username::trusted(username),
        password_hash: NO_PASSWORD.to_owned(),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        role,
        approval: Approval::Approved,
        is_active: true,
        department: None,
        created_at: now,
        updated_at: now,
        last_active_at: None,
        deleted_at: None,
        revision: 1,
    };
    User::register(state, None)
}

/// The tags of the pool; those that are missing are made.
async fn tags(
    store: &Store,
    ids: &Arc<dyn Ids>,
    organization: OrganizationId,
    by: Option<&Actor>,
    now: Moment,
) -> Result<Vec<TagId>, StoreError> {
    let names: Vec<Reference> = words::TAGS.iter().map(|name| Reference::Name((*name).to_owned())).collect();
    let found = store.tags(organization, &names).await?;
    let mut tags = Vec::new();
    let mut changes = Changes::of(organization);
    for (name, tag) in words::TAGS.iter().zip(found) {
        if let Some(tag) = tag {
            tags.push(tag.id);
        } else if let Some(by) = by {
            let tag = Tag::named(TagId(ids.next()), organization, TagName::trusted((*name).to_owned()), now);
            let event = Event::of_catalog(CatalogKind::Tag, tag.id.0, by, now, CatalogChange::Created, name);
            tags.push(tag.id);
            changes = changes.with(Write::AddTag(tag), [event]);
        }
    }
    store.commit(changes).await?;
    Ok(tags)
}

/// Somebody as an assignment names them.
pub fn named(actor: &Actor) -> Named {
    Named { id: actor.user, name: actor.name.clone() }
}
