//! What is done with one ticket, by its own rules.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::known::Known;
use crate::automation::{Addressee, FieldValues, Notice, RuleAction, Saying};
use crate::event::Happened;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CategoryId, CommentId, DepartmentId, TagId, UserId, WebhookId};
use crate::kernel::text::CommentText;
use crate::kernel::violation::{Check, Problem, Violations};
use crate::template::{Context, filled};
use crate::ticket::service::{MOST_TAGS, check_fields};
use crate::ticket::{Action, Comment, CommentState, Swap, Ticket, TicketChange, TicketError, Utterance};

/// Who does it, and when.
pub(in crate::automation) struct Hand<'a> {
    /// Who says what is said.
    pub author: UserId,
    /// How it is heard in public.
    pub in_public: Utterance,
    /// What is known.
    pub known: &'a Known,
    /// When.
    pub now: Moment,
    /// Fresh identities.
    pub fresh: &'a (dyn Fn() -> Uuid + Send + Sync),
}

/// A ticket, what was done with it, and what was said.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::automation) struct Deed {
    pub ticket: Ticket,
    pub happened: Vec<Happened>,
    pub comments: Vec<Comment>,
    /// Webhooks that are told of it.
    pub webhooks: Vec<WebhookId>,
}

type Done = Result<(), TicketError>;

impl Deed {
    /// All of it, or nothing.
    pub fn of(ticket: &Ticket, actions: &[RuleAction], hand: &Hand<'_>) -> Result<Self, TicketError> {
        let (happened, comments, webhooks) = (Vec::new(), Vec::new(), Vec::new());
        let mut deed = Self { ticket: ticket.clone(), happened, comments, webhooks };
        for action in actions {
            match action {
                RuleAction::Assign(to) => deed.assign(*to, hand)?,
                RuleAction::Set(values) => deed.set(values, hand)?,
                RuleAction::Comment(saying) => deed.say(saying, hand)?,
                RuleAction::Notify(notice) => deed.notify(notice, hand)?,
                RuleAction::Webhook(webhook) => deed.tell(*webhook, hand)?,
            }
        }
        Ok(deed)
    }

    /// Whether everything was so already.
    pub fn is_nothing(&self) -> bool {
        self.happened.is_empty() && self.webhooks.is_empty()
    }

    /// What was done, as a person reads it.
    pub fn told(&self) -> String {
        let lines = self.happened.iter().flat_map(|happened| happened.history("Automation")).map(|line| line.details);
        let told = (!self.webhooks.is_empty()).then(|| "Webhook told".to_owned());
        lines.chain(told).collect::<Vec<_>>().join("; ")
    }

    fn tell(&mut self, webhook: WebhookId, hand: &Hand<'_>) -> Done {
        let problem = match hand.known.is_told(webhook) {
            None => Problem::Unknown(webhook.to_string()),
            Some(false) => Problem::Other("The webhook is paused."),
            Some(true) => {
                self.webhooks.push(webhook);
                return Ok(());
            }
        };
        Err(Violations::one("webhook", problem).into())
    }

    /// Staff and the requester are told in two events: each hears of those that are like them only.
    fn notify(&mut self, notice: &Notice, hand: &Hand<'_>) -> Done {
        let message = filled(&notice.message, &self.variables(hand.known))?;
        let (mut users, mut roles, mut is_for_requester) = (Vec::new(), Vec::new(), false);
        for addressee in &notice.to {
            match addressee {
                Addressee::Assignee => users.extend(self.ticket.assignee),
                Addressee::Requester => is_for_requester = true,
                Addressee::Role(role) => roles.push(*role),
                Addressee::User(user) => users.push(*user),
            }
        }
        if !users.is_empty() || !roles.is_empty() {
            self.happened.push(Happened::TicketNotified { users, roles, is_public: false, message: message.clone() });
        }
        if is_for_requester {
            let (users, roles) = (vec![self.ticket.requester], Vec::new());
            self.happened.push(Happened::TicketNotified { users, roles, is_public: true, message });
        }
        Ok(())
    }

    fn assign(&mut self, to: Option<UserId>, hand: &Hand<'_>) -> Done {
        if self.ticket.assignee == to {
            return Ok(());
        }
        if self.ticket.status.is_final() {
            return Err(TicketError::NotAssignable(self.ticket.status));
        }
        if to.is_some_and(|to| !hand.known.may_get_tickets(to)) {
            return Err(Violations::one("assigned_to", Problem::NotAssignable).into());
        }
        let from = self.ticket.assignee.map(|id| hand.known.person(id));
        self.happened.extend(self.ticket.assign(from, to.map(|id| hand.known.person(id)), hand.now));
        Ok(())
    }

    fn set(&mut self, values: &FieldValues, hand: &Hand<'_>) -> Done {
        let changes = self.ticket.change(self.change(values, hand.known)?, hand.now);
        if !changes.is_empty() {
            self.happened.push(Happened::TicketUpdated { changes });
        }
        if let Some(status) = values.status.filter(|status| *status != self.ticket.status) {
            self.happened.push(self.ticket.step(Action::Update(status), hand.now)?);
        }
        Ok(())
    }

    fn change(&self, values: &FieldValues, known: &Known) -> Result<TicketChange, TicketError> {
        let FieldValues { status: _, priority, category, sub_category, department, custom_fields, resolution, .. } = values;
        let (ticket, mut check) = (&self.ticket, Check::new());
        let category = swap(&mut check, "category", ticket.category, category.wanted(), known, |id: CategoryId| id.0);
        let department = swap(&mut check, "department", ticket.department, department.wanted(), known, |id: DepartmentId| id.0);
        let tags = self.tags(&mut check, values, known);
        if !custom_fields.is_empty() {
            let mut merged = ticket.custom_fields.clone();
            merged.extend(custom_fields.clone());
            check_fields(&mut check, &merged);
        }
        check.done()?;
        Ok(TicketChange {
            priority: *priority,
            category,
            sub_category: sub_category.wanted(),
            department,
            tags,
            custom_fields: (!custom_fields.is_empty()).then(|| custom_fields.clone()),
            resolution: resolution.clone().map(Some),
            ..TicketChange::default()
        })
    }

    /// All tags, with what those of before and those of now are called. A tag that is gone is given to nothing.
    fn tags(&self, check: &mut Check, values: &FieldValues, known: &Known) -> Option<(Vec<TagId>, Vec<String>, Vec<String>)> {
        let FieldValues { tags, add_tags, remove_tags, .. } = values;
        let mut after: BTreeSet<TagId> =
            tags.as_ref().map_or_else(|| self.ticket.tags.clone(), |all| all.iter().copied().collect());
        after.extend(add_tags);
        after.retain(|tag| !remove_tags.contains(tag));
        if after == self.ticket.tags {
            return None;
        }
        let lost = after.iter().any(|tag| !known.names.contains_key(&tag.0));
        if lost {
            check.note("tags", Problem::Other("A tag is gone."));
        }
        if after.len() > MOST_TAGS {
            check.note("tags", Problem::TooMany(MOST_TAGS));
        }
        let names = |tags: &BTreeSet<TagId>| tags.iter().filter_map(|tag| known.name(tag.0)).collect();
        let (before, now) = (names(&self.ticket.tags), names(&after));
        Some((after.into_iter().collect(), before, now))
    }

    fn say(&mut self, saying: &Saying, hand: &Hand<'_>) -> Done {
        let text = filled(&saying.content, &self.variables(hand.known))?;
        let content = CommentText::parse(&text).map_err(|problem| Violations::one("content", problem))?;
        let heard = if saying.is_internal { Utterance::Internal } else { hand.in_public };
        self.ticket.heard(heard, hand.now);
        let state = CommentState {
            id: CommentId((hand.fresh)()),
            ticket: self.ticket.id,
            author: hand.author,
            content,
            is_internal: saying.is_internal,
            mentions: Vec::new(),
            created_at: hand.now,
            updated_at: hand.now,
            revision: 1,
        };
        let (comment, said) = Comment::say(state, true, Vec::new());
        self.comments.push(comment);
        self.happened.push(said);
        Ok(())
    }

    /// What the variables of what is said stand for.
    fn variables(&self, known: &Known) -> Context {
        let ticket = &self.ticket;
        let named = |id: Option<Uuid>| id.and_then(|id| known.name(id)).unwrap_or_default();
        let spoken = |word: &str| word.replace('_', " ");
        let values = [
            ("ticket_number", known.brief(ticket.id).map(|brief| crate::ticket::shown_number(brief.number)).unwrap_or_default()),
            ("title", ticket.title.to_string()),
            ("status", spoken(ticket.status.word())),
            ("priority", ticket.priority.map(|priority| spoken(priority.word())).unwrap_or_default()),
            ("category", named(ticket.category.map(|id| id.0))),
            ("department", named(ticket.department.map(|id| id.0))),
            ("requester", named(Some(ticket.requester.0))),
            ("assignee", named(ticket.assignee.map(|id| id.0))),
        ];
        values.into_iter().map(|(name, value)| (name.to_owned(), Ok(value))).collect()
    }
}

fn swap<I: Copy + PartialEq>(
    check: &mut Check,
    field: &str,
    present: Option<I>,
    wanted: Option<Option<I>>,
    known: &Known,
    uuid: impl Fn(I) -> Uuid,
) -> Option<Swap<I>> {
    let wanted = wanted.filter(|wanted| *wanted != present)?;
    let old_name = present.and_then(|id| known.name(uuid(id)));
    let Some(id) = wanted else { return Some(Swap { old_name, new: None }) };
    let Some(name) = known.name(uuid(id)) else {
        check.note(field, Problem::Unknown(uuid(id).to_string()));
        return None;
    };
    Some(Swap { old_name, new: Some((id, name)) })
}
