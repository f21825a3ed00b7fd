//! Routing: whom tickets can be given to, which routes there are, and which tickets wait.

mod agents;

pub(crate) use agents::{MAY_BE_GIVEN, OPEN, capable};
