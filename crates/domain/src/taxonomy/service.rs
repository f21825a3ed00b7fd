//! Categories, tags and departments: everybody reads them, staff change them.

use std::sync::Arc;

use super::command::{Create, Edit};
use super::port::{CatalogQuery, TaxonomyRepository};
use super::{Category, CategoryView, Department, DepartmentView, Tag, TagView, TaxonomyError};
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids, Moment};
use crate::kernel::id::{CategoryId, DepartmentId, OrganizationId, Reference, TagId, Target};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::text::{Color, Label, Note, TagName, slug};
use crate::kernel::violation::Check;
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// The use cases of the taxonomy.
#[derive(Clone)]
pub struct Taxonomy {
    repository: Arc<dyn TaxonomyRepository>,
    work: Arc<dyn UnitOfWork>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, TaxonomyError>;

impl Taxonomy {
    /// Over a store.
    pub fn new(
        repository: Arc<dyn TaxonomyRepository>,
        work: Arc<dyn UnitOfWork>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        Self { repository, work, clock, ids }
    }

    /// A part of the categories.
    pub async fn categories(&self, actor: &Actor, query: &CatalogQuery, page: &PageRequest) -> Result<Page<CategoryView>> {
        Ok(self.repository.categories(actor.organization, query, page).await?)
    }

    /// A part of the tags; `query.by_use` for the popular ones.
    pub async fn tags(&self, actor: &Actor, query: &CatalogQuery, page: &PageRequest) -> Result<Page<TagView>> {
        Ok(self.repository.tag_page(actor.organization, query, page).await?)
    }

    /// A part of the departments.
    pub async fn departments(&self, actor: &Actor, query: &CatalogQuery, page: &PageRequest) -> Result<Page<DepartmentView>> {
        Ok(self.repository.departments(actor.organization, query, page).await?)
    }

    /// One category.
    pub async fn category(&self, actor: &Actor, reference: &Reference) -> Result<CategoryView> {
        self.repository.category_view(actor.organization, reference).await?.ok_or(TaxonomyError::NoCategory)
    }

    /// One tag.
    pub async fn tag(&self, actor: &Actor, reference: &Reference) -> Result<TagView> {
        self.repository.tag_view(actor.organization, reference).await?.ok_or(TaxonomyError::NoTag)
    }

    /// One department.
    pub async fn department(&self, actor: &Actor, reference: &Reference) -> Result<DepartmentView> {
        self.repository.department_view(actor.organization, reference).await?.ok_or(TaxonomyError::NoDepartment)
    }

    /// Makes a category.
    pub async fn create_category(&self, actor: &Actor, command: Create) -> Result<CategoryView> {
        may_change(actor)?;
        let mut check = Check::new();
        let name = check.required("name", command.name.as_deref().map(Label::parse));
        let (description, color) = looks(&mut check, command.description.as_deref(), command.color.as_deref());
        check.done()?;
        let (Some(name), now) = (name, self.clock.now()) else { return Err(TaxonomyError::NoCategory) };
        let category = Category {
            id: CategoryId(self.ids.next()),
            organization: actor.organization,
            slug: slug(name.as_str()),
            name,
            description: description.unwrap_or_else(|| Note::trusted(String::new())),
            color: color.unwrap_or_else(Color::standard),
            created_at: now,
            updated_at: now,
            revision: 1,
        };
        let told = Told { kind: CatalogKind::Category, id: category.id.0, name: category.name.to_string() };
        let id = category.id;
        self.commit(actor, Write::AddCategory(category), told, CatalogChange::Created, now).await?;
        self.category(actor, &id.into()).await
    }

    /// Changes a category.
    pub async fn edit_category(&self, actor: &Actor, command: Edit) -> Result<CategoryView> {
        let found = self.repository.category(actor.organization, &command.target.reference).await?;
        let mut category = found.ok_or(TaxonomyError::NoCategory)?;
        may_change(actor)?;
        command.target.allows(category.revision)?;
        let mut check = Check::new();
        let name = check.optional("name", command.name.as_deref().map(Label::parse));
        let (description, color) = looks(&mut check, command.description.as_deref(), command.color.as_deref());
        check.done()?;
        let before = category.clone();
        category.name = name.unwrap_or(category.name);
        category.description = description.unwrap_or(category.description);
        category.color = color.unwrap_or(category.color);
        if category != before {
            let now = self.clock.now();
            category.updated_at = now;
            let told = Told { kind: CatalogKind::Category, id: category.id.0, name: category.name.to_string() };
            self.commit(actor, Write::SaveCategory(category), told, CatalogChange::Updated, now).await?;
        }
        self.category(actor, &before.id.into()).await
    }

    /// Removes a category that no ticket has.
    pub async fn delete_category(&self, actor: &Actor, target: &Target) -> Result<()> {
        let found = self.repository.category(actor.organization, &target.reference).await?;
        let category = found.ok_or(TaxonomyError::NoCategory)?;
        may_change(actor)?;
        target.allows(category.revision)?;
        let told = Told { kind: CatalogKind::Category, id: category.id.0, name: category.name.to_string() };
        self.commit(actor, Write::DeleteCategory(category.id), told, CatalogChange::Deleted, self.clock.now()).await
    }

    /// Makes a tag.
    pub async fn create_tag(&self, actor: &Actor, command: Create) -> Result<TagView> {
        may_change(actor)?;
        let mut check = Check::new();
        let name = check.required("name", command.name.as_deref().map(TagName::parse));
        let (description, color) = looks(&mut check, command.description.as_deref(), command.color.as_deref());
        check.done()?;
        let (Some(name), now) = (name, self.clock.now()) else { return Err(TaxonomyError::NoTag) };
        let mut tag = Tag::named(TagId(self.ids.next()), actor.organization, name, now);
        tag.description = description.unwrap_or(tag.description);
        tag.color = color.unwrap_or(tag.color);
        let told = Told { kind: CatalogKind::Tag, id: tag.id.0, name: tag.name.to_string() };
        let id = tag.id;
        self.commit(actor, Write::AddTag(tag), told, CatalogChange::Created, now).await?;
        self.tag(actor, &id.into()).await
    }

    /// Changes a tag.
    pub async fn edit_tag(&self, actor: &Actor, command: Edit) -> Result<TagView> {
        let mut tag = self.the_tag(actor, &command.target).await?;
        may_change(actor)?;
        let mut check = Check::new();
        let name = check.optional("name", command.name.as_deref().map(TagName::parse));
        let (description, color) = looks(&mut check, command.description.as_deref(), command.color.as_deref());
        check.done()?;
        let before = tag.clone();
        tag.name = name.unwrap_or(tag.name);
        tag.description = description.unwrap_or(tag.description);
        tag.color = color.unwrap_or(tag.color);
        if tag != before {
            let now = self.clock.now();
            tag.updated_at = now;
            let told = Told { kind: CatalogKind::Tag, id: tag.id.0, name: tag.name.to_string() };
            self.commit(actor, Write::SaveTag(tag), told, CatalogChange::Updated, now).await?;
        }
        self.tag(actor, &before.id.into()).await
    }

    /// Removes a tag, from its tickets too.
    pub async fn delete_tag(&self, actor: &Actor, target: &Target) -> Result<()> {
        let tag = self.the_tag(actor, target).await?;
        may_change(actor)?;
        let told = Told { kind: CatalogKind::Tag, id: tag.id.0, name: tag.name.to_string() };
        self.commit(actor, Write::DeleteTag(tag.id), told, CatalogChange::Deleted, self.clock.now()).await
    }

    /// Makes a department.
    pub async fn create_department(&self, actor: &Actor, command: Create) -> Result<DepartmentView> {
        may_change(actor)?;
        let mut check = Check::new();
        let name = check.required("name", command.name.as_deref().map(Label::parse));
        check.done()?;
        let (Some(name), now) = (name, self.clock.now()) else { return Err(TaxonomyError::NoDepartment) };
        let id = DepartmentId(self.ids.next());
        let told = Told { kind: CatalogKind::Department, id: id.0, name: name.to_string() };
        let organization = actor.organization;
        let department = Department { id, organization, name, created_at: now, updated_at: now, revision: 1 };
        self.commit(actor, Write::AddDepartment(department), told, CatalogChange::Created, now).await?;
        self.department(actor, &id.into()).await
    }

    /// Renames a department.
    pub async fn edit_department(&self, actor: &Actor, command: Edit) -> Result<DepartmentView> {
        let mut department = self.the_department(actor, &command.target).await?;
        may_change(actor)?;
        let mut check = Check::new();
        let name = check.optional("name", command.name.as_deref().map(Label::parse));
        check.done()?;
        let id = department.id;
        if let Some(name) = name.filter(|name| *name != department.name) {
            let now = self.clock.now();
            department.name = name;
            department.updated_at = now;
            let told = Told { kind: CatalogKind::Department, id: id.0, name: department.name.to_string() };
            self.commit(actor, Write::SaveDepartment(department), told, CatalogChange::Updated, now).await?;
        }
        self.department(actor, &id.into()).await
    }

    /// Removes a department that no ticket and no account has.
    pub async fn delete_department(&self, actor: &Actor, target: &Target) -> Result<()> {
        let department = self.the_department(actor, target).await?;
        may_change(actor)?;
        let told = Told { kind: CatalogKind::Department, id: department.id.0, name: department.name.to_string() };
        self.commit(actor, Write::DeleteDepartment(department.id), told, CatalogChange::Deleted, self.clock.now()).await
    }

    async fn the_tag(&self, actor: &Actor, target: &Target) -> Result<Tag> {
        let mut found = self.repository.tags(actor.organization, std::slice::from_ref(&target.reference)).await?;
        let tag = found.pop().flatten().ok_or(TaxonomyError::NoTag)?;
        target.allows(tag.revision)?;
        Ok(tag)
    }

    async fn the_department(&self, actor: &Actor, target: &Target) -> Result<Department> {
        let found = self.repository.department(actor.organization, &target.reference).await?;
        let department = found.ok_or(TaxonomyError::NoDepartment)?;
        target.allows(department.revision)?;
        Ok(department)
    }

    async fn commit(&self, actor: &Actor, write: Write, told: Told, change: CatalogChange, now: Moment) -> Result<()> {
        let event = Event::of_catalog(told.kind, told.id, actor, now, change, &told.name);
        let created = change == CatalogChange::Created;
        let outcome = Outcome { kind: told.kind.word(), id: told.id, parent: None, created };
        self.work.commit(Changes::by(actor).with(write, [event]).showing(outcome)).await.map_err(TaxonomyError::from)
    }
}

/// What the event log hears of an entry.
struct Told {
    kind: CatalogKind,
    id: uuid::Uuid,
    name: String,
}

fn may_change(actor: &Actor) -> Result<()> {
    if actor.is_staff() { Ok(()) } else { Err(TaxonomyError::Forbidden) }
}

fn looks(check: &mut Check, description: Option<&str>, color: Option<&str>) -> (Option<Note>, Option<Color>) {
    (check.optional("description", description.map(Note::parse)), check.optional("color", color.map(Color::parse)))
}

impl Category {
    /// A category of that name and nothing else.
    pub fn named(id: CategoryId, organization: OrganizationId, name: Label, slug: String, now: Moment) -> Self {
        Self {
            id,
            organization,
            name,
            slug,
            description: Note::trusted(String::new()),
            color: Color::standard(),
            created_at: now,
            updated_at: now,
            revision: 1,
        }
    }
}

impl Tag {
    /// A tag of that name and nothing else.
    pub fn named(id: TagId, organization: OrganizationId, name: TagName, now: Moment) -> Self {
        Self {
            id,
            organization,
            name,
            description: Note::trusted(String::new()),
            color: Color::standard(),
            created_at: now,
            updated_at: now,
            revision: 1,
        }
    }
}

impl From<Label> for Reference {
    fn from(label: Label) -> Self {
        Self::Name(label.into())
    }
}
