//! What became of many tickets at once, in classic.

use std::collections::BTreeMap;

use helpdesk_domain::ticket::BulkOutcome;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::refusal::{Refusal, wrong};
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
    /// Integer; as it was named where there is no such ticket.
    #[schema(value_type = i64)]
    pub id: Value,
    /// Whether it is now as was wanted.
    pub ok: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<BTreeMap<String, Vec<String>>>,
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
        let id = ticket.map_or_else(|| json!(named), |ticket| json!(ticket.serial));
        let refusal = done.err().map(|error| wrong(&Problem::from(error)));
        let ok = refusal.is_none();
        let (error, details) = refusal.map(|Refusal { error, details }| (error, details)).unzip();
        Self { id, ok, error, details }
    }
}
