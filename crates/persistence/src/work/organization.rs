//! New organizations.

use chrono::TimeDelta;
use helpdesk_domain::identity::Organization;
use helpdesk_domain::kernel::Zone;
use helpdesk_domain::kernel::text::Color;
use helpdesk_domain::taxonomy::{HELP_CATEGORIES, STANDARD_DEPARTMENTS};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{DatabaseTransaction, EntityTrait};

use super::Refused;
use super::writing::Writing;
use crate::Store;
use crate::column::{json, micros};
use crate::days::{self, Counting};
use crate::entity::{category, department, organization};
use crate::portable;

/// Writes an organization with the categories and departments that each starts with; answers its integer.
pub(super) async fn add(store: &Store, transaction: &DatabaseTransaction, new: &Organization) -> Result<i64, Refused> {
    let Organization { id, slug, name, domain, time_zone, settings, ahead, revision } = new;
    let row = organization::ActiveModel {
        serial: NotSet,
        id: Set(id.0),
        slug: Set(slug.clone()),
        name: Set(name.clone()),
        domain: Set(domain.clone()),
        time_zone: Set(time_zone.clone()),
        settings: Set(json(settings)?),
        last_ticket_number: Set(0),
        last_company_number: Set(0),
        last_event_position: Set(0),
        revision: Set(*revision),
        clock_ahead: Set(micros_ahead(*ahead)),
    };
    let serial = organization::Entity::insert(row).exec(transaction).await?.last_insert_id;
    let now = micros(store.clock.now());
    let categories = HELP_CATEGORIES.map(|(slug, name)| first_category(store, serial, slug, name, now));
    category::Entity::insert_many(categories).exec_without_returning(transaction).await?;
    let departments = STANDARD_DEPARTMENTS.map(|name| first_department(store, serial, name, now));
    department::Entity::insert_many(departments).exec_without_returning(transaction).await?;
    Ok(serial)
}

/// Writes an organization as it is now, if it still has the revision that was read.
pub(super) async fn save(writing: &Writing<'_>, changed: &Organization) -> Result<(), Refused> {
    let Organization { id: _, slug: _, name, domain, time_zone, settings, ahead, revision } = changed;
    let counting = Counting::read(writing.transaction, writing.organization).await?;
    let update = "UPDATE organization SET name = ?, domain = ?, time_zone = ?, settings = ?, clock_ahead = ?, \
                  revision = revision + 1 \
                  WHERE serial = ? AND revision = ?";
    let values = vec![
        name.clone().into(),
        domain.clone().into(),
        time_zone.clone().into(),
        json(settings)?.into(),
        micros_ahead(*ahead).into(),
        writing.organization.into(),
        (*revision).into(),
    ];
    let touched = portable::execute(writing.transaction, update, values).await?;
    if touched == 0 {
        return Err(Refused::Stale);
    }
    let zone = Zone::named(time_zone);
    if zone != counting.zone {
        days::begin_again(writing.transaction, writing.organization, zone).await?;
    }
    Ok(())
}

/// How far ahead its time is, as it is stored.
fn micros_ahead(ahead: Option<TimeDelta>) -> Option<i64> {
    ahead.map(|ahead| ahead.num_microseconds().unwrap_or(i64::MAX))
}

fn first_category(store: &Store, organization: i64, slug: &str, name: &str, now: i64) -> category::ActiveModel {
    category::ActiveModel {
        serial: NotSet,
        id: Set(store.ids.next()),
        organization: Set(organization),
        name: Set(name.to_owned()),
        name_key: Set(name.to_lowercase()),
        slug: Set(slug.to_owned()),
        description: Set(String::new()),
        color: Set(Color::standard().as_str().to_owned()),
        created_at: Set(now),
        updated_at: Set(now),
        revision: Set(1),
    }
}

fn first_department(store: &Store, organization: i64, name: &str, now: i64) -> department::ActiveModel {
    department::ActiveModel {
        serial: NotSet,
        id: Set(store.ids.next()),
        organization: Set(organization),
        name: Set(name.to_owned()),
        name_key: Set(name.to_lowercase()),
        created_at: Set(now),
        updated_at: Set(now),
        revision: Set(1),
    }
}
