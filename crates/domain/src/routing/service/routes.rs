//! Keeping routes.

use super::{Result, Routing};
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::kernel::actor::Actor;
use crate::kernel::id::{CategoryId, DepartmentId, Reference, RouteId, Target, UserId};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::Label;
use crate::kernel::violation::{Check, Problem, Violations, in_range};
use crate::routing::command::{EditRoute, WriteRoute};
use crate::routing::port::RouteQuery;
use crate::routing::{Match, Route, RouteState, RouteView, RoutingError, Skills, Strategy, policy};
use crate::work::{Changes, Outcome, Write};

/// The most routes of an organization.
const MOST_ROUTES: usize = 500;
/// The most people that a route names.
const MOST_AGENTS: usize = 50;
/// The last position.
const LAST_POSITION: i64 = 1_000_000;

impl Routing {
    /// A part of the organization's routes.
    pub async fn list(&self, actor: &Actor, query: &RouteQuery, page: &PageRequest) -> Result<Page<RouteView>> {
        policy::may_see_routes(actor)?;
        Ok(self.routes.route_page(actor.organization, query, page).await?)
    }

    /// One route.
    pub async fn read(&self, actor: &Actor, route: &Reference) -> Result<RouteView> {
        let view = self.routes.route_view(actor.organization, route).await?.ok_or(RoutingError::NoRoute)?;
        policy::may_see_routes(actor)?;
        Ok(view)
    }

    /// Writes a route; behind all others unless it says where.
    pub async fn create(&self, actor: &Actor, command: WriteRoute) -> Result<RouteView> {
        policy::may_change_routes(actor)?;
        let routes = self.routes.routes(actor.organization).await?;
        if routes.len() >= MOST_ROUTES {
            return Err(Violations::one("name", Problem::TooMany(MOST_ROUTES)).into());
        }
        let last = routes.iter().map(|route| route.position).max().unwrap_or(0);
        let (id, now) = (RouteId(self.ids.next()), self.clock.now());
        let blank = RouteState {
            id,
            organization: actor.organization,
            name: Label::trusted(String::new()),
            position: (last + 1).min(LAST_POSITION),
            is_active: true,
            matches: Match::default(),
            department: None,
            strategy: Strategy::LeastLoaded,
            skills: Skills::default(),
            agents: Vec::new(),
            created_at: now,
            updated_at: now,
            revision: 1,
        };
        let route = Route::restored(self.written(actor, blank, &command).await?);
        let event = self.told(actor, &route, CatalogChange::Created);
        let changes = Changes::by(actor).with(Write::AddRoute(Box::new(route)), [event]).with(Write::AwaitAnew, []);
        self.work.commit(changes.showing(outcome(id, true))).await?;
        self.read(actor, &id.into()).await
    }

    /// Changes a route. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, command: EditRoute) -> Result<RouteView> {
        let id = race::settle(command.target.may_retry(), async || self.edit_once(actor, &command).await).await?;
        self.read(actor, &id.into()).await
    }

    async fn edit_once(&self, actor: &Actor, command: &EditRoute) -> Result<RouteId> {
        let EditRoute { target, write } = command;
        let mut route = self.get(actor, target).await?;
        let (id, before) = (route.id, (*route).clone());
        let state = self.written(actor, before.clone(), write).await?;
        if route.become_like(state, self.clock.now()) {
            let event = self.told(actor, &route, CatalogChange::Updated);
            let again = route.leads_elsewhere(&before).then_some(Write::AwaitAnew);
            let changes = Changes::by(actor).with(Write::SaveRoute(Box::new(route)), [event]);
            let changes = again.into_iter().fold(changes, |changes, write| changes.with(write, []));
            self.work.commit(changes.showing(outcome(id, false))).await?;
        }
        Ok(id)
    }

    /// Removes a route; tickets that wait for it are looked at again.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let route = self.get(actor, target).await?;
            let event = self.told(actor, &route, CatalogChange::Deleted);
            let write = Write::DeleteRoute(route.id, route.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<Route> {
        let route = self.routes.route(actor.organization, &target.reference).await?.ok_or(RoutingError::NoRoute)?;
        policy::may_change_routes(actor)?;
        target.allows(route.revision)?;
        Ok(route)
    }

    /// The state with what is written put in, everything looked at and looked up.
    async fn written(&self, actor: &Actor, state: RouteState, write: &WriteRoute) -> Result<RouteState> {
        let mut check = Check::new();
        let state = self.named(actor, &mut check, state, write).await?;
        let present = (!state.name.as_str().is_empty()).then(|| state.name.clone());
        let name = check.required("name", write.name.as_deref().map(Label::parse).or(present.map(Ok)));
        let position = check.optional("position", write.position.map(|number| in_range(number, 0..=LAST_POSITION)));
        let skills = check.optional("skills", write.skills.as_deref().map(Skills::parse));
        let state = RouteState {
            name: name.unwrap_or_else(|| state.name.clone()),
            position: position.unwrap_or(state.position),
            is_active: write.is_active.unwrap_or(state.is_active),
            strategy: write.strategy.unwrap_or(state.strategy),
            skills: skills.unwrap_or_else(|| state.skills.clone()),
            ..state
        };
        if check.passes() {
            whole(&mut check, &state);
        }
        check.done()?;
        Ok(state)
    }

    /// The state with what is named put in: category, departments, people.
    async fn named(&self, actor: &Actor, check: &mut Check, state: RouteState, write: &WriteRoute) -> Result<RouteState> {
        let category = match &write.of_category {
            Some(named) => self.category(actor, check, named.as_ref()).await?,
            None => state.matches.category,
        };
        let of_department = match &write.of_department {
            Some(named) => self.department(actor, named.as_ref()).await?.map_err(|problem| part("department", problem)),
            None => Ok(state.matches.department),
        };
        let department = match &write.department {
            Some(named) => self.department(actor, named.as_ref()).await?,
            None => Ok(state.department),
        };
        let matches = Match { category, department: check.field("match", of_department).flatten() };
        let department = check.field("department", department).flatten();
        let agents = match &write.agents {
            Some(named) => self.people(actor, check, named, &state.agents).await?,
            None => state.agents.clone(),
        };
        Ok(RouteState { matches, department, agents, ..state })
    }

    async fn category(&self, actor: &Actor, check: &mut Check, named: Option<&Reference>) -> Result<Option<CategoryId>> {
        let Some(reference) = named else { return Ok(None) };
        let found = self.taxonomy.category(actor.organization, reference).await?.map(|category| category.id);
        Ok(check.field("match", found.ok_or_else(|| part("category", Problem::Unknown(reference.to_string())))))
    }

    async fn department(
        &self,
        actor: &Actor,
        named: Option<&Reference>,
    ) -> Result<std::result::Result<Option<DepartmentId>, Problem>> {
        let Some(reference) = named else { return Ok(Ok(None)) };
        let found = self.taxonomy.department(actor.organization, reference).await?.map(|department| department.id);
        Ok(found.map(Some).ok_or_else(|| Problem::Unknown(reference.to_string())))
    }

    /// The people that are meant, each once. Who is named already may be named again, whatever they are by now.
    async fn people(&self, actor: &Actor, check: &mut Check, named: &[Reference], present: &[UserId]) -> Result<Vec<UserId>> {
        if named.len() > MOST_AGENTS {
            check.note("agents", Problem::TooMany(MOST_AGENTS));
            return Ok(Vec::new());
        }
        let mut people = Vec::new();
        for reference in named {
            let found = match self.people.find(actor.organization, reference).await? {
                Some(user) if (user.role.is_assignable() && user.may_enter()) || present.contains(&user.id) => Ok(user.id),
                Some(_) => Err(Problem::NotAssignable),
                None => Err(Problem::Unknown(reference.to_string())),
            };
            people.extend(check.field("agents", found).filter(|person| !people.contains(person)));
        }
        people.sort_unstable();
        Ok(people)
    }

    fn told(&self, actor: &Actor, route: &Route, change: CatalogChange) -> Event {
        Event::of_catalog(CatalogKind::Route, route.id.0, actor, self.clock.now(), change, route.name.as_str())
    }
}

/// A route asks somebody, and the strategy of skills for some.
fn whole(check: &mut Check, state: &RouteState) {
    if state.agents.is_empty() && state.members_of().is_none() {
        check.note("agents", Problem::Other("Name agents, or a department whose members are asked."));
    }
    if state.strategy == Strategy::Skill && state.skills.is_empty() {
        check.note("skills", Problem::Required);
    }
}

fn part(name: &str, problem: Problem) -> Problem {
    Problem::Part(name.to_owned(), Box::new(problem))
}

fn outcome(id: RouteId, created: bool) -> Outcome {
    Outcome { kind: "route", id: id.0, parent: None, created }
}
