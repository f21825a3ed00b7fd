//! Objects that no row speaks of.

use async_trait::async_trait;
use helpdesk_domain::attachment::ObjectKey;
use helpdesk_domain::attachment::port::ObjectLedger;
use helpdesk_domain::kernel::{Moment, StoreError};
use sea_orm::Value;

use crate::Store;
use crate::column::micros;
use crate::fault::fault;
use crate::portable::{self, repeated};
use crate::sql::Sql;

#[async_trait]
impl ObjectLedger for Store {
    async fn note(&self, object: &ObjectKey, now: Moment) -> Result<(), StoreError> {
        let text = "INSERT INTO loose_object (object, since) VALUES (?, ?)";
        let values = vec![object.as_str().into(), micros(now).into()];
        portable::execute(self.writer(), text, values).await.map(drop).map_err(fault)
    }

    async fn forget(&self, objects: &[ObjectKey]) -> Result<(), StoreError> {
        if objects.is_empty() {
            return Ok(());
        }
        let text = format!("DELETE FROM loose_object WHERE object IN ({})", repeated("?", objects.len()));
        let values = objects.iter().map(|object| Value::from(object.as_str())).collect();
        portable::execute(self.writer(), &text, values).await.map(drop).map_err(fault)
    }

    async fn before(&self, before: Moment, limit: u64) -> Result<Vec<ObjectKey>, StoreError> {
        let text = "SELECT object FROM loose_object WHERE since < ? ORDER BY since LIMIT ?";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = Sql::new(text, [micros(before).into(), limit.into()]).column::<String>(self.reader()).await;
        Ok(found.map_err(fault)?.into_iter().map(ObjectKey::trusted).collect())
    }
}
