//! Tickets and what is said on them.

use helpdesk_domain::identity::Role;
use helpdesk_domain::kernel::id::TagId;
use helpdesk_domain::kernel::text::{CommentText, TagName};
use helpdesk_domain::kernel::{Reference, Sight, StoreError};
use helpdesk_domain::taxonomy::Tag;
use helpdesk_domain::taxonomy::port::TaxonomyRepository;
use helpdesk_domain::testing::minutes;
use helpdesk_domain::ticket::port::{TicketReader, TicketRepository, Viewer};
use helpdesk_domain::ticket::{Comment, CommentState, Ticket, TicketState};
use helpdesk_domain::work::Write;
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id, labelled};
use helpdesk_tests::on_both_backends;

use crate::{staff, stored};

async fn tags(office: &Office, names: [&str; 3]) -> [Tag; 3] {
    let tags = names.map(|name| Tag::named(TagId(id()), office.organization, TagName::trusted(name.to_owned()), minutes(0)));
    office.commit(tags.clone().map(Write::AddTag)).await.unwrap();
    tags
}

async fn uses(office: &Office, tag: &Tag) -> u64 {
    office.store.tag_view(office.organization, &tag.id.into()).await.unwrap().unwrap().ticket_count
}

on_both_backends! {
    async fn a_ticket_comes_back_as_it_was_written(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = office.ticket().await;
        let found = stored(&office, state.id).await.unwrap();
        // What it is judged by is the store's.
        let written = TicketState { judged: found.judged.clone(), ..state };
        assert_eq!(found, Ticket::restored(written));
    }

    async fn a_ticket_is_found_by_its_number(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = office.ticket().await;
        for name in ["TX0001", "TX1"] {
            assert_eq!(stored(&office, Reference::Name(name.to_owned())).await.map(|found| found.id), Some(state.id));
        }
        for name in ["TX0002", "TX", "TX-1", "0001", "TX99999999999999999999"] {
            assert_eq!(stored(&office, Reference::Name(name.to_owned())).await, None, "{name}");
        }
    }

    async fn a_save_adds_and_removes_labels_and_counts_them(store: Store) {
        let office = Office::open(&store, "acme").await;
        let [a, b, c] = tags(&office, ["a", "b", "c"]).await;
        let state = labelled(&office.draft(), [a.id, b.id]);
        helpdesk_domain::work::UnitOfWork::commit(&store, office.opening(state.clone())).await.unwrap();
        let changed = labelled(&state, [b.id, c.id]);
        office.commit([Write::SaveTicket(Box::new(Ticket::restored(changed.clone())))]).await.unwrap();
        assert_eq!(stored(&office, state.id).await.unwrap().tags, changed.tags);
        assert_eq!([uses(&office, &a).await, uses(&office, &b).await, uses(&office, &c).await], [0, 1, 1]);
    }

    async fn a_ticket_with_an_unknown_label_is_decided_again(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = labelled(&office.draft(), [TagId(id())]);
        let late = helpdesk_domain::work::UnitOfWork::commit(&store, office.opening(state)).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    }

    async fn a_ticket_of_another_organization_does_not_exist(store: Store) {
        let (acme, other) = (Office::open(&store, "acme").await, Office::open(&store, "other").await);
        let state = acme.ticket().await;
        assert_eq!(stored(&other, state.id).await, None);
        let stolen = other.commit([Write::SaveTicket(Box::new(Ticket::restored(state.clone())))]).await;
        assert!(matches!(stolen, Err(StoreError::Stale)), "{stolen:?}");
        let stolen = other.commit([Write::AddComment(other.words(state.id, "Hello", false))]).await;
        assert!(matches!(stolen, Err(StoreError::Stale)), "{stolen:?}");
        let stolen = other.commit([Write::DeleteTicket(state.id, 1, minutes(0))]).await;
        assert!(matches!(stolen, Err(StoreError::Stale)), "{stolen:?}");
    }

    async fn customers_find_their_own_tickets_and_technicians_those_assigned_to_them_too(store: Store) {
        let office = Office::open(&store, "acme").await;
        let technician = office.hire("technician", Role::Technician).await;
        let state = office.ticket().await;
        let assigned = TicketState { assignee: Some(technician.id), ..office.draft() };
        helpdesk_domain::work::UnitOfWork::commit(&store, office.opening(assigned.clone())).await.unwrap();
        let sees = async |sight, ticket: &TicketState| {
            let viewer = Viewer { organization: office.organization, sight };
            TicketRepository::find(&store, viewer, &ticket.id.into()).await.unwrap().is_some()
        };
        assert!(sees(Sight::Own(office.customer.id), &state).await);
        assert!(!sees(Sight::Own(office.agent.id), &state).await);
        assert!(!sees(Sight::OwnAndAssigned(technician.id), &state).await);
        assert!(sees(Sight::OwnAndAssigned(technician.id), &assigned).await);
    }

    async fn internal_comments_are_not_there_for_those_who_may_not_see_them(store: Store) {
        let office = Office::open(&store, "acme").await;
        let ticket = office.ticket().await.id;
        let (public, internal) = (office.words(ticket, "Hello", false), office.words(ticket, "Psst", true));
        office.commit([Write::AddComment(public.clone()), Write::AddComment(internal.clone())]).await.unwrap();
        let sees = async |sight, comment: &Comment| {
            let viewer = Viewer { organization: office.organization, sight };
            store.comment(viewer, ticket, &comment.id.into()).await.unwrap()
        };
        assert_eq!(sees(Sight::All, &internal).await, Some(internal.clone()));
        assert_eq!(sees(Sight::Own(office.customer.id), &public).await, Some(public));
        assert_eq!(sees(Sight::Own(office.customer.id), &internal).await, None);
        assert_eq!(sees(Sight::OwnAndAssigned(office.customer.id), &internal).await, None);
    }

    async fn comments_are_counted_for_those_who_see_them(store: Store) {
        let office = Office::open(&store, "acme").await;
        let ticket = office.ticket().await.id;
        let (public, internal) = (office.words(ticket, "Hello", false), office.words(ticket, "Psst", true));
        office.commit([Write::AddComment(public.clone()), Write::AddComment(internal.clone())]).await.unwrap();
        let customer = Viewer { organization: office.organization, sight: Sight::Own(office.customer.id) };
        let counts = async || {
            let all = TicketReader::view(&store, staff(&office), &ticket.into()).await.unwrap().unwrap().row.comment_count;
            let own = TicketReader::view(&store, customer, &ticket.into()).await.unwrap().unwrap().row.comment_count;
            (all, own)
        };
        assert_eq!(counts().await, (2, 1));
        let hidden = CommentState { is_internal: true, content: CommentText::trusted("Hm".to_owned()), ..CommentState::clone(&public) };
        office.commit([Write::SaveComment(Comment::restored(hidden))]).await.unwrap();
        assert_eq!(counts().await, (2, 0));
        office.commit([Write::DeleteComment(ticket, internal.id)]).await.unwrap();
        assert_eq!(counts().await, (1, 0));
    }

    async fn a_deleted_ticket_is_gone_with_its_conversation_and_not_counted_any_more(store: Store) {
        let office = Office::open(&store, "acme").await;
        let [a, ..] = tags(&office, ["a", "b", "c"]).await;
        let state = labelled(&office.draft(), [a.id]);
        helpdesk_domain::work::UnitOfWork::commit(&store, office.opening(state.clone())).await.unwrap();
        office.commit([Write::AddComment(office.words(state.id, "Hello", false))]).await.unwrap();
        office.commit([Write::DeleteTicket(state.id, 1, minutes(0))]).await.unwrap();
        assert_eq!(stored(&office, state.id).await, None);
        assert_eq!(uses(&office, &a).await, 0);
        let stats = store.stats(staff(&office), minutes(0), minutes(0)).await.unwrap();
        assert_eq!(stats.total(), 0);
    }

    async fn a_ticket_is_deleted_at_the_revision_that_was_read_only(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = office.ticket().await;
        let late = office.commit([Write::DeleteTicket(state.id, 2, minutes(0))]).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
        assert!(stored(&office, state.id).await.is_some());
    }

    async fn a_commit_is_written_whole_or_not_at_all(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = office.ticket().await;
        let save = Write::SaveTicket(Box::new(Ticket::restored(state.clone())));
        let refused = office.commit([save, Write::DeleteTag(TagId(id()))]).await;
        assert!(refused.is_err());
        assert_eq!(stored(&office, state.id).await.unwrap().revision, state.revision);
    }
}
