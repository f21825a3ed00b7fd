//! Bare arrays of any length: written while they are read, part by part.

use std::rc::Rc;

use actix_web::web::Bytes;
use actix_web::{Error, HttpResponse};
use futures_util::stream::try_unfold;
use helpdesk_domain::kernel::{Page, PageRequest, Paging};
use serde::Serialize;

use crate::problem::{Answer, Problem};

/// How many entries are read at once.
const PART: u64 = 100;

/// What is to be written next.
enum Next<V> {
    First(Page<V>),
    After(String),
    Nothing,
}

/// All entries of a list as one array. A refusal comes before anything is written; whatever fails later breaks the
/// answer off.
pub async fn array<V, T, F>(read: impl Fn(PageRequest) -> F + 'static, show: impl Fn(&V) -> T + 'static) -> Answer
where
    V: 'static,
    T: Serialize,
    F: Future<Output = Result<Page<V>, Problem>> + 'static,
{
    let first = read(PageRequest { paging: Paging::Start, size: PART }).await?;
    let (read, show) = (Rc::new(read), Rc::new(show));
    let parts = try_unfold(Next::First(first), move |next| {
        let (read, show) = (Rc::clone(&read), Rc::clone(&show));
        async move {
            let is_first = matches!(next, Next::First(_));
            let page = match next {
                Next::First(page) => page,
                Next::After(cursor) => read(PageRequest { paging: Paging::After(cursor), size: PART }).await?,
                Next::Nothing => return Ok(None),
            };
            let bytes = part(&page, is_first, show.as_ref())?;
            Ok::<_, Error>(Some((bytes, page.next.map_or(Next::Nothing, Next::After))))
        }
    });
    Ok(HttpResponse::Ok().content_type("application/json").streaming(parts))
}

fn part<V, T: Serialize>(page: &Page<V>, is_first: bool, show: &dyn Fn(&V) -> T) -> Result<Bytes, Error> {
    let mut bytes = if is_first { b"[".to_vec() } else { Vec::new() };
    for (n, entry) in page.items.iter().enumerate() {
        if !is_first || n > 0 {
            bytes.push(b',');
        }
        serde_json::to_writer(&mut bytes, &show(entry)).map_err(|_| Problem::bug())?;
    }
    if page.next.is_none() {
        bytes.push(b']');
    }
    Ok(bytes.into())
}
