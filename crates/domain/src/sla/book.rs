//! All that an organization promises.

use std::cmp::Reverse;

use super::{BusinessCalendar, Calendar, Policy, Terms, terms::Version};
use crate::ticket::TicketState;

/// The policies of an organization with their calendars, as they are at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// How often any policy or calendar of the organization has changed; a ticket remembers the last that it was judged by.
    pub version: i64,
    /// Each policy with its calendar, if it has one.
    pub policies: Vec<(Policy, Option<Calendar>)>,
}

impl Book {
    /// What is promised on a ticket: by the most specific policy that matches, of several by the one with the lowest
    /// position, of several by the oldest; the default policy where none matches.
    pub fn terms(&self, ticket: &TicketState) -> Terms {
        let matching = self.policies.iter().filter_map(|entry| Some((entry.0.conditions.matched(ticket)?, entry)));
        let best = matching.min_by_key(|(matched, (policy, _))| (Reverse(*matched), policy.position, policy.id));
        let Some((_, (policy, calendar))) = best else { return Terms::standard(ticket.priority) };
        Terms {
            policy: Some(Version { id: policy.id.0, name: policy.name.to_string(), revision: policy.revision }),
            targets: policy.targets,
            at_risk_percent: policy.at_risk_percent,
            calendar: calendar.as_ref().map(|calendar| Version {
                id: calendar.id.0,
                name: calendar.name.to_string(),
                revision: calendar.revision,
            }),
            hours: calendar.as_ref().map_or_else(BusinessCalendar::always, |calendar| calendar.hours.clone()),
        }
    }
}
