//! Pages of lists: `page`, `page_size` and `cursor` in, `count`, `next`, `previous` and `results` out.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use helpdesk_domain::kernel::{Page, PageRequest, Paging, Problem as FieldProblem};
use serde::Serialize;
use utoipa::ToSchema;

use super::params::Params;
use crate::problem::Problem;
use crate::settings::HttpSettings;

const STANDARD: u64 = 20;
const MOST: u64 = 100;

/// Which page is wanted, and how to write the address of another.
#[derive(Clone, Debug)]
pub struct Paged {
    /// The page.
    pub request: PageRequest,
    address: String,
    others: Vec<(String, String)>,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// How many there are in all; absent when walking by cursor. Counts of searches may stop at 10 000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Address of the next page.
    pub next: Option<String>,
    /// Address of the page before.
    pub previous: Option<String>,
    /// The entries.
    pub results: Vec<T>,
}

impl Paged {
    fn read(request: &HttpRequest) -> Result<Self, Problem> {
        let settings = request.app_data::<Data<HttpSettings>>().ok_or_else(Problem::bug)?;
        let params = Params::parse(request.query_string())?;
        let size = whole(&params, "page_size")?.unwrap_or(STANDARD).min(MOST);
        let paging = if params.has("cursor") {
            params.get(&["cursor"]).map_or(Paging::Start, |cursor| Paging::After(cursor.to_owned()))
        } else {
            Paging::Number(whole(&params, "page")?.unwrap_or(1))
        };
        let request_page = PageRequest { paging, size };
        if request_page.offset() > u64::from(u32::MAX) {
            return Err(Problem::not_found("Invalid page."));
        }
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
        let others = pairs.into_iter().filter(|(name, _)| name != "page" && name != "cursor").collect();
        let address = format!("{}{}/", settings.public_url, request.path().trim_end_matches('/'));
        Ok(Self { request: request_page, address, others })
    }

    /// The page as it is answered; past the end there is none.
    pub fn list<V, T>(&self, page: Page<V>, show: impl FnMut(V) -> T) -> Result<Listed<T>, Problem> {
        let Page { items, total, next } = page;
        let (next, previous) = match (&self.request.paging, total) {
            (Paging::Number(number), Some(total)) => {
                if *number > 1 && self.request.offset() >= total {
                    return Err(Problem::not_found("Invalid page."));
                }
                let shown = self.request.offset() + items.len() as u64;
                let next = (shown < total && !items.is_empty()).then(|| self.link("page", &(number + 1).to_string()));
                let previous = (*number > 1).then(|| self.link("page", &(number - 1).to_string()));
                (next, previous)
            }
            _ => (next.map(|cursor| self.link("cursor", &cursor)), None),
        };
        Ok(Listed { count: total, next, previous, results: items.into_iter().map(show).collect() })
    }

    fn link(&self, name: &str, value: &str) -> String {
        let pairs: Vec<(&str, &str)> =
            self.others.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain([(name, value)]).collect();
        format!("{}?{}", self.address, serde_urlencoded::to_string(pairs).unwrap_or_default())
    }
}

/// A whole number from 1.
pub fn whole(params: &Params, name: &str) -> Result<Option<u64>, Problem> {
    let Some(text) = params.get(&[name]) else { return Ok(None) };
    match text.parse::<u64>() {
        Ok(0) => Err(Problem::field(name, FieldProblem::BelowMinimum(1))),
        Ok(number) => Ok(Some(number)),
        Err(error) if *error.kind() == std::num::IntErrorKind::PosOverflow => Ok(Some(u64::MAX)),
        Err(_) => Err(Problem::field(name, FieldProblem::WrongType("integer"))),
    }
}

impl FromRequest for Paged {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::read(request))
    }
}
