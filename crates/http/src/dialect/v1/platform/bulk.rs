//! What became of many tickets at once, in platform.

use helpdesk_domain::ticket::BulkOutcome;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::refusal::Fault;
use crate::problem::Problem;

/// What became of each ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResults {
    /// In the order that was asked for.
    pub results: Vec<BulkResult>,
    /// How many are now as was wanted.
    pub updated: usize,
    /// How many were refused.
    pub failed: usize,
}

/// What became of one.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResult {
    /// UUID; as it was named where there is no such ticket.
    #[schema(value_type = String)]
    pub id: Value,
    /// Whether it is now as was wanted.
    pub ok: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Fault>,
}

impl From<Vec<BulkOutcome>> for BulkResults {
    fn from(outcomes: Vec<BulkOutcome>) -> Self {
        let results: Vec<BulkResult> = outcomes.into_iter().map(BulkResult::from).collect();
        let updated = results.iter().filter(|result| result.ok).count();
        Self { updated, failed: results.len() - updated, results }
    }
}

impl From<BulkOutcome> for BulkResult {
    fn from(outcome: BulkOutcome) -> Self {
        let BulkOutcome { named, ticket, done } = outcome;
        let named = named.map(|reference| reference.to_string());
        let id = ticket.map_or_else(|| json!(named), |ticket| json!(ticket.id.0));
        let error = done.err().map(|error| Fault::from(&Problem::from(error)));
        Self { id, ok: error.is_none(), error }
    }
}
