//! Questions that are often asked: their order, how they are found, whose they are.

use helpdesk_domain::kernel::Reference;
use helpdesk_domain::kernel::id::{CategoryId, FaqId, OrganizationId, UserId};
use helpdesk_domain::kernel::text::{FaqAnswer, Keywords, Question};
use helpdesk_domain::knowledge::faq::port::{FaqQuery, FaqRepository};
use helpdesk_domain::knowledge::{Faq, FaqState};
use helpdesk_domain::search::SearchText;
use helpdesk_domain::taxonomy::port::TaxonomyRepository;
use helpdesk_domain::testing::{ORGANIZATION, minutes};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use helpdesk_persistence::Store;
use helpdesk_tests::on_both_backends;
use uuid::Uuid;

use super::desk::{AGENT, CATEGORIES, ELSEWHERE, a_neighbour, an_empty_desk};

fn faq(n: u128, category: CategoryId, place: i32, question: &str, answer: &str, tags: &str) -> FaqState {
    FaqState {
        id: FaqId(Uuid::from_u128(800_000 + n)),
        organization: ORGANIZATION,
        question: Question::trusted(question.to_owned()),
        answer: FaqAnswer::trusted(answer.to_owned()),
        category,
        tags: Keywords::trusted(tags.to_owned()),
        display_order: place,
        is_active: true,
        created_by: AGENT,
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    }
}

async fn add(store: &Store, organization: OrganizationId, faq: FaqState) {
    let write = Write::AddFaq(Box::new(Faq::restored(faq)));
    store.commit(Changes::of(organization).with(write, [])).await.unwrap();
}

async fn a_book(store: &Store) {
    an_empty_desk(store).await;
    let [one, two, _] = CATEGORIES;
    for faq in [
        faq(1, two, 1, "Is the office open on Sunday?", "No, the printers rest too.", "hours"),
        faq(2, one, 2, "Why does the printer jam?", "Wet paper.", "paper"),
        faq(3, one, 1, "How do I get paper?", "Ask the reception.", "printer, order"),
        FaqState { is_active: false, ..faq(4, one, 0, "Old printer?", "Gone.", "") },
    ] {
        add(store, ORGANIZATION, faq).await;
    }
}

async fn listed(store: &Store, query: FaqQuery) -> Vec<u128> {
    let found = store.list(ORGANIZATION, &query).await.unwrap();
    found.into_iter().map(|faq| faq.id.0.as_u128() - 800_000).collect()
}

fn search(text: &str) -> FaqQuery {
    FaqQuery { search: Some(SearchText::parse(text)), ..FaqQuery::default() }
}

on_both_backends! {
    async fn questions_come_by_category_and_place(store: Store) {
        a_book(&store).await;
        assert_eq!(listed(&store, FaqQuery::default()).await, [3, 2, 1]);
        assert_eq!(listed(&store, FaqQuery { include_inactive: true, ..FaqQuery::default() }).await, [4, 3, 2, 1]);
        assert_eq!(listed(&store, FaqQuery { category: Some(CATEGORIES[1]), ..FaqQuery::default() }).await, [1]);
        assert_eq!(listed(&store, FaqQuery { most: Some(2), ..FaqQuery::default() }).await, [3, 2]);
    }

    async fn a_word_of_the_question_comes_before_a_tag_and_a_tag_before_the_answer(store: Store) {
        a_book(&store).await;
        assert_eq!(listed(&store, search("printer")).await, [2, 3, 1]);
        assert_eq!(listed(&store, search("pritner")).await, [2, 3], "mended to the very word");
        assert_eq!(listed(&store, search("printer paper")).await, [3, 2], "of equals the first in its place");
        assert_eq!(listed(&store, FaqQuery { most: Some(1), ..search("printer") }).await, [2]);
        assert_eq!(listed(&store, FaqQuery { include_inactive: true, ..search("old") }).await, [4]);
        assert!(listed(&store, search("old")).await.is_empty());
        assert!(listed(&store, search("--")).await.is_empty());
    }

    async fn a_change_is_found_at_once_and_makes_another_edition(store: Store) {
        a_book(&store).await;
        let before = store.edition(ORGANIZATION).await.unwrap();
        let changed = faq(1, CATEGORIES[1], 1, "Where do I park?", "Behind the house.", "");
        let save = Write::SaveFaq(Box::new(Faq::restored(changed.clone())));
        store.commit(Changes::of(ORGANIZATION).with(save, [])).await.unwrap();
        assert_eq!(listed(&store, search("park")).await, [1]);
        assert!(listed(&store, search("sunday")).await.is_empty());
        store.commit(Changes::of(ORGANIZATION).with(Write::DeleteFaq(changed.id, 2), [])).await.unwrap();
        assert!(listed(&store, search("park")).await.is_empty());
        assert_eq!(store.edition(ORGANIZATION).await.unwrap(), before + 2);
    }

    async fn nothing_of_a_question_crosses_to_another_organization(store: Store) {
        a_book(&store).await;
        a_neighbour(&store).await;
        let category = TaxonomyRepository::category(&store, ELSEWHERE, &Reference::Name("general".into())).await.unwrap().unwrap();
        let author = UserId(Uuid::from_u128(91));
        let theirs = FaqState { organization: ELSEWHERE, created_by: author, ..faq(9, category.id, 0, "Printer?", "Ours.", "") };
        add(&store, ELSEWHERE, theirs.clone()).await;
        assert_eq!(listed(&store, search("printer")).await, [2, 3, 1]);
        assert!(FaqRepository::view(&store, ORGANIZATION, &theirs.id.into()).await.unwrap().is_none());
        let found = store.list(ELSEWHERE, &search("printer")).await.unwrap();
        assert_eq!(found.into_iter().map(|faq| faq.id).collect::<Vec<_>>(), [theirs.id]);
    }
}
