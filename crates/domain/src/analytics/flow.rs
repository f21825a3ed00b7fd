//! What happened to tickets, and where they stand.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Durations;
use crate::taxonomy::{CategoryBrief, TagBrief};
use crate::ticket::{Priority, Status, UserBrief};

/// What happened to some tickets in some time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// How many were submitted.
    pub created: u64,
    /// How many came to an end: resolved, or closed, rejected or withdrawn without that.
    pub ended: u64,
    /// From submission to the first public answer of staff, of those that were first answered then.
    pub answers: Durations,
    /// From submission to resolution, of those that were resolved then.
    pub resolutions: Durations,
    /// How many of the resolved ones had a deadline.
    pub judged: u64,
    /// How many of those kept it.
    pub met: u64,
}

impl Flow {
    /// Takes in what happened to others.
    pub fn add(&mut self, other: &Self) {
        let Self { created, ended, answers, resolutions, judged, met } = other;
        self.created += created;
        self.ended += ended;
        self.answers.extend(answers);
        self.resolutions.extend(resolutions);
        self.judged += judged;
        self.met += met;
    }

    /// Which share of the deadlines was kept; none where there were none.
    #[expect(clippy::cast_precision_loss, reason = "a share of fewer than 2^53 tickets")]
    pub fn compliance(&self) -> Option<f64> {
        (self.judged > 0).then(|| self.met as f64 / self.judged as f64)
    }

    /// By how many the backlog has grown.
    pub fn growth(&self) -> i64 {
        i64::try_from(self.created).unwrap_or(i64::MAX) - i64::try_from(self.ended).unwrap_or(i64::MAX)
    }
}

/// What is open at this moment: neither resolved nor closed, rejected or withdrawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many in each state and of each priority.
    pub by_status_and_priority: Vec<(Status, Option<Priority>, u64)>,
    /// How many with each assignee; none for nobody.
    pub by_agent: Vec<(Option<UserBrief>, u64)>,
    /// How many are active and past their deadline.
    pub overdue: u64,
}

impl Standing {
    /// How many there are.
    pub fn total(&self) -> u64 {
        self.by_status_and_priority.iter().map(|(_, _, n)| n).sum()
    }

    /// How many nobody has.
    pub fn unassigned(&self) -> u64 {
        self.by_agent.iter().filter(|(agent, _)| agent.is_none()).map(|(_, n)| n).sum()
    }
}

/// What happened to an organization's tickets on some days, and what is open at this moment. By name where there are names,
/// what is nobody's and nothing's last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketFigures {
    /// By day; days on which nothing happened may be absent.
    pub by_day: BTreeMap<NaiveDate, Flow>,
    /// By priority, from low to critical, then those without one.
    pub by_priority: Vec<(Option<Priority>, Flow)>,
    /// By category.
    pub by_category: Vec<(Option<CategoryBrief>, Flow)>,
    /// By assignee.
    pub by_agent: Vec<(Option<UserBrief>, Flow)>,
    /// By tag, where that was asked for: a ticket counts for each of its tags.
    pub by_tag: Vec<(TagBrief, Flow)>,
    /// How many had been submitted and not ended when the last of the days ended, or by now if it has not.
    pub backlog: i64,
    /// What is open at this moment.
    pub standing: Standing,
}

impl TicketFigures {
    /// How much each assignee has open, and what happened to their tickets; by name, what nobody has last.
    pub fn workload(&self) -> Vec<(Option<UserBrief>, u64, Flow)> {
        let mut rows: Vec<_> = self.by_agent.iter().map(|(agent, flow)| (agent.clone(), 0, flow.clone())).collect();
        for (agent, n) in &self.standing.by_agent {
            match rows.iter_mut().find(|(known, _, _)| known == agent) {
                Some((_, open, _)) => *open += n,
                None => rows.push((agent.clone(), *n, Flow::default())),
            }
        }
        rows.sort_by_cached_key(|(agent, _, _)| {
            (agent.is_none(), agent.as_ref().map(|agent| (agent.name().to_lowercase(), agent.serial)))
        });
        rows
    }

    /// All that happened.
    pub fn total(&self) -> Flow {
        let mut total = Flow::default();
        self.by_day.values().for_each(|flow| total.add(flow));
        total
    }
}
