//! What is said on a ticket, and what follows from it.

use super::*;

#[tokio::test]
async fn a_requesters_answer_puts_a_pending_ticket_back_to_open() {
    let ticket = a_ticket(Status::Pending);
    let (mut desk, _, committed) = a_desk(&ticket, &[]);
    desk.reader = with_a_comment();
    desk.comment(&a_customer(), says(&ticket, "Still broken", false)).await.unwrap();
    let moved = Happened::TicketStatusChanged { from: Status::Pending, to: Status::Open, action: Action::Answer };
    assert!(happened(&committed).contains(&moved));
}

#[tokio::test]
async fn the_first_public_answer_of_staff_is_the_first_response() {
    let ticket = a_ticket(Status::Open);
    let (mut desk, clock, committed) = a_desk(&ticket, &[]);
    desk.reader = with_a_comment();
    clock.set(3);
    desk.comment(&an_agent(), says(&ticket, "Among us", true)).await.unwrap();
    assert_eq!(saved(&committed).first_response_at, None);
    desk.comment(&an_agent(), says(&ticket, "Hello", false)).await.unwrap();
    assert_eq!(saved(&committed).first_response_at, Some(crate::testing::minutes(3)));
}

#[tokio::test]
async fn a_customer_writes_no_internal_notes() {
    let ticket = a_ticket(Status::Open);
    let (desk, ..) = a_desk(&ticket, &[]);
    let refused = nothing_is_written(desk).comment(&a_customer(), says(&ticket, "psst", true)).await;
    assert!(matches!(refused, Err(TicketError::Forbidden)));
}

#[tokio::test]
async fn a_mention_of_somebody_who_may_not_see_the_comment_notifies_nobody() {
    let ticket = a_ticket(Status::Open);
    let (mut desk, _, committed) = a_desk(&ticket, &[a_customer(), an_admin()]);
    desk.reader = with_a_comment();
    let mentions = vec![a_customer().user.into(), an_admin().user.into()];
    desk.comment(&an_agent(), AddComment { mentions, ..says(&ticket, "Look", true) }).await.unwrap();
    let heard = happened(&committed).into_iter().find_map(|what| match what {
        Happened::CommentAdded { mentions, .. } => Some(mentions),
        _ => None,
    });
    assert_eq!(heard, Some(vec![an_admin().user]));
}

/// A reader that shows some comment.
fn with_a_comment() -> std::sync::Arc<crate::ticket::port::MockTicketReader> {
    let mut reader = crate::ticket::port::MockTicketReader::new();
    reader.expect_comment_view().returning(|_, _, _| {
        let author = crate::testing::a_row(&a_ticket(Status::Open)).requester;
        Ok(Some(crate::ticket::CommentView {
            id: crate::kernel::id::CommentId(uuid::Uuid::nil()),
            serial: 1,
            author,
            content: String::new(),
            is_internal: false,
            mentions: Vec::new(),
            attachments: Vec::new(),
            created_at: crate::testing::minutes(0),
            updated_at: crate::testing::minutes(0),
            revision: 1,
        }))
    });
    std::sync::Arc::new(reader)
}
