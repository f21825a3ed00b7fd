//! Categories, tags and departments.

use helpdesk_domain::kernel::id::{CategoryId, DepartmentId, TagId};
use helpdesk_domain::taxonomy::{Category, Department, Tag};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::days;
use crate::entity::{category, department, tag};
use crate::fault::breaks_reference;
use crate::portable;
use crate::tally::Facet;
use crate::taxonomy::catalog::{Catalog, in_organization};

pub(super) async fn add_category(writing: &Writing<'_>, new: &Category) -> Result<(), Refused> {
    let row = category_row(writing.organization, new);
    category::Entity::insert(row).exec_without_returning(writing.transaction).await?;
    Ok(())
}

pub(super) async fn save_category(writing: &Writing<'_>, changed: &Category) -> Result<(), Refused> {
    let row = category::ActiveModel { revision: Set(changed.revision + 1), ..category_row(writing.organization, changed) };
    update::<category::Entity, _>(writing, row, changed.id.0, changed.revision).await
}

fn category_row(organization: i64, category: &Category) -> category::ActiveModel {
    let Category { id, organization: _, name, slug, description, color, created_at, updated_at, revision } = category;
    category::ActiveModel {
        serial: NotSet,
        id: Set(id.0),
        organization: Set(organization),
        name: Set(name.to_string()),
        name_key: Set(name.as_str().to_lowercase()),
        slug: Set(slug.clone()),
        description: Set(description.to_string()),
        color: Set(color.as_str().to_owned()),
        created_at: Set(micros(*created_at)),
        updated_at: Set(micros(*updated_at)),
        revision: Set(*revision),
    }
}

pub(super) async fn add_tag(writing: &Writing<'_>, new: &Tag) -> Result<(), Refused> {
    tag::Entity::insert(tag_row(writing.organization, new)).exec_without_returning(writing.transaction).await?;
    Ok(())
}

pub(super) async fn save_tag(writing: &Writing<'_>, changed: &Tag) -> Result<(), Refused> {
    let row = tag::ActiveModel { revision: Set(changed.revision + 1), ..tag_row(writing.organization, changed) };
    update::<tag::Entity, _>(writing, row, changed.id.0, changed.revision).await
}

fn tag_row(organization: i64, tag: &Tag) -> tag::ActiveModel {
    let Tag { id, organization: _, name, description, color, created_at, updated_at, revision } = tag;
    tag::ActiveModel {
        serial: NotSet,
        id: Set(id.0),
        organization: Set(organization),
        name: Set(name.to_string()),
        name_key: Set(name.as_str().to_lowercase()),
        description: Set(description.to_string()),
        color: Set(color.as_str().to_owned()),
        created_at: Set(micros(*created_at)),
        updated_at: Set(micros(*updated_at)),
        revision: Set(*revision),
    }
}

pub(super) async fn add_department(writing: &Writing<'_>, new: &Department) -> Result<(), Refused> {
    let row = department_row(writing.organization, new);
    department::Entity::insert(row).exec_without_returning(writing.transaction).await?;
    Ok(())
}

pub(super) async fn save_department(writing: &Writing<'_>, changed: &Department) -> Result<(), Refused> {
    let row = department::ActiveModel { revision: Set(changed.revision + 1), ..department_row(writing.organization, changed) };
    update::<department::Entity, _>(writing, row, changed.id.0, changed.revision).await
}

fn department_row(organization: i64, department: &Department) -> department::ActiveModel {
    let Department { id, organization: _, name, created_at, updated_at, revision } = department;
    department::ActiveModel {
        serial: NotSet,
        id: Set(id.0),
        organization: Set(organization),
        name: Set(name.to_string()),
        name_key: Set(name.as_str().to_lowercase()),
        created_at: Set(micros(*created_at)),
        updated_at: Set(micros(*updated_at)),
        revision: Set(*revision),
    }
}

async fn update<E, A>(writing: &Writing<'_>, row: A, id: uuid::Uuid, revision: i64) -> Result<(), Refused>
where
    E: Catalog,
    A: sea_orm::ActiveModelTrait<Entity = E>,
{
    let updated = E::update_many()
        .set(row)
        .filter(in_organization::<E>(writing.organization))
        .filter(Expr::col(E::ID).eq(id))
        .filter(Expr::col(E::REVISION).eq(revision))
        .exec(writing.transaction)
        .await?;
    if updated.rows_affected == 0 { Err(Refused::Stale) } else { Ok(()) }
}

pub(super) async fn delete_category(writing: &Writing<'_>, id: CategoryId) -> Result<(), Refused> {
    delete::<category::Entity>(writing, id.0).await.map_err(|error| in_use(error, "category_in_use"))
}

pub(super) async fn delete_department(writing: &Writing<'_>, id: DepartmentId) -> Result<(), Refused> {
    delete::<department::Entity>(writing, id.0).await.map_err(|error| in_use(error, "department_in_use"))
}

/// Takes the tag from its tickets first.
pub(super) async fn delete_tag(writing: &Writing<'_>, id: TagId) -> Result<(), Refused> {
    let found = tag::Entity::find().filter(in_organization::<tag::Entity>(writing.organization));
    let found = found.filter(tag::Column::Id.eq(id.0)).one(writing.transaction).await?;
    let serial = found.ok_or(Refused::Stale)?.serial;
    let tickets = "UPDATE ticket SET tag_count = tag_count - 1 WHERE serial IN (SELECT ticket FROM ticket_tag WHERE tag = ?)";
    portable::execute(writing.transaction, tickets, vec![serial.into()]).await?;
    portable::execute(writing.transaction, "DELETE FROM ticket_tag WHERE tag = ?", vec![serial.into()]).await?;
    let tally = "DELETE FROM ticket_tally WHERE organization = ? AND facet = ? AND value = ?";
    let of_tag = vec![writing.organization.into(), Facet::Tag.number().into(), serial.into()];
    portable::execute(writing.transaction, tally, of_tag).await?;
    days::forget_tag(writing.transaction, writing.organization, serial).await?;
    delete::<tag::Entity>(writing, id.0).await
}

/// The database itself refuses to delete what is referred to, whoever refers to it at this moment.
async fn delete<E: Catalog>(writing: &Writing<'_>, id: uuid::Uuid) -> Result<(), Refused> {
    let gone = E::delete_many().filter(in_organization::<E>(writing.organization)).filter(Expr::col(E::ID).eq(id));
    if gone.exec(writing.transaction).await?.rows_affected == 0 { Err(Refused::Stale) } else { Ok(()) }
}

fn in_use(refused: Refused, rule: &'static str) -> Refused {
    match refused {
        Refused::Database(error) if breaks_reference(&error) => Refused::Taken(rule),
        other => other,
    }
}
