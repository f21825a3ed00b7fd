//! What a work order uses up.

use uuid::Uuid;

use super::part::{Part, WorkPart};
use crate::kernel::decimal::Decimal;
use crate::kernel::id::MaterialId;
use crate::kernel::text::{MaterialName, Unit};

/// How much there is of a material, to the thousandth.
pub type Quantity = Decimal<3>;

/// What something costs, to the hundredth of the organization's currency.
pub type Cost = Decimal<2>;

/// Something that is used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Identity.
    pub id: MaterialId,
    /// What it is called.
    pub name: MaterialName,
    /// How much of it.
    pub quantity: Quantity,
    /// What it is counted in; may be empty.
    pub unit: Unit,
    /// What all of it costs.
    pub cost: Cost,
}

impl Material {
    /// One of what is called so; it costs nothing.
    pub fn new(id: MaterialId, name: MaterialName) -> Self {
        Self { id, name, quantity: Quantity::of_parts(Quantity::PARTS), unit: Unit::trusted(String::new()), cost: Cost::ZERO }
    }
}

impl Part for Material {
    const KIND: WorkPart = WorkPart::Material;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn name(&self) -> &str {
        self.name.as_str()
    }

    fn is_done(&self) -> bool {
        false
    }

    fn undone(&self) -> Self {
        self.clone()
    }
}
