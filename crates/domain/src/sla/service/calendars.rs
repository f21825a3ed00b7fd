//! Keeping calendars.

use super::{Result, ServiceLevels};
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CalendarId, Reference, Target};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::Label;
use crate::kernel::violation::{Check, Problem, Violations};
use crate::sla::command::{EditCalendar, WriteCalendar};
use crate::sla::port::SlaQuery;
use crate::sla::{BusinessCalendar, Calendar, CalendarState, CalendarView, SlaError, rights};
use crate::work::{Changes, Outcome, Write};

impl ServiceLevels {
    /// A part of the organization's calendars.
    pub async fn calendars(&self, actor: &Actor, query: &SlaQuery, page: &PageRequest) -> Result<Page<CalendarView>> {
        rights::may_see(actor)?;
        Ok(self.levels.calendars(actor.organization, query, page).await?)
    }

    /// One calendar.
    pub async fn calendar(&self, actor: &Actor, calendar: &Reference) -> Result<CalendarView> {
        let view = self.levels.calendar_view(actor.organization, calendar).await?.ok_or(SlaError::NoCalendar)?;
        rights::may_see(actor)?;
        Ok(view)
    }

    /// Writes a calendar.
    pub async fn create_calendar(&self, actor: &Actor, command: WriteCalendar) -> Result<CalendarView> {
        rights::may_change(actor)?;
        let mut check = Check::new();
        let name = check.required("name", command.name.as_deref().map(Label::parse));
        let (Some(name), Some(hours)) = (name, hours(&mut check, &command.form, self.clock.now())) else {
            check.done()?;
            return Err(Violations::one("name", Problem::Required).into());
        };
        let (id, now) = (CalendarId(self.ids.next()), self.clock.now());
        let organization = actor.organization;
        let calendar =
            Calendar::restored(CalendarState { id, organization, name, hours, created_at: now, updated_at: now, revision: 1 });
        let event = self.of_calendar(actor, &calendar, CatalogChange::Created);
        let changes = Changes::by(actor).with(Write::AddCalendar(Box::new(calendar)), [event]);
        self.work.commit(changes.showing(outcome(id, true))).await?;
        self.calendar(actor, &id.into()).await
    }

    /// Changes a calendar. A change that changes nothing records nothing.
    pub async fn edit_calendar(&self, actor: &Actor, command: EditCalendar) -> Result<CalendarView> {
        let id = race::settle(command.target.may_retry(), async || self.edit_calendar_once(actor, &command).await).await?;
        self.calendar(actor, &id.into()).await
    }

    async fn edit_calendar_once(&self, actor: &Actor, command: &EditCalendar) -> Result<CalendarId> {
        let EditCalendar { target, write } = command;
        let mut calendar = self.get_calendar(actor, target).await?;
        let mut check = Check::new();
        let name = check.optional("name", write.name.as_deref().map(Label::parse));
        let mut form = calendar.hours.form();
        form.extend(write.form.clone());
        let hours = hours(&mut check, &form, self.clock.now());
        check.done()?;
        let id = calendar.id;
        if let Some(hours) = hours
            && calendar.change(name, hours, self.clock.now())
        {
            let event = self.of_calendar(actor, &calendar, CatalogChange::Updated);
            let changes = Changes::by(actor).with(Write::SaveCalendar(Box::new(calendar)), [event]);
            self.work.commit(changes.showing(outcome(id, false))).await?;
        }
        Ok(id)
    }

    /// Removes a calendar that no policy counts by.
    pub async fn delete_calendar(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let calendar = self.get_calendar(actor, target).await?;
            let event = self.of_calendar(actor, &calendar, CatalogChange::Deleted);
            let write = Write::DeleteCalendar(calendar.id, calendar.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    async fn get_calendar(&self, actor: &Actor, target: &Target) -> Result<Calendar> {
        let found = self.levels.calendar(actor.organization, &target.reference).await?;
        let calendar = found.ok_or(SlaError::NoCalendar)?;
        rights::may_change(actor)?;
        target.allows(calendar.revision)?;
        Ok(calendar)
    }

    fn of_calendar(&self, actor: &Actor, calendar: &Calendar, change: CatalogChange) -> Event {
        Event::of_catalog(CatalogKind::Calendar, calendar.id.0, actor, self.clock.now(), change, calendar.name.as_str())
    }
}

/// What a calendar says, noting everything that is wrong; one that never opens again makes every deadline a mistake.
fn hours(check: &mut Check, form: &serde_json::Map<String, serde_json::Value>, now: Moment) -> Option<BusinessCalendar> {
    match BusinessCalendar::parse(form) {
        Ok(hours) if hours.next_open(now).is_ok() => Some(hours),
        Ok(_) => {
            check.note("weekly", Problem::Other("The calendar never opens."));
            None
        }
        Err(violations) => {
            violations.0.into_iter().for_each(|violation| check.note(&violation.field, violation.problem));
            None
        }
    }
}

fn outcome(id: CalendarId, created: bool) -> Outcome {
    Outcome { kind: "sla_calendar", id: id.0, parent: None, created }
}
