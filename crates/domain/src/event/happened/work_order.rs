//! What happens to work orders.

use serde::{Deserialize, Serialize};

use crate::event::named::{FieldChange, Named};
use crate::field_service::{WorkPart, WorkPartChange, WorkPriority, WorkStatus};
use crate::kernel::clock::Moment;
use crate::kernel::id::UserId;

/// What happened to a work order. Its JSON stands beside that of everything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum WorkOrderHappened {
    /// Work on site was planned.
    #[serde(rename = "work_order_created")]
    Created {
        /// What it is called.
        title: String,
        /// Where its life begins.
        status: WorkStatus,
        /// How urgent.
        priority: WorkPriority,
        /// Who does it; [`Self::Assigned`] tells of it besides.
        technician: Option<UserId>,
        /// When it shall begin.
        scheduled_at: Option<Moment>,
    },
    /// A work order moved on.
    #[serde(rename = "work_order_status_changed")]
    StatusChanged {
        /// What it is called.
        title: String,
        /// Who does it.
        technician: Option<UserId>,
        /// From.
        from: WorkStatus,
        /// To.
        to: WorkStatus,
    },
    /// A work order got somebody, or nobody, to do it.
    #[serde(rename = "work_order_assigned")]
    Assigned {
        /// What it is called.
        title: String,
        /// Who had it.
        from: Option<Named>,
        /// Who has it.
        to: Option<Named>,
    },
    /// Other fields of a work order changed.
    #[serde(rename = "work_order_updated")]
    Updated {
        /// What it is called now.
        title: String,
        /// Who did it until then.
        technician: Option<UserId>,
        /// Which.
        changes: Vec<FieldChange>,
    },
    /// A task or a material of a work order was added, changed or removed.
    #[serde(rename = "work_order_part_changed")]
    PartChanged {
        /// Who does the work order.
        technician: Option<UserId>,
        /// Which sort.
        part: WorkPart,
        /// What became of it.
        change: WorkPartChange,
        /// What it is called.
        name: String,
    },
    /// A work order is gone.
    #[serde(rename = "work_order_deleted")]
    Deleted {
        /// What it was called.
        title: String,
        /// Who was to do it.
        technician: Option<UserId>,
    },
}

impl WorkOrderHappened {
    /// The verb that subscribers know it by.
    pub(crate) const fn verb(&self) -> &'static str {
        match self {
            Self::Created { .. } => "created",
            Self::StatusChanged { .. } => "status_changed",
            Self::Assigned { .. } => "assigned",
            Self::Updated { .. } => "updated",
            Self::PartChanged { part, change, .. } => part.action(*change),
            Self::Deleted { .. } => "deleted",
        }
    }

    /// Whether this technician had the work order, or has it now.
    pub fn is_of(&self, user: UserId) -> bool {
        let is_they = |person: &Option<Named>| person.as_ref().is_some_and(|person| person.id == user);
        match self {
            Self::Assigned { from, to, .. } => is_they(from) || is_they(to),
            Self::Created { technician, .. }
            | Self::StatusChanged { technician, .. }
            | Self::Updated { technician, .. }
            | Self::PartChanged { technician, .. }
            | Self::Deleted { technician, .. } => *technician == Some(user),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::event::Happened;

    #[test]
    fn its_json_is_told_by_its_type_as_everything_elses_is() {
        let deleted = WorkOrderHappened::Deleted { title: "Wiring".to_owned(), technician: None };
        let json = json!({ "type": "work_order_deleted", "title": "Wiring", "technician": null });
        assert_eq!(serde_json::to_value(Happened::WorkOrder(deleted.clone())).unwrap(), json);
        assert_eq!(serde_json::from_value::<Happened>(json).unwrap(), Happened::WorkOrder(deleted));
        assert_eq!(serde_json::from_value::<Happened>(json!({ "type": "user_deleted" })).unwrap(), Happened::UserDeleted);
        assert!(serde_json::from_value::<Happened>(json!({ "type": "nothing" })).is_err());
    }
}
