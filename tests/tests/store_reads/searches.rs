//! Full-text search: what is found, by whom, in which order, and how it is shown.

use std::collections::BTreeSet;

use helpdesk_domain::kernel::id::TicketId;
use helpdesk_domain::kernel::text::Description;
use helpdesk_domain::kernel::{PageRequest, Paging};
use helpdesk_domain::search::SearchText;
use helpdesk_domain::testing::{a_ticket_state, minutes};
use helpdesk_domain::ticket::port::{TicketReader, Viewer};
use helpdesk_domain::ticket::{Status, Ticket, TicketFilter, TicketOrder, TicketQuery, TicketRow, TicketSort, TicketState};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use helpdesk_persistence::Store;
use helpdesk_tests::on_both_backends;

use super::desk::{
    AGENT, CUSTOMERS, STAFF, TECHNICIANS, a_comment, a_neighbour, an_empty_desk, customer, open, say, saying, technician,
};

fn query(text: &str) -> TicketQuery {
    TicketQuery { filter: TicketFilter { search: Some(SearchText::parse(text)), ..TicketFilter::default() }, order: Vec::new() }
}

async fn rows(store: &Store, viewer: Viewer, query: &TicketQuery) -> Vec<TicketRow> {
    let page = store.page(viewer, query, &PageRequest::number(1, 100)).await.unwrap();
    assert_eq!(page.total, Some(page.items.len() as u64));
    page.items
}

async fn found(store: &Store, viewer: Viewer, text: &str) -> Vec<String> {
    rows(store, viewer, &query(text)).await.into_iter().map(|row| row.title).collect()
}

async fn a_desk_of(store: &Store, tickets: &[TicketState]) {
    an_empty_desk(store).await;
    for ticket in tickets {
        open(store, ticket).await;
    }
}

async fn three(store: &Store) {
    let tickets = [
        saying(1, "Printer jams", "The printer on floor two eats paper."),
        saying(2, "VPN down", "No connection to the office since Monday. Größe: 5"),
        saying(3, "Paper is out", "Order paper for the printers, please."),
    ];
    a_desk_of(store, &tickets).await;
}

on_both_backends! {
    async fn every_word_must_be_found(store: Store) {
        three(&store).await;
        assert_eq!(found(&store, STAFF, "paper").await, ["Paper is out", "Printer jams"]);
        assert_eq!(found(&store, STAFF, "paper floor").await, ["Printer jams"]);
        assert!(found(&store, STAFF, "paper monday").await.is_empty());
    }

    async fn the_beginning_of_a_word_finds_it(store: Store) {
        three(&store).await;
        assert_eq!(found(&store, STAFF, "prin").await, ["Paper is out", "Printer jams"]);
        assert_eq!(found(&store, STAFF, "printers").await, ["Paper is out"]);
        assert_eq!(found(&store, STAFF, "5").await, ["VPN down"]);
    }

    async fn accents_and_capitals_do_not_matter(store: Store) {
        three(&store).await;
        assert_eq!(found(&store, STAFF, "GROSSE").await.len() + found(&store, STAFF, "große").await.len(), 1);
        assert_eq!(found(&store, STAFF, "vpn").await, ["VPN down"]);
    }

    async fn one_typo_is_forgiven_where_nothing_matches_as_written(store: Store) {
        three(&store).await;
        for typed in ["conection", "connektion", "connectino", "connectiion"] {
            assert_eq!(found(&store, STAFF, typed).await, ["VPN down"], "{typed}");
        }
        assert!(found(&store, STAFF, "conexio").await.is_empty());
        assert_eq!(found(&store, STAFF, "printer flor").await, ["Printer jams"]);
    }

    async fn a_word_that_somebody_may_not_see_does_not_keep_a_typo_from_being_forgiven(store: Store) {
        let mut foreign = saying(1, "Foreign", "databose");
        foreign.requester = CUSTOMERS[1];
        a_desk_of(&store, &[foreign, saying(2, "Mine", "database")]).await;
        assert_eq!(found(&store, customer(0), "databose").await, ["Mine"]);
        assert_eq!(found(&store, STAFF, "databose").await, ["Foreign"]);
    }

    async fn words_that_never_meet_find_nothing(store: Store) {
        three(&store).await;
        assert!(found(&store, STAFF, "jams monday").await.is_empty());
        assert!(found(&store, STAFF, "xylophone").await.is_empty());
        assert!(found(&store, STAFF, " -- ").await.is_empty());
    }

    async fn a_search_sees_a_write_as_soon_as_it_is_acknowledged(store: Store) {
        an_empty_desk(&store).await;
        let mut ticket = saying(1, "Before", "walrus");
        open(&store, &ticket).await;
        assert_eq!(found(&store, STAFF, "walrus").await, ["Before"]);
        ticket.description = Description::trusted("octopus".to_owned());
        let save = Changes::of(ticket.organization).with(Write::SaveTicket(Box::new(Ticket::restored(ticket.clone()))), []);
        store.commit(save).await.unwrap();
        assert!(found(&store, STAFF, "walrus").await.is_empty());
        assert_eq!(found(&store, STAFF, "octopus").await, ["Before"]);
        say(&store, a_comment(1, ticket.id, AGENT, "A heron, rather.", false)).await;
        assert_eq!(found(&store, STAFF, "heron").await, ["Before"]);
        let revision = rows(&store, STAFF, &query("heron")).await[0].revision;
        let delete = Changes::of(ticket.organization).with(Write::DeleteTicket(ticket.id, revision, minutes(9)), []);
        store.commit(delete).await.unwrap();
        assert!(found(&store, STAFF, "octopus").await.is_empty());
    }

    async fn internal_words_are_not_found_by_customers_not_even_by_a_typo(store: Store) {
        let mut ticket = saying(1, "Help", "me");
        ticket.assignee = Some(TECHNICIANS[0]);
        a_desk_of(&store, &[ticket.clone()]).await;
        say(&store, a_comment(1, ticket.id, AGENT, "The customer is insolvent", true)).await;
        for text in ["insolvent", "insol", "insolvant", "help insolvent"] {
            assert!(found(&store, customer(0), text).await.is_empty(), "{text}");
            assert_eq!(found(&store, STAFF, text).await, ["Help"], "{text}");
            assert_eq!(found(&store, technician(0), text).await, ["Help"], "{text}");
            assert!(found(&store, technician(1), text).await.is_empty(), "{text}");
        }
    }

    async fn everybody_finds_their_own(store: Store) {
        let mut second = saying(2, "Second", "common");
        second.requester = CUSTOMERS[1];
        let mut third = saying(3, "Third", "common");
        third.requester = TECHNICIANS[0];
        let mut fourth = saying(4, "Fourth", "common");
        (fourth.requester, fourth.assignee) = (CUSTOMERS[1], Some(TECHNICIANS[0]));
        a_desk_of(&store, &[saying(1, "First", "common"), second, third, fourth]).await;
        assert_eq!(found(&store, STAFF, "common").await, ["Fourth", "Third", "Second", "First"]);
        assert_eq!(found(&store, customer(0), "common").await, ["First"]);
        assert_eq!(found(&store, customer(1), "common").await, ["Fourth", "Second"]);
        assert_eq!(found(&store, technician(0), "common").await, ["Fourth", "Third"]);
        assert!(found(&store, technician(1), "common").await.is_empty());
    }

    async fn a_technician_does_not_find_the_internal_notes_of_their_own_request(store: Store) {
        let mut ticket = saying(1, "Own", "request");
        ticket.requester = TECHNICIANS[0];
        a_desk_of(&store, &[ticket.clone()]).await;
        say(&store, a_comment(1, ticket.id, AGENT, "suspicious", true)).await;
        assert!(found(&store, technician(0), "suspicious").await.is_empty());
        assert_eq!(found(&store, technician(0), "request").await, ["Own"]);
    }

    async fn nobody_finds_the_tickets_of_another_organization(store: Store) {
        three(&store).await;
        a_neighbour(&store).await;
        assert!(found(&store, STAFF, "burns").await.is_empty());
    }

    async fn scopes_are_not_words(store: Store) {
        three(&store).await;
        for text in ["o1", "r1", "a1", "scope", "o:1", "public", "1"] {
            assert!(found(&store, STAFF, text).await.is_empty(), "{text}");
        }
    }

    async fn what_the_engines_read_as_syntax_is_only_text(store: Store) {
        three(&store).await;
        for text in ["paper AND floor", "paper NOT", "\"paper", "paper*", "paper:*", "(paper", "'paper' & !", "scope : o1 OR paper", "^paper", "NEAR(paper)"] {
            store.page(STAFF, &query(text), &PageRequest::number(1, 10)).await.unwrap();
        }
        assert_eq!(found(&store, STAFF, "\"paper\" * floor").await, ["Printer jams"]);
    }

    async fn a_search_is_filtered_like_any_list(store: Store) {
        let mut closed = saying(2, "Closed", "common");
        closed.status = Status::Closed;
        a_desk_of(&store, &[saying(1, "Open", "common"), closed]).await;
        let mut only = query("common");
        only.filter.statuses = Some(vec![Status::Closed]);
        assert_eq!(rows(&store, STAFF, &only).await.len(), 1);
        only.filter.involving = Some(CUSTOMERS[1]);
        assert!(rows(&store, STAFF, &only).await.is_empty());
    }

    async fn a_search_can_be_walked_in_every_order(store: Store) {
        let tickets: Vec<TicketState> = (1..=23)
            .map(|n| {
                let mut ticket = saying(n, if n % 3 == 0 { "common" } else { "rare" }, "common words");
                ticket.updated_at = minutes(i64::try_from(n * 7 % 11).unwrap());
                ticket
            })
            .collect();
        a_desk_of(&store, &tickets).await;
        let sorts = [TicketSort::CreatedAt, TicketSort::UpdatedAt, TicketSort::Priority, TicketSort::DueDate, TicketSort::Status, TicketSort::Relevance];
        for (by, descending) in sorts.into_iter().flat_map(|by| [(by, true), (by, false)]) {
            let query = TicketQuery { order: vec![TicketOrder { by, descending }], ..query("common") };
            let whole: Vec<TicketId> = rows(&store, STAFF, &query).await.iter().map(|row| row.id).collect();
            assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), 23, "{by:?}");
            assert_eq!(walked(&store, &query).await, whole, "{by:?} {descending}");
        }
    }

    async fn the_most_relevant_comes_first_when_asked_for(store: Store) {
        let tickets = [saying(1, "Printer", "printer"), saying(2, "Slow", "the printer"), saying(3, "Printers", "are slow")];
        a_desk_of(&store, &tickets).await;
        let order = vec![TicketOrder { by: TicketSort::Relevance, descending: true }];
        let query = TicketQuery { order, ..query("printer") };
        let titles: Vec<String> = rows(&store, STAFF, &query).await.into_iter().map(|row| row.title).collect();
        assert_eq!(titles, ["Printer", "Printers", "Slow"]);
    }

    async fn a_hit_is_shown_marked_and_escaped(store: Store) {
        a_desk_of(&store, &[saying(1, "<i>", "a <script> & a printer")]).await;
        let rows = rows(&store, STAFF, &query("print")).await;
        assert_eq!(rows[0].snippet.as_deref(), Some("a &lt;script&gt; &amp; a <mark>printer</mark>"));
    }

    async fn a_mended_word_is_marked(store: Store) {
        three(&store).await;
        let rows = rows(&store, STAFF, &query("conection")).await;
        assert_eq!(rows[0].snippet.as_deref().unwrap().matches("<mark>connection</mark>").count(), 1);
    }

    async fn a_hit_in_a_comment_is_shown_to_those_who_hear_it(store: Store) {
        let ticket = saying(1, "Help", "me");
        a_desk_of(&store, std::slice::from_ref(&ticket)).await;
        say(&store, a_comment(1, ticket.id, AGENT, "toner is public", false)).await;
        say(&store, a_comment(2, ticket.id, AGENT, "toner is secret", true)).await;
        let of = |rows: Vec<TicketRow>| rows[0].snippet.clone().unwrap();
        assert_eq!(of(rows(&store, STAFF, &query("toner")).await), "<mark>toner</mark> is secret");
        assert_eq!(of(rows(&store, customer(0), &query("toner")).await), "<mark>toner</mark> is public");
    }

    async fn a_beginning_of_very_many_words_finds_all_of_them(store: Store) {
        let words: Vec<String> = (0..200).map(|n| format!("item{n:03}")).collect();
        a_desk_of(&store, &[saying(1, "Stock", &words.join(" ")), saying(2, "One", "item199"), saying(3, "None", "nothing")]).await;
        assert_eq!(found(&store, STAFF, "item").await, ["One", "Stock"]);
        assert_eq!(found(&store, customer(0), "item1").await, ["One", "Stock"]);
    }

    async fn long_and_strange_texts_are_indexed(store: Store) {
        let long: String = (0..9_000).map(|n| format!("w{n} ")).collect();
        let strange = "नमस्ते दुनिया 你好世界 ١٢٣ ①② e\u{301}te\u{301} ẞ x'y \\ \" ñ";
        a_desk_of(&store, &[saying(1, "Long", &long), saying(2, "Strange", strange)]).await;
        assert_eq!(found(&store, STAFF, "w8999").await, ["Long"]);
        for text in ["नमस्ते", "दुनिया", "ete", "x", "你好"] {
            assert_eq!(found(&store, STAFF, text).await, ["Strange"], "{text}");
        }
    }
}

async fn walked(store: &Store, query: &TicketQuery) -> Vec<TicketId> {
    let mut ids = Vec::new();
    let mut paging = Paging::Start;
    loop {
        let page = store.page(STAFF, query, &PageRequest { paging, size: 5 }).await.unwrap();
        ids.extend(page.items.iter().map(|row| row.id));
        match page.next {
            Some(next) => paging = Paging::After(next),
            None => return ids,
        }
    }
}

#[test]
fn the_neighbour_has_a_ticket_that_burns() {
    assert!(a_ticket_state(Status::Open).description.as_str().contains("burns"));
}
