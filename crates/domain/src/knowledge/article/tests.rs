use std::sync::{Arc, Mutex};

use super::command::{CreateArticle, EditArticle, EditArticleCategory, FindArticles};
use super::port::{ArticleSight, MockArticleCategoryRepository, MockArticleRepository, MockMarkdownRenderer, MockViewCounter};
use super::*;
use crate::event::Happened;
use crate::identity::port::{MockIdentityRepository, MockOrganizationRepository};
use crate::kernel::id::{ArticleCategoryId, ArticleId, Reference, Target};
use crate::kernel::slug::Slug;
use crate::kernel::text::{ArticleContent, ArticleTitle, Color, Label, Note, SeoDescription, SeoKeywords, SeoTitle, Summary};
use crate::kernel::{Moment, Page, PageRequest, Problem, StoreError, Violations};
use crate::knowledge::{Reader, Readership};
use crate::testing::{Committed, FixedClock, ORGANIZATION, SequentialIds, a_customer, a_technician, an_agent};
use crate::ticket::UserBrief;
use crate::work::{MockUnitOfWork, Write};
use uuid::Uuid;

fn state(status: ArticleStatus) -> ArticleState {
    ArticleState {
        id: ArticleId(Uuid::from_u128(80)),
        organization: ORGANIZATION,
        title: ArticleTitle::trusted("Reset your password".to_owned()),
        slug: Slug::trusted("reset-your-password".to_owned()),
        content: ArticleContent::trusted("Click the link.".to_owned()),
        summary: Summary::trusted(String::new()),
        category: None,
        tags: Vec::new(),
        status,
        seo: Seo {
            title: SeoTitle::trusted(String::new()),
            description: SeoDescription::trusted(String::new()),
            keywords: SeoKeywords::trusted(String::new()),
        },
        author: an_agent().user,
        published_at: None,
        created_at: Moment::UNIX_EPOCH,
        updated_at: Moment::UNIX_EPOCH,
        revision: 3,
    }
}

fn shown(state: &ArticleState) -> ArticleView {
    ArticleView {
        id: state.id,
        serial: 1,
        title: state.title.to_string(),
        slug: state.slug.as_str().to_owned(),
        content: state.content.to_string(),
        content_html: None,
        summary: String::new(),
        category: None,
        tags: Vec::new(),
        status: state.status,
        seo_title: String::new(),
        seo_description: String::new(),
        seo_keywords: String::new(),
        author: UserBrief {
            id: state.author,
            serial: 1,
            username: "agent".to_owned(),
            email: "agent@example.com".to_owned(),
            first_name: String::new(),
            last_name: String::new(),
            role: crate::identity::Role::Agent,
        },
        views: 0,
        helpful: 0,
        not_helpful: 0,
        published_at: None,
        created_at: state.created_at,
        updated_at: state.updated_at,
        snippet: None,
        revision: state.revision,
    }
}

fn is_seen(state: &ArticleState, sight: ArticleSight) -> bool {
    sight == ArticleSight::All || state.status == ArticleStatus::Published
}

/// What the store answers to commits, in order; then it agrees to everything.
fn work(refusals: Vec<StoreError>) -> (MockUnitOfWork, Committed) {
    let (committed, mut work) = (Committed::default(), MockUnitOfWork::new());
    let (log, refusals) = (committed.clone(), Mutex::new(refusals));
    work.expect_commit().returning(move |changes| {
        let refusal = refusals.lock().unwrap().pop();
        if refusal.is_none() {
            log.lock().unwrap().push(changes);
        }
        refusal.map_or(Ok(()), Err)
    });
    (work, committed)
}

fn readership() -> Readership {
    let mut organizations = MockOrganizationRepository::new();
    organizations.expect_find().returning(|_| Ok(None));
    Readership { organizations: Arc::new(organizations), default_organization: "acme-corp".to_owned() }
}

/// The use cases over a store that has this article, on which everybody has voted yes.
fn articles(stored: ArticleState, refusals: Vec<StoreError>, seen: usize) -> (Articles, Committed) {
    let (work, committed) = work(refusals);
    let (mut repository, mut categories) = (MockArticleRepository::new(), MockArticleCategoryRepository::new());
    let (mut people, mut views) = (MockIdentityRepository::new(), MockViewCounter::new());
    let (one, other) = (stored.clone(), stored);
    repository.expect_find().returning(move |_, sight, _| Ok(is_seen(&one, sight).then(|| Article::restored(one.clone()))));
    repository.expect_view().returning(move |_, sight, _| Ok(is_seen(&other, sight).then(|| shown(&other))));
    repository.expect_vote().returning(|_, _, _| Ok(Some(true)));
    repository.expect_page().returning(|_, sight, query, _| {
        assert!(sight == ArticleSight::Published && query.author.is_some_and(|author| author.0.is_nil()));
        Ok(Page { items: Vec::new(), total: Some(0), next: None })
    });
    categories.expect_find().returning(|_, _| Ok(None));
    people.expect_find().returning(|_, _| Ok(None));
    views.expect_seen().times(seen).return_const(());
    let articles = Articles {
        articles: Arc::new(repository),
        categories: Arc::new(categories),
        people: Arc::new(people),
        readership: readership(),
        views: Arc::new(views),
        renderer: Arc::new(MockMarkdownRenderer::new()),
        work: Arc::new(work),
        clock: Arc::new(FixedClock::default()),
        ids: Arc::new(SequentialIds::default()),
    };
    (articles, committed)
}

fn a_new_one() -> CreateArticle {
    CreateArticle { title: Some("How to?".into()), content: Some("So.".into()), ..CreateArticle::default() }
}

fn edit() -> EditArticle {
    EditArticle {
        target: Target::from(ArticleId(Uuid::from_u128(80))),
        title: None,
        slug: None,
        content: None,
        summary: None,
        category: None,
        tags: None,
        status: None,
        seo_title: None,
        seo_description: None,
        seo_keywords: None,
    }
}

fn reference() -> Reference {
    Reference::Id(Uuid::from_u128(80))
}

#[tokio::test]
async fn a_new_article_is_a_draft_with_a_slug_of_its_title() {
    let (articles, committed) = articles(state(ArticleStatus::Draft), Vec::new(), 0);
    let tags = Some(vec!["VPN".into(), " vpn ".into(), "b".into()]);
    articles.create(&an_agent(), CreateArticle { tags, ..a_new_one() }).await.unwrap();
    let committed = committed.lock().unwrap();
    let [Write::AddArticle(written)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert_eq!((written.slug.as_str(), written.status, written.published_at), ("how-to", ArticleStatus::Draft, None));
    assert_eq!(written.tags.iter().map(|tag| tag.as_str()).collect::<Vec<_>>(), ["VPN", "b"]);
    assert!(committed[0].events[0].is_internal(), "nobody hears of a draft");
}

#[tokio::test]
async fn a_slug_that_is_taken_is_told_apart_unless_the_author_insists() {
    let taken = || StoreError::Taken("article_slug".to_owned());
    let (articles, committed) = articles(state(ArticleStatus::Draft), vec![taken(), taken()], 0);
    let named = CreateArticle { slug: Some("mine".into()), ..a_new_one() };
    let refused = articles.create(&an_agent(), named).await.unwrap_err();
    let ArticleError::Invalid(violations) = refused else { panic!("{refused:?}") };
    assert_eq!(violations, Violations::one("slug", Problem::Taken));
    articles.create(&an_agent(), a_new_one()).await.unwrap();
    let committed = committed.lock().unwrap();
    let [Write::AddArticle(written)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert!(written.slug.as_str().starts_with("how-to-"), "{:?}", written.slug);
}

#[tokio::test]
async fn only_staff_write_and_a_draft_is_found_by_staff_alone() {
    for actor in [a_customer(), a_technician()] {
        let (published, written) = articles(state(ArticleStatus::Published), Vec::new(), 0);
        assert!(matches!(published.create(&actor, a_new_one()).await, Err(ArticleError::Forbidden)));
        assert!(matches!(published.edit(&actor, edit()).await, Err(ArticleError::Forbidden)));
        assert!(matches!(published.delete(&actor, &edit().target).await, Err(ArticleError::Forbidden)));
        assert!(matches!(published.version(&actor, &reference(), 1).await, Err(ArticleError::Forbidden)));
        assert!(written.lock().unwrap().is_empty());
        let (draft, written) = articles(state(ArticleStatus::Draft), Vec::new(), 0);
        assert!(matches!(draft.edit(&actor, edit()).await, Err(ArticleError::NotFound)));
        assert!(matches!(draft.vote(&actor, &reference(), Some(false)).await, Err(ArticleError::NotFound)));
        assert!(matches!(draft.read(Reader::Member(&actor), &reference()).await, Err(ArticleError::NotFound)));
        assert!(written.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_change_says_what_and_one_that_changes_nothing_writes_nothing() {
    let (articles, committed) = articles(state(ArticleStatus::Draft), Vec::new(), 0);
    articles.edit(&an_agent(), EditArticle { title: Some(" Reset your password ".into()), ..edit() }).await.unwrap();
    assert!(committed.lock().unwrap().is_empty());
    articles.edit(&an_agent(), EditArticle { status: Some("published".into()), ..edit() }).await.unwrap();
    let committed = committed.lock().unwrap();
    let [Write::SaveArticle(written, by)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert!(written.published_at.is_some() && *by == an_agent().user);
    let Happened::ArticleUpdated { fields, .. } = &committed[0].events[0].happened else { panic!("{committed:?}") };
    assert_eq!(fields, &["status"]);
}

#[tokio::test]
async fn the_same_vote_again_writes_nothing_and_another_one_counts() {
    let (articles, committed) = articles(state(ArticleStatus::Published), Vec::new(), 0);
    articles.vote(&a_customer(), &reference(), Some(true)).await.unwrap();
    articles.vote(&a_customer(), &reference(), Some(false)).await.unwrap();
    assert!(matches!(articles.vote(&a_customer(), &reference(), None).await, Err(ArticleError::Invalid(_))));
    let committed = committed.lock().unwrap();
    assert!(committed[0].writes.is_empty());
    assert!(matches!(committed[1].writes.as_slice(), [Write::VoteOnArticle(Vote { helpful: false, .. })]));
}

#[tokio::test]
async fn looking_at_an_article_counts_and_reading_it_does_not() {
    let (articles, committed) = articles(state(ArticleStatus::Published), Vec::new(), 1);
    let (customer, id) = (a_customer(), reference());
    articles.look_at(Reader::Member(&customer), &id, false).await.unwrap();
    articles.read(Reader::Member(&customer), &id).await.unwrap();
    assert!(matches!(articles.read(Reader::Anybody(None), &id).await, Err(ArticleError::NoOrganization)));
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn who_has_an_account_is_told_to_staff_only() {
    let (articles, _) = articles(state(ArticleStatus::Published), Vec::new(), 0);
    let wanted = || FindArticles { author: Some(Reference::Name("boss@example.com".into())), ..FindArticles::default() };
    let page = PageRequest::number(1, 20);
    assert!(articles.list(Reader::Member(&a_customer()), wanted(), &page).await.unwrap().items.is_empty());
    assert!(matches!(articles.list(Reader::Member(&an_agent()), wanted(), &page).await, Err(ArticleError::Invalid(_))));
}

#[tokio::test]
async fn a_category_is_never_a_part_of_itself() {
    let ids = [90, 91].map(|n| ArticleCategoryId(Uuid::from_u128(n)));
    let (work, committed) = work(Vec::new());
    let mut repository = MockArticleCategoryRepository::new();
    repository.expect_find().returning(move |_, reference| {
        let category = |id| ArticleCategory {
            id,
            organization: ORGANIZATION,
            name: Label::trusted("Accounts".to_owned()),
            description: Note::trusted(String::new()),
            color: Color::standard(),
            parent: None,
            created_at: Moment::UNIX_EPOCH,
            updated_at: Moment::UNIX_EPOCH,
            revision: 1,
        };
        Ok(ids.into_iter().find(|id| *reference == Reference::Id(id.0)).map(category))
    });
    // the second is a part of the first
    repository.expect_lineage().returning(move |_, id| Ok(if id == ids[1] { vec![ids[1], ids[0]] } else { vec![ids[0]] }));
    let categories = ArticleCategories {
        categories: Arc::new(repository),
        readership: readership(),
        work: Arc::new(work),
        clock: Arc::new(FixedClock::default()),
        ids: Arc::new(SequentialIds::default()),
    };
    for parent in ids {
        let (name, description, color) = (None, None, None);
        let command =
            EditArticleCategory { target: Target::from(ids[0]), name, description, color, parent: Some(Some(parent.into())) };
        let refused = categories.edit(&an_agent(), command).await.unwrap_err();
        assert!(matches!(refused, ArticleError::Invalid(violations) if violations.0[0].field == "parent"));
    }
    assert!(committed.lock().unwrap().is_empty());
}
