//! A response template.

use std::ops::Deref;

use super::placeholder::{self, Context, MOST_VARIABLES, Variable};
use crate::kernel::clock::Moment;
use crate::kernel::id::{OrganizationId, Revision, TemplateId, UserId};
use crate::kernel::text::{TemplateCategory, TemplateContent, TemplateTitle};
use crate::kernel::violation::{Problem, Violations};

/// All that is kept of a response template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateState {
    /// Identity.
    pub id: TemplateId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub title: TemplateTitle,
    /// What it says.
    pub content: TemplateContent,
    /// A free word that it is filed under; may be empty.
    pub category: TemplateCategory,
    /// Whether all staff may use it, else its author alone.
    pub is_public: bool,
    /// What is found in its content, then what its author named besides.
    pub variables: Vec<Variable>,
    /// Who wrote it.
    pub created_by: UserId,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A response template. Changed through its verbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(TemplateState);

/// What is to change; none leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateChange {
    /// What it is called.
    pub title: Option<TemplateTitle>,
    /// What it says.
    pub content: Option<TemplateContent>,
    /// What it is filed under.
    pub category: Option<TemplateCategory>,
    /// Whether all staff may use it.
    pub is_public: Option<bool>,
    /// What its author names besides what is found.
    pub variables: Option<Vec<Variable>>,
}

impl Deref for Template {
    type Target = TemplateState;

    fn deref(&self) -> &TemplateState {
        &self.0
    }
}

impl Template {
    /// A template as it was stored.
    pub fn restored(state: TemplateState) -> Self {
        Self(state)
    }

    /// A new template; the variables of its content come before those that its author named.
    pub fn write(state: TemplateState) -> Result<Self, Violations> {
        let mut template = Self(state);
        let named = std::mem::take(&mut template.0.variables);
        template.0.variables = template.variables_with(named)?;
        Ok(template)
    }

    /// Applies the change; tells whether anything is otherwise now. Variables go with their last place, unless they
    /// were named besides.
    pub fn change(&mut self, change: TemplateChange, now: Moment) -> Result<bool, Violations> {
        let TemplateChange { title, content, category, is_public, variables } = change;
        let before = self.0.clone();
        let places = placeholder::found(before.content.as_str());
        let besides = || before.variables.iter().filter(|variable| !places.contains(variable)).cloned().collect();
        let named = variables.unwrap_or_else(besides);
        let state = &mut self.0;
        state.title = title.unwrap_or_else(|| before.title.clone());
        state.content = content.unwrap_or_else(|| before.content.clone());
        state.category = category.unwrap_or_else(|| before.category.clone());
        state.is_public = is_public.unwrap_or(before.is_public);
        self.0.variables = self.variables_with(named)?;
        if self.0 == before {
            return Ok(false);
        }
        self.0.updated_at = now;
        Ok(true)
    }

    /// Its content with the values in their places.
    pub fn fill(&self, context: &Context) -> Result<String, Violations> {
        placeholder::fill(&self.content, context)
    }

    /// What others are told that it is called: nothing while it is private.
    pub fn told_name(&self) -> &str {
        if self.is_public { self.title.as_str() } else { "" }
    }

    fn variables_with(&self, named: Vec<Variable>) -> Result<Vec<Variable>, Violations> {
        let found = placeholder::found(self.content.as_str());
        if found.len() > MOST_VARIABLES {
            return Err(Violations::one("content", Problem::Other("Has more than 50 variables.")));
        }
        let all = placeholder::distinct(found.into_iter().chain(named));
        if all.len() > MOST_VARIABLES {
            return Err(Violations::one("variables", Problem::TooMany(MOST_VARIABLES)));
        }
        Ok(all)
    }
}
