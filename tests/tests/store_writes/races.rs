//! Of those who change one thing at once, nobody's change is lost.

use futures_util::future::join_all;
use helpdesk_domain::identity::Role;
use helpdesk_domain::kernel::Reference;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::Target;
use helpdesk_domain::kernel::text::Title;
use helpdesk_domain::taxonomy::port::TaxonomyRepository;
use helpdesk_domain::ticket::command::{AddComment, EditTicket, OpenTicket};
use helpdesk_domain::ticket::{Status, Ticket, TicketError, TicketState};
use helpdesk_domain::work::Write;
use helpdesk_persistence::Store;
use helpdesk_tests::office::Office;
use helpdesk_tests::on_both_backends;

use crate::stored;

fn save(state: TicketState) -> Write {
    Write::SaveTicket(Box::new(Ticket::restored(state)))
}

on_both_backends! {
    async fn a_save_at_another_revision_is_stale(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = office.ticket().await;
        office.commit([save(state.clone())]).await.unwrap();
        let late = office.commit([save(TicketState { title: Title::trusted("Late".to_owned()), ..state.clone() })]).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
        assert_eq!(stored(&office, state.id).await.unwrap().title, state.title);
    }

    async fn a_save_of_a_deleted_ticket_is_stale(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = office.ticket().await;
        office.commit([Write::DeleteTicket(state.id, 1, state.created_at)]).await.unwrap();
        let late = office.commit([save(state)]).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    }

    async fn of_many_who_claim_a_ticket_one_gets_it(store: Store) {
        let office = Office::open(&store, "acme").await;
        let ticket = office.ticket().await.id;
        let desk = office.desk();
        let agents = join_all((0..12).map(|n| { let office = office.clone(); async move { office.hire(&format!("agent{n}"), Role::Agent).await } })).await;
        let target = Target::from(ticket);
        let claims = join_all(agents.iter().map(|agent| {
            let (desk, actor, target) = (desk.clone(), agent.as_actor(), target.clone());
            async move { desk.claim(&actor, &target).await }
        }))
        .await;
        assert_eq!(claims.iter().filter(|claim| claim.is_ok()).count(), 1);
        let refused = claims.iter().filter(|claim| matches!(claim, Err(TicketError::AlreadyClaimed | TicketError::InvalidTransition { .. })));
        assert_eq!(refused.count(), 11);
        let holder = agents.iter().zip(&claims).find(|(_, claim)| claim.is_ok()).map(|(agent, _)| agent.id);
        assert_eq!(stored(&office, ticket).await.unwrap().assignee, holder);
    }

    async fn edits_of_different_fields_at_once_both_survive(store: Store) {
        let office = Office::open(&store, "acme").await;
        let ticket = office.ticket().await.id;
        let (desk, actor) = (office.desk(), office.acting_agent());
        let title = desk.edit(&actor, EditTicket { title: Some("New title".to_owned()), ..EditTicket::of(ticket) });
        let notes = desk.edit(&actor, EditTicket { admin_notes: Some(Some("Call back".to_owned())), ..EditTicket::of(ticket) });
        let field = desk.edit(&actor, EditTicket { sub_category: Some(Some("Printers".to_owned())), ..EditTicket::of(ticket) });
        let (title, notes, field) = futures_util::future::join3(title, notes, field).await;
        title.unwrap();
        notes.unwrap();
        field.unwrap();
        let now = stored(&office, ticket).await.unwrap();
        assert_eq!(now.title.as_str(), "New title");
        assert_eq!(now.admin_notes.as_deref(), Some("Call back"));
        assert_eq!(now.sub_category.as_deref(), Some("Printers"));
    }

    async fn comments_at_once_are_all_kept(store: Store) {
        let office = Office::open(&store, "acme").await;
        let ticket = office.ticket().await.id;
        let (desk, actor) = (office.desk(), office.acting_agent());
        let said = join_all((0..24).map(|n| desk.comment(&actor, AddComment {
            target: ticket.into(),
            content: Some(format!("Comment {n}")),
            is_internal: n % 2 == 0,
            mentions: Vec::new(),
        })))
        .await;
        assert!(said.iter().all(Result::is_ok), "{said:?}");
        let view = desk.read(&actor, &ticket.into()).await.unwrap();
        assert_eq!((view.comments.len(), view.row.comment_count), (24, 24));
    }

    async fn a_new_tag_that_many_name_at_once_is_made_once(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (desk, actor) = (office.desk(), office.customer.as_actor());
        let opened = join_all((0..8).map(|n| desk.open(&actor, OpenTicket {
            title: Some(format!("Ticket {n}")),
            description: Some("It is slow.".to_owned()),
            tags: vec![Reference::Name(if n % 2 == 0 { "Slow".to_owned() } else { "sLOW".to_owned() })],
            ..OpenTicket::default()
        })))
        .await;
        assert!(opened.iter().all(Result::is_ok), "{opened:?}");
        let tag = store.tag_view(office.organization, &Reference::Name("slow".to_owned())).await.unwrap().unwrap();
        assert_eq!(tag.ticket_count, 8);
    }

    async fn a_ticket_keeps_its_place_when_somebody_claims_while_it_is_deleted(store: Store) {
        let office = Office::open(&store, "acme").await;
        let ticket = office.ticket().await.id;
        let (desk, actor) = (office.desk(), office.acting_agent());
        let target = Target::from(ticket);
        let claim = desk.claim(&actor, &target);
        let delete = office.commit([Write::DeleteTicket(ticket, 1, helpdesk_domain::testing::minutes(0))]);
        let (claim, delete) = futures_util::future::join(claim, delete).await;
        assert_eq!(stored(&office, ticket).await.map(|ticket| ticket.status), delete.is_err().then_some(Status::InProgress));
        assert!(claim.is_ok() || delete.is_ok());
    }
}
