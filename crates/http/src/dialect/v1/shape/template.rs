//! Response templates.

use chrono::{DateTime, Utc};
use helpdesk_domain::template::{self, TemplateView, Variable};
use serde::Serialize;
use utoipa::ToSchema;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A response template.
#[derive(Debug, Serialize, ToSchema)]
pub struct Template<K: Key> {
    /// Its id.
    pub id: K,
    /// What it is called.
    pub title: String,
    /// What it says, with `{variables}`.
    pub content: String,
    /// What it is filed under; may be empty.
    pub category: String,
    /// Whether all staff may use it, else its author alone.
    pub is_public: bool,
    /// What is to be filled in.
    pub variables: Vec<String>,
    /// Who wrote it.
    pub created_by: K::Person,
    /// Written.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl<K: Key> Shows<TemplateView> for Template<K> {
    fn show(view: &TemplateView, _: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id.0, view.serial),
            title: view.title.clone(),
            content: view.content.clone(),
            category: view.category.clone(),
            is_public: view.is_public,
            variables: view.variables.iter().cloned().map(String::from).collect(),
            created_by: K::Person::from(&view.created_by),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// A template with its variables filled in; the same in both dialects.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcessedTemplate {
    /// With the values in their places.
    pub processed_content: String,
    /// As it is written.
    pub original_content: String,
    /// What was to be filled in.
    pub variables: Vec<String>,
}

impl From<template::ProcessedTemplate> for ProcessedTemplate {
    fn from(template: template::ProcessedTemplate) -> Self {
        let template::ProcessedTemplate { processed, original, variables } = template;
        let variables = variables.into_iter().map(Variable::into).collect();
        Self { processed_content: processed, original_content: original, variables }
    }
}
