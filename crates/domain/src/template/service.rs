//! The use cases of response templates.

use std::sync::Arc;

use super::command::{CreateTemplate, EditTemplate};
use super::port::{TemplateQuery, TemplateRepository};
use super::{Context, ProcessedTemplate, Template, TemplateChange, TemplateError, TemplateState, TemplateView, Variable, policy};
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::id::{Reference, Target, TemplateId};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::{TemplateCategory, TemplateContent, TemplateTitle};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::work::{Changes, Outcome, UnitOfWork, Write, spend_key};

/// What the use cases of response templates need from outside.
#[derive(Clone)]
pub struct Templates {
    /// Templates.
    pub templates: Arc<dyn TemplateRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, TemplateError>;

impl Templates {
    /// A part of the templates that the actor may use: the public ones and their own.
    pub async fn list(&self, actor: &Actor, query: &TemplateQuery, page: &PageRequest) -> Result<Page<TemplateView>> {
        policy::may_use(actor)?;
        Ok(self.templates.page(actor.organization, actor.user, query, page).await?)
    }

    /// One template.
    pub async fn read(&self, actor: &Actor, template: &Reference) -> Result<TemplateView> {
        let view = self.templates.view(actor.organization, actor.user, template).await?.ok_or(TemplateError::NotFound)?;
        policy::may_use(actor)?;
        Ok(view)
    }

    /// Fills a template in. Changes nothing but the idempotency key of the request.
    pub async fn process(&self, actor: &Actor, template: &Reference, context: &Context) -> Result<ProcessedTemplate> {
        let template = self.get(actor, &Target { reference: template.clone(), revision: None }).await?;
        policy::may_use(actor)?;
        let processed = template.fill(context)?;
        spend_key(&*self.work, actor).await?;
        let (original, variables) = (template.content.to_string(), template.variables.clone());
        Ok(ProcessedTemplate { processed, original, variables })
    }

    /// Writes a template.
    pub async fn create(&self, actor: &Actor, command: CreateTemplate) -> Result<TemplateView> {
        policy::may_use(actor)?;
        let CreateTemplate { title, content, category, is_public, variables } = command;
        let mut check = Check::new();
        let title = check.required("title", title.as_deref().map(TemplateTitle::parse));
        let content = check.required("content", content.as_deref().map(TemplateContent::parse));
        let category = check.optional("category", category.as_deref().map(TemplateCategory::parse));
        let variables = named(&mut check, variables.as_deref());
        check.done()?;
        let (Some(title), Some(content)) = (title, content) else {
            return Err(Violations::one("title", Problem::Required).into());
        };
        let now = self.clock.now();
        let template = Template::write(TemplateState {
            id: TemplateId(self.ids.next()),
            organization: actor.organization,
            title,
            content,
            category: category.unwrap_or_else(|| TemplateCategory::trusted(String::new())),
            is_public: is_public.unwrap_or(false),
            variables: variables.unwrap_or_default(),
            created_by: actor.user,
            created_at: now,
            updated_at: now,
            revision: 1,
        })?;
        let (id, event) = (template.id, self.event(actor, &template, CatalogChange::Created));
        let changes = Changes::by(actor).with(Write::AddTemplate(Box::new(template)), [event]);
        self.work.commit(changes.showing(Outcome { kind: "template", id: id.0, parent: None, created: true })).await?;
        self.read(actor, &id.into()).await
    }

    /// Changes a template. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, command: EditTemplate) -> Result<TemplateView> {
        let id = race::settle(command.target.may_retry(), async || self.edit_once(actor, &command).await).await?;
        self.read(actor, &id.into()).await
    }

    async fn edit_once(&self, actor: &Actor, command: &EditTemplate) -> Result<TemplateId> {
        let EditTemplate { target, title, content, category, is_public, variables } = command;
        let mut template = self.get(actor, target).await?;
        policy::may_change(actor, &template)?;
        if template.is_public && *is_public == Some(false) {
            policy::may_make_private(actor, &template)?;
        }
        let mut check = Check::new();
        let change = TemplateChange {
            title: check.optional("title", title.as_deref().map(TemplateTitle::parse)),
            content: check.optional("content", content.as_deref().map(TemplateContent::parse)),
            category: check.optional("category", category.as_deref().map(TemplateCategory::parse)),
            is_public: *is_public,
            variables: named(&mut check, variables.as_deref()),
        };
        check.done()?;
        let id = template.id;
        if template.change(change, self.clock.now())? {
            let event = self.event(actor, &template, CatalogChange::Updated);
            self.work.commit(Changes::by(actor).with(Write::SaveTemplate(Box::new(template)), [event])).await?;
        }
        Ok(id)
    }

    /// Removes a template.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let template = self.get(actor, target).await?;
            policy::may_change(actor, &template)?;
            let event = self.event(actor, &template, CatalogChange::Deleted);
            let write = Write::DeleteTemplate(template.id, template.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<Template> {
        let found = self.templates.find(actor.organization, actor.user, &target.reference).await?;
        let template = found.ok_or(TemplateError::NotFound)?;
        target.allows(template.revision)?;
        Ok(template)
    }

    fn event(&self, actor: &Actor, template: &Template, change: CatalogChange) -> Event {
        Event::of_catalog(CatalogKind::Template, template.id.0, actor, self.clock.now(), change, template.told_name())
    }
}

/// Variables that were named; each that is none is told by its name.
fn named(check: &mut Check, names: Option<&[String]>) -> Option<Vec<Variable>> {
    let part = |name: &str, problem| Problem::Part(name.chars().take(Variable::MAX).collect(), Box::new(problem));
    let parse = |name: &String| Variable::parse(name).map_err(|problem| part(name, problem));
    Some(names?.iter().filter_map(|name| check.field("variables", parse(name))).collect())
}
