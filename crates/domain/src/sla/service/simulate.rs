//! Trying a calendar out.

use super::{Result, ServiceLevels};
use crate::kernel::actor::Actor;
use crate::kernel::violation::{Problem, Violation, Violations};
use crate::sla::command::{Simulate, Sought, Tried};
use crate::sla::{BusinessCalendar, Simulated, rights};
use crate::work::spend_key;

impl ServiceLevels {
    /// What a calendar answers. Changes nothing but the idempotency key of the request.
    pub async fn simulate(&self, actor: &Actor, command: &Simulate) -> Result<Simulated> {
        rights::may_see(actor)?;
        let hours = self.tried(actor, &command.calendar).await?;
        let Simulate { calendar: _, start, sought, pauses } = command;
        let answer = match sought {
            Sought::Due(target) => {
                let due = hours.deadline(*start, *target, pauses);
                Simulated::Due(due, hours.trace(*start, due.ok(), pauses))
            }
            Sought::Elapsed(end) => {
                Simulated::Elapsed(hours.elapsed(*start, *end, pauses), hours.trace(*start, Some(*end), pauses))
            }
            Sought::NextOpen => Simulated::NextOpen(hours.next_open(*start)),
        };
        spend_key(&*self.work, actor).await?;
        Ok(answer)
    }

    async fn tried(&self, actor: &Actor, calendar: &Tried) -> Result<BusinessCalendar> {
        match calendar {
            Tried::Written(form) => Ok(BusinessCalendar::parse(form).map_err(inside)?),
            Tried::Kept(reference) => {
                let kept = self.levels.calendar(actor.organization, reference).await?;
                let unknown = || Violations::one("calendar_id", Problem::Unknown(reference.to_string()));
                Ok(kept.ok_or_else(unknown)?.hours.clone())
            }
        }
    }
}

/// What is wrong with a calendar, as what is wrong with the field that it stands in.
fn inside(violations: Violations) -> Violations {
    let part = |Violation { field, problem }| Violation {
        field: "calendar".to_owned(),
        problem: Problem::Part(field, Box::new(problem)),
    };
    Violations(violations.0.into_iter().map(part).collect())
}
