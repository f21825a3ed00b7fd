//! `/statistics`: figures, for admins.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::ticket::TicketStats;
use serde::Serialize;
use utoipa::ToSchema;

use super::Caller;
use super::vocabulary::{self, WORDS};
use crate::desk::Desk;
use crate::problem::Answer;

/// Figures over the organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct Statistics {
    /// Of help requests.
    pub requests: RequestFigures,
    /// Of what was said on them.
    pub responses: ResponseFigures,
    /// Of questions.
    pub faqs: FaqFigures,
}

/// How many help requests.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestFigures {
    /// There are.
    pub total: u64,
    /// Are shown as open.
    pub open: u64,
    /// Are shown as in progress.
    pub in_progress: u64,
    /// Are shown as resolved.
    pub resolved: u64,
    /// Are on hold.
    pub on_hold: u64,
    /// Are shown as closed.
    pub closed: u64,
    /// By slug of their category.
    pub by_category: BTreeMap<String, u64>,
    /// By priority word.
    pub by_priority: BTreeMap<String, u64>,
}

/// What was said.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResponseFigures {
    /// How many responses there are.
    pub total: u64,
    /// Mean days from submission to the first public answer of staff; 0 when nothing has been answered.
    pub avg_response_time_days: f64,
}

/// How many questions.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaqFigures {
    /// There are, shown or not.
    pub total: u64,
}

impl RequestFigures {
    fn new(stats: &TicketStats) -> Self {
        let shown_as = |word: &str| {
            let rows = stats.by_status_and_priority.iter().filter(|(status, _, _)| WORDS.status_word(*status) == word);
            rows.map(|(_, _, count)| count).sum()
        };
        let mut by_priority: BTreeMap<String, u64> = WORDS.priority_words().map(|word| (word.to_owned(), 0)).collect();
        for (_, priority, count) in &stats.by_status_and_priority {
            *by_priority.entry(vocabulary::priority(*priority)).or_default() += count;
        }
        let mut by_category: BTreeMap<String, u64> = BTreeMap::new();
        for (category, count) in stats.by_category.iter().filter(|(_, count)| *count > 0) {
            let slug = category.as_ref().map_or_else(|| "other".to_owned(), |category| category.slug.clone());
            *by_category.entry(slug).or_default() += count;
        }
        Self {
            total: stats.total(),
            open: shown_as("open"),
            in_progress: shown_as("in_progress"),
            resolved: shown_as("resolved"),
            on_hold: shown_as("on_hold"),
            closed: shown_as("closed"),
            by_category,
            by_priority,
        }
    }
}

/// `GET /statistics`: admins only.
pub async fn statistics(desk: Data<Desk>, caller: Caller) -> Answer {
    let faqs = FaqFigures { total: desk.faqs.count(&caller.actor).await? };
    let stats = desk.tickets.stats(&caller.actor).await?;
    let seconds = stats.mean_response_seconds.unwrap_or(0.0);
    let responses = ResponseFigures { total: stats.comments, avg_response_time_days: (seconds / 864.0).round() / 100.0 };
    Ok(HttpResponse::Ok().json(Statistics { requests: RequestFigures::new(&stats), responses, faqs }))
}
