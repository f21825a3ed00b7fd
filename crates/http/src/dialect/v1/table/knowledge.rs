//! The knowledge base.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::request::article::{ArticleBody, ArticleCategoryBody, SuggestBody, VoteBody};
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::dialect::v1::{article_categories, articles, suggestions};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const ORGANIZATION: Parameter = ("organization", Type::String, "Slug of an organization, for those without a token.");

const FILTERS: &[Parameter] = &[
    ("category_id", Type::String, "Integer id, UUID or name of a category."),
    (
        "status",
        Type::String,
        "`draft`, `published`, `archived`; several separated by commas. Only staff see what is not published.",
    ),
    ("search", Type::String, "All of these words, or words that begin with them; one typo per word is forgiven. Best first."),
    ("author_id", Type::String, "Who wrote them; `me`."),
    ("tags", Type::String, "With any of these tags, separated by commas."),
    (
        "ordering",
        Type::String,
        "`created_at`, `updated_at`, `published_at`, `title` or `views`, `-` for descending; `relevance` with a search.",
    ),
    ORGANIZATION,
];

const RENDER: &[Parameter] =
    &[("render", Type::String, "`html` adds the content as HTML that is safe in any page."), ORGANIZATION];

const TREE: &[Parameter] = &[
    ("parent", Type::String, "Parts of this category; `none` for the tops of the trees."),
    ("search", Type::String, "Part of the name."),
    ("ordering", Type::String, "`name` or `-name`."),
    ORGANIZATION,
];

type P = shape::article::Article<Uid>;
type C = shape::article::Article<SerialId>;
type PlatformVersion = shape::article::ArticleVersion<Uid>;
type ClassicVersion = shape::article::ArticleVersion<SerialId>;
type PlatformSuggested = shape::article::Suggested<Uid>;
type ClassicSuggested = shape::article::Suggested<SerialId>;

fn op(id: &'static str, summary: &'static str, reply: Reply) -> Operation {
    Operation::new("Knowledge base", id, summary, reply)
}

/// `/knowledge-base/articles/` and `/knowledge-base/suggest/`
pub fn articles() -> Vec<Route> {
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listArticles", "List articles", Reply::lists::<P, C>()).query(PAGE).query(FILTERS).public();
    let create = op("createArticle", "Write an article; staff", shows(201)).takes::<ArticleBody>().refuses(&[422]);
    let read = op("readArticle", "Read an article", shows(200)).query(RENDER).public();
    let change = |id, summary| op(id, summary, shows(200)).takes::<ArticleBody>().refuses(&[412]);
    let remove = op("deleteArticle", "Delete an article; staff", Reply::nothing()).refuses(&[412]);
    let vote = op("voteOnArticle", "Say whether an article helped", shows(200)).takes::<VoteBody>().refuses(&[422]);
    let versions =
        op("listArticleVersions", "List an article's versions; staff", Reply::lists::<PlatformVersion, ClassicVersion>());
    let version =
        op("readArticleVersion", "Read an article as it once was; staff", Reply::shows::<PlatformVersion, ClassicVersion>(200));
    let suggested = Reply::shows::<PlatformSuggested, ClassicSuggested>(200);
    let suggest = op("suggestArticles", "Suggest articles and FAQs for a ticket", suggested).takes::<SuggestBody>();
    let item = "/knowledge-base/articles/{id}";
    vec![
        Route::new(Method::POST, "/knowledge-base/suggest", suggestions::suggest, suggest.refuses(&[422])),
        Route::new(Method::GET, "/knowledge-base/articles", articles::list, list),
        Route::new(Method::POST, "/knowledge-base/articles", articles::create, create),
        Route::new(Method::GET, item, articles::read, read),
        Route::new(Method::PUT, item, articles::change, change("updateArticle", "Change an article; staff")),
        Route::new(Method::PATCH, item, articles::change, change("patchArticle", "Change parts of an article; staff")),
        Route::new(Method::DELETE, item, articles::remove, remove),
        Route::new(Method::POST, "/knowledge-base/articles/{id}/vote", articles::vote, vote),
        Route::new(Method::GET, "/knowledge-base/articles/{id}/versions", articles::versions, versions.query(PAGE)),
        Route::new(Method::GET, "/knowledge-base/articles/{id}/versions/{version}", articles::version, version),
    ]
}

/// `/knowledge-base/categories/`
pub fn categories() -> Vec<Route> {
    type P = shape::article::ArticleCategory<Uid>;
    type C = shape::article::ArticleCategory<SerialId>;
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listArticleCategories", "List categories of articles", Reply::lists::<P, C>());
    let create = op("createArticleCategory", "Make a category of articles; staff", shows(201));
    let read = op("readArticleCategory", "Read a category of articles", shows(200)).query(&[ORGANIZATION]).public();
    let change = |id, summary| op(id, summary, shows(200)).takes::<ArticleCategoryBody>().refuses(&[412]);
    let update = change("updateArticleCategory", "Change a category of articles; staff");
    let patch = change("patchArticleCategory", "Change parts of a category of articles; staff");
    let remove = op("deleteArticleCategory", "Delete a category without articles and parts; staff", Reply::nothing());
    let (all, item) = ("/knowledge-base/categories", "/knowledge-base/categories/{id}");
    vec![
        Route::new(Method::GET, all, article_categories::list, list.query(PAGE).query(TREE).public()),
        Route::new(Method::POST, all, article_categories::create, create.takes::<ArticleCategoryBody>().refuses(&[422])),
        Route::new(Method::GET, item, article_categories::read, read),
        Route::new(Method::PUT, item, article_categories::change, update),
        Route::new(Method::PATCH, item, article_categories::change, patch),
        Route::new(Method::DELETE, item, article_categories::remove, remove.refuses(&[409, 412])),
    ]
}
