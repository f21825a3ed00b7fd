//! How often articles are looked at: counted in memory, and written together now and then. A reader never waits for a
//! write; what was counted since the last writing goes with the process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use helpdesk_domain::kernel::{Serial, StoreError};
use helpdesk_domain::knowledge::article::port::ViewCounter;
use sea_orm::DbBackend;

use crate::Store;
use crate::fault::fault;
use crate::sql::{Sql, list};

/// As many articles as one statement counts.
const TOGETHER: usize = 500;

/// Views that have not been written yet, by article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Views(Arc<Mutex<HashMap<Serial, u64>>>);

impl Views {
    /// How often it was looked at besides what is written.
    pub fn pending(&self, article: Serial) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&article).copied().unwrap_or(0)
    }

    fn all(&self) -> Vec<(Serial, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|(article, seen)| (*article, *seen)).collect()
    }

    /// Takes back what has been written.
    fn settle(&self, written: &[(Serial, u64)]) {
        let mut pending = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (article, seen) in written {
            if let Some(left) = pending.get_mut(article) {
                *left = left.saturating_sub(*seen);
            }
        }
        pending.retain(|_, left| *left > 0);
    }
}

impl ViewCounter for Store {
    fn seen(&self, article: Serial) {
        *self.views.0.lock().unwrap_or_else(PoisonError::into_inner).entry(article).or_default() += 1;
    }
}

impl Store {
    /// Writes the views that were counted since; answers of how many articles. Neither revisions nor times change.
    pub async fn write_views(&self) -> Result<usize, StoreError> {
        let seen = self.views.all();
        let elements = match self.backend() {
            DbBackend::Postgres => "json_array_elements(?::json) AS listed(value)",
            _ => "json_each(?) AS listed",
        };
        for seen in seen.chunks(TOGETHER) {
            let text = format!(
                "UPDATE article SET views = views + seen.n FROM (SELECT CAST(value ->> 0 AS BIGINT) AS serial, \
                 CAST(value ->> 1 AS BIGINT) AS n FROM {elements}) AS seen WHERE article.serial = seen.serial"
            );
            Sql::new(text, [list(seen).map_err(fault)?]).execute(self.writer()).await.map_err(fault)?;
            self.views.settle(seen);
        }
        Ok(seen.len())
    }
}
