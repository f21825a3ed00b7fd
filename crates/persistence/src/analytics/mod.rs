//! Figures: from what commits keep by the day ([`kept`]) or, under a filter, from the tickets themselves ([`sampled`]).

mod kept;
mod names;
mod people;
mod sampled;
mod system;
mod work_orders;

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use chrono::NaiveDate;
use helpdesk_domain::analytics::port::AnalyticsReader;
use helpdesk_domain::analytics::{Flow, PeopleFigures, Span, SystemFigures, TicketFigures, WorkFigures};
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::ticket::{Priority, Status, TicketFilter};

use crate::Store;
use crate::days::Sort;
use crate::fault::fault;

/// Microseconds of a quarter of an hour. Days begin at whole ones everywhere, so that each lies in one day.
const QUARTER: i64 = 900_000_000;

/// Figures in the integers of the database.
#[derive(Default)]
struct Numbers {
    by_day: BTreeMap<NaiveDate, Flow>,
    by_sort: HashMap<(Sort, i64), Flow>,
    backlog: i64,
    open: Open,
}

/// What is open, in the integers of the database.
#[derive(Default)]
struct Open {
    by_status_and_priority: Vec<(Status, Option<Priority>, u64)>,
    by_agent: BTreeMap<i64, u64>,
    overdue: u64,
}

#[async_trait]
impl AnalyticsReader for Store {
    async fn tickets(
        &self,
        organization: OrganizationId,
        span: Span,
        filter: &TicketFilter,
        by_tag: bool,
        now: Moment,
    ) -> Result<TicketFigures, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(TicketFigures::default()) };
        let mut numbers = None;
        let is_of_all = *filter == TicketFilter::default();
        if is_of_all {
            numbers = kept::read(self.reader(), serial, span, by_tag, now).await.map_err(fault)?;
        }
        let numbers = match numbers {
            Some(numbers) => numbers,
            None => sampled::read(self, organization, span, filter, now).await.map_err(|error| match error {
                // Nobody asked for too much: the days are being counted.
                StoreError::Invalid(_) if is_of_all => StoreError::Unavailable("the days are being counted".into()),
                error => error,
            })?,
        };
        names::tell(self.reader(), numbers).await.map_err(fault)
    }

    async fn work_orders(&self, organization: OrganizationId, span: Span, now: Moment) -> Result<WorkFigures, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(WorkFigures::default()) };
        work_orders::read(self.reader(), serial, span, now).await.map_err(fault)
    }

    async fn people(&self, organization: OrganizationId, span: Span) -> Result<PeopleFigures, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(PeopleFigures::default()) };
        people::read(self.reader(), serial, span).await.map_err(fault)
    }

    async fn system(&self, organization: OrganizationId, now: Moment) -> Result<SystemFigures, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(SystemFigures::default()) };
        system::read(self.reader(), serial, now).await.map_err(fault)
    }
}
