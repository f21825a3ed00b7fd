//! Used idempotency keys.

use async_trait::async_trait;
use helpdesk_domain::idempotency::{Answer, IdempotencyRepository, SpentRequest};
use helpdesk_domain::kernel::id::UserId;
use helpdesk_domain::kernel::{IdempotencyClaim, StoreError};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use crate::Store;
use crate::column::{damaged, micros};
use crate::entity::idempotency_key::{Column, Entity, Model};
use crate::fault::fault;
use crate::work::{Task, forgotten};

#[async_trait]
impl IdempotencyRepository for Store {
    async fn find(&self, user: UserId, claim: &IdempotencyClaim) -> Result<Option<SpentRequest>, StoreError> {
        let row = Entity::find_by_id((user.0, claim.scope.clone(), claim.key.clone()))
            .filter(Column::CreatedAt.gt(micros(forgotten(self.clock.now()))))
            .one(self.reader())
            .await
            .map_err(fault)?;
        row.map(spent).transpose().map_err(fault)
    }

    async fn settle(&self, user: UserId, claim: &IdempotencyClaim, answer: &Answer) -> Result<(), StoreError> {
        self.submit(Task::Settle(user, claim.clone(), answer.clone())).await
    }
}

fn spent(row: Model) -> Result<SpentRequest, DbErr> {
    let answer = match (row.status, row.content_type, row.body) {
        (Some(status), Some(content_type), Some(body)) => {
            let status = u16::try_from(status).map_err(|_| damaged("status", status))?;
            Some(Answer { status, content_type, body })
        }
        _ => None,
    };
    let outcome = match (row.outcome_kind, row.outcome_id) {
        (Some(kind), Some(id)) => Some((kind, id, row.outcome_parent, row.outcome_created.unwrap_or(false))),
        _ => None,
    };
    Ok(SpentRequest { fingerprint: row.fingerprint, outcome, answer })
}
