//! Tickets, to show.
