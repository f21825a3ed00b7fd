//! Work orders: the aggregate, its life, and how it is shown.

mod material;
mod model;
mod part;
mod priority;
mod status;
mod task;
mod view;

pub use material::{Cost, Material, Quantity};
pub use model::{LONGEST_MINUTES, Slot, WorkOrder, WorkOrderChange, WorkOrderState};
pub use part::{MOST_PARTS, WorkPart, WorkPartChange};
pub use priority::WorkPriority;
pub use status::WorkStatus;
pub use task::{Completion, Task};
pub use view::{CustomerBrief, LocationBrief, MaterialView, TaskView, TicketBrief, WorkOrderView};
