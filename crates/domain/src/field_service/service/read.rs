//! Looking at work orders.

use super::{Result, WorkOrders};
use crate::field_service::command::FindWorkOrders;
use crate::field_service::port::{WorkOrderQuery, WorkOrderSort};
use crate::field_service::{FieldServiceError, MaterialView, TaskView, WorkOrderView, policy};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::Reference;
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::violation::{Problem, Violations};
use crate::kernel::zone::Zone;
use crate::search::SearchText;
use crate::ticket::{AssigneeFilter, HistoryView};

impl WorkOrders {
    /// A part of the work orders that the actor sees. A filter that refers to nothing is refused.
    pub async fn list(&self, actor: &Actor, wanted: FindWorkOrders, page: &PageRequest) -> Result<Page<WorkOrderView>> {
        let sight = policy::sight(actor).ok_or(FieldServiceError::Forbidden)?;
        let query = self.query(actor, wanted).await?;
        Ok(self.orders.page(actor.organization, sight, &query, page).await?)
    }

    /// One work order, whole.
    pub async fn read(&self, actor: &Actor, order: &Reference) -> Result<WorkOrderView> {
        self.seen(actor, order).await
    }

    /// One task, and the work order that it belongs to.
    pub async fn task(&self, actor: &Actor, order: &Reference, task: &Reference) -> Result<(WorkOrderView, TaskView)> {
        let view = self.seen(actor, order).await?;
        let task = view.task(task).cloned().ok_or(FieldServiceError::NoTask)?;
        Ok((view, task))
    }

    /// One material, and the work order that it belongs to.
    pub async fn material(
        &self,
        actor: &Actor,
        order: &Reference,
        material: &Reference,
    ) -> Result<(WorkOrderView, MaterialView)> {
        let view = self.seen(actor, order).await?;
        let material = view.material(material).cloned().ok_or(FieldServiceError::NoMaterial)?;
        Ok((view, material))
    }

    /// A part of its history, newest first.
    pub async fn history(&self, actor: &Actor, order: &Reference, page: &PageRequest) -> Result<Page<HistoryView>> {
        let view = self.seen(actor, order).await?;
        Ok(self.orders.history(actor.organization, view.id, page).await?)
    }

    async fn query(&self, actor: &Actor, wanted: FindWorkOrders) -> Result<WorkOrderQuery> {
        let newest = (WorkOrderSort::CreatedAt, true);
        let by_time = (WorkOrderSort::ScheduledAt, false);
        let is_timed = wanted.day.is_some() || wanted.scheduled_after.is_some() || wanted.scheduled_before.is_some();
        let (sort, descending) = wanted.order.unwrap_or(if is_timed { by_time } else { newest });
        let (scheduled_after, scheduled_before) = self.when(actor, &wanted).await?;
        let mut query = WorkOrderQuery {
            statuses: wanted.statuses,
            priorities: wanted.priorities,
            customer: None,
            location: None,
            technician: None,
            ticket: None,
            scheduled_after,
            scheduled_before,
            search: wanted.search.as_deref().map(SearchText::parse),
            sort,
            descending,
        };
        if let Some(reference) = &wanted.customer {
            query.customer = Some(self.customer(actor, reference).await?.0);
        }
        if let Some(reference) = &wanted.location {
            query.location = Some(self.location(actor, reference).await?.0);
        }
        if let Some(reference) = &wanted.ticket {
            query.ticket = Some(self.ticket(actor, reference).await?.0);
        }
        query.technician = self.whose(actor, wanted.technician.as_ref()).await?;
        Ok(query)
    }

    /// From when on and until when the orders that are wanted begin.
    async fn when(&self, actor: &Actor, wanted: &FindWorkOrders) -> Result<(Option<Moment>, Option<Moment>)> {
        let FindWorkOrders { scheduled_after: after, scheduled_before: before, day, .. } = wanted;
        if after.zip(*before).is_some_and(|(after, before)| before < after) {
            return Err(Violations::one("scheduled_before", Problem::Other("Is before scheduled_after.")).into());
        }
        let Some(day) = *day else { return Ok((*after, *before)) };
        let organization = self.organizations.get(actor.organization).await?;
        let zone = Zone::named(&organization.map(|organization| organization.time_zone).unwrap_or_default());
        let (from, to) = (zone.start_of(day), zone.start_of(day.succ_opt().unwrap_or(day)));
        let (after, before) = (after.map_or(from, |after| after.max(from)), before.map_or(to, |before| before.min(to)));
        Ok((Some(after), Some(before)))
    }

    async fn whose(&self, actor: &Actor, technician: Option<&Reference>) -> Result<Option<AssigneeFilter>> {
        Ok(match technician {
            None => None,
            Some(Reference::Name(name)) if name == "me" => Some(AssigneeFilter::User(actor.user)),
            Some(Reference::Name(name)) if matches!(name.as_str(), "none" | "null" | "unassigned") => {
                Some(AssigneeFilter::Nobody)
            }
            Some(reference) => Some(AssigneeFilter::User(self.person(actor, reference).await?.id)),
        })
    }
}
