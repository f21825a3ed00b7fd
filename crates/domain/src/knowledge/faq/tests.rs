use std::sync::{Arc, Mutex};

use super::command::{CreateFaq, EditFaq, FindFaqs, Place};
use super::port::MockFaqRepository;
use super::{Faq, FaqError, FaqState, FaqView, Faqs};
use crate::event::Happened;
use crate::identity::port::MockOrganizationRepository;
use crate::kernel::id::{CategoryId, FaqId, Reference, Target};
use crate::kernel::text::{Color, FaqAnswer, Keywords, Label, Note, Question};
use crate::kernel::{Moment, Problem, StoreError, Violations};
use crate::knowledge::{Reader, Readership};
use crate::taxonomy::port::MockTaxonomyRepository;
use crate::taxonomy::{Category, CategoryBrief};
use crate::testing::{Committed, FixedClock, ORGANIZATION, SequentialIds, a_customer, a_technician, an_agent};
use crate::ticket::UserBrief;
use crate::work::{MockUnitOfWork, Write};
use uuid::Uuid;

fn faq(number: u128) -> Faq {
    Faq::restored(FaqState {
        id: FaqId(Uuid::from_u128(number)),
        organization: ORGANIZATION,
        question: Question::trusted("How do I reset my password?".to_owned()),
        answer: FaqAnswer::trusted("Click the link.".to_owned()),
        category: CategoryId(Uuid::from_u128(50)),
        tags: Keywords::trusted("password, login".to_owned()),
        display_order: 1,
        is_active: number % 2 == 1,
        created_by: an_agent().user,
        created_at: Moment::UNIX_EPOCH,
        updated_at: Moment::UNIX_EPOCH,
        revision: 3,
    })
}

fn shown(faq: &Faq) -> FaqView {
    let person = an_agent();
    FaqView {
        id: faq.id,
        serial: 1,
        question: faq.question.to_string(),
        answer: faq.answer.to_string(),
        category: CategoryBrief {
            id: faq.category,
            serial: 1,
            name: "Technical".to_owned(),
            slug: "technical".to_owned(),
            color: "#007bff".to_owned(),
        },
        tags: faq.tags.to_string(),
        display_order: faq.display_order,
        is_active: faq.is_active,
        created_by: UserBrief {
            id: person.user,
            serial: 1,
            username: "agent".to_owned(),
            email: "agent@example.com".to_owned(),
            first_name: String::new(),
            last_name: String::new(),
            role: person.role,
        },
        created_at: faq.created_at,
        updated_at: faq.updated_at,
        snippet: None,
        revision: faq.revision,
    }
}

fn technical() -> Category {
    Category {
        id: CategoryId(Uuid::from_u128(50)),
        organization: ORGANIZATION,
        name: Label::trusted("Technical".to_owned()),
        slug: "technical".to_owned(),
        description: Note::trusted(String::new()),
        color: Color::standard(),
        created_at: Moment::UNIX_EPOCH,
        updated_at: Moment::UNIX_EPOCH,
        revision: 1,
    }
}

/// Over a store with FAQ 1, which is shown, and FAQ 2, which is not; and what is committed.
fn a_book() -> (Faqs, Committed) {
    let mut faqs = MockFaqRepository::new();
    let known = |reference: &Reference| [1, 2].into_iter().map(faq).find(|faq| reference == &faq.id.into());
    faqs.expect_find().returning(move |_, references| Ok(references.iter().map(known).collect()));
    faqs.expect_view()
        .returning(move |_, reference| Ok(Some(known(reference).map_or_else(|| shown(&faq(1)), |faq| shown(&faq)))));
    faqs.expect_list().returning(|_, _| Ok(Vec::new()));
    let mut taxonomy = MockTaxonomyRepository::new();
    taxonomy
        .expect_category()
        .returning(|_, reference| Ok((*reference == Reference::Name("technical".to_owned())).then(technical)));
    let mut organizations = MockOrganizationRepository::new();
    organizations.expect_find().returning(|_| Ok(None));
    let committed: Committed = Arc::new(Mutex::new(Vec::new()));
    let mut work = MockUnitOfWork::new();
    let all = committed.clone();
    work.expect_commit().returning(move |changes| {
        all.lock().unwrap().push(changes);
        Ok(())
    });
    let faqs = Faqs {
        faqs: Arc::new(faqs),
        taxonomy: Arc::new(taxonomy),
        readership: Readership { organizations: Arc::new(organizations), default_organization: "acme-corp".to_owned() },
        work: Arc::new(work),
        clock: Arc::new(FixedClock::default()),
        ids: Arc::new(SequentialIds::default()),
    };
    (faqs, committed)
}

fn a_question() -> CreateFaq {
    CreateFaq {
        question: Some("How do I contact support?".to_owned()),
        answer: Some("Ask for help.".to_owned()),
        category: Some(Reference::Name("technical".to_owned())),
        ..CreateFaq::default()
    }
}

fn the_faq(number: u128) -> Target {
    faq(number).id.into()
}

fn violations<T: std::fmt::Debug>(result: Result<T, FaqError>) -> Violations {
    match result {
        Err(FaqError::Invalid(violations)) => violations,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn only_staff_write_questions() {
    let (book, committed) = a_book();
    for actor in [a_customer(), a_technician()] {
        assert!(matches!(book.create(&actor, a_question()).await, Err(FaqError::Forbidden)));
        assert!(matches!(book.delete(&actor, &the_faq(1)).await, Err(FaqError::Forbidden)));
        let places = [Place { faq: faq(1).id.into(), display_order: 2 }];
        assert!(matches!(book.arrange(&actor, &places).await, Err(FaqError::Forbidden)));
    }
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_new_question_is_shown_at_place_0_unless_it_says_otherwise() {
    let (book, committed) = a_book();
    book.create(&an_agent(), a_question()).await.unwrap();
    let committed = committed.lock().unwrap();
    let Some(Write::AddFaq(added)) = committed[0].writes.first() else { panic!("{committed:?}") };
    assert_eq!((added.is_active, added.display_order, added.created_by), (true, 0, an_agent().user));
    assert_eq!(committed[0].events[0].kind(), "faq.created");
}

#[tokio::test]
async fn question_answer_and_category_are_required() {
    let (book, _) = a_book();
    let missing = violations(book.create(&an_agent(), CreateFaq::default()).await);
    assert_eq!(missing.by_field().keys().copied().collect::<Vec<_>>(), ["answer", "category", "question"]);
}

#[tokio::test]
async fn an_unknown_category_is_refused() {
    let (book, committed) = a_book();
    let command = CreateFaq { category: Some(Reference::Name("nonsense".to_owned())), ..a_question() };
    let wrong = violations(book.create(&an_agent(), command).await);
    assert_eq!(wrong.0[0].problem, Problem::Unknown("nonsense".to_owned()));
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_edit_that_changes_nothing_records_nothing() {
    let (book, committed) = a_book();
    let command = EditFaq {
        target: the_faq(1),
        question: Some("How do I reset my password?".to_owned()),
        answer: None,
        category: Some(Reference::Name("technical".to_owned())),
        tags: None,
        display_order: Some(1),
        is_active: None,
    };
    book.edit(&an_agent(), command).await.unwrap();
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_order_is_one_commit_of_what_moved() {
    let (book, committed) = a_book();
    let place = |number, display_order| Place { faq: faq(number).id.into(), display_order };
    book.arrange(&an_agent(), &[place(2, 7), place(1, 1)]).await.unwrap();
    let committed = committed.lock().unwrap();
    assert_eq!(committed.len(), 1);
    let moved: Vec<_> = committed[0].events.iter().map(|event| event.happened.clone()).collect();
    assert_eq!(moved, [Happened::FaqUpdated { fields: vec!["display_order".to_owned()] }]);
}

#[tokio::test]
async fn an_order_with_an_unknown_question_moves_nothing() {
    let (book, committed) = a_book();
    let places = [Place { faq: faq(2).id.into(), display_order: 7 }, Place { faq: Reference::Serial(99), display_order: 1 }];
    let wrong = violations(book.arrange(&an_agent(), &places).await);
    assert_eq!(wrong.0[0].problem, Problem::Unknown("99".to_owned()));
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_not_shown_exists_for_staff_only() {
    let (book, _) = a_book();
    let hidden = faq(2).id.into();
    assert!(matches!(book.read(Reader::Member(&a_customer()), &hidden).await, Err(FaqError::NotFound)));
    assert!(book.read(Reader::Member(&an_agent()), &hidden).await.is_ok());
    let wanted = FindFaqs { include_inactive: true, ..FindFaqs::default() };
    assert!(matches!(book.list(Reader::Member(&a_customer()), wanted).await, Err(FaqError::Forbidden)));
}

#[tokio::test]
async fn strangers_read_an_organization_that_there_is() {
    let (book, _) = a_book();
    let wanted = FindFaqs::default();
    assert!(matches!(book.list(Reader::Anybody(Some("nobody")), wanted).await, Err(FaqError::NoOrganization)));
}

#[tokio::test]
async fn a_question_that_changed_since_its_tag_was_read_stays() {
    let (book, committed) = a_book();
    let target = Target { revision: Some(2), ..the_faq(1) };
    let refused = book.delete(&an_agent(), &target).await;
    assert!(matches!(refused, Err(FaqError::Store(StoreError::Stale))));
    assert!(committed.lock().unwrap().is_empty());
}
