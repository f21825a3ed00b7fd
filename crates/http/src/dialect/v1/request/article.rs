//! Articles and their categories, as clients write them.

use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::knowledge::ArticleStatus;
use helpdesk_domain::knowledge::article::command::{
    CreateArticle, CreateArticleCategory, EditArticle, EditArticleCategory, FindArticleCategories, FindArticles,
};
use helpdesk_domain::knowledge::article::port::{ArticleOrder, ArticleSort};
use helpdesk_domain::knowledge::suggestion::Plea;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Given, Ref};
use crate::gate::Params;
use crate::problem::Problem;

/// An article to write or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct ArticleBody {
    /// What it is called; required to write one.
    #[schema(max_length = 255, example = "How to reset your password")]
    pub title: Option<String>,
    /// Its name in addresses, unique; made of the title when absent.
    #[schema(max_length = 200, example = "how-to-reset-your-password")]
    pub slug: Option<String>,
    /// What it says, in Markdown; required to write one.
    #[schema(max_length = 65536)]
    pub content: Option<String>,
    /// The same in a sentence or two.
    #[schema(max_length = 1000)]
    pub summary: Option<String>,
    /// Where it stands, or `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub category_id: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub category: Given<Ref>,
    /// Words that it is also found by, at most 50 characters each.
    #[schema(max_items = 50)]
    pub tags: Option<Vec<String>>,
    /// `draft`, `published` or `archived`; a new one is a draft when absent.
    pub status: Option<String>,
    /// The title that search engines are told.
    #[schema(max_length = 255)]
    pub seo_title: Option<String>,
    /// The description that search engines are told.
    #[schema(max_length = 500)]
    pub seo_description: Option<String>,
    /// The keywords that search engines are told.
    #[schema(max_length = 500)]
    pub seo_keywords: Option<String>,
}

/// What somebody thinks of an article.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct VoteBody {
    /// Whether it helped.
    #[schema(required)]
    pub helpful: Option<bool>,
}

/// A category of articles to make or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct ArticleCategoryBody {
    /// Name, unique among the categories of the same parent; required to make one.
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// What belongs into it.
    #[schema(max_length = 65536)]
    pub description: Option<String>,
    /// `#rgb` or `#rrggbb`.
    #[schema(example = "#007bff")]
    pub color: Option<String>,
    /// What it is a part of, or `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub parent: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub parent_id: Given<Ref>,
}

/// What help is wanted with: a ticket, or what one would say.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct SuggestBody {
    /// A ticket that the caller sees.
    pub ticket: Option<Ref>,
    /// What a ticket would be called.
    #[schema(max_length = 255)]
    pub title: Option<String>,
    /// What it would say.
    #[schema(max_length = 65536)]
    pub description: Option<String>,
    /// The same.
    #[schema(max_length = 65536)]
    pub text: Option<String>,
}

impl ArticleBody {
    /// To be written.
    pub fn into_creation(self) -> CreateArticle {
        let Self { title, slug, content, summary, category_id, category, tags, status, seo_title, seo_description, seo_keywords } =
            self;
        let category = reference(category_id.or(category)).flatten();
        CreateArticle { title, slug, content, summary, category, tags, status, seo_title, seo_description, seo_keywords }
    }

    /// To be changed.
    pub fn into_edit(self, target: Target) -> EditArticle {
        let Self { title, slug, content, summary, category_id, category, tags, status, seo_title, seo_description, seo_keywords } =
            self;
        let category = reference(category_id.or(category));
        EditArticle { target, title, slug, content, summary, category, tags, status, seo_title, seo_description, seo_keywords }
    }
}

impl ArticleCategoryBody {
    /// To be made.
    pub fn into_creation(self) -> CreateArticleCategory {
        let Self { name, description, color, parent, parent_id } = self;
        CreateArticleCategory { name, description, color, parent: reference(parent.or(parent_id)).flatten() }
    }

    /// To be changed.
    pub fn into_edit(self, target: Target) -> EditArticleCategory {
        let Self { name, description, color, parent, parent_id } = self;
        EditArticleCategory { target, name, description, color, parent: reference(parent.or(parent_id)) }
    }
}

impl SuggestBody {
    /// What is asked for.
    pub fn into_plea(self) -> Plea {
        let Self { ticket, title, description, text } = self;
        ticket.map_or(Plea::Text { title, text: description.or(text) }, |ticket| Plea::Ticket(ticket.0))
    }
}

fn reference(given: Given<Ref>) -> Option<Option<Reference>> {
    given.map(|given| given.0)
}

/// The filters, the search and the order of a list of articles.
pub fn find(params: &Params) -> Result<FindArticles, Problem> {
    let mut check = Check::new();
    let words = params.list(&["status"]);
    let statuses: Vec<ArticleStatus> =
        words.iter().filter_map(|word| check.field("status", ArticleStatus::parse(word))).collect();
    let wanted = FindArticles {
        category: params.reference(&["category_id", "category"]),
        statuses: (!words.is_empty()).then_some(statuses),
        search: params.get(&["search"]).map(str::to_owned),
        author: params.reference(&["author_id", "author"]),
        tags: params.list(&["tags", "tag"]).into_iter().map(str::to_owned).collect(),
        order: check.optional("ordering", params.get(&["ordering"]).map(order)).flatten(),
    };
    check.done()?;
    Ok(wanted)
}

fn order(word: &str) -> Result<Option<ArticleOrder>, FieldProblem> {
    let (name, descending) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
    let by = match name {
        "created_at" => ArticleSort::CreatedAt,
        "updated_at" => ArticleSort::UpdatedAt,
        "published_at" => ArticleSort::PublishedAt,
        "title" => ArticleSort::Title,
        "views" => ArticleSort::Views,
        "relevance" => return Ok(None),
        _ => return Err(FieldProblem::InvalidChoice(word.to_owned())),
    };
    Ok(Some(ArticleOrder { by, descending }))
}

/// The filters and the order of a list of categories.
pub fn find_categories(params: &Params) -> Result<FindArticleCategories, Problem> {
    let parent = params.get(&["parent", "parent_id"]).map(|word| match word {
        "none" | "null" => None,
        word => Some(Reference::parse(word)),
    });
    let descending = match params.get(&["ordering"]) {
        None | Some("name") => false,
        Some("-name") => true,
        Some(word) => return Err(Problem::field("ordering", FieldProblem::InvalidChoice(word.to_owned()))),
    };
    Ok(FindArticleCategories { search: params.get(&["search"]).map(str::to_owned), parent, descending })
}
