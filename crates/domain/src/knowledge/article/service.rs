//! The use cases of articles.

use std::sync::Arc;

use uuid::Uuid;

use super::command::{CreateArticle, EditArticle, FindArticles};
use super::port::{ArticleCategoryRepository, ArticleQuery, ArticleRepository, ArticleSight, MarkdownRenderer, ViewCounter};
use super::tags::{parsed_tags, wanted_tags};
use super::{Article, ArticleChange, ArticleError, ArticleState, ArticleStatus, ArticleView, Seo, VersionView, Vote, policy};
use crate::event::{Event, Happened};
use crate::identity::port::IdentityRepository;
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{ArticleCategoryId, ArticleId, OrganizationId, Reference, Revision, Target, UserId};
use crate::kernel::once::each_once;
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::slug::Slug;
use crate::kernel::text::{ArticleContent, ArticleTitle, SeoDescription, SeoKeywords, SeoTitle, Summary};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::knowledge::{Reader, Readership};
use crate::search::SearchText;
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// What the use cases of articles need from outside.
#[derive(Clone)]
pub struct Articles {
    /// Articles.
    pub articles: Arc<dyn ArticleRepository>,
    /// Where they stand.
    pub categories: Arc<dyn ArticleCategoryRepository>,
    /// Who writes them.
    pub people: Arc<dyn IdentityRepository>,
    /// Whose are read.
    pub readership: Readership,
    /// How often they are looked at.
    pub views: Arc<dyn ViewCounter>,
    /// Makes HTML of them.
    pub renderer: Arc<dyn MarkdownRenderer>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, ArticleError>;

impl Articles {
    /// A part of the articles that the reader sees. A filter that refers to nothing is refused.
    pub async fn list(&self, reader: Reader<'_>, wanted: FindArticles, page: &PageRequest) -> Result<Page<ArticleView>> {
        let organization = self.organization(reader).await?;
        let query = self.query(reader, organization, wanted).await?;
        Ok(self.articles.page(organization, sight(reader), &query, page).await?)
    }

    /// One article, without anybody having looked at it.
    pub async fn read(&self, reader: Reader<'_>, article: &Reference) -> Result<ArticleView> {
        let organization = self.organization(reader).await?;
        self.articles.view(organization, sight(reader), article).await?.ok_or(ArticleError::NotFound)
    }

    /// One article that somebody looks at; as HTML too where that is wanted.
    pub async fn look_at(&self, reader: Reader<'_>, article: &Reference, as_html: bool) -> Result<ArticleView> {
        let mut view = self.read(reader, article).await?;
        self.views.seen(view.serial);
        if as_html {
            view.content_html = Some(self.renderer.html(&view.content).await?);
        }
        Ok(view)
    }

    /// A part of an article's versions, the newest first; for staff.
    pub async fn versions(&self, actor: &Actor, article: &Reference, page: &PageRequest) -> Result<Page<VersionView>> {
        let id = self.read(Reader::Member(actor), article).await?.id;
        policy::may_write(actor)?;
        Ok(self.articles.versions(actor.organization, id, page).await?)
    }

    /// One version of an article; for staff.
    pub async fn version(&self, actor: &Actor, article: &Reference, version: Revision) -> Result<VersionView> {
        let id = self.read(Reader::Member(actor), article).await?.id;
        policy::may_write(actor)?;
        self.articles.version(actor.organization, id, version).await?.ok_or(ArticleError::NoVersion)
    }

    /// Writes an article.
    pub async fn create(&self, actor: &Actor, command: CreateArticle) -> Result<ArticleView> {
        policy::may_write(actor)?;
        let id = race::settle(true, async || self.create_once(actor, command.clone()).await).await?;
        self.read(Reader::Member(actor), &id.into()).await
    }

    async fn create_once(&self, actor: &Actor, command: CreateArticle) -> Result<ArticleId> {
        let is_named = command.slug.is_some();
        let state = self.first_state(actor, command).await?;
        let id = state.id;
        match self.add(actor, state.clone()).await {
            Err(error) if slug_is_taken(&error) && !is_named => {
                let slug = state.slug.apart(id.0);
                self.add(actor, ArticleState { slug, ..state }).await.map_err(told)?;
            }
            done => done.map_err(told)?,
        }
        Ok(id)
    }

    async fn add(&self, actor: &Actor, state: ArticleState) -> Result<()> {
        let (id, at) = (state.id, state.created_at);
        let (article, created) = Article::write(state);
        let event = Event::of_article(id, actor, at, created);
        let changes = Changes::by(actor).with(Write::AddArticle(Box::new(article)), [event]);
        Ok(self.work.commit(changes.showing(Outcome { kind: "article", id: id.0, parent: None, created: true })).await?)
    }

    async fn first_state(&self, actor: &Actor, command: CreateArticle) -> Result<ArticleState> {
        let CreateArticle { title, slug, content, summary, category, tags, status, seo_title, seo_description, seo_keywords } =
            command;
        let mut check = Check::new();
        let title = check.required("title", title.as_deref().map(ArticleTitle::parse));
        let slug = check.optional("slug", slug.as_deref().map(Slug::parse));
        let content = check.required("content", content.as_deref().map(ArticleContent::parse));
        let summary = check.optional("summary", summary.as_deref().map(Summary::parse));
        let tags = check.optional("tags", tags.as_deref().map(parsed_tags));
        let status = check.optional("status", status.as_deref().map(ArticleStatus::parse));
        let seo = Seo {
            title: text(check.optional("seo_title", seo_title.as_deref().map(SeoTitle::parse)), SeoTitle::trusted),
            description: text(
                check.optional("seo_description", seo_description.as_deref().map(SeoDescription::parse)),
                SeoDescription::trusted,
            ),
            keywords: text(check.optional("seo_keywords", seo_keywords.as_deref().map(SeoKeywords::parse)), SeoKeywords::trusted),
        };
        check.done()?;
        let (Some(title), Some(content)) = (title, content) else {
            return Err(Violations::one("title", Problem::Required).into());
        };
        let category = match category {
            Some(reference) => Some(self.category(actor.organization, &reference).await?),
            None => None,
        };
        let now = self.clock.now();
        Ok(ArticleState {
            id: ArticleId(self.ids.next()),
            organization: actor.organization,
            slug: slug.unwrap_or_else(|| Slug::of(title.as_str())),
            title,
            content,
            summary: text(summary, Summary::trusted),
            category,
            tags: tags.unwrap_or_default(),
            status: status.unwrap_or_default(),
            seo,
            author: actor.user,
            published_at: None,
            created_at: now,
            updated_at: now,
            revision: 1,
        })
    }

    /// Changes an article; each change is a version. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, command: EditArticle) -> Result<ArticleView> {
        let id = race::settle(command.target.may_retry(), async || {
            let mut article = self.get(actor, &command.target).await?;
            let (id, now) = (article.id, self.clock.now());
            if let Some(updated) = article.change(self.change(actor, &command).await?, now) {
                let event = Event::of_article(id, actor, now, updated);
                let write = Write::SaveArticle(Box::new(article), actor.user);
                self.work.commit(Changes::by(actor).with(write, [event])).await.map_err(|error| told(error.into()))?;
            }
            Ok::<_, ArticleError>(id)
        })
        .await?;
        self.read(Reader::Member(actor), &id.into()).await
    }

    async fn change(&self, actor: &Actor, command: &EditArticle) -> Result<ArticleChange> {
        let mut check = Check::new();
        let mut change = ArticleChange {
            title: check.optional("title", command.title.as_deref().map(ArticleTitle::parse)),
            slug: check.optional("slug", command.slug.as_deref().map(Slug::parse)),
            content: check.optional("content", command.content.as_deref().map(ArticleContent::parse)),
            summary: check.optional("summary", command.summary.as_deref().map(Summary::parse)),
            category: None,
            tags: check.optional("tags", command.tags.as_deref().map(parsed_tags)),
            status: check.optional("status", command.status.as_deref().map(ArticleStatus::parse)),
            seo_title: check.optional("seo_title", command.seo_title.as_deref().map(SeoTitle::parse)),
            seo_description: check.optional("seo_description", command.seo_description.as_deref().map(SeoDescription::parse)),
            seo_keywords: check.optional("seo_keywords", command.seo_keywords.as_deref().map(SeoKeywords::parse)),
        };
        check.done()?;
        change.category = match &command.category {
            Some(Some(reference)) => Some(Some(self.category(actor.organization, reference).await?)),
            Some(None) => Some(None),
            None => None,
        };
        Ok(change)
    }

    /// Removes an article with its versions and votes.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let article = self.get(actor, target).await?;
            let event = Event::of_article(article.id, actor, self.clock.now(), article.deleted());
            Ok(self.work.commit(Changes::by(actor).with(Write::DeleteArticle(article.id, article.revision), [event])).await?)
        })
        .await
    }

    /// Says whether an article helped. Everybody who reads it has one vote, changed by voting again; saying the same again
    /// changes nothing.
    pub async fn vote(&self, actor: &Actor, article: &Reference, helpful: Option<bool>) -> Result<ArticleView> {
        let reader = Reader::Member(actor);
        let id = self.read(reader, article).await?.id;
        let helpful = helpful.ok_or_else(|| Violations::one("helpful", Problem::Required))?;
        let outcome = Outcome { kind: "article", id: id.0, parent: None, created: false };
        let mut changes = Changes::by(actor);
        if self.articles.vote(actor.organization, id, actor.user).await? != Some(helpful) {
            let at = self.clock.now();
            let event = Event::of_article(id, actor, at, Happened::ArticleVoted { helpful });
            changes = changes.with(Write::VoteOnArticle(Vote { article: id, voter: actor.user, helpful, at }), [event]);
        }
        self.work.commit(changes.showing(outcome)).await?;
        self.read(reader, &id.into()).await
    }

    /// The article to write to. What the actor does not see is not found, what they see but may not write is forbidden.
    async fn get(&self, actor: &Actor, target: &Target) -> Result<Article> {
        let found = self.articles.find(actor.organization, sight(Reader::Member(actor)), &target.reference).await?;
        let article = found.ok_or(ArticleError::NotFound)?;
        policy::may_write(actor)?;
        target.allows(article.revision)?;
        Ok(article)
    }

    async fn query(&self, reader: Reader<'_>, organization: OrganizationId, wanted: FindArticles) -> Result<ArticleQuery> {
        let FindArticles { category, statuses, search, author, tags, order } = wanted;
        let category = match category {
            Some(reference) => Some(self.category(organization, &reference).await?),
            None => None,
        };
        let author = match author {
            Some(reference) => Some(self.author(reader, organization, &reference).await?),
            None => None,
        };
        let search = search.as_deref().map(SearchText::parse);
        Ok(ArticleQuery { category, statuses: statuses.map(each_once), search, author, tags: wanted_tags(&tags)?, order })
    }

    async fn category(&self, organization: OrganizationId, reference: &Reference) -> Result<ArticleCategoryId> {
        let category = self.categories.find(organization, reference).await?;
        let unknown = || Violations::one("category_id", Problem::Unknown(reference.to_string()));
        Ok(category.ok_or_else(unknown)?.id)
    }

    async fn author(&self, reader: Reader<'_>, organization: OrganizationId, reference: &Reference) -> Result<UserId> {
        match (reader, reference) {
            (Reader::Member(actor), Reference::Name(name)) if name == "me" => Ok(actor.user),
            _ => match self.people.find(organization, reference).await? {
                Some(user) => Ok(user.id),
                None if reader.is_staff() => Err(Violations::one("author_id", Problem::Unknown(reference.to_string())).into()),
                // Others are not told who has an account: nobody has written nothing.
                None => Ok(UserId(Uuid::nil())),
            },
        }
    }

    async fn organization(&self, reader: Reader<'_>) -> Result<OrganizationId> {
        self.readership.of(reader).await?.ok_or(ArticleError::NoOrganization)
    }
}

/// What the reader sees.
pub(super) fn sight(reader: Reader<'_>) -> ArticleSight {
    if reader.is_staff() { ArticleSight::All } else { ArticleSight::Published }
}

fn slug_is_taken(error: &ArticleError) -> bool {
    matches!(error, ArticleError::Store(StoreError::Taken(rule)) if rule == "article_slug")
}

/// A slug that is taken is the field's fault, and no race to run again.
fn told(error: ArticleError) -> ArticleError {
    if slug_is_taken(&error) { Violations::one("slug", Problem::Taken).into() } else { error }
}

fn text<T>(given: Option<T>, empty: impl FnOnce(String) -> T) -> T {
    given.unwrap_or_else(|| empty(String::new()))
}
