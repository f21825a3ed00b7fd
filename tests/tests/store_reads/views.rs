//! One ticket with what is said on it, its history, and the figures.

use std::collections::BTreeMap;

use helpdesk_domain::event::{Event, FieldChange, Happened};
use helpdesk_domain::identity::Role;
use helpdesk_domain::kernel::{PageRequest, Paging, Reference, Sight};
use helpdesk_domain::testing::{ORGANIZATION, minutes, somebody};
use helpdesk_domain::ticket::port::{TicketReader, Viewer};
use helpdesk_domain::ticket::{Priority, Status, Ticket, TicketState};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use helpdesk_persistence::Store;
use helpdesk_tests::on_both_backends;

use super::desk::{
    AGENT, CATEGORIES, CUSTOMERS, ELSEWHERE, STAFF, TECHNICIANS, a_busy_desk, a_comment, a_neighbour, an_empty_desk, customer,
    due, open, say, saying, technician, user, viewers,
};

/// A ticket of the first customer, assigned to the first technician, with two public comments and one internal one.
async fn a_discussed_ticket(store: &Store) -> TicketState {
    an_empty_desk(store).await;
    let mut ticket = saying(1, "Discussed", "much");
    ticket.assignee = Some(TECHNICIANS[0]);
    open(store, &ticket).await;
    say(store, a_comment(1, ticket.id, CUSTOMERS[0], "Please", false)).await;
    let mut note = a_comment(2, ticket.id, AGENT, "No", true);
    note.mentions = vec![TECHNICIANS[0], AGENT];
    say(store, note).await;
    say(store, a_comment(3, ticket.id, AGENT, "Yes", false)).await;
    ticket
}

async fn heard(store: &Store, viewer: Viewer, ticket: &TicketState) -> Option<Vec<String>> {
    let view = store.view(viewer, &ticket.id.into()).await.unwrap()?;
    assert_eq!(view.row.comment_count, view.comments.len() as u64);
    let listed = store.comments(viewer, ticket.id, &PageRequest::number(1, 100)).await.unwrap();
    assert_eq!(listed.items, view.comments);
    assert_eq!(listed.total, Some(view.row.comment_count));
    Some(view.comments.into_iter().map(|comment| comment.content).collect())
}

on_both_backends! {
    async fn internal_comments_are_heard_by_staff_and_the_assigned_technician(store: Store) {
        let ticket = a_discussed_ticket(&store).await;
        for viewer in [STAFF, technician(0)] {
            assert_eq!(heard(&store, viewer, &ticket).await.unwrap(), ["Please", "No", "Yes"]);
        }
        assert_eq!(heard(&store, customer(0), &ticket).await.unwrap(), ["Please", "Yes"]);
        assert_eq!(heard(&store, customer(1), &ticket).await, None);
        assert_eq!(heard(&store, technician(1), &ticket).await, None);
    }

    async fn a_comment_is_found_by_those_who_hear_it(store: Store) {
        let ticket = a_discussed_ticket(&store).await;
        let view = store.view(STAFF, &ticket.id.into()).await.unwrap().unwrap();
        let note = &view.comments[1];
        for reference in [Reference::Id(note.id.0), Reference::Serial(note.serial)] {
            let staff = store.comment_view(STAFF, ticket.id, &reference).await.unwrap();
            assert_eq!(staff.as_ref(), Some(note));
            assert_eq!(store.comment_view(customer(0), ticket.id, &reference).await.unwrap(), None);
            assert_eq!(store.comment_view(customer(1), ticket.id, &reference).await.unwrap(), None);
        }
        assert_eq!(store.comment_view(STAFF, ticket.id, &Reference::Name("x".to_owned())).await.unwrap(), None);
    }

    async fn who_is_mentioned_is_shown_in_the_order_of_the_mentions(store: Store) {
        let ticket = a_discussed_ticket(&store).await;
        let view = store.view(STAFF, &ticket.id.into()).await.unwrap().unwrap();
        let mentioned: Vec<_> = view.comments[1].mentions.iter().map(|person| person.id).collect();
        assert_eq!(mentioned, [TECHNICIANS[0], AGENT]);
        assert!(view.comments[0].mentions.is_empty());
    }

    async fn a_conversation_is_walked_from_its_beginning(store: Store) {
        let ticket = a_discussed_ticket(&store).await;
        for n in 10..30 {
            say(&store, a_comment(n, ticket.id, AGENT, &format!("{n}"), n % 3 == 0)).await;
        }
        for viewer in [STAFF, customer(0)] {
            let whole = heard(&store, viewer, &ticket).await.unwrap();
            let mut walked = Vec::new();
            let mut paging = Paging::Start;
            loop {
                let page = store.comments(viewer, ticket.id, &PageRequest { paging, size: 4 }).await.unwrap();
                walked.extend(page.items.into_iter().map(|comment| comment.content));
                let Some(next) = page.next else { break };
                paging = Paging::After(next);
            }
            assert_eq!(walked, whole);
        }
    }

    async fn a_ticket_is_found_by_id_serial_and_number(store: Store) {
        let ticket = a_discussed_ticket(&store).await;
        let by_id = store.view(STAFF, &ticket.id.into()).await.unwrap().unwrap();
        for reference in [Reference::Serial(by_id.row.serial), Reference::Name("TX0001".to_owned()), Reference::Name("tx1".to_owned())] {
            assert_eq!(store.view(STAFF, &reference).await.unwrap().as_ref(), Some(&by_id), "{reference}");
        }
        for unknown in ["TX", "TX2", "TX99999999999999999999", "1", "printer", "TX-1", ""] {
            assert_eq!(store.view(STAFF, &Reference::Name(unknown.to_owned())).await.unwrap(), None, "{unknown}");
        }
    }

    async fn a_ticket_of_another_organization_does_not_exist(store: Store) {
        let ticket = a_discussed_ticket(&store).await;
        a_neighbour(&store).await;
        let neighbour = Viewer { organization: ELSEWHERE, sight: Sight::All };
        assert_eq!(store.view(neighbour, &ticket.id.into()).await.unwrap(), None);
        assert!(store.comments(neighbour, ticket.id, &PageRequest::number(1, 10)).await.unwrap().items.is_empty());
        assert!(store.history(neighbour, ticket.id, &PageRequest::number(1, 10)).await.unwrap().items.is_empty());
    }

    async fn an_account_that_is_gone_keeps_its_name_on_what_it_said(store: Store) {
        let ticket = a_discussed_ticket(&store).await;
        let mut gone = (*user(ORGANIZATION, AGENT, Role::Agent, "agent")).clone();
        gone.deleted_at = Some(minutes(50));
        let gone = helpdesk_domain::identity::User::restored(gone);
        store.commit(Changes::of(ORGANIZATION).with(Write::SaveUser(Box::new(gone)), [])).await.unwrap();
        let view = store.view(STAFF, &ticket.id.into()).await.unwrap().unwrap();
        assert_eq!(view.comments[2].author.first_name, "agent");
        assert_eq!(view.comments[1].mentions.len(), 2);
    }

    async fn history_is_newest_first_and_its_internal_lines_are_for_staff(store: Store) {
        let mut ticket = a_discussed_ticket(&store).await;
        let mut agent = somebody(41, Role::Agent);
        agent.user = AGENT;
        let change = |field: &str| Happened::TicketUpdated {
            changes: vec![FieldChange { field: field.to_owned(), old: None, new: Some("x".to_owned()) }],
        };
        for (revision, field) in [(1, "title"), (2, "admin_notes"), (3, "sub_category")] {
            ticket.revision = store_revision(&store, &ticket).await;
            assert!(ticket.revision >= revision);
            let event = Event::of_ticket(ticket.id, &agent, minutes(100 + revision), change(field));
            let save = Changes::of(ORGANIZATION).with(Write::SaveTicket(Box::new(Ticket::restored(ticket.clone()))), [event]);
            store.commit(save).await.unwrap();
        }
        for (viewer, fields) in [
            (STAFF, vec!["sub_category", "admin_notes", "title"]),
            (technician(0), vec!["sub_category", "title"]),
            (customer(0), vec!["sub_category", "title"]),
            (customer(1), vec![]),
        ] {
            let page = store.history(viewer, ticket.id, &PageRequest::number(1, 10)).await.unwrap();
            assert_eq!(page.total, Some(fields.len() as u64), "{viewer:?}");
            let shown: Vec<_> = page.items.iter().map(|line| line.field.clone().unwrap()).collect();
            assert_eq!(shown, fields, "{viewer:?}");
            assert!(page.items.iter().all(|line| line.actor.as_ref().unwrap().id == AGENT));
        }
        let first = store.history(STAFF, ticket.id, &PageRequest { paging: Paging::Start, size: 2 }).await.unwrap();
        let rest = PageRequest { paging: Paging::After(first.next.unwrap()), size: 2 };
        let rest = store.history(STAFF, ticket.id, &rest).await.unwrap();
        assert_eq!((first.items.len(), rest.items.len(), rest.next), (2, 1, None));
    }

    async fn figures_are_those_of_a_recount_for_everybody(store: Store) {
        let tickets = a_busy_desk(&store).await;
        let (now, midnight) = (minutes(4_000), minutes(2 * 24 * 60));
        for viewer in viewers() {
            let mine: Vec<&TicketState> =
                tickets.iter().filter(|ticket| viewer.sight.covers(ticket.requester, ticket.assignee)).collect();
            let stats = store.stats(viewer, now, midnight).await.unwrap();
            let mut counts: BTreeMap<(Status, Option<Priority>), u64> = BTreeMap::new();
            let mut categories: BTreeMap<Option<String>, u64> = BTreeMap::new();
            for ticket in &mine {
                *counts.entry((ticket.status, ticket.priority)).or_default() += 1;
                let category = ticket.category.and_then(|id| CATEGORIES.iter().position(|other| *other == id));
                *categories.entry(category.map(|n| format!("Category {n}"))).or_default() += 1;
            }
            let told: BTreeMap<_, _> = stats.by_status_and_priority.iter().map(|(s, p, n)| ((*s, *p), *n)).collect();
            assert_eq!(told, counts, "{viewer:?}");
            let named = stats.by_category.iter().map(|(category, n)| (category.as_ref().map(|category| category.name.clone()), *n));
            assert_eq!(named.collect::<BTreeMap<_, _>>(), categories, "{viewer:?}");
            assert!(stats.by_category.last().unwrap().0.is_none());
            assert_eq!(stats.total(), mine.len() as u64);
            let late = |ticket: &&&TicketState| {
                ticket.status.is_active() && due(ticket).is_some_and(|due| due < now)
            };
            assert_eq!(stats.overdue, mine.iter().filter(late).count() as u64, "{viewer:?}");
            let took: Vec<i64> =
                mine.iter().filter_map(|ticket| ticket.resolved_at.map(|at| (at - ticket.created_at).num_seconds())).collect();
            #[expect(clippy::cast_precision_loss, reason = "a few days of a few tickets")]
            let mean = took.iter().sum::<i64>() as f64 / took.len() as f64;
            assert!((stats.mean_resolution_seconds.unwrap() - mean).abs() < 1e-9, "{viewer:?}");
            assert_eq!(stats.created_today, mine.iter().filter(|ticket| ticket.created_at >= midnight).count() as u64);
            let resolved = mine.iter().filter(|ticket| ticket.resolved_at.is_some_and(|at| at >= midnight)).count();
            assert_eq!(stats.resolved_today, resolved as u64, "{viewer:?}");
        }
    }

    async fn without_tickets_the_figures_are_zero(store: Store) {
        an_empty_desk(&store).await;
        for viewer in viewers() {
            let stats = store.stats(viewer, minutes(10), minutes(0)).await.unwrap();
            assert_eq!(stats, helpdesk_domain::ticket::TicketStats::default());
        }
    }
}

async fn store_revision(store: &Store, ticket: &TicketState) -> i64 {
    store.view(STAFF, &ticket.id.into()).await.unwrap().unwrap().row.revision
}
