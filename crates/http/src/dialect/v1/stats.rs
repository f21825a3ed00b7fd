//! Figures over tickets (seed 002), in either voice's words.

use crate::dialect::v1::Voice;
use std::collections::BTreeMap;

use helpdesk_domain::ticket::{CategoryName, TicketStats};
use serde::Serialize;
use utoipa::ToSchema;

/// Figures over the tickets that the caller sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stats {
    /// How many there are.
    pub total_tickets: u64,
    /// How many are shown as open.
    pub open_tickets: u64,
    /// How many are shown as in progress.
    pub in_progress_tickets: u64,
    /// How many are shown as pending; platform only, in classic they are in progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_tickets: Option<u64>,
    /// How many are shown as resolved.
    pub resolved_tickets: u64,
    /// How many are shown as closed.
    pub closed_tickets: u64,
    /// How many are active and past their deadline.
    pub overdue_tickets: u64,
    /// How many of each priority word.
    pub tickets_by_priority: BTreeMap<String, u64>,
    /// How many in each category, by name.
    pub tickets_by_category: BTreeMap<String, u64>,
    /// Mean hours from submission to resolution; 0 when nothing has been resolved.
    pub avg_resolution_time: f64,
    /// Submitted since midnight in the organization's zone.
    pub tickets_created_today: u64,
    /// Resolved since midnight in the organization's zone.
    pub tickets_resolved_today: u64,
}

impl Stats {
    /// The figures in a voice's words.
    pub fn new(stats: &TicketStats, voice: Voice) -> Self {
        let shown_as = |word: &str| {
            let rows = stats.by_status_and_priority.iter().filter(|(status, _, _)| voice.status_word(*status) == word);
            rows.map(|(_, _, count)| count).sum::<u64>()
        };
        let mut by_priority: BTreeMap<String, u64> = voice.priority_words().map(|word| (word.to_owned(), 0)).collect();
        for (_, priority, count) in &stats.by_status_and_priority {
            if let Some(total) = voice.priority_word(*priority).and_then(|word| by_priority.get_mut(word)) {
                *total += count;
            }
        }
        let named = stats.by_category.iter().filter(|(_, count)| *count > 0);
        let category = |name: &Option<CategoryName>| {
            name.as_ref().map_or_else(|| "Uncategorized".to_owned(), |category| category.name.clone())
        };
        Self {
            total_tickets: stats.total(),
            open_tickets: shown_as("open"),
            in_progress_tickets: shown_as("in_progress"),
            pending_tickets: (voice == Voice::Platform).then(|| shown_as("pending")),
            resolved_tickets: shown_as("resolved"),
            closed_tickets: shown_as("closed"),
            overdue_tickets: stats.overdue,
            tickets_by_priority: by_priority,
            tickets_by_category: named.map(|(name, count)| (category(name), *count)).collect(),
            avg_resolution_time: stats.mean_resolution_seconds.map_or(0.0, |seconds| (seconds / 36.0).round() / 100.0),
            tickets_created_today: stats.created_today,
            tickets_resolved_today: stats.resolved_today,
        }
    }
}
