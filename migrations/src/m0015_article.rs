//! Articles of the knowledge base, their versions, votes and categories, and their full-text index.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Articles of the knowledge base, their versions, votes and categories, and their full-text index.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let own = if manager.get_database_backend() == DbBackend::Postgres { POSTGRES } else { SQLITE };
        super::run(manager, UP).await?;
        super::run(manager, own).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, DOWN).await
    }
}

/// `siblings` is the parent, or 0: names are unique among them. What an article says stands in its versions only, of
/// which `revision` is the present one, so that its row stays small and counting a view is cheap. `published_at` is 0
/// for never. Each order's index ends with what lists are filtered by, so that a list is a walk of one index.
/// `article_tally` counts articles by category (0 for none) and status. `faq_edition` grows with every change of the
/// organization's questions.
const UP: &str = "
CREATE TABLE article_category (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    parent BIGINT REFERENCES article_category (serial),
    siblings BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    description TEXT NOT NULL,
    color TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX article_category_id ON article_category (id);
CREATE UNIQUE INDEX article_category_name ON article_category (organization, siblings, name_key);
CREATE INDEX article_category_by_name ON article_category (organization, name_key, serial);
CREATE INDEX article_category_by_parent ON article_category (parent);

CREATE TABLE article (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    title TEXT NOT NULL,
    title_key {key} NOT NULL,
    slug {key} NOT NULL,
    summary TEXT NOT NULL,
    category BIGINT REFERENCES article_category (serial),
    tags TEXT NOT NULL,
    status SMALLINT NOT NULL,
    seo_title TEXT NOT NULL,
    seo_description TEXT NOT NULL,
    seo_keywords TEXT NOT NULL,
    author BIGINT NOT NULL REFERENCES account (serial),
    views BIGINT NOT NULL,
    helpful BIGINT NOT NULL,
    not_helpful BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX article_id ON article (id);
CREATE UNIQUE INDEX article_slug ON article (organization, slug);
CREATE INDEX article_by_age ON article (organization, serial, status, category, author);
CREATE INDEX article_by_change ON article (organization, updated_at, serial, status, category, author);
CREATE INDEX article_by_publication ON article (organization, published_at, serial, status, category, author);
CREATE INDEX article_by_title ON article (organization, title_key, serial, status, category, author);
CREATE INDEX article_by_views ON article (organization, views, serial, status, category, author);
CREATE INDEX article_by_category ON article (category, serial, status, author);
CREATE INDEX article_by_author ON article (author, serial, status, category);

CREATE TABLE article_version (
    serial {serial},
    article BIGINT NOT NULL REFERENCES article (serial),
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    summary TEXT NOT NULL,
    category BIGINT,
    tags TEXT NOT NULL,
    status SMALLINT NOT NULL,
    seo_title TEXT NOT NULL,
    seo_description TEXT NOT NULL,
    seo_keywords TEXT NOT NULL,
    edited_by BIGINT NOT NULL REFERENCES account (serial),
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX article_version_number ON article_version (article, version);
CREATE INDEX article_version_by_editor ON article_version (edited_by);

CREATE TABLE article_tag (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    tag {key} NOT NULL,
    article BIGINT NOT NULL REFERENCES article (serial),
    status SMALLINT NOT NULL,
    PRIMARY KEY (organization, tag, article)
) {compact};
CREATE INDEX article_tag_by_article ON article_tag (article);

CREATE TABLE article_vote (
    article BIGINT NOT NULL REFERENCES article (serial),
    voter BIGINT NOT NULL REFERENCES account (serial),
    helpful BOOLEAN NOT NULL,
    voted_at BIGINT NOT NULL,
    PRIMARY KEY (article, voter)
) {compact};
CREATE INDEX article_vote_by_voter ON article_vote (voter);

CREATE TABLE article_tally (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    category BIGINT NOT NULL,
    status SMALLINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (organization, category, status)
) {compact};

CREATE TABLE faq_edition (
    organization BIGINT PRIMARY KEY REFERENCES organization (serial),
    edition BIGINT NOT NULL
);
";

/// `rowid` is the article's serial; `scope` holds what it is filtered by: status, category and author. Each word stands behind
/// the eight letters of its organization; beginnings of one to three letters are indexed too.
const SQLITE: &str = "
CREATE VIRTUAL TABLE article_search USING fts5 (
    scope, title, rest,
    content='', contentless_delete=1, prefix='9 10 11', tokenize='unicode61 remove_diacritics 0'
);
";

/// Both vectors hold the words of the scope too.
const POSTGRES: &str = "
CREATE TABLE article_search (
    article BIGINT PRIMARY KEY,
    title TSVECTOR NOT NULL,
    everything TSVECTOR NOT NULL
);
CREATE INDEX article_search_title ON article_search USING GIN (title);
CREATE INDEX article_search_everything ON article_search USING GIN (everything);
";

const DOWN: &str = "
DROP TABLE faq_edition;
DROP TABLE article_search;
DROP TABLE article_tally;
DROP TABLE article_vote;
DROP TABLE article_tag;
DROP TABLE article_version;
DROP TABLE article;
DROP TABLE article_category;
";
