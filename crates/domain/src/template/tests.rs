use std::sync::Arc;

use super::command::{CreateTemplate, EditTemplate};
use super::port::MockTemplateRepository;
use super::{Template, TemplateError, TemplateState, TemplateView, Templates, Variable};
use crate::event::{CatalogChange, Happened};
use crate::identity::Role;
use crate::kernel::id::{Reference, Target, TemplateId, UserId};
use crate::kernel::text::{TemplateCategory, TemplateContent, TemplateTitle};
use crate::kernel::{Moment, Problem, StoreError, Violations};
use crate::testing::{
    Committed, FixedClock, ORGANIZATION, SequentialIds, a_customer, a_technician, account_of, an_admin, an_agent, somebody,
};
use crate::ticket::UserBrief;
use crate::work::{MockUnitOfWork, Write};
use uuid::Uuid;

fn template(author: UserId, is_public: bool) -> Template {
    Template::restored(TemplateState {
        id: TemplateId(Uuid::from_u128(70)),
        organization: ORGANIZATION,
        title: TemplateTitle::trusted("Welcome".to_owned()),
        content: TemplateContent::trusted("Hello {name}.".to_owned()),
        category: TemplateCategory::trusted(String::new()),
        is_public,
        variables: vec![Variable::trusted("name".to_owned())],
        created_by: author,
        created_at: Moment::UNIX_EPOCH,
        updated_at: Moment::UNIX_EPOCH,
        revision: 3,
    })
}

fn shown() -> TemplateView {
    let author = account_of(&an_agent());
    TemplateView {
        id: TemplateId(Uuid::from_u128(70)),
        serial: 1,
        title: "Welcome".to_owned(),
        content: "Hello {name}.".to_owned(),
        category: String::new(),
        is_public: true,
        variables: Vec::new(),
        created_by: UserBrief {
            id: author.id,
            serial: 1,
            username: "agent".to_owned(),
            email: "agent@example.com".to_owned(),
            first_name: String::new(),
            last_name: String::new(),
            role: Role::Agent,
        },
        created_at: Moment::UNIX_EPOCH,
        updated_at: Moment::UNIX_EPOCH,
        revision: 3,
    }
}

/// The use cases over a store that has this template, and what they commit.
fn templates(stored: Template) -> (Templates, Committed) {
    let (committed, mut repository, mut work) = (Committed::default(), MockTemplateRepository::new(), MockUnitOfWork::new());
    repository.expect_find().returning(move |_, reader, _| {
        let seen = stored.is_public || stored.created_by == reader;
        Ok(seen.then(|| stored.clone()))
    });
    repository.expect_view().returning(|_, _, _| Ok(Some(shown())));
    let log = committed.clone();
    work.expect_commit().returning(move |changes| {
        log.lock().unwrap().push(changes);
        Ok(())
    });
    let (clock, ids) = (Arc::new(FixedClock::default()), Arc::new(SequentialIds::default()));
    (Templates { templates: Arc::new(repository), work: Arc::new(work), clock, ids }, committed)
}

fn welcome() -> CreateTemplate {
    CreateTemplate { title: Some("Welcome".into()), content: Some("{b} {a}".into()), ..CreateTemplate::default() }
}

fn edit() -> EditTemplate {
    let target = Target::from(TemplateId(Uuid::from_u128(70)));
    EditTemplate { target, title: None, content: None, category: None, is_public: None, variables: None }
}

fn reference() -> Reference {
    Reference::Id(Uuid::from_u128(70))
}

#[tokio::test]
async fn a_new_template_is_private_and_has_the_variables_of_its_content() {
    let (templates, committed) = templates(template(an_agent().user, true));
    templates.create(&an_agent(), CreateTemplate { variables: Some(vec!["a".into(), "c".into()]), ..welcome() }).await.unwrap();
    let committed = committed.lock().unwrap();
    let [Write::AddTemplate(written)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert!(!written.is_public);
    assert_eq!(written.variables.iter().map(Variable::as_str).collect::<Vec<_>>(), ["b", "a", "c"]);
}

#[tokio::test]
async fn the_log_does_not_tell_what_a_private_template_is_called() {
    let (templates, committed) = templates(template(an_agent().user, true));
    templates.create(&an_agent(), welcome()).await.unwrap();
    templates.create(&an_agent(), CreateTemplate { is_public: Some(true), ..welcome() }).await.unwrap();
    let committed = committed.lock().unwrap();
    let told: Vec<_> = committed.iter().map(|changes| changes.events[0].happened.clone()).collect();
    let created = |name: &str| Happened::Cataloged { change: CatalogChange::Created, name: name.to_owned() };
    assert_eq!(told, [created(""), created("Welcome")]);
}

#[tokio::test]
async fn only_staff_read_write_and_use_templates() {
    for actor in [a_customer(), a_technician()] {
        let (templates, committed) = templates(template(an_agent().user, true));
        assert!(matches!(templates.create(&actor, welcome()).await, Err(TemplateError::Forbidden)));
        assert!(matches!(templates.read(&actor, &reference()).await, Err(TemplateError::Forbidden)));
        assert!(matches!(templates.process(&actor, &reference(), &[].into()).await, Err(TemplateError::Forbidden)));
        assert!(matches!(templates.edit(&actor, edit()).await, Err(TemplateError::Forbidden)));
        assert!(matches!(templates.delete(&actor, &edit().target).await, Err(TemplateError::Forbidden)));
        assert!(committed.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_template_is_changed_by_its_author_and_admins() {
    let colleague = somebody(15, Role::Coordinator);
    let (templates, committed) = templates(template(an_agent().user, true));
    let renamed = || EditTemplate { title: Some("Two".into()), ..edit() };
    assert!(matches!(templates.edit(&colleague, renamed()).await, Err(TemplateError::Forbidden)));
    assert!(matches!(templates.delete(&colleague, &edit().target).await, Err(TemplateError::Forbidden)));
    assert!(committed.lock().unwrap().is_empty());
    for actor in [an_agent(), an_admin()] {
        templates.edit(&actor, renamed()).await.unwrap();
        templates.delete(&actor, &edit().target).await.unwrap();
    }
    assert_eq!(committed.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn only_its_author_makes_a_template_private() {
    let (templates, committed) = templates(template(an_agent().user, true));
    let hidden = || EditTemplate { is_public: Some(false), ..edit() };
    assert!(matches!(templates.edit(&an_admin(), hidden()).await, Err(TemplateError::NotYours)));
    assert!(committed.lock().unwrap().is_empty());
    templates.edit(&an_agent(), hidden()).await.unwrap();
}

#[tokio::test]
async fn a_private_template_of_somebody_else_is_not_found() {
    let (templates, _) = templates(template(an_agent().user, false));
    assert!(matches!(templates.edit(&an_admin(), edit()).await, Err(TemplateError::NotFound)));
    assert!(matches!(templates.process(&an_admin(), &reference(), &[].into()).await, Err(TemplateError::NotFound)));
}

#[tokio::test]
async fn a_change_that_changes_nothing_writes_nothing() {
    let (templates, committed) = templates(template(an_agent().user, true));
    templates.edit(&an_agent(), EditTemplate { title: Some(" Welcome ".into()), ..edit() }).await.unwrap();
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_template_that_was_changed_meanwhile_is_left_alone() {
    let (templates, committed) = templates(template(an_agent().user, true));
    let target = Target { revision: Some(2), ..edit().target };
    let refused = templates.edit(&an_agent(), EditTemplate { target, title: Some("Two".into()), ..edit() }).await;
    assert!(matches!(refused, Err(TemplateError::Store(StoreError::Stale))));
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_variable_goes_with_its_last_place_unless_it_was_named_besides() {
    let (templates, committed) = templates(template(an_agent().user, true));
    templates.edit(&an_agent(), EditTemplate { content: Some("{other}".into()), ..edit() }).await.unwrap();
    let committed = committed.lock().unwrap();
    let [Write::SaveTemplate(written)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert_eq!(written.variables, [Variable::trusted("other".to_owned())]);
}

#[tokio::test]
async fn a_missing_value_is_named_and_a_given_one_is_put_in() {
    let (templates, _) = templates(template(an_agent().user, true));
    let refused = templates.process(&an_agent(), &reference(), &[].into()).await.unwrap_err();
    let TemplateError::Invalid(violations) = refused else { panic!("{refused:?}") };
    assert_eq!(violations, Violations::one("context", Problem::Part("name".to_owned(), Box::new(Problem::Required))));
    let context = [("name".to_owned(), Ok("Jo".to_owned()))].into();
    assert_eq!(templates.process(&an_agent(), &reference(), &context).await.unwrap().processed, "Hello Jo.");
}
