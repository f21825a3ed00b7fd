//! Articles, listed and found: which, by whom, in which order, from which index.

use std::collections::HashSet;

use helpdesk_domain::kernel::id::{ArticleCategoryId, ArticleId, OrganizationId, UserId};
use helpdesk_domain::kernel::slug::Slug;
use helpdesk_domain::kernel::text::{
    ArticleContent, ArticleTag, ArticleTitle, Color, Label, Note, SeoDescription, SeoKeywords, SeoTitle, Summary,
};
use helpdesk_domain::kernel::{PageRequest, Paging, StoreError};
use helpdesk_domain::knowledge::article::port::{
    ArticleCategoryQuery, ArticleCategoryRepository, ArticleOrder, ArticleQuery, ArticleRepository, ArticleSight, ArticleSort,
};
use helpdesk_domain::knowledge::{Article, ArticleCategory, ArticleState, ArticleStatus, Seo};
use helpdesk_domain::search::SearchText;
use helpdesk_domain::testing::{ORGANIZATION, minutes};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use helpdesk_persistence::Store;
use helpdesk_tests::on_both_backends;
use uuid::Uuid;

use super::desk::{AGENT, ELSEWHERE, TECHNICIANS, a_neighbour, an_empty_desk};

const CATEGORIES: [ArticleCategoryId; 2] = [ArticleCategoryId(Uuid::from_u128(501)), ArticleCategoryId(Uuid::from_u128(502))];

fn category(n: usize, parent: Option<ArticleCategoryId>) -> ArticleCategory {
    ArticleCategory {
        id: CATEGORIES[n],
        organization: ORGANIZATION,
        name: Label::trusted(format!("Category {n}")),
        description: Note::trusted(String::new()),
        color: Color::standard(),
        parent,
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    }
}

/// The n-th of many articles that differ in all that lists ask for.
fn article(n: usize) -> ArticleState {
    let status = ArticleStatus::ALL[n % 3];
    let at = minutes(i64::try_from(n / 2).unwrap());
    ArticleState {
        id: ArticleId(Uuid::from_u128(600_000 + n as u128)),
        organization: ORGANIZATION,
        title: ArticleTitle::trusted(format!("{} {}", ["printer", "VPN", "Mail", "printer"][n % 4], n % 7)),
        slug: Slug::trusted(format!("article-{n}")),
        content: ArticleContent::trusted(format!("Number {n} says something of paper.")),
        summary: Summary::trusted(String::new()),
        category: CATEGORIES.get(n % 5).copied(),
        tags: [("floor", 2), ("Roof", 9)]
            .into_iter()
            .filter(|(_, every)| n.is_multiple_of(*every))
            .map(|(tag, _)| ArticleTag::trusted(tag.to_owned()))
            .collect(),
        status,
        seo: Seo {
            title: SeoTitle::trusted(String::new()),
            description: SeoDescription::trusted(String::new()),
            keywords: SeoKeywords::trusted(String::new()),
        },
        author: [AGENT, TECHNICIANS[0]][usize::from(n.is_multiple_of(4))],
        published_at: (status == ArticleStatus::Published).then_some(at),
        created_at: at,
        updated_at: minutes(i64::try_from(n * 37 % 50).unwrap()),
        revision: 1,
    }
}

async fn add(store: &Store, organization: OrganizationId, article: ArticleState) -> Result<(), StoreError> {
    let write = Write::AddArticle(Box::new(Article::restored(article)));
    store.commit(Changes::of(organization).with(write, [])).await
}

async fn a_library(store: &Store) -> Vec<ArticleState> {
    an_empty_desk(store).await;
    let categories = [category(0, None), category(1, Some(CATEGORIES[0]))].map(Write::AddArticleCategory);
    store.commit(categories.into_iter().fold(Changes::of(ORGANIZATION), |changes, write| changes.with(write, []))).await.unwrap();
    let articles: Vec<ArticleState> = (0..60).map(article).collect();
    for article in &articles {
        add(store, ORGANIZATION, article.clone()).await.unwrap();
    }
    articles
}

fn is_wanted(article: &ArticleState, sight: ArticleSight, query: &ArticleQuery) -> bool {
    (sight == ArticleSight::All || article.status == ArticleStatus::Published)
        && query.category.is_none_or(|category| article.category == Some(category))
        && query.statuses.as_ref().is_none_or(|statuses| statuses.contains(&article.status))
        && query.author.is_none_or(|author| article.author == author)
        && (query.tags.is_empty() || article.tags.iter().any(|tag| query.tags.contains(&tag.key())))
}

/// The ids that a naive reader would list, in order.
fn recount(articles: &[ArticleState], sight: ArticleSight, query: &ArticleQuery) -> Vec<ArticleId> {
    let order = query.order.unwrap_or(ArticleOrder { by: ArticleSort::CreatedAt, descending: true });
    let mut listed: Vec<(usize, &ArticleState)> =
        articles.iter().enumerate().filter(|(_, article)| is_wanted(article, sight, query)).collect();
    listed.sort_by_key(|(n, article)| {
        let (text, number) = match order.by {
            ArticleSort::CreatedAt | ArticleSort::Views => (String::new(), 0),
            ArticleSort::UpdatedAt => (String::new(), article.updated_at.timestamp_micros()),
            ArticleSort::PublishedAt => (String::new(), article.published_at.map_or(0, |at| at.timestamp_micros())),
            ArticleSort::Title => (article.title.as_str().to_lowercase(), 0),
        };
        (text, number, *n)
    });
    if order.descending {
        listed.reverse();
    }
    listed.into_iter().map(|(_, article)| article.id).collect()
}

async fn walked(store: &Store, sight: ArticleSight, query: &ArticleQuery) -> Vec<ArticleId> {
    let mut ids = Vec::new();
    let mut paging = Paging::Start;
    loop {
        let part = ArticleRepository::page(store, ORGANIZATION, sight, query, &PageRequest { paging, size: 7 }).await.unwrap();
        ids.extend(part.items.iter().map(|article| article.id));
        let Some(next) = part.next else { return ids };
        paging = Paging::After(next);
    }
}

fn queries() -> Vec<ArticleQuery> {
    let orders =
        [ArticleSort::CreatedAt, ArticleSort::UpdatedAt, ArticleSort::PublishedAt, ArticleSort::Title, ArticleSort::Views];
    let orders = orders.into_iter().flat_map(|by| [true, false].map(|descending| Some(ArticleOrder { by, descending })));
    let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
    let filters = [
        ArticleQuery::default(),
        ArticleQuery { category: Some(CATEGORIES[1]), ..ArticleQuery::default() },
        ArticleQuery {
            author: Some(AGENT),
            statuses: Some(vec![ArticleStatus::Draft, ArticleStatus::Published]),
            ..ArticleQuery::default()
        },
        ArticleQuery { tags: tags(&["floor"]), ..ArticleQuery::default() },
        ArticleQuery { tags: tags(&["floor", "roof"]), author: Some(TECHNICIANS[0]), ..ArticleQuery::default() },
        ArticleQuery { tags: tags(&["roof"]), category: Some(CATEGORIES[0]), ..ArticleQuery::default() },
    ];
    let orders: Vec<_> = std::iter::once(None).chain(orders).collect();
    filters
        .into_iter()
        .flat_map(|query| orders.iter().map(move |order| ArticleQuery { order: *order, ..query.clone() }).collect::<Vec<_>>())
        .collect()
}

async fn found(store: &Store, sight: ArticleSight, text: &str) -> Vec<ArticleId> {
    let query = ArticleQuery { search: Some(SearchText::parse(text)), ..ArticleQuery::default() };
    let page = ArticleRepository::page(store, ORGANIZATION, sight, &query, &PageRequest::number(1, 100)).await.unwrap();
    assert_eq!(page.total, Some(page.items.len() as u64), "{text}");
    page.items.into_iter().map(|article| article.id).collect()
}

on_both_backends! {
    async fn a_list_of_articles_is_what_a_naive_reader_would_list(store: Store) {
        let articles = a_library(&store).await;
        for query in queries() {
            for sight in [ArticleSight::All, ArticleSight::Published] {
                let expected = recount(&articles, sight, &query);
                let page = ArticleRepository::page(&store, ORGANIZATION, sight, &query, &PageRequest::number(1, 100)).await.unwrap();
                let ids: Vec<ArticleId> = page.items.iter().map(|article| article.id).collect();
                assert_eq!(ids, expected, "{query:?} {sight:?}");
                assert_eq!(page.total, Some(expected.len() as u64), "{query:?} {sight:?}");
                assert_eq!(walked(&store, sight, &query).await, expected, "{query:?} {sight:?}");
            }
        }
    }

    async fn a_title_is_found_before_a_text_and_drafts_by_staff_alone(store: Store) {
        let articles = a_library(&store).await;
        let titled = |sight, word: &str| {
            let is_meant = |article: &&ArticleState| article.title.as_str().to_lowercase().starts_with(word);
            let seen = articles.iter().filter(|article| is_wanted(article, sight, &ArticleQuery::default()));
            seen.filter(is_meant).map(|article| article.id).rev().collect::<Vec<_>>()
        };
        for sight in [ArticleSight::All, ArticleSight::Published] {
            assert_eq!(found(&store, sight, "printer").await, titled(sight, "printer"));
            assert_eq!(found(&store, sight, "prin paper").await, titled(sight, "printer"));
            assert_eq!(found(&store, sight, "pritner").await, titled(sight, "printer"));
            assert_eq!(found(&store, sight, "paper").await.len(), recount(&articles, sight, &ArticleQuery::default()).len());
            assert!(found(&store, sight, "absent").await.is_empty());
        }
    }

    async fn of_very_many_that_are_found_each_is_listed_once_and_counted(store: Store) {
        a_library(&store).await;
        let more = (60..620).map(|n| Write::AddArticle(Box::new(Article::restored(article(n)))));
        let changes = more.fold(Changes::of(ORGANIZATION), |changes, write| changes.with(write, []));
        store.commit(changes).await.unwrap();
        let query = ArticleQuery { search: Some(SearchText::parse("paper")), ..ArticleQuery::default() };
        let mut listed = Vec::new();
        for number in 1..=7 {
            let request = PageRequest::number(number, 100);
            let page = ArticleRepository::page(&store, ORGANIZATION, ArticleSight::All, &query, &request).await.unwrap();
            assert_eq!(page.total, Some(620));
            listed.extend(page.items.iter().map(|article| article.id));
        }
        assert_eq!(listed.iter().collect::<HashSet<_>>().len(), 620);
        let mut walk = walked(&store, ArticleSight::All, &query).await;
        assert_eq!(walk.len(), 620);
        listed.sort_unstable();
        walk.sort_unstable();
        assert_eq!(walk, listed);
    }

    async fn nothing_of_an_article_crosses_to_another_organization(store: Store) {
        a_library(&store).await;
        a_neighbour(&store).await;
        let (elsewhere, stranger) = (ELSEWHERE, UserId(Uuid::from_u128(91)));
        let theirs = ArticleState { id: ArticleId(Uuid::from_u128(700_000)), organization: elsewhere, author: stranger, category: None, ..article(1) };
        add(&store, elsewhere, theirs.clone()).await.unwrap();
        assert!(!found(&store, ArticleSight::All, "vpn").await.contains(&theirs.id));
        assert!(ArticleRepository::view(&store, ORGANIZATION, ArticleSight::All, &theirs.id.into()).await.unwrap().is_none());
        let page = PageRequest::number(1, 100);
        let all = ArticleRepository::page(&store, elsewhere, ArticleSight::All, &ArticleQuery::default(), &page).await.unwrap();
        assert_eq!(all.items.into_iter().map(|article| article.id).collect::<Vec<_>>(), [theirs.id]);
        let categories = ArticleCategoryRepository::page(&store, elsewhere, ArticleSight::All, &ArticleCategoryQuery::default(), &page).await.unwrap();
        assert!(categories.items.is_empty());
        assert!(store.lineage(elsewhere, CATEGORIES[1]).await.unwrap().is_empty());
        assert_eq!(store.lineage(ORGANIZATION, CATEGORIES[1]).await.unwrap(), [CATEGORIES[1], CATEGORIES[0]]);
    }

    async fn two_moves_at_once_make_no_circle(store: Store) {
        a_library(&store).await;
        let moved = ArticleCategory { parent: Some(CATEGORIES[1]), ..category(0, None) };
        let refused = store.commit(Changes::of(ORGANIZATION).with(Write::SaveArticleCategory(moved), [])).await;
        assert!(matches!(refused, Err(StoreError::Stale)), "{refused:?}");
    }

    async fn a_change_moves_the_article_where_it_is_counted_and_found(store: Store) {
        let articles = a_library(&store).await;
        let id = articles[0].id;
        let mut changed = ArticleState { category: Some(CATEGORIES[1]), status: ArticleStatus::Published, ..articles[0].clone() };
        changed.title = ArticleTitle::trusted("Scanner".to_owned());
        let save = |state: &ArticleState| Write::SaveArticle(Box::new(Article::restored(state.clone())), AGENT);
        store.commit(Changes::of(ORGANIZATION).with(save(&changed), [])).await.unwrap();
        let again = store.commit(Changes::of(ORGANIZATION).with(save(&changed), [])).await;
        assert!(matches!(again, Err(StoreError::Stale)), "{again:?}");
        assert_eq!(found(&store, ArticleSight::Published, "scanner").await, [id]);
        let query = ArticleQuery { category: Some(CATEGORIES[1]), ..ArticleQuery::default() };
        let mut all = articles.clone();
        all[0] = changed;
        let page = ArticleRepository::page(&store, ORGANIZATION, ArticleSight::Published, &query, &PageRequest::number(1, 100)).await.unwrap();
        assert_eq!(page.total, Some(recount(&all, ArticleSight::Published, &query).len() as u64));
        store.commit(Changes::of(ORGANIZATION).with(Write::DeleteArticle(id, 2), [])).await.unwrap();
        assert!(found(&store, ArticleSight::All, "scanner").await.is_empty());
        let all = ArticleRepository::page(&store, ORGANIZATION, ArticleSight::All, &ArticleQuery::default(), &PageRequest::number(1, 1)).await.unwrap();
        assert_eq!(all.total, Some(59));
    }
}
