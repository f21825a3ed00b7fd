//! The list of questions is not paged (seed 000): it is written once for each edition, and given to everybody who asks.

use bytes::Bytes;
use helpdesk_domain::kernel::id::OrganizationId;
use moka::sync::Cache;

use super::wire::FaqBook;
use crate::problem::Problem;

/// As many bytes are remembered.
const ROOM: u64 = 64 * 1024 * 1024;

/// Which list: nobody asks for an edition again that is not the present one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shelf {
    /// Whose questions.
    pub organization: OrganizationId,
    /// Which edition of them.
    pub edition: i64,
    /// The category's word, as it was asked for.
    pub category: Option<String>,
    /// Those that are not shown too.
    pub include_inactive: bool,
}

/// Lists of questions, as they are sent.
pub struct Books(Cache<Shelf, Bytes>);

impl Default for Books {
    fn default() -> Self {
        let weigh = |_: &Shelf, book: &Bytes| u32::try_from(book.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(ROOM).weigher(weigh).build())
    }
}

impl Books {
    /// The list as JSON; made where it is not remembered.
    pub async fn book(&self, shelf: Shelf, make: impl AsyncFnOnce() -> Result<FaqBook, Problem>) -> Result<Bytes, Problem> {
        if let Some(book) = self.0.get(&shelf) {
            return Ok(book);
        }
        let book = Bytes::from(serde_json::to_vec(&make().await?).map_err(|_| Problem::bug())?);
        self.0.insert(shelf, book.clone());
        Ok(book)
    }
}
