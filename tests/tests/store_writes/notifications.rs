//! What people are told, as it is stored and read.

use std::collections::BTreeMap;

use helpdesk_domain::identity::Role;
use helpdesk_domain::kernel::id::{EventId, NotificationId, TicketId};
use helpdesk_domain::kernel::{Actor, PageRequest, StoreError};
use helpdesk_domain::notification::port::{Audience, NotificationQuery, NotificationRepository};
use helpdesk_domain::notification::{Notification, NotificationKind, NotificationView};
use helpdesk_domain::testing::minutes;
use helpdesk_domain::ticket::{Priority, Ticket, TicketState};
use helpdesk_domain::work::{UnitOfWork, Write};
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id};
use helpdesk_tests::on_both_backends;

/// Something that is told to somebody; not in the store yet.
fn told(to: &Actor, ticket: TicketId, minute: i64) -> Notification {
    Notification {
        id: NotificationId(id()),
        event: EventId(id()),
        user: to.user,
        kind: NotificationKind::Reply,
        priority: Priority::High,
        title: "New reply to TX0001".to_owned(),
        message: "agent replied.".to_owned(),
        ticket: Some(ticket),
        work_order: None,
        is_internal: false,
        created_at: minutes(minute),
    }
}

async fn kept(office: &Office, notification: Notification) -> Notification {
    office.commit([Write::AddNotification(Box::new(notification.clone()))]).await.unwrap();
    notification
}

async fn listed(store: &Store, actor: &Actor) -> Vec<NotificationView> {
    let (query, page) = (NotificationQuery::default(), PageRequest::number(1, 100));
    NotificationRepository::page(store, actor, &query, &page).await.unwrap().items
}

async fn unread(store: &Store, actor: &Actor) -> u64 {
    store.unread_count(actor).await.unwrap()
}

on_both_backends! {
    async fn an_event_is_told_to_somebody_once(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (agent, customer) = (office.acting_agent(), office.customer.as_actor());
        let ticket = office.ticket().await.id;
        let first = kept(&office, told(&agent, ticket, 1)).await;
        kept(&office, Notification { id: NotificationId(id()), ..first.clone() }).await;
        kept(&office, Notification { id: NotificationId(id()), user: customer.user, ..first.clone() }).await;
        let seen = listed(&store, &agent).await;
        assert_eq!(seen.iter().map(|view| view.id).collect::<Vec<_>>(), [first.id]);
        assert_eq!(listed(&store, &customer).await.len(), 1);
    }

    async fn reading_marks_only_ones_own_that_are_unread(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (agent, customer) = (office.acting_agent(), office.customer.as_actor());
        let ticket = office.ticket().await.id;
        let (mine, theirs) = (kept(&office, told(&agent, ticket, 1)).await, kept(&office, told(&customer, ticket, 1)).await);
        let both = vec![mine.id, theirs.id];
        office.commit([Write::ReadNotifications(agent.user, both.clone(), minutes(5))]).await.unwrap();
        office.commit([Write::ReadNotifications(agent.user, both, minutes(9))]).await.unwrap();
        assert_eq!(listed(&store, &agent).await[0].read_at, Some(minutes(5)));
        assert_eq!((unread(&store, &agent).await, unread(&store, &customer).await), (0, 1));
    }

    async fn what_is_unread_is_told_up_to_a_time_and_not_more_than_asked_for(store: Store) {
        let office = Office::open(&store, "acme").await;
        let agent = office.acting_agent();
        let ticket = office.ticket().await.id;
        let mut ids = Vec::new();
        for minute in [3, 1, 2] {
            ids.push(kept(&office, told(&agent, ticket, minute)).await.id);
        }
        let oldest = async |until, limit| store.unread(&agent, minutes(until), limit).await.unwrap();
        assert_eq!(oldest(2, 10).await, [ids[1], ids[2]]);
        assert_eq!(oldest(9, 2).await, [ids[1], ids[2]]);
    }

    async fn somebody_elses_is_neither_found_nor_deleted(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (agent, customer) = (office.acting_agent(), office.customer.as_actor());
        let mine = kept(&office, told(&agent, office.ticket().await.id, 1)).await;
        assert_eq!(NotificationRepository::view(&store, &customer, &mine.id.into()).await.unwrap(), None);
        let refused = office.commit([Write::DeleteNotification(customer.user, mine.id)]).await;
        assert!(matches!(refused, Err(StoreError::Stale)));
        office.commit([Write::DeleteNotification(agent.user, mine.id)]).await.unwrap();
        assert!(listed(&store, &agent).await.is_empty());
    }

    async fn what_its_reader_may_not_see_is_withheld(store: Store) {
        let office = Office::open(&store, "acme").await;
        let technician = office.hire("technician", Role::Technician).await;
        let state = TicketState { assignee: Some(technician.id), ..office.draft() };
        store.commit(office.opening(state.clone())).await.unwrap();
        let internal = |to: &Actor| Notification { is_internal: true, ..told(to, state.id, 1) };
        let (customer, technician) = (office.customer.as_actor(), technician.as_actor());
        for actor in [&customer, &technician, &office.acting_agent()] {
            kept(&office, internal(actor)).await;
        }
        let says = async |actor: &Actor| listed(&store, actor).await[0].title.clone();
        assert_eq!(says(&customer).await, NotificationView::WITHHELD);
        assert_eq!(says(&technician).await, "New reply to TX0001");
        assert_eq!(says(&Actor { role: Role::Customer, ..office.acting_agent() }).await, NotificationView::WITHHELD);
        let unassigned = Ticket::restored(TicketState { assignee: None, ..state.clone() });
        office.commit([Write::SaveTicket(Box::new(unassigned))]).await.unwrap();
        assert_eq!(says(&technician).await, NotificationView::WITHHELD);
        assert_eq!(says(&office.acting_agent()).await, "New reply to TX0001");
        office.commit([Write::DeleteTicket(state.id, 2, minutes(9))]).await.unwrap();
        assert_eq!(says(&office.acting_agent()).await, NotificationView::WITHHELD);
    }

    async fn the_audience_of_a_ticket_knows_what_everybody_chose(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (agent, customer) = (office.agent.id, office.customer.id);
        for (kind, wanted) in [(NotificationKind::Reply, true), (NotificationKind::Mention, true), (NotificationKind::Reply, false)] {
            office.commit([Write::ChooseNotifications { user: agent, kind, wanted }]).await.unwrap();
        }
        let ticket = office.ticket().await.id;
        let audience = store.of_tickets(office.organization, &[ticket], &[agent]).await.unwrap().remove(&ticket).unwrap();
        assert_eq!((audience.requester, audience.assignee), (customer, None));
        let chosen: BTreeMap<_, _> = audience.people.into_iter().map(|person| (person.user, person.chosen)).collect();
        let of_agent = BTreeMap::from([(NotificationKind::Reply, false), (NotificationKind::Mention, true)]);
        assert_eq!(chosen, BTreeMap::from([(agent, of_agent), (customer, BTreeMap::new())]));
        assert!(store.of_tickets(office.organization, &[TicketId(id())], &[]).await.unwrap().is_empty());
    }

    async fn only_staff_of_the_organization_ask_for_new_tickets(store: Store) {
        let (office, elsewhere) = (Office::open(&store, "acme").await, Office::open(&store, "elsewhere").await);
        let kind = NotificationKind::TicketCreated;
        for (office, user) in [(&office, office.agent.id), (&office, office.customer.id), (&elsewhere, elsewhere.agent.id)] {
            office.commit([Write::ChooseNotifications { user, kind, wanted: true }]).await.unwrap();
        }
        assert_eq!(store.asking_for(office.organization, kind).await.unwrap(), [office.agent.id]);
        office.commit([Write::ChooseNotifications { user: office.agent.id, kind, wanted: false }]).await.unwrap();
        assert!(store.asking_for(office.organization, kind).await.unwrap().is_empty());
    }
}
