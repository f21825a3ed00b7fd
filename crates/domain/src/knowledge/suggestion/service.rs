//! The use case of suggestions.

use std::sync::Arc;

use super::port::SuggestionReader;
use super::{Suggestion, SuggestionError, telling_words};
use crate::kernel::actor::Actor;
use crate::kernel::id::Reference;
use crate::kernel::text::{Description, Title};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::ticket::port::TicketReader;
use crate::work::{UnitOfWork, spend_key};

/// How many things are suggested at most.
const MOST: usize = 5;

/// What somebody wants help with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plea {
    /// A ticket that the actor sees.
    Ticket(Reference),
    /// What a ticket would be called, and what it would say.
    Text {
        /// Title; may be absent.
        title: Option<String>,
        /// What is said; may be absent when there is a title.
        text: Option<String>,
    },
}

/// What suggestions need from outside.
#[derive(Clone)]
pub struct Suggestions {
    /// What there is to suggest.
    pub knowledge: Arc<dyn SuggestionReader>,
    /// Tickets.
    pub tickets: Arc<dyn TicketReader>,
    /// Where the idempotency key of the request is spent.
    pub work: Arc<dyn UnitOfWork>,
}

impl Suggestions {
    /// The articles and questions that may help, best first. Changes nothing but the idempotency key of the request.
    pub async fn suggest(&self, actor: &Actor, plea: Plea) -> Result<Vec<Suggestion>, SuggestionError> {
        let (title, text) = match plea {
            Plea::Ticket(reference) => self.ticket(actor, &reference).await?,
            Plea::Text { title, text } => checked(title.as_deref(), text.as_deref())?,
        };
        let words = telling_words(&title, &text);
        spend_key(&*self.work, actor).await?;
        if words.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.knowledge.suggest(actor.organization, &words, MOST).await?)
    }

    async fn ticket(&self, actor: &Actor, reference: &Reference) -> Result<(String, String), SuggestionError> {
        let view = self.tickets.view(actor.into(), reference).await?;
        let unknown = || Violations::one("ticket", Problem::Unknown(reference.to_string()));
        let row = view.ok_or_else(unknown)?.row;
        Ok((row.title, row.description))
    }
}

fn checked(title: Option<&str>, text: Option<&str>) -> Result<(String, String), Violations> {
    let mut check = Check::new();
    if title.is_none() && text.is_none() {
        check.note("text", Problem::Required);
    }
    let title = check.optional("title", title.map(Title::parse));
    let text = check.optional("text", text.map(Description::parse));
    check.done()?;
    Ok((title.map(String::from).unwrap_or_default(), text.map(String::from).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::super::port::MockSuggestionReader;
    use super::*;
    use crate::testing::{ORGANIZATION, a_customer};
    use crate::ticket::port::MockTicketReader;
    use crate::work::MockUnitOfWork;

    fn suggestions(knowledge: MockSuggestionReader, tickets: MockTicketReader) -> Suggestions {
        let mut work = MockUnitOfWork::new();
        work.expect_commit().returning(|changes| {
            assert!(changes.writes.is_empty());
            Ok(())
        });
        Suggestions { knowledge: Arc::new(knowledge), tickets: Arc::new(tickets), work: Arc::new(work) }
    }

    #[tokio::test]
    async fn the_words_that_say_something_are_looked_for_the_title_s_first() {
        let mut knowledge = MockSuggestionReader::new();
        let wanted = ["vpn", "fails", "office", "monday"].map(str::to_owned);
        knowledge
            .expect_suggest()
            .withf(move |organization, words, most| *organization == ORGANIZATION && words == wanted && *most == 5)
            .returning(|_, _, _| Ok(Vec::new()));
        let plea = Plea::Text { title: Some("The VPN fails".into()), text: Some("In the office it fails since Monday.".into()) };
        suggestions(knowledge, MockTicketReader::new()).suggest(&a_customer(), plea).await.unwrap();
    }

    #[tokio::test]
    async fn a_text_without_a_telling_word_asks_nothing() {
        let mut knowledge = MockSuggestionReader::new();
        knowledge.expect_suggest().never();
        let plea = Plea::Text { title: None, text: Some("It is so.".into()) };
        assert!(suggestions(knowledge, MockTicketReader::new()).suggest(&a_customer(), plea).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_ticket_that_is_not_seen_is_the_field_s_fault() {
        let mut tickets = MockTicketReader::new();
        tickets.expect_view().returning(|_, _| Ok(None));
        let refused = suggestions(MockSuggestionReader::new(), tickets);
        let refused = refused.suggest(&a_customer(), Plea::Ticket(Reference::Serial(5))).await.unwrap_err();
        assert!(matches!(refused, SuggestionError::Invalid(violations) if violations.0[0].field == "ticket"));
    }
}
