//! One event and the rules that begin with it: each sees the ticket as the one before left it.

use super::automaton;
use super::deed::{Deed, Hand};
use super::harvest::{Harvest, Occasion};
use crate::automation::{Facts, Outcome, Rule};
use crate::event::Origin;
use crate::kernel::fault::Fault;
use crate::kernel::id::RuleId;
use crate::kernel::violation::Problem;
use crate::ticket::{TicketError, Utterance};

/// Holds the rule against the ticket that has come so far, and carries it out where it applies.
pub(super) fn meet(rule: &Rule, harvest: &mut Harvest, occasion: Occasion<'_>) {
    let happened = occasion.recorded.map(|recorded| &recorded.event.happened);
    let facts = Facts { ticket: &harvest.ticket, happened, names: &occasion.known.names };
    if !rule.conditions.hold(&facts) {
        return;
    }
    let origin = occasion.recorded.and_then(|recorded| recorded.event.origin.as_ref());
    let chain = origin.map_or(&[][..], Origin::chain);
    let (signature, fresh) = (rule.signature(origin), || occasion.ids.next());
    let hand = Hand {
        author: automaton(rule.organization),
        in_public: Utterance::Public,
        known: occasion.known,
        now: occasion.now,
        fresh: &fresh,
    };
    match Deed::of(&harvest.ticket, &rule.actions, &hand) {
        Ok(deed) if deed.is_nothing() => {}
        Ok(_) if rule.is_cut(chain) => harvest.note(&signature, Outcome::Cut, cut(rule, chain), occasion),
        Ok(deed) => harvest.take(&signature, deed, occasion),
        Err(error) => harvest.note(&signature, Outcome::Failed, &reason(&error), occasion),
    }
}

/// Why a rule is not carried out.
pub(super) fn cut(rule: &Rule, chain: &[RuleId]) -> &'static str {
    if chain.contains(&rule.id) {
        "It would begin with what it led to itself."
    } else {
        "Five rules led to it, each by what the one before did."
    }
}

/// Why something could not be done, as a person reads it.
pub(super) fn reason(error: &TicketError) -> String {
    let Some(violations) = error.violations() else { return error.to_string() };
    let told = |(field, problems): (&str, Vec<&Problem>)| match problems.first() {
        Some(Problem::NotAssignable) => "The person cannot be given tickets.".to_owned(),
        Some(Problem::Unknown(_)) => format!("The {field} is gone."),
        Some(Problem::TooMany(most)) => format!("A ticket has at most {most} {field}."),
        Some(Problem::Other(sentence)) => (*sentence).to_owned(),
        _ => format!("The {field} cannot be so."),
    };
    violations.by_field().into_iter().map(told).collect::<Vec<_>>().join(" ")
}
