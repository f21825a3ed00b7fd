//! `/media/`: contents by their address (seed 004). Whoever asks proves who they are by a token in a header, or in the
//! query, where the signature of a link does as well.

use actix_web::http::header;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Scope, guard};
use helpdesk_domain::attachment::ObjectKey;
use utoipa::openapi::schema::Type;

use super::Dialect;
use crate::content;
use crate::desk::Desk;
use crate::gate::{Caller, gate};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};
use crate::problem::{Answer, Problem};

/// The picture of everybody who has none.
const DEFAULT_IMAGE: &[u8] = include_bytes!("../../assets/default-profile.png");

/// What all addresses of contents begin with.
pub const BASE: &str = "/media";

const QUERY: &[Parameter] = &[
    ("token", Type::String, "Instead of a header: an access token, or the signature that an address in an answer carries."),
    ("api_key", Type::String, "Instead of a header: an API key."),
];

/// Where and how contents are read, described; the rest of an address is one parameter.
pub fn described() -> (&'static str, Operation) {
    let read = Operation::new("Files", "readContent", "Read the content of a file by its address", Reply::content());
    ("/media/{path}", read.query(QUERY).refuses(&[416]))
}

/// Everything under `/media`, behind the gate of a dialect.
pub fn scope<D: Dialect>() -> impl actix_web::dev::HttpServiceFactory {
    let read = web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(read::<D>);
    let resource = web::resource("/{path:.*}").route(read).default_service(web::route().to(not_allowed));
    Scope::new(BASE).service(resource).wrap(from_fn(gate::<D, _>))
}

/// `GET /media/{path}`
async fn read<D: Dialect>(desk: Data<Desk>, caller: Caller<D>, path: Path<String>, request: HttpRequest) -> Answer {
    let object = ObjectKey::parse(&path).ok_or_else(|| Problem::not_found("File not found."))?;
    if object.is_default_image() {
        let answer = HttpResponse::Ok()
            .content_type("image/png")
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((header::CACHE_CONTROL, "private, max-age=86400"))
            .body(DEFAULT_IMAGE);
        return Ok(answer);
    }
    let located = desk.files.locate_object(&caller.actor, &object).await?;
    content::answer(&desk.files, &located, &request).await
}

async fn not_allowed(request: HttpRequest) -> Answer {
    Err(Problem::method_not_allowed(request.method().as_str()))
}
