//! Field service (seed 001): work that is done on site. [`WorkOrder`]s with their tasks and materials, the
//! [`Customer`]s they are for and the [`Location`]s they are done at.

pub mod command;
mod customer;
mod error;
mod location;
pub mod policy;
pub mod port;
mod service;
mod work_order;

pub use customer::{Customer, CustomerChange, CustomerState, CustomerView};
pub use error::FieldServiceError;
pub use location::{Coordinate, Location, LocationChange, LocationState, LocationView};
pub use service::{Customers, Locations, WorkOrders};
pub use work_order::{
    Completion, Cost, CustomerBrief, LONGEST_MINUTES, LocationBrief, MOST_PARTS, Material, MaterialView, Quantity, Slot, Task,
    TaskView, TicketBrief, WorkOrder, WorkOrderChange, WorkOrderState, WorkOrderView, WorkPart, WorkPartChange, WorkPriority,
    WorkStatus,
};

#[cfg(test)]
mod tests;
