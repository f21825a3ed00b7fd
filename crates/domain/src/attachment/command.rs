//! What can be asked of files. Contents have been taken in before, see [`super::Files::begin`].

use super::Received;
use crate::kernel::id::{Reference, Target};

/// Files for a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachFiles {
    /// Which ticket.
    pub target: Target,
    /// A comment on it that the files belong to; the actor's own.
    pub comment: Option<Reference>,
    /// What goes for each of them.
    pub about: About,
    /// The files; one at least.
    pub files: Vec<Received>,
}

/// What somebody says of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What is to be seen in it.
    pub description: Option<String>,
    /// A word of the client's own.
    pub category: Option<String>,
}
