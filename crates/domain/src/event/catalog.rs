//! What the log knows of categories, tags and departments, of response templates and saved filters, of article categories, of the
//! customers and locations of work orders, of service levels, and of automation.

use serde::{Deserialize, Serialize};

/// What tickets are filed under, what they are answered and found with, and whom and where work is done for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CatalogKind {
    /// What a ticket is about.
    Category,
    /// A free label.
    Tag,
    /// Whose ticket it is.
    Department,
    /// An answer that is used often.
    Template,
    /// Where articles stand.
    ArticleCategory,
    /// A program that is told what happens.
    Webhook,
    /// A question to the ticket list that is asked often.
    Filter,
    /// Whom work is done for.
    Customer,
    /// Where it is done.
    Location,
    /// When an organization is open.
    Calendar,
    /// Which tickets are promised what.
    Policy,
    /// Which tickets go where.
    Route,
    /// What is done with tickets by itself.
    Rule,
    /// What somebody does with tickets often.
    Macro,
}

impl CatalogKind {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Tag => "tag",
            Self::Department => "department",
            Self::Template => "template",
            Self::ArticleCategory => "article_category",
            Self::Calendar => "sla_calendar",
            Self::Policy => "sla_policy",
            Self::Route => "route",
            Self::Webhook => "webhook",
            Self::Filter => "filter",
            Self::Customer => "customer",
            Self::Location => "location",
            Self::Rule => "rule",
            Self::Macro => "macro",
        }
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CatalogChange {
    /// Made.
    Created,
    /// Changed.
    Updated,
    /// Gone.
    Deleted,
}
