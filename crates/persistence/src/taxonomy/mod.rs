//! Categories, tags and departments, to decide on and to show.

pub(crate) mod catalog;

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{CategoryId, DepartmentId, OrganizationId, TagId};
use helpdesk_domain::kernel::text::{Color, Label, Note, TagName};
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use helpdesk_domain::taxonomy::port::{CatalogQuery, TaxonomyRepository};
use helpdesk_domain::taxonomy::{
    Category, CategoryBrief, CategoryView, Department, DepartmentBrief, DepartmentView, Tag, TagBrief, TagView,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryResult, QueryTrait,
};

use self::catalog::{Catalog, in_organization, meant, with_uses};
use crate::Store;
use crate::column::moment;
use crate::entity::{category, department, tag};
use crate::fault::fault;

#[async_trait]
impl TaxonomyRepository for Store {
    async fn category(&self, organization: OrganizationId, reference: &Reference) -> Result<Option<Category>, StoreError> {
        let found = self.named::<category::Entity>(organization, reference).await?;
        found.map(|row| category(organization, row)).transpose().map_err(fault)
    }

    async fn department(&self, organization: OrganizationId, reference: &Reference) -> Result<Option<Department>, StoreError> {
        let found = self.named::<department::Entity>(organization, reference).await?;
        found.map(|row| department(organization, row)).transpose().map_err(fault)
    }

    async fn tags(&self, organization: OrganizationId, references: &[Reference]) -> Result<Vec<Option<Tag>>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(vec![None; references.len()]) };
        let any = references.iter().fold(Condition::any(), |any, reference| match reference {
            Reference::Id(id) => any.add(tag::Column::Id.eq(*id)),
            Reference::Serial(serial) => any.add(tag::Column::Serial.eq(*serial)),
            Reference::Name(name) => any.add(tag::Entity::named(name)),
        });
        if any.is_empty() {
            return Ok(Vec::new());
        }
        let rows = tag::Entity::find().filter(in_organization::<tag::Entity>(serial)).filter(any).all(self.reader());
        let rows = rows.await.map_err(fault)?;
        let find = |reference: &Reference| rows.iter().find(|row| is_meant(row, reference)).cloned();
        let found = references.iter().map(|reference| find(reference).map(|row| tag(organization, row)).transpose());
        found.collect::<Result<_, DbErr>>().map_err(fault)
    }

    async fn category_view(
        &self,
        organization: OrganizationId,
        reference: &Reference,
    ) -> Result<Option<CategoryView>, StoreError> {
        self.shown::<category::Entity, _>(organization, reference, category_view).await
    }

    async fn tag_view(&self, organization: OrganizationId, reference: &Reference) -> Result<Option<TagView>, StoreError> {
        self.shown::<tag::Entity, _>(organization, reference, tag_view).await
    }

    async fn department_view(
        &self,
        organization: OrganizationId,
        reference: &Reference,
    ) -> Result<Option<DepartmentView>, StoreError> {
        self.shown::<department::Entity, _>(organization, reference, department_view).await
    }

    async fn categories(
        &self,
        organization: OrganizationId,
        query: &CatalogQuery,
        page: &PageRequest,
    ) -> Result<Page<CategoryView>, StoreError> {
        self.listed::<category::Entity, _>(organization, query, page, category_view).await
    }

    async fn tag_page(
        &self,
        organization: OrganizationId,
        query: &CatalogQuery,
        page: &PageRequest,
    ) -> Result<Page<TagView>, StoreError> {
        self.listed::<tag::Entity, _>(organization, query, page, tag_view).await
    }

    async fn departments(
        &self,
        organization: OrganizationId,
        query: &CatalogQuery,
        page: &PageRequest,
    ) -> Result<Page<DepartmentView>, StoreError> {
        self.listed::<department::Entity, _>(organization, query, page, department_view).await
    }
}

type Make<T> = fn(&QueryResult) -> Result<T, DbErr>;

impl Store {
    async fn named<E: Catalog>(
        &self,
        organization: OrganizationId,
        reference: &Reference,
    ) -> Result<Option<E::Model>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        meant::<E>(organization, reference).one(self.reader()).await.map_err(fault)
    }

    async fn shown<E: Catalog, T>(
        &self,
        organization: OrganizationId,
        reference: &Reference,
        make: Make<T>,
    ) -> Result<Option<T>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let query = with_uses(meant::<E>(organization, reference)).into_query();
        let row = self.reader().query_one(&query).await.map_err(fault)?;
        row.map(|row| make(&row)).transpose().map_err(fault)
    }

    async fn listed<E: Catalog, T>(
        &self,
        organization: OrganizationId,
        query: &CatalogQuery,
        page: &PageRequest,
        make: Make<T>,
    ) -> Result<Page<T>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else {
            return Ok(Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None });
        };
        catalog::read::<E, T>(self.reader(), organization, query, page, make).await.map_err(fault)
    }
}

fn is_meant(row: &tag::Model, reference: &Reference) -> bool {
    match reference {
        Reference::Id(id) => row.id == *id,
        Reference::Serial(serial) => row.serial == *serial,
        Reference::Name(name) => row.name_key == name.to_lowercase(),
    }
}

fn category(organization: OrganizationId, row: category::Model) -> Result<Category, DbErr> {
    Ok(Category {
        id: CategoryId(row.id),
        organization,
        name: Label::trusted(row.name),
        slug: row.slug,
        description: Note::trusted(row.description),
        color: Color::trusted(row.color),
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    })
}

fn tag(organization: OrganizationId, row: tag::Model) -> Result<Tag, DbErr> {
    Ok(Tag {
        id: TagId(row.id),
        organization,
        name: TagName::trusted(row.name),
        description: Note::trusted(row.description),
        color: Color::trusted(row.color),
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    })
}

fn department(organization: OrganizationId, row: department::Model) -> Result<Department, DbErr> {
    Ok(Department {
        id: DepartmentId(row.id),
        organization,
        name: Label::trusted(row.name),
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    })
}

fn category_view(row: &QueryResult) -> Result<CategoryView, DbErr> {
    let category::Model {
        serial,
        id,
        organization: _,
        name,
        name_key: _,
        slug,
        description,
        color,
        created_at,
        updated_at,
        revision,
    } = category::Model::from_query_result(row, "")?;
    Ok(CategoryView {
        brief: CategoryBrief { id: CategoryId(id), serial, name, slug, color },
        description,
        ticket_count: uses(row)?,
        created_at: moment(created_at)?,
        updated_at: moment(updated_at)?,
        revision,
    })
}

fn tag_view(row: &QueryResult) -> Result<TagView, DbErr> {
    let tag::Model { serial, id, organization: _, name, name_key: _, description, color, created_at, updated_at, revision } =
        tag::Model::from_query_result(row, "")?;
    Ok(TagView {
        brief: TagBrief { id: TagId(id), serial, name, color },
        description,
        ticket_count: uses(row)?,
        created_at: moment(created_at)?,
        updated_at: moment(updated_at)?,
        revision,
    })
}

fn department_view(row: &QueryResult) -> Result<DepartmentView, DbErr> {
    let row = department::Model::from_query_result(row, "")?;
    let brief = DepartmentBrief { id: DepartmentId(row.id), serial: row.serial, name: row.name };
    Ok(DepartmentView { brief, revision: row.revision })
}

fn uses(row: &QueryResult) -> Result<u64, DbErr> {
    row.try_get::<i64>("", "uses").map(|uses| u64::try_from(uses).unwrap_or(0))
}
