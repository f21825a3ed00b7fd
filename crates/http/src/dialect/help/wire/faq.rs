//! Questions and answers, in help.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use helpdesk_domain::knowledge::FaqView;
use serde::Serialize;
use utoipa::ToSchema;

/// A question and its answer, in the public list.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaqRow {
    /// Integer.
    pub id: i64,
    /// What is asked.
    pub question: String,
    /// What it is answered with.
    pub answer: String,
    /// Slug of its category.
    pub category: String,
    /// Words that it is also found by.
    pub tags: String,
    /// Its place in its category: smaller first.
    pub display_order: i32,
    /// Written.
    pub created_date: DateTime<Utc>,
    /// Where the search words were found, HTML-escaped, hits in `<mark>`; in answers to a search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
}

/// A question and its answer, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct Faq {
    /// Integer.
    pub id: i64,
    /// What is asked.
    pub question: String,
    /// What it is answered with.
    pub answer: String,
    /// Slug of its category.
    pub category: String,
    /// Words that it is also found by.
    pub tags: String,
    /// Its place in its category: smaller first.
    pub display_order: i32,
    /// Whether it is shown to everybody.
    pub is_active: bool,
    /// Who wrote it.
    pub created_by_id: i64,
    /// Written.
    pub created_date: DateTime<Utc>,
    /// Last changed.
    pub updated_date: DateTime<Utc>,
}

/// Questions by category.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaqBook {
    /// By slug of their category, in the order of their places; a search's by relevance.
    pub faqs: BTreeMap<String, Vec<FaqRow>>,
    /// How many there are.
    pub total_count: usize,
}

/// A question was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaqCreated {
    /// That it was.
    pub message: &'static str,
    /// Its id.
    pub faq_id: i64,
    /// The question.
    pub data: Faq,
}

/// A question was changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaqUpdated {
    /// That it was.
    pub message: &'static str,
    /// The question.
    pub data: Faq,
}

impl From<&FaqView> for FaqRow {
    fn from(faq: &FaqView) -> Self {
        Self {
            id: faq.serial,
            question: faq.question.clone(),
            answer: faq.answer.clone(),
            category: faq.category.slug.clone(),
            tags: faq.tags.clone(),
            display_order: faq.display_order,
            created_date: faq.created_at,
            snippet: faq.snippet.clone(),
        }
    }
}

impl From<&FaqView> for Faq {
    fn from(faq: &FaqView) -> Self {
        Self {
            id: faq.serial,
            question: faq.question.clone(),
            answer: faq.answer.clone(),
            category: faq.category.slug.clone(),
            tags: faq.tags.clone(),
            display_order: faq.display_order,
            is_active: faq.is_active,
            created_by_id: faq.created_by.serial,
            created_date: faq.created_at,
            updated_date: faq.updated_at,
        }
    }
}

impl FaqBook {
    /// The questions in their order.
    pub fn new(found: &[FaqView]) -> Self {
        let mut faqs: BTreeMap<String, Vec<FaqRow>> = BTreeMap::new();
        for faq in found {
            faqs.entry(faq.category.slug.clone()).or_default().push(FaqRow::from(faq));
        }
        Self { faqs, total_count: found.len() }
    }
}

impl FaqCreated {
    /// The question.
    pub fn new(faq: &FaqView) -> Self {
        Self { message: "FAQ created successfully", faq_id: faq.serial, data: Faq::from(faq) }
    }
}
