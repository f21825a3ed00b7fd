use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::TimeDelta;

use super::port::MockOrganizationTimes;
use super::{Consequence, Due, IsEnough, MoveClock, OrganizationClock, Passing, SandboxError, Sandboxes};
use crate::identity::port::MockOrganizationRepository;
use crate::identity::{Organization, OrganizationSettings};
use crate::kernel::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;
use crate::testing::{Committed, FixedClock, ORGANIZATION, an_admin, an_agent, another_organization, minutes};
use crate::work::{MockUnitOfWork, Write};

/// What has happened: by which name, in which minute.
type Happened = Arc<Mutex<Vec<(&'static str, i64)>>>;

/// Something that is due in these minutes.
struct Bells {
    name: &'static str,
    minutes: Vec<i64>,
    broken: Option<i64>,
    is_behind: bool,
    happened: Happened,
}

#[async_trait]
impl Due for Bells {
    async fn begin(&self, _: OrganizationId, _: IsEnough<'_>) -> Result<bool, StoreError> {
        Ok(!self.is_behind)
    }

    async fn has_begun(&self, _: OrganizationId) -> Result<bool, StoreError> {
        Ok(!self.is_behind)
    }

    async fn next(&self, _: OrganizationId, after: Option<Moment>, until: Moment) -> Result<Option<Moment>, StoreError> {
        let due = self.minutes.iter().map(|minute| minutes(*minute));
        let is_left = |at: &Moment| !self.happened.lock().unwrap().contains(&(self.name, (*at - minutes(0)).num_minutes()));
        Ok(due.filter(|at| *at < until && after.is_none_or(|after| *at > after)).filter(is_left).min())
    }

    async fn happen(&self, organization: OrganizationId, at: Moment, _: IsEnough<'_>) -> Result<bool, StoreError> {
        assert_eq!(organization, ORGANIZATION);
        let minute = (at - minutes(0)).num_minutes();
        if self.broken == Some(minute) {
            return Err(StoreError::Bug("a ticket that nobody can read".into()));
        }
        self.happened.lock().unwrap().push((self.name, minute));
        Ok(true)
    }
}

fn bells(name: &'static str, minutes: &[i64], happened: &Happened) -> Arc<dyn Due> {
    Arc::new(Bells { name, minutes: minutes.to_vec(), broken: None, is_behind: false, happened: Arc::clone(happened) })
}

/// Something that never ends, and in which organizations it happened.
#[derive(Default)]
struct Endless(Mutex<Vec<OrganizationId>>);

#[async_trait]
impl Due for Endless {
    async fn begin(&self, _: OrganizationId, _: IsEnough<'_>) -> Result<bool, StoreError> {
        Ok(true)
    }

    async fn has_begun(&self, _: OrganizationId) -> Result<bool, StoreError> {
        Ok(true)
    }

    async fn next(&self, _: OrganizationId, after: Option<Moment>, _: Moment) -> Result<Option<Moment>, StoreError> {
        Ok(Some(after.unwrap_or_default() + TimeDelta::microseconds(1)))
    }

    async fn happen(&self, organization: OrganizationId, _: Moment, _: IsEnough<'_>) -> Result<bool, StoreError> {
        self.0.lock().unwrap().push(organization);
        Ok(true)
    }
}

/// A desk at minute 10 that is so many minutes ahead, where it is a sandbox, and what it commits.
fn desk(ahead: Option<i64>, passing: Passing) -> (Sandboxes, Committed) {
    let (committed, mut work) = (Committed::default(), MockUnitOfWork::new());
    let log = committed.clone();
    work.expect_commit().returning(move |changes| {
        log.lock().unwrap().push(changes);
        Ok(())
    });
    let ahead = ahead.map(TimeDelta::minutes);
    let (mut organizations, mut times) = (MockOrganizationRepository::new(), MockOrganizationTimes::new());
    organizations.expect_get().returning(move |id| {
        Ok(Some(Organization {
            id,
            slug: "home".to_owned(),
            name: "Home".to_owned(),
            domain: None,
            time_zone: "UTC".to_owned(),
            settings: OrganizationSettings::default(),
            ahead,
            revision: 1,
        }))
    });
    times.expect_ahead().returning(move |_| Ok(ahead.unwrap_or_default()));
    let moved = [ORGANIZATION, another_organization()].map(|organization| (organization, TimeDelta::minutes(1)));
    times.expect_moved().returning(move || Ok(moved.to_vec()));
    let clock = Arc::new(FixedClock::default());
    clock.set(10);
    let (organizations, times, work) = (Arc::new(organizations), Arc::new(times), Arc::new(work));
    (Sandboxes { organizations, times, passing, work, clock }, committed)
}

/// What a desk that is an hour ahead answers, in minutes, and how far ahead it is then.
async fn moved(actor: &Actor, ahead: Option<i64>, command: MoveClock) -> (Result<i64, SandboxError>, Option<TimeDelta>) {
    let (sandboxes, committed) = desk(ahead, Passing::default());
    let answer = sandboxes.move_clock(actor, command).await.map(|clock| (clock.now - minutes(0)).num_minutes());
    let written = committed.lock().unwrap().first().map(|changes| changes.writes[0].clone());
    let written = written.map(|write| if let Write::SaveOrganization(saved) = write { saved.ahead } else { panic!("{write:?}") });
    (answer, written.flatten())
}

#[tokio::test]
async fn the_clock_of_a_sandbox_moves_forward() {
    let (now, ahead) = moved(&an_admin(), Some(60), MoveClock::By(TimeDelta::minutes(5))).await;
    assert_eq!((now.unwrap(), ahead), (75, Some(TimeDelta::minutes(65))));
    let (now, ahead) = moved(&an_admin(), Some(60), MoveClock::To(minutes(100))).await;
    assert_eq!((now.unwrap(), ahead), (100, Some(TimeDelta::minutes(90))));
}

#[tokio::test]
async fn it_moves_neither_back_nor_too_far() {
    for (command, field) in [
        (MoveClock::To(minutes(69)), "now"),
        (MoveClock::To(minutes(70)), "now"),
        (MoveClock::To(Moment::MAX_UTC), "now"),
        (MoveClock::By(TimeDelta::seconds(-1)), "advance_seconds"),
        (MoveClock::By(TimeDelta::zero()), "advance_seconds"),
        (MoveClock::By(TimeDelta::days(36_525)), "advance_seconds"),
        (MoveClock::By(TimeDelta::MIN), "advance_seconds"),
        (MoveClock::By(TimeDelta::MAX), "advance_seconds"),
    ] {
        let (refused, ahead) = moved(&an_admin(), Some(60), command).await;
        let Err(SandboxError::Invalid(violations)) = refused else { panic!("{command:?}: {refused:?}") };
        assert_eq!((violations.0[0].field.as_str(), ahead), (field, None));
    }
}

#[tokio::test]
async fn only_admins_move_it_and_only_in_a_sandbox() {
    let command = MoveClock::By(TimeDelta::minutes(5));
    assert!(matches!(moved(&an_agent(), Some(0), command).await, (Err(SandboxError::Forbidden), None)));
    assert!(matches!(moved(&an_admin(), None, command).await, (Err(SandboxError::NoSandbox), None)));
}

#[tokio::test]
async fn what_comes_true_on_the_way_happens_in_order_whoever_brings_it() {
    let happened = Happened::default();
    let due = vec![bells("alarm", &[12, 30, 40, 71], &happened), bells("rule", &[5, 30, 35, 70], &happened)];
    let (sandboxes, _) = desk(Some(0), Passing { due, consequences: Vec::new() });
    let clock = sandboxes.move_clock(&an_admin(), MoveClock::To(minutes(70))).await.unwrap();
    assert_eq!(clock, OrganizationClock { now: minutes(70), is_caught_up: true });
    let order = [("rule", 5), ("alarm", 12), ("alarm", 30), ("rule", 30), ("rule", 35), ("alarm", 40)];
    assert_eq!(*happened.lock().unwrap(), order);
}

/// Answers what happened last.
struct Echo(Happened);

#[async_trait]
impl Consequence for Echo {
    async fn follow(&self, _: OrganizationId, _: IsEnough<'_>) -> Result<bool, StoreError> {
        let mut happened = self.0.lock().unwrap();
        let last = happened.last().copied().filter(|(name, _)| *name != "echo");
        happened.extend(last.map(|(_, minute)| ("echo", minute)));
        Ok(true)
    }
}

#[tokio::test]
async fn what_comes_of_it_happens_before_anything_later_is_due() {
    let happened = Happened::default();
    let (due, consequences): (_, Vec<Arc<dyn Consequence>>) =
        (vec![bells("alarm", &[12, 30], &happened)], vec![Arc::new(Echo(Arc::clone(&happened)))]);
    assert!(Passing { due, consequences }.catch_up(ORGANIZATION, minutes(20), &|| false).await.unwrap());
    assert_eq!(*happened.lock().unwrap(), [("alarm", 12), ("echo", 12)]);
}

#[tokio::test]
async fn what_can_not_be_dealt_with_keeps_nothing_else_from_happening() {
    let happened = Happened::default();
    let broken =
        Bells { name: "alarm", minutes: vec![11, 12, 13], broken: Some(12), is_behind: false, happened: Arc::clone(&happened) };
    let passing = Passing { due: vec![Arc::new(broken)], ..Passing::default() };
    let caught_up = passing.catch_up(ORGANIZATION, minutes(20), &|| false).await;
    assert!(matches!(caught_up, Err(StoreError::Bug(_))));
    assert_eq!(*happened.lock().unwrap(), [("alarm", 11), ("alarm", 13)]);
}

#[tokio::test]
async fn who_has_waited_long_enough_is_told_that_it_is_not_all() {
    let happened = Happened::default();
    let passing = Passing { due: vec![bells("alarm", &[11, 12], &happened)], ..Passing::default() };
    let done = || happened.lock().unwrap().len() == 1;
    assert!(!passing.catch_up(ORGANIZATION, minutes(20), &done).await.unwrap());
    assert_eq!(*happened.lock().unwrap(), [("alarm", 11)]);
}

#[tokio::test]
async fn a_sandbox_where_much_happens_keeps_no_other_waiting_for_good() {
    let endless = Arc::new(Endless::default());
    let (sandboxes, _) = desk(Some(1), Passing { due: vec![endless.clone()], ..Passing::default() });
    for turn in 0..2 {
        let is_enough = || endless.0.lock().unwrap().len() > turn;
        assert!(!sandboxes.pass(turn, &is_enough).await.unwrap());
    }
    assert_eq!(*endless.0.lock().unwrap(), [ORGANIZATION, another_organization()]);
}

#[tokio::test]
async fn nothing_happens_before_it_is_known_what_is_due_and_that_is_not_all() {
    let happened = Happened::default();
    let behind = Bells { name: "alarm", minutes: vec![11], broken: None, is_behind: true, happened: Arc::clone(&happened) };
    let passing = Passing { due: vec![Arc::new(behind)], ..Passing::default() };
    assert!(!passing.catch_up(ORGANIZATION, minutes(20), &|| false).await.unwrap());
    assert!(!passing.is_done(ORGANIZATION, minutes(5)).await.unwrap());
    assert!(happened.lock().unwrap().is_empty());
}

#[tokio::test]
async fn staff_are_told_what_time_it_is() {
    let happened = Happened::default();
    let (sandboxes, _) = desk(Some(60), Passing { due: vec![bells("alarm", &[69], &happened)], ..Passing::default() });
    let clock = sandboxes.clock(&an_agent()).await.unwrap();
    assert_eq!(clock, OrganizationClock { now: minutes(70), is_caught_up: false });
    assert!(matches!(sandboxes.clock(&crate::testing::a_customer()).await, Err(SandboxError::Forbidden)));
}
