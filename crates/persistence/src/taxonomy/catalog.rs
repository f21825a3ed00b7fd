//! What categories, tags and departments have in common: they belong to an organization, have a name, and are counted.

use helpdesk_domain::kernel::{Page, PageRequest, Reference};
use helpdesk_domain::taxonomy::port::CatalogQuery;
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition, LikeExpr, Order, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QueryResult, QueryTrait};

use crate::entity::{category, department, tag};
use crate::page::{self, Key, Keys};
use crate::tally::Facet;

/// A table of named things that tickets are filed under.
pub(crate) trait Catalog: EntityTrait {
    const SERIAL: Self::Column;
    const ID: Self::Column;
    const ORGANIZATION: Self::Column;
    const NAME_KEY: Self::Column;
    const REVISION: Self::Column;
    /// Where tickets are counted by it.
    const FACET: Facet;

    /// Whether a name means the thing: its name without regard to case, or its slug.
    fn named(name: &str) -> Condition {
        Self::NAME_KEY.eq(name.to_lowercase()).into_condition()
    }
}

macro_rules! catalogs {
    ($($table:ident: $facet:ident),+) => {$(
        impl Catalog for $table::Entity {
            const SERIAL: Self::Column = $table::Column::Serial;
            const ID: Self::Column = $table::Column::Id;
            const ORGANIZATION: Self::Column = $table::Column::Organization;
            const NAME_KEY: Self::Column = $table::Column::NameKey;
            const REVISION: Self::Column = $table::Column::Revision;
            const FACET: Facet = Facet::$facet;
        }
    )+};
}

catalogs!(tag: Tag, department: Department);

impl Catalog for category::Entity {
    const SERIAL: Self::Column = category::Column::Serial;
    const ID: Self::Column = category::Column::Id;
    const ORGANIZATION: Self::Column = category::Column::Organization;
    const NAME_KEY: Self::Column = category::Column::NameKey;
    const REVISION: Self::Column = category::Column::Revision;
    const FACET: Facet = Facet::Category;

    fn named(name: &str) -> Condition {
        Condition::any().add(Self::NAME_KEY.eq(name.to_lowercase())).add(category::Column::Slug.eq(name))
    }
}

/// The part of the table that an organization has; every query starts here.
pub(crate) fn in_organization<E: Catalog>(organization: i64) -> SimpleExpr {
    E::ORGANIZATION.eq(organization)
}

/// The one that is meant.
pub(crate) fn meant<E: Catalog>(organization: i64, reference: &Reference) -> sea_orm::Select<E> {
    let found = E::find().filter(in_organization::<E>(organization));
    match reference {
        Reference::Id(id) => found.filter(E::ID.eq(*id)),
        Reference::Serial(serial) => found.filter(E::SERIAL.eq(*serial)),
        // One thing's slug may be another one's name; the name is what people mean.
        Reference::Name(name) => {
            found.filter(E::named(name)).order_by(E::NAME_KEY.eq(name.to_lowercase()), Order::Desc).order_by_asc(E::SERIAL)
        }
    }
}

/// How many tickets have it.
fn uses<E: Catalog>() -> SimpleExpr {
    let table = E::default().table_name().to_owned();
    Expr::cust(format!(
        "(SELECT CAST(COALESCE(SUM(tally.n), 0) AS BIGINT) FROM ticket_tally tally WHERE tally.organization = \
         {table}.organization AND tally.facet = {} AND tally.value = {table}.serial)",
        E::FACET.number()
    ))
}

/// With how many tickets have it, as `uses`.
pub(crate) fn with_uses<E: Catalog>(found: sea_orm::Select<E>) -> sea_orm::Select<E> {
    sea_orm::QuerySelect::expr_as(found, uses::<E>(), "uses")
}

/// A part of the list: by name, or by use.
pub(crate) async fn read<E: Catalog, T>(
    connection: &sea_orm::DatabaseConnection,
    organization: i64,
    query: &CatalogQuery,
    page: &PageRequest,
    make: impl Fn(&QueryResult) -> Result<T, DbErr>,
) -> Result<Page<T>, DbErr> {
    let CatalogQuery { search, by_use, descending } = query;
    let mut found = with_uses(E::find().filter(in_organization::<E>(organization)));
    if let Some(text) = search {
        found = found.filter(Expr::col((E::default(), E::NAME_KEY)).like(containing(&text.to_lowercase())));
    }
    let mut keys = Keys { columns: Vec::new(), descending: *descending && !*by_use };
    if *by_use {
        // Equally used ones come by name, whichever way round.
        let rank = if *descending { Expr::val(0i64).sub(uses::<E>()) } else { uses::<E>() };
        found = sea_orm::QuerySelect::expr_as(found, rank.clone(), "rank");
        keys.columns.push(Key { name: "rank".to_owned(), expression: rank, is_text: false });
    }
    let name = Expr::col((E::default(), E::NAME_KEY));
    keys.columns.push(Key { name: "name_key".to_owned(), expression: name, is_text: true });
    page::read(connection, found.into_query(), &keys, page, make).await
}

/// So many letters of what is looked for count: SQLite refuses a pattern of more than 50 000 bytes.
const MOST_LETTERS: usize = 1_000;

/// Text that contains this one, whatever stands in it.
pub(crate) fn containing(text: &str) -> LikeExpr {
    let text: String = text.chars().take(MOST_LETTERS).collect();
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}
