//! `/categories/`, `/tags/`, `/departments/`.

use actix_web::web::Data;
use helpdesk_domain::kernel::Check;
use helpdesk_domain::taxonomy::port::CatalogQuery;

use super::{classic, platform};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Category = (platform::taxonomy::Category, classic::taxonomy::Entry);
type Tag = (platform::taxonomy::Tag, classic::taxonomy::Entry);
type Department = (platform::taxonomy::Department, classic::taxonomy::Department);

/// One handler of each sort for one kind of entry: they differ in the use case and the shape only.
macro_rules! entries {
    ($module:ident, $title:literal, $shape:ident, $list:ident, $read:ident, $create:ident, $edit:ident, $delete:ident) => {
        #[doc = $title]
        pub mod $module {
            use helpdesk_domain::kernel::id::{Reference, Target};

            use super::{Answer, Body, Caller, Data, Desk, Id, Paged, Params, Preconditions, Problem, query};
            use crate::dialect::v1::request::taxonomy::Entry;
            use crate::dialect::v1::say::gone;

            type Shape = super::$shape;

            /// `GET`: all, by name.
            pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
                let page = desk.taxonomy.$list(&caller.actor, &query(&params)?, &paged.request).await?;
                caller.list::<Shape, _>(page, &paged, desk.clock.now())
            }

            /// `POST`: staff only.
            pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<Entry>) -> Answer {
                let view = desk.taxonomy.$create(&caller.actor, body.into_creation()).await?;
                caller.created::<Shape, _>(&view, desk.clock.now())
            }

            /// `GET {id}`
            pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
                let view = desk.taxonomy.$read(&caller.actor, &id).await?;
                caller.found::<Shape, _>(&view, desk.clock.now(), &when)
            }

            /// `PUT` and `PATCH {id}`: staff only; absent fields stay.
            pub async fn change(
                desk: Data<Desk>,
                caller: Caller,
                Id(id): Id,
                when: Preconditions,
                Body(body): Body<Entry>,
            ) -> Answer {
                let target = target(&desk, &caller, id, &when).await?;
                let view = desk.taxonomy.$edit(&caller.actor, body.into_edit(target)).await?;
                caller.changed::<Shape, _>(&view, desk.clock.now())
            }

            /// `DELETE {id}`: staff only.
            pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
                let target = target(&desk, &caller, id, &when).await?;
                desk.taxonomy.$delete(&caller.actor, &target).await?;
                Ok(gone())
            }

            async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
                let current = async |id: &Reference| {
                    let view = desk.taxonomy.$read(&caller.actor, id).await?;
                    Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
                };
                when.target(caller, id, current).await
            }
        }
    };
}

entries!(categories, "`/categories/`", Category, categories, category, create_category, edit_category, delete_category);
entries!(tags, "`/tags/`", Tag, tags, tag, create_tag, edit_tag, delete_tag);
entries!(
    departments,
    "`/departments/`",
    Department,
    departments,
    department,
    create_department,
    edit_department,
    delete_department
);

/// `GET /tags/popular/` (002): the most used first.
pub async fn popular(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let query = CatalogQuery { by_use: true, descending: true, ..query(&params)? };
    let page = desk.taxonomy.tags(&caller.actor, &query, &paged.request).await?;
    caller.list::<Tag, _>(page, &paged, desk.clock.now())
}

fn query(params: &Params) -> Result<CatalogQuery, Problem> {
    let mut check = Check::new();
    let order = params.ordering(&mut check, "name", |name| match name {
        "name" => Some(false),
        "ticket_count" => Some(true),
        _ => None,
    });
    check.done()?;
    let (by_use, descending) = order.unwrap_or_default();
    Ok(CatalogQuery { search: params.get(&["search"]).map(str::to_owned), by_use, descending })
}
