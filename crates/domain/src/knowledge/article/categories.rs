//! The use cases of the categories that articles stand in.

use std::sync::Arc;

use super::command::{CreateArticleCategory, EditArticleCategory, FindArticleCategories};
use super::port::{ArticleCategoryQuery, ArticleCategoryRepository};
use super::service::sight;
use super::{ArticleCategory, ArticleCategoryView, ArticleError, policy};
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{ArticleCategoryId, OrganizationId, Reference, Target};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::{Color, Label, Note};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::knowledge::{Reader, Readership};
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// What the use cases of article categories need from outside.
#[derive(Clone)]
pub struct ArticleCategories {
    /// Categories.
    pub categories: Arc<dyn ArticleCategoryRepository>,
    /// Whose are read.
    pub readership: Readership,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, ArticleError>;

impl ArticleCategories {
    /// A part of the categories, by name.
    pub async fn list(
        &self,
        reader: Reader<'_>,
        wanted: FindArticleCategories,
        page: &PageRequest,
    ) -> Result<Page<ArticleCategoryView>> {
        let organization = self.organization(reader).await?;
        let FindArticleCategories { search, parent, descending } = wanted;
        let parent = match parent {
            Some(Some(reference)) => Some(Some(self.parent(organization, &reference).await?)),
            Some(None) => Some(None),
            None => None,
        };
        let query = ArticleCategoryQuery { search, parent, descending };
        Ok(self.categories.page(organization, sight(reader), &query, page).await?)
    }

    /// One category.
    pub async fn read(&self, reader: Reader<'_>, category: &Reference) -> Result<ArticleCategoryView> {
        let organization = self.organization(reader).await?;
        self.categories.view(organization, sight(reader), category).await?.ok_or(ArticleError::NoCategory)
    }

    /// Makes a category.
    pub async fn create(&self, actor: &Actor, command: CreateArticleCategory) -> Result<ArticleCategoryView> {
        policy::may_write(actor)?;
        let CreateArticleCategory { name, description, color, parent } = command;
        let mut check = Check::new();
        let name = check.required("name", name.as_deref().map(Label::parse));
        let description = check.optional("description", description.as_deref().map(Note::parse));
        let color = check.optional("color", color.as_deref().map(Color::parse));
        check.done()?;
        let parent = match parent {
            Some(reference) => Some(self.parent(actor.organization, &reference).await?),
            None => None,
        };
        let (Some(name), now) = (name, self.clock.now()) else {
            return Err(Violations::one("name", Problem::Required).into());
        };
        let category = ArticleCategory {
            id: ArticleCategoryId(self.ids.next()),
            organization: actor.organization,
            name,
            description: description.unwrap_or_else(|| Note::trusted(String::new())),
            color: color.unwrap_or_else(Color::standard),
            parent,
            created_at: now,
            updated_at: now,
            revision: 1,
        };
        let id = category.id;
        self.commit(actor, category, CatalogChange::Created, now).await?;
        self.read(Reader::Member(actor), &id.into()).await
    }

    /// Changes a category. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, command: EditArticleCategory) -> Result<ArticleCategoryView> {
        let id = race::settle(command.target.may_retry(), async || {
            let mut category = self.get(actor, &command.target).await?;
            let before = category.clone();
            self.change(&mut category, &command).await?;
            if category != before {
                let now = self.clock.now();
                category.updated_at = now;
                self.commit(actor, category, CatalogChange::Updated, now).await?;
            }
            Ok::<_, ArticleError>(before.id)
        })
        .await?;
        self.read(Reader::Member(actor), &id.into()).await
    }

    async fn change(&self, category: &mut ArticleCategory, command: &EditArticleCategory) -> Result<()> {
        let mut check = Check::new();
        let name = check.optional("name", command.name.as_deref().map(Label::parse));
        let description = check.optional("description", command.description.as_deref().map(Note::parse));
        let color = check.optional("color", command.color.as_deref().map(Color::parse));
        check.done()?;
        category.name = name.unwrap_or_else(|| category.name.clone());
        category.description = description.unwrap_or_else(|| category.description.clone());
        category.color = color.unwrap_or_else(|| category.color.clone());
        match &command.parent {
            None => {}
            Some(None) => category.parent = None,
            Some(Some(reference)) => {
                let parent = self.parent(category.organization, reference).await?;
                if self.categories.lineage(category.organization, parent).await?.contains(&category.id) {
                    return Err(Violations::one("parent", Problem::Other("A category cannot be a part of itself.")).into());
                }
                category.parent = Some(parent);
            }
        }
        Ok(())
    }

    /// Removes a category that has neither articles nor parts.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let category = self.get(actor, target).await?;
            self.commit(actor, category, CatalogChange::Deleted, self.clock.now()).await
        })
        .await
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<ArticleCategory> {
        let found = self.categories.find(actor.organization, &target.reference).await?;
        let category = found.ok_or(ArticleError::NoCategory)?;
        policy::may_write(actor)?;
        target.allows(category.revision)?;
        Ok(category)
    }

    async fn parent(&self, organization: OrganizationId, reference: &Reference) -> Result<ArticleCategoryId> {
        let parent = self.categories.find(organization, reference).await?;
        Ok(parent.ok_or_else(|| Violations::one("parent", Problem::Unknown(reference.to_string())))?.id)
    }

    async fn organization(&self, reader: Reader<'_>) -> Result<OrganizationId> {
        self.readership.of(reader).await?.ok_or(ArticleError::NoOrganization)
    }

    async fn commit(&self, actor: &Actor, category: ArticleCategory, change: CatalogChange, now: Moment) -> Result<()> {
        let kind = CatalogKind::ArticleCategory;
        let event = Event::of_catalog(kind, category.id.0, actor, now, change, category.name.as_str());
        let created = change == CatalogChange::Created;
        let outcome = Outcome { kind: kind.word(), id: category.id.0, parent: None, created };
        let write = match change {
            CatalogChange::Created => Write::AddArticleCategory(category),
            CatalogChange::Updated => Write::SaveArticleCategory(category),
            CatalogChange::Deleted => Write::DeleteArticleCategory(category.id, category.revision),
        };
        self.work.commit(Changes::by(actor).with(write, [event]).showing(outcome)).await.map_err(told)
    }
}

/// A name that is taken is the field's fault, a category that is used keeps itself: neither is a race to run again.
fn told(error: StoreError) -> ArticleError {
    match &error {
        StoreError::Taken(rule) if rule.ends_with("in_use") => ArticleError::InUse,
        StoreError::Taken(_) => Violations::one("name", Problem::Taken).into(),
        _ => error.into(),
    }
}
