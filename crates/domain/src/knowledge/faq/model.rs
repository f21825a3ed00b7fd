//! A question and its answer.

use std::ops::Deref;

use crate::event::Happened;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CategoryId, FaqId, OrganizationId, Revision, UserId};
use crate::kernel::text::{FaqAnswer, Keywords, Question};

/// All that is kept of a question that is often asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaqState {
    /// Identity.
    pub id: FaqId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What is asked.
    pub question: Question,
    /// What it is answered with.
    pub answer: FaqAnswer,
    /// What it is about.
    pub category: CategoryId,
    /// Words that it is also found by.
    pub tags: Keywords,
    /// Its place in its category: smaller first.
    pub display_order: i32,
    /// Whether it is shown to everybody.
    pub is_active: bool,
    /// Who wrote it.
    pub created_by: UserId,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A question that is often asked. Changed through its verbs, each of which returns what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faq(FaqState);

/// What is to change; none leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaqChange {
    /// What is asked.
    pub question: Option<Question>,
    /// What it is answered with.
    pub answer: Option<FaqAnswer>,
    /// What it is about.
    pub category: Option<CategoryId>,
    /// Words that it is also found by.
    pub tags: Option<Keywords>,
    /// Its place in its category.
    pub display_order: Option<i32>,
    /// Whether it is shown to everybody.
    pub is_active: Option<bool>,
}

impl Deref for Faq {
    type Target = FaqState;

    fn deref(&self) -> &FaqState {
        &self.0
    }
}

impl Faq {
    /// A question as it was stored.
    pub fn restored(state: FaqState) -> Self {
        Self(state)
    }

    /// A new question.
    pub fn write(state: FaqState) -> (Self, Happened) {
        let happened = Happened::FaqCreated { question: state.question.to_string() };
        (Self(state), happened)
    }

    /// Applies the change; none when everything is so already.
    pub fn change(&mut self, change: FaqChange, now: Moment) -> Option<Happened> {
        let FaqChange { question, answer, category, tags, display_order, is_active } = change;
        let state = &mut self.0;
        let mut fields = Vec::new();
        set(&mut fields, "question", &mut state.question, question);
        set(&mut fields, "answer", &mut state.answer, answer);
        set(&mut fields, "category", &mut state.category, category);
        set(&mut fields, "tags", &mut state.tags, tags);
        set(&mut fields, "display_order", &mut state.display_order, display_order);
        set(&mut fields, "is_active", &mut state.is_active, is_active);
        if fields.is_empty() {
            return None;
        }
        state.updated_at = now;
        Some(Happened::FaqUpdated { fields })
    }

    /// What is said when it goes.
    pub fn deleted(&self) -> Happened {
        Happened::FaqDeleted { question: self.question.to_string() }
    }
}

fn set<T: PartialEq>(fields: &mut Vec<String>, name: &str, present: &mut T, wanted: Option<T>) {
    if let Some(wanted) = wanted.filter(|wanted| wanted != present) {
        *present = wanted;
        fields.push(name.to_owned());
    }
}
