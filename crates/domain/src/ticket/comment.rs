//! What is said on a ticket.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::event::{Event, Happened};
use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, Revision, TicketId, UserId};
use crate::kernel::text::CommentText;

/// All that is kept of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentState {
    /// Identity.
    pub id: CommentId,
    /// On which ticket.
    pub ticket: TicketId,
    /// Who said it.
    pub author: UserId,
    /// What.
    pub content: CommentText,
    /// Whether it stays among staff.
    pub is_internal: bool,
    /// Who is mentioned.
    pub mentions: Vec<UserId>,
    /// Said.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often it was written.
    pub revision: Revision,
}

/// How something that is said on a ticket is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Utterance {
    /// Among staff.
    Internal,
    /// By everybody on the ticket.
    Public,
    /// By everybody on the ticket, and the requester says it.
    Reply,
    /// By everybody on the ticket, and it is staff's answer to the requester.
    Answer,
}

impl Utterance {
    /// Something that answers nobody.
    pub const fn of(is_internal: bool) -> Self {
        if is_internal { Self::Internal } else { Self::Public }
    }
}

/// Something said on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment(CommentState);

impl Deref for Comment {
    type Target = CommentState;

    fn deref(&self) -> &CommentState {
        &self.0
    }
}

/// What somebody said publicly. Nothing internal becomes one: it is only made by [`PublicComment::of`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicComment {
    /// None in what was stored before it was known.
    #[serde(default)]
    id: Option<CommentId>,
    author: String,
    text: String,
}

impl PublicComment {
    /// The public comment that an event tells of, if it does.
    pub fn of(event: &Event) -> Option<Self> {
        match &event.happened {
            Happened::CommentAdded { comment, is_internal: false, content, .. } => {
                Some(Self { id: Some(*comment), author: event.actor_name.clone(), text: content.clone() })
            }
            _ => None,
        }
    }

    /// Which comment it is.
    pub fn id(&self) -> Option<CommentId> {
        self.id
    }

    /// Who said it.
    pub fn author(&self) -> &str {
        &self.author
    }

    /// What was said.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Comment {
    /// A comment as it was stored.
    pub fn restored(state: CommentState) -> Self {
        Self(state)
    }

    /// A new comment; `hears` are those of the mentioned who may see it.
    pub fn say(state: CommentState, by_staff: bool, hears: Vec<UserId>) -> (Self, Happened) {
        let happened = Happened::CommentAdded {
            comment: state.id,
            content: state.content.to_string(),
            is_internal: state.is_internal,
            by_staff,
            mentions: hears,
        };
        (Self(state), happened)
    }

    /// Says it differently; none when nothing differs.
    pub fn edit(&mut self, content: Option<CommentText>, is_internal: Option<bool>, now: Moment) -> Option<Happened> {
        let content = content.unwrap_or_else(|| self.0.content.clone());
        let is_internal = is_internal.unwrap_or(self.0.is_internal);
        if content == self.0.content && is_internal == self.0.is_internal {
            return None;
        }
        let was_internal = self.0.is_internal;
        self.0.content = content;
        self.0.is_internal = is_internal;
        self.0.updated_at = now;
        Some(Happened::CommentEdited {
            comment: self.0.id,
            content: self.0.content.to_string(),
            is_internal: is_internal || was_internal,
        })
    }
}
