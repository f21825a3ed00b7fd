//! What happened to tickets on which day of their organization's zone, kept by every commit: figures over years are read
//! from as many rows as there are days, not tickets.

mod counting;
mod durations;
mod read;
mod write;

use std::collections::BTreeMap;

use chrono::{Days as Whole, NaiveDate};
use helpdesk_domain::analytics::Flow;
use helpdesk_domain::kernel::{Moment, Zone};
use sea_orm::{ConnectionTrait, DbErr};

pub(crate) use counting::{ALL, Counting, begin_again};
pub(crate) use durations::{Moves, told};
pub(crate) use read::{columns, counted};

use crate::portable;
use crate::tally::{Counted, priority_number};

/// What tickets are told apart by; the number is stored. Each ticket has one priority, category and agent, be it none (0),
/// so that the rows of each of these sorts add up to all tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Sort {
    Priority = 0,
    Category = 1,
    Agent = 2,
    Tag = 3,
}

impl Sort {
    /// All sorts.
    pub const ALL: [Self; 4] = [Self::Priority, Self::Category, Self::Agent, Self::Tag];

    /// The number that is stored.
    pub const fn number(self) -> i16 {
        self as i16
    }
}

/// A row: tickets of one sort, one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub organization: i64,
    pub sort: Sort,
    pub day: i64,
    pub value: i64,
}

/// What is added to a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    pub created: i64,
    pub ended: i64,
    pub judged: i64,
    pub met: i64,
    pub answers: Moves,
    pub resolutions: Moves,
}

/// What is added to the rows, in the order in which they are written: two commits never wait for each other crosswise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Days(BTreeMap<Key, Change>);

impl Days {
    /// Counts a ticket.
    pub fn count(&mut self, ticket: &Counted, zone: Zone) {
        self.post(ticket, zone, 1);
    }

    fn post(&mut self, ticket: &Counted, zone: Zone, sign: i64) {
        let seconds = |moment: Moment| (moment - ticket.created_at).num_seconds().max(0);
        for (sort, value) in sorts(ticket) {
            let on = |moment| Key { organization: ticket.organization, sort, day: number(zone.day_of(moment)), value };
            self.row(on(ticket.created_at)).created += sign;
            if let Some(ended) = ticket.resolved_at.or(ticket.closed_at) {
                self.row(on(ended)).ended += sign;
            }
            if let Some(answered) = ticket.first_response_at {
                self.row(on(answered)).answers.post(seconds(answered), sign);
            }
            if let Some(resolved) = ticket.resolved_at {
                let row = self.row(on(resolved));
                row.resolutions.post(seconds(resolved), sign);
                row.judged += ticket.due_at.map_or(0, |_| sign);
                row.met += ticket.due_at.filter(|due| resolved <= *due).map_or(0, |_| sign);
            }
        }
    }

    fn row(&mut self, key: Key) -> &mut Change {
        self.0.entry(key).or_default()
    }

    /// What has been counted, row by row. Only what was added may be in it.
    pub fn into_flows(self) -> impl Iterator<Item = (Key, Flow)> {
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        self.0.into_iter().map(move |(key, change)| {
            let Change { created, ended, judged, met, answers, resolutions } = change;
            let flow = Flow {
                created: count(created),
                ended: count(ended),
                answers: answers.into_durations(),
                resolutions: resolutions.into_durations(),
                judged: count(judged),
                met: count(met),
            };
            (key, flow)
        })
    }
}

fn sorts(ticket: &Counted) -> Vec<(Sort, i64)> {
    let mut sorts = vec![
        (Sort::Priority, i64::from(priority_number(ticket.priority))),
        (Sort::Category, ticket.category.unwrap_or(0)),
        (Sort::Agent, ticket.assignee.unwrap_or(0)),
    ];
    sorts.extend(ticket.tags.iter().map(|tag| (Sort::Tag, *tag)));
    sorts
}

/// Moves a ticket from where it was counted to where it is now; none where it did not, or does not, exist. A ticket whose
/// turn to be counted has yet to come is left alone.
pub(crate) async fn apply<C: ConnectionTrait>(
    connection: &C,
    counting: Counting,
    number: i64,
    was: Option<&Counted>,
    is: Option<&Counted>,
) -> Result<(), DbErr> {
    if !counting.covers(number) {
        return Ok(());
    }
    let mut days = Days::default();
    for (ticket, sign) in [(was, -1), (is, 1)] {
        if let Some(ticket) = ticket {
            days.post(ticket, counting.zone, sign);
        }
    }
    days.write(connection).await
}

/// Forgets what was counted of a tag that is going.
pub(crate) async fn forget_tag<C: ConnectionTrait>(connection: &C, organization: i64, tag: i64) -> Result<(), DbErr> {
    let text = "DELETE FROM ticket_day WHERE organization = ? AND sort = ? AND value = ?";
    portable::execute(connection, text, vec![organization.into(), Sort::Tag.number().into(), tag.into()]).await?;
    Ok(())
}

/// The number of a day, counted from 1970.
pub(crate) fn number(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

/// The day of a number.
pub(crate) fn day(number: i64) -> Option<NaiveDate> {
    let (epoch, days) = (NaiveDate::default(), Whole::new(number.unsigned_abs()));
    if number < 0 { epoch.checked_sub_days(days) } else { epoch.checked_add_days(days) }
}

#[cfg(test)]
mod tests;
