//! What can be asked of questions and answers. Text is as the client wrote it.

use crate::kernel::id::{Reference, Target};

/// A new question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateFaq {
    /// What is asked; required.
    pub question: Option<String>,
    /// What it is answered with; required.
    pub answer: Option<String>,
    /// What it is about; required.
    pub category: Option<Reference>,
    /// Words that it is also found by.
    pub tags: Option<String>,
    /// Its place in its category; 0 when absent.
    pub display_order: Option<i64>,
    /// Whether it is shown to everybody; yes when absent.
    pub is_active: Option<bool>,
}

/// Changes to a question; none leaves a field as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditFaq {
    /// Which.
    pub target: Target,
    /// What is asked.
    pub question: Option<String>,
    /// What it is answered with.
    pub answer: Option<String>,
    /// What it is about.
    pub category: Option<Reference>,
    /// Words that it is also found by.
    pub tags: Option<String>,
    /// Its place in its category.
    pub display_order: Option<i64>,
    /// Whether it is shown to everybody.
    pub is_active: Option<bool>,
}

/// A question and the place that it is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub faq: Reference,
    /// Where in its category.
    pub display_order: i64,
}

/// Which questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindFaqs {
    /// About this.
    pub category: Option<Reference>,
    /// With all of these words.
    pub search: Option<String>,
    /// Those that are not shown too; staff only.
    pub include_inactive: bool,
    /// At most so many; none for all.
    pub most: Option<u64>,
}
