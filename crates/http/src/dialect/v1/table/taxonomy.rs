//! Categories, tags, departments.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::request::taxonomy::Entry;
use crate::dialect::v1::taxonomy::{self, categories, departments, tags};
use crate::dialect::v1::{classic, platform};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const NAMES: &[Parameter] =
    &[("search", Type::String, "Part of the name."), ("ordering", Type::String, "`name` or `ticket_count`, `-` for descending.")];

type P = platform::taxonomy::Tag;
type C = classic::taxonomy::Entry;

/// The six rows of one kind of entry.
macro_rules! entry_rows {
    ($module:ident, $tag:literal, $one:literal, $path:literal, $item:literal, $platform:ty, $classic:ty) => {{
        let shows = |status| Reply::shows::<$platform, $classic>(status);
        let op = |id, summary, reply| Operation::new($tag, id, summary, reply);
        vec![
            Route::new(
                Method::GET,
                $path,
                $module::list,
                op(concat!("list", $one), concat!("List ", $tag), Reply::lists::<$platform, $classic>()).query(PAGE).query(NAMES),
            ),
            Route::new(
                Method::POST,
                $path,
                $module::create,
                op(concat!("create", $one), concat!("Create: ", $one), shows(201)).takes::<Entry>().refuses(&[422]),
            ),
            Route::new(Method::GET, $item, $module::read, op(concat!("read", $one), concat!("Read: ", $one), shows(200))),
            Route::new(
                Method::PUT,
                $item,
                $module::change,
                op(concat!("update", $one), concat!("Change: ", $one), shows(200)).takes::<Entry>().refuses(&[412]),
            ),
            Route::new(
                Method::PATCH,
                $item,
                $module::change,
                op(concat!("patch", $one), concat!("Change parts: ", $one), shows(200)).takes::<Entry>().refuses(&[412]),
            ),
            Route::new(
                Method::DELETE,
                $item,
                $module::remove,
                op(concat!("delete", $one), concat!("Delete: ", $one), Reply::nothing()).refuses(&[409, 412]),
            ),
        ]
    }};
}

/// `/categories/`, `/tags/`, `/departments/`
pub fn rows() -> Vec<Route> {
    let popular = Operation::new("Tags", "listPopularTags", "List the most used tags", Reply::lists::<P, C>()).query(PAGE);
    let mut rows = vec![Route::new(Method::GET, "/tags/popular", taxonomy::popular, popular)];
    rows.extend(entry_rows!(
        categories,
        "Categories",
        "Category",
        "/categories",
        "/categories/{id}",
        platform::taxonomy::Category,
        C
    ));
    rows.extend(entry_rows!(tags, "Tags", "Tag", "/tags", "/tags/{id}", P, C));
    rows.extend(entry_rows!(
        departments,
        "Departments",
        "Department",
        "/departments",
        "/departments/{id}",
        platform::taxonomy::Department,
        classic::taxonomy::Department
    ));
    rows
}
