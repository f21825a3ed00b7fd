//! How far the log was read for whom is erased.

use helpdesk_domain::event::{Event, Happened};
use helpdesk_domain::kernel::id::FileId;
use helpdesk_domain::privacy::port::PersonalRepository;
use helpdesk_domain::testing::minutes;
use helpdesk_domain::ticket::TicketState;
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id};
use helpdesk_tests::on_both_backends;

on_both_backends! {
    async fn how_far_the_log_was_read_is_kept_until_the_person_is_erased(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (org, jane) = (office.organization, office.customer.id);
        assert_eq!(store.reached(org, jane).await.unwrap(), 0);
        for position in [3, 7] {
            office.commit([Write::RewriteEvents(jane, Vec::new(), position)]).await.unwrap();
            assert_eq!(store.reached(org, jane).await.unwrap(), position);
        }
        assert_eq!(store.reached(org, office.agent.id).await.unwrap(), 0);
        office.commit([Write::EraseUser(jane, minutes(1))]).await.unwrap();
        assert_eq!(store.reached(org, jane).await.unwrap(), 0);
    }

    async fn the_log_is_read_by_positions_and_what_a_person_did_before_is_found_again(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (org, jane, agent) = (office.organization, office.customer.id, office.acting_agent());
        let hers = office.ticket().await.id;
        let of_agent = TicketState { requester: office.agent.id, ..office.draft() };
        let others = of_agent.id;
        store.commit(office.opening(of_agent)).await.unwrap();
        let file = FileId(id());
        let added = || Happened::AttachmentAdded { file, name: "jane.txt".to_owned(), is_internal: false };
        for event in [
            Event::of_ticket(others, &agent, minutes(0), added()),
            Event::of_ticket(others, &office.customer.as_actor(), minutes(0), added()),
            Event::of_ticket(hers, &office.customer.as_actor(), minutes(0), added()),
            Event::of_ticket(hers, &agent, minutes(0), Happened::TicketFinalized),
        ] {
            let nothing = Write::RewriteEvents(agent.user, Vec::new(), 0);
            store.commit(Changes::of(org).with(nothing, [event])).await.unwrap();
        }
        assert_eq!(store.asked_for(org, jane).await.unwrap(), [hers]);
        let mut read = Vec::new();
        let mut after = 0;
        while let Some((events, end)) = store.events(org, jane, &[hers.0], after, 2).await.unwrap() {
            read.extend(events.iter().map(|event| event.position));
            after = end;
        }
        assert_eq!((read, after), (vec![1, 2, 4, 5, 6], 6));
        let deeds = async |until| {
            let deeds = store.deeds(org, jane, &[hers], until).await.unwrap();
            deeds.iter().map(|event| event.position).collect::<Vec<_>>()
        };
        assert_eq!((deeds(4).await, deeds(6).await), (vec![1], vec![1, 5]));
    }
}
