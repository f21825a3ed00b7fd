//! Tickets that a filter lets through: read one by one, those only that have changed since the first day.

use helpdesk_domain::analytics::Span;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Moment, Problem, Sight, StoreError, Violations};
use helpdesk_domain::ticket::TicketFilter;
use helpdesk_domain::ticket::port::Viewer;

use super::{Numbers, Open};
use crate::Store;
use crate::column::micros;
use crate::days::{self, Days, Sort};
use crate::fault::fault;
use crate::ticket_reader::{Matching, OpenGroup};

/// As many tickets are read for one answer.
const MOST: usize = 200_000;

/// The figures. What happened is taken from the tickets, and the backlog backwards from what is open now.
pub(super) async fn read(
    store: &Store,
    organization: OrganizationId,
    span: Span,
    filter: &TicketFilter,
    now: Moment,
) -> Result<Numbers, StoreError> {
    let viewer = Viewer { organization, sight: Sight::All };
    let Some(matching) = Matching::of(store, viewer, filter).await? else { return Ok(Numbers::default()) };
    let limit = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
    let tickets = matching.changed(store.reader(), micros(span.start()), limit).await.map_err(fault)?;
    if tickets.len() > MOST {
        let problem = Problem::Other("Too many tickets match: choose fewer days or a narrower filter.");
        return Err(StoreError::Invalid(Violations::one("filters", problem)));
    }
    let open = opened(&matching.open(store.reader(), micros(now)).await.map_err(fault)?);
    let mut days = Days::default();
    for ticket in &tickets {
        days.count(ticket, span.zone);
    }
    Ok(within(days, span, open))
}

/// What lies within the span; what came behind it leads the backlog back to its end.
fn within(days: Days, span: Span, open: Open) -> Numbers {
    let total: u64 = open.by_status_and_priority.iter().map(|(_, _, n)| n).sum();
    let mut numbers = Numbers { backlog: i64::try_from(total).unwrap_or(i64::MAX), open, ..Numbers::default() };
    for (key, flow) in days.into_flows() {
        let Some(day) = days::day(key.day).filter(|day| *day >= span.first) else { continue };
        let is_total = key.sort == Sort::Priority;
        if day > span.last {
            numbers.backlog -= if is_total { flow.growth() } else { 0 };
            continue;
        }
        if is_total {
            numbers.by_day.entry(day).or_default().add(&flow);
        }
        numbers.by_sort.entry((key.sort, key.value)).or_default().add(&flow);
    }
    numbers
}

fn opened(groups: &[OpenGroup]) -> Open {
    let mut open = Open::default();
    for OpenGroup { status, priority, assignee, n, overdue } in groups {
        let rows = &mut open.by_status_and_priority;
        match rows.iter_mut().find(|(known, urgency, _)| known == status && urgency == priority) {
            Some((_, _, sum)) => *sum += n,
            None => rows.push((*status, *priority, *n)),
        }
        *open.by_agent.entry(assignee.unwrap_or(0)).or_default() += n;
        open.overdue += overdue;
    }
    open
}
