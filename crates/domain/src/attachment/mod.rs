//! Files: what is attached to tickets and comments, what people upload for themselves, and the pictures of people.
//!
//! A file has a row and an object: the row is written by the unit of work, the content goes to a [`port::ContentStore`]
//! before that, in chunks. An object that no row speaks of yet, or any more, stands in the [`port::ObjectLedger`], so that
//! what a crash leaves behind is found without looking at all that is stored.

pub mod command;
mod error;
mod link;
mod model;
mod name;
mod object;
pub mod policy;
pub mod port;
pub mod service;
mod view;

pub use error::FileError;
pub use link::Link;
pub use model::{File, FileState, LARGEST_FILE, LARGEST_IMAGE, MOST_FILES, MOST_FILES_OF_TICKET, Received};
pub use name::FileName;
pub use object::{Folder, ObjectKey};
pub use service::{Files, Intake, Located, Portraits};
pub use view::FileView;
