//! What becomes of generated work orders, told by their own verbs.

use chrono::TimeDelta;
use helpdesk_domain::event::{Event, Happened};
use helpdesk_domain::field_service::{
    Cost, FieldServiceError, Material, Quantity, Task, WorkOrder, WorkOrderState, WorkPriority, WorkStatus,
};
use helpdesk_domain::kernel::id::{MaterialId, TaskId, WorkOrderId};
use helpdesk_domain::kernel::text::{MaterialName, Note, TaskTitle, Title, Unit};
use helpdesk_domain::kernel::{Actor, Moment};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::cast::named;
use super::crew::Crew;
use super::life::{id, weighted};
use super::{SPAN, text, trade};

/// Work orders are planned so far ahead.
const AHEAD: TimeDelta = TimeDelta::days(30);

const PRIORITIES: &[(WorkPriority, u32)] =
    &[(WorkPriority::Low, 20), (WorkPriority::Medium, 55), (WorkPriority::High, 18), (WorkPriority::Urgent, 7)];

/// Where the lives of past and of coming work orders have come to.
const PAST: &[(WorkStatus, u32)] = &[(WorkStatus::Completed, 88), (WorkStatus::Cancelled, 9), (WorkStatus::OnHold, 3)];
const COMING: &[(WorkStatus, u32)] = &[(WorkStatus::Scheduled, 90), (WorkStatus::OnHold, 6), (WorkStatus::Cancelled, 4)];

/// Generates work orders with their events, oldest first. Technicians take turns, so that hardly anybody is booked twice.
pub struct Visits {
    crew: Crew,
    rng: StdRng,
    now: Moment,
    count: u64,
    made: u64,
}

impl Visits {
    /// So many work orders, spread over [`SPAN`] until `now` and [`AHEAD`] of it.
    pub fn new(crew: Crew, seed: u64, count: u64, now: Moment) -> Self {
        Self { crew, rng: StdRng::seed_from_u64(seed), now, count, made: 0 }
    }

    fn visit(&mut self, scheduled_at: Moment, technician: &Actor) -> Option<Result<(WorkOrder, Vec<Event>), FieldServiceError>> {
        let planner = self.crew.planners.choose(&mut self.rng)?.clone();
        let created_at = (scheduled_at - TimeDelta::hours(self.rng.random_range(2..240))).min(self.now);
        let state = self.state(scheduled_at, created_at, &planner)?;
        let is_past = scheduled_at < self.now;
        let end = weighted(&mut self.rng, if is_past { PAST } else { COMING }).unwrap_or(WorkStatus::Scheduled);
        let (mut order, created) = WorkOrder::plan(state);
        let mut told = vec![Event::of_work_order(order.id, &planner, created_at, created)];
        let assigned = order.assign(None, Some(named(technician)), created_at);
        told.extend(assigned.map(|happened| Event::of_work_order(order.id, &planner, created_at, happened)));
        Some(self.live(order, end, technician, told))
    }

    /// Takes the order where its life has come to.
    fn live(
        &mut self,
        mut order: WorkOrder,
        end: WorkStatus,
        technician: &Actor,
        mut told: Vec<Event>,
    ) -> Result<(WorkOrder, Vec<Event>), FieldServiceError> {
        let start = order.scheduled_at.unwrap_or(self.now).min(self.now);
        let over = start + TimeDelta::minutes(order.estimated_minutes.unwrap_or(30));
        let done = (over + TimeDelta::minutes(self.rng.random_range(-15..45))).min(self.now).max(start);
        let mut happened: Vec<(Moment, Happened)> = Vec::new();
        if end == WorkStatus::Completed {
            happened.extend(order.move_to(WorkStatus::InProgress, start)?.map(|moved| (start, moved)));
            let mut tasks = order.tasks.clone();
            tasks.iter_mut().for_each(|task| task.mark(true, technician.user, done));
            happened.extend(order.set_tasks(tasks, done).into_iter().map(|change| (done, change)));
        }
        let at = if end == WorkStatus::Completed { done } else { order.created_at };
        happened.extend(order.move_to(end, at)?.map(|moved| (at, moved)));
        told.extend(happened.into_iter().map(|(at, happened)| Event::of_work_order(order.id, technician, at, happened)));
        Ok((order, told))
    }

    fn state(&mut self, scheduled_at: Moment, created_at: Moment, planner: &Actor) -> Option<WorkOrderState> {
        let rng = &mut self.rng;
        let (customer, location) = *self.crew.sites.choose(rng)?;
        let thing = text::pick(rng, trade::EQUIPMENT);
        Some(WorkOrderState {
            id: WorkOrderId(id(rng, created_at)),
            organization: planner.organization,
            title: Title::trusted(format!("{} {thing}", text::pick(rng, trade::WORK))),
            description: Note::trusted(text::description(rng)),
            status: WorkStatus::Scheduled,
            priority: weighted(rng, PRIORITIES).unwrap_or(WorkPriority::Medium),
            customer: Some(customer),
            location: Some(location),
            technician: None,
            scheduled_at: Some(scheduled_at),
            estimated_minutes: Some(i64::from(rng.random_range(1_u8..=8)) * 30),
            ticket: None,
            tasks: (0..rng.random_range(1..=4)).map(|_| task(rng, created_at)).collect(),
            materials: (0..rng.random_range(0..=3)).map(|_| material(rng, created_at)).collect(),
            created_by: planner.user,
            created_at,
            updated_at: created_at,
            started_at: None,
            completed_at: None,
            revision: 1,
        })
    }
}

impl Iterator for Visits {
    type Item = Result<(WorkOrder, Vec<Event>), FieldServiceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.made == self.count {
            return None;
        }
        let slot = (SPAN + AHEAD).num_microseconds()? / i64::try_from(self.count).ok()?;
        let begins = self.now - SPAN + TimeDelta::microseconds(slot * i64::try_from(self.made).ok()?);
        // On the quarter of an hour.
        let quarter = begins.timestamp() / 900 * 900;
        let technicians = &self.crew.technicians;
        let turn = usize::try_from(self.made).ok()? % technicians.len().max(1);
        let technician = technicians.get(turn)?.clone();
        self.made += 1;
        self.visit(Moment::from_timestamp(quarter, 0)?, &technician)
    }
}

fn task(rng: &mut StdRng, at: Moment) -> Task {
    Task {
        id: TaskId(id(rng, at)),
        title: TaskTitle::trusted(text::pick(rng, trade::TASKS).to_owned()),
        description: Note::trusted(String::new()),
        estimated_minutes: Some(i64::from(rng.random_range(1_u8..=6)) * 10),
        completion: None,
    }
}

fn material(rng: &mut StdRng, at: Moment) -> Material {
    Material {
        id: MaterialId(id(rng, at)),
        name: MaterialName::trusted(text::pick(rng, trade::MATERIALS).to_owned()),
        quantity: Quantity::of_parts(rng.random_range(1..20) * Quantity::PARTS),
        unit: Unit::trusted("pieces".to_owned()),
        cost: Cost::of_parts(rng.random_range(100..20_000)),
    }
}
