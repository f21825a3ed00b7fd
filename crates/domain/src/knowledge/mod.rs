//! What is written once and read by many: questions that are often asked, articles, and what of both may help with a ticket.

pub mod article;
pub mod faq;
mod reader;
pub mod suggestion;

pub use article::{
    Article, ArticleCategories, ArticleCategory, ArticleCategoryBrief, ArticleCategoryView, ArticleChange, ArticleError,
    ArticleState, ArticleStatus, ArticleView, Articles, Seo, VersionView, Vote,
};
pub use faq::{Faq, FaqError, FaqState, FaqView, Faqs};
pub use reader::{Reader, Readership};
pub use suggestion::{Suggestion, Suggestions};
