//! The same figures, counted by somebody who reads every ticket and knows no shortcut.

use chrono::NaiveDate;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Moment, PageRequest, Paging, Sight, Zone};
use helpdesk_domain::ticket::port::{TicketReader, Viewer};
use helpdesk_domain::ticket::{TicketQuery, TicketRow};
use helpdesk_persistence::Store;
use serde_json::{Value, json};

/// Every ticket of an organization.
pub async fn all(store: &Store, organization: OrganizationId) -> Vec<TicketRow> {
    let viewer = Viewer { organization, sight: Sight::All };
    let (mut rows, mut paging) = (Vec::new(), Paging::Start);
    loop {
        let page = PageRequest { paging, size: 100 };
        let page = store.page(viewer, &TicketQuery::default(), &page).await.unwrap();
        rows.extend(page.items);
        match page.next {
            Some(cursor) => paging = Paging::After(cursor),
            None => return rows,
        }
    }
}

/// Tickets, and the days that are asked for.
pub struct Recount<'a> {
    pub tickets: Vec<&'a TicketRow>,
    pub zone: Zone,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub now: Moment,
}

fn ended(ticket: &TicketRow) -> Option<Moment> {
    ticket.resolved_at.or(ticket.closed_at)
}

/// What is between two moments.
struct Window(Moment, Moment);

impl Window {
    fn has(&self, moment: Option<Moment>) -> bool {
        moment.is_some_and(|moment| self.0 <= moment && moment < self.1)
    }
}

impl Recount<'_> {
    /// The answer of `/analytics/tickets/`, but for the sorts.
    pub fn expected(&self) -> Value {
        let whole = self.window(self.first, self.last);
        let created = self.count(|ticket| whole.has(Some(ticket.created_at)));
        let mut expected = flow(&self.tickets, &whole);
        let parts = expected.as_object_mut().unwrap();
        let (resolved, _) = (parts.remove("resolved"), parts.remove("created"));
        parts.insert(
            "totals".to_owned(),
            json!({
                "created": created,
                "answered": self.count(|ticket| whole.has(ticket.first_response_at)),
                "resolved": resolved,
                "ended": self.count(|ticket| whole.has(ended(ticket))),
                "backlog": self.backlog(self.last),
            }),
        );
        parts.insert(
            "series".to_owned(),
            self.first.iter_days().take_while(|day| *day <= self.last).map(|day| self.day(day)).collect(),
        );
        expected
    }

    /// How many are open now, overdue, and nobody's.
    pub fn open(&self) -> [usize; 3] {
        let open: Vec<_> = self.tickets.iter().filter(|ticket| ended(ticket).is_none()).collect();
        let late = |ticket: &&&&TicketRow| ticket.status.is_active() && ticket.due().is_some_and(|due| due < self.now);
        [open.len(), open.iter().filter(late).count(), open.iter().filter(|ticket| ticket.assignee.is_none()).count()]
    }

    /// What happened to those that are of a sort.
    pub fn of(&self, is: impl Fn(&TicketRow) -> bool) -> Value {
        let tickets: Vec<&TicketRow> = self.tickets.iter().copied().filter(|ticket| is(ticket)).collect();
        flow(&tickets, &self.window(self.first, self.last))
    }

    fn day(&self, day: NaiveDate) -> Value {
        let window = self.window(day, day);
        let flow = flow(&self.tickets, &window);
        json!({
            "date": day.to_string(),
            "created": flow["created"],
            "answered": flow["first_response_time"]["count"],
            "resolved": flow["resolved"],
            "ended": self.count(|ticket| window.has(ended(ticket))),
            "backlog": self.backlog(day),
            "median_first_response_seconds": flow["first_response_time"]["median_seconds"],
            "p90_first_response_seconds": flow["first_response_time"]["p90_seconds"],
            "median_resolution_seconds": flow["resolution_time"]["median_seconds"],
            "p90_resolution_seconds": flow["resolution_time"]["p90_seconds"],
            "sla_compliance": flow["sla"]["compliance"],
        })
    }

    fn backlog(&self, day: NaiveDate) -> usize {
        let end = self.window(day, day).1;
        self.count(|ticket| ticket.created_at < end && ended(ticket).is_none_or(|ended| ended >= end))
    }

    fn window(&self, first: NaiveDate, last: NaiveDate) -> Window {
        Window(self.zone.start_of(first), self.zone.start_of(last.succ_opt().unwrap()))
    }

    fn count(&self, is: impl Fn(&TicketRow) -> bool) -> usize {
        self.tickets.iter().filter(|ticket| is(ticket)).count()
    }
}

fn flow(tickets: &[&TicketRow], window: &Window) -> Value {
    let resolved: Vec<_> = tickets.iter().filter(|ticket| window.has(ticket.resolved_at)).collect();
    let judged: Vec<_> = resolved.iter().filter(|ticket| ticket.due().is_some()).collect();
    let met = judged.iter().filter(|ticket| ticket.resolved_at <= ticket.due()).count();
    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
    let share = |met, judged| (number(met) / number(judged) * 10_000.0).round() / 10_000.0;
    let answered = tickets.iter().filter(|ticket| window.has(ticket.first_response_at));
    json!({
        "created": tickets.iter().filter(|ticket| window.has(Some(ticket.created_at))).count(),
        "resolved": resolved.len(),
        "first_response_time": durations(answered.map(|ticket| ticket.response_time().unwrap().num_seconds()).collect()),
        "resolution_time": durations(resolved.iter().map(|ticket| ticket.resolution_time().unwrap().num_seconds()).collect()),
        "sla": {
            "judged": judged.len(),
            "met": met,
            "compliance": (!judged.is_empty()).then(|| share(met, judged.len())),
        },
    })
}

fn durations(mut seconds: Vec<i64>) -> Value {
    seconds.sort_unstable();
    let n = seconds.len();
    if n == 0 {
        return json!({ "count": 0, "median_seconds": null, "p90_seconds": null, "average_seconds": null });
    }
    let median = seconds[(n - 1) / 2].midpoint(seconds[n / 2]);
    let nine_of_ten = (1..=n).find(|rank| rank * 10 >= n * 9).unwrap();
    let average = seconds.iter().sum::<i64>() / i64::try_from(n).unwrap();
    json!({ "count": n, "median_seconds": median, "p90_seconds": seconds[nine_of_ten - 1], "average_seconds": average })
}
