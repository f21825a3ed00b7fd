//! The pools that work orders, their customers and their locations are drawn from.

/// What technicians do to [`EQUIPMENT`].
pub const WORK: &[&str] = &[
    "Install",
    "Replace",
    "Inspect",
    "Repair",
    "Service",
    "Move",
    "Calibrate",
    "Clean",
    "Upgrade",
    "Dismantle",
    "Test",
    "Rewire",
];

/// What technicians are sent for.
pub const EQUIPMENT: &[&str] = &[
    "the access point on the second floor",
    "the server rack",
    "the label printer",
    "the UPS batteries",
    "the badge reader",
    "the meeting room display",
    "the network switch",
    "the backup tape drive",
    "the air conditioning of the server room",
    "the point of sale terminal",
    "the surveillance camera",
    "the patch panel",
    "the conference phone",
    "the fibre line",
    "the firewall",
    "the docking stations",
    "the plotter",
    "the storage shelf",
];

/// Steps of their work.
pub const TASKS: &[&str] = &[
    "Check in at the front desk",
    "Take photos before the work",
    "Update the firmware",
    "Label the cables",
    "Run the diagnostics",
    "Replace the filter",
    "Measure the signal",
    "Clean the housing",
    "Test with the customer",
    "Take the old part along",
    "Fill in the report",
    "Have it signed",
];

/// What they use up.
pub const MATERIALS: &[&str] = &[
    "Cable ties",
    "Patch cable, 2 m",
    "Patch cable, 10 m",
    "Battery pack",
    "Air filter",
    "Fuse",
    "Wall mount",
    "Thermal paste",
    "Connector",
    "Fan",
];

/// What companies are called behind a name.
pub const COMPANIES: &[&str] =
    &["Logistics", "& Sons", "Bakery", "Engineering", "Dental", "Law", "Foods", "Printing", "Motors", "Design"];

/// Where a customer's work is done.
pub const SITES: &[&str] = &["headquarters", "warehouse", "branch office", "shop", "plant", "workshop"];

/// Streets.
pub const STREETS: &[&str] =
    &["Main Street", "Oak Avenue", "Station Road", "Mill Lane", "Harbor Drive", "Second Street", "Park Row", "Hill Road"];

/// Towns.
pub const TOWNS: &[&str] =
    &["Springfield", "Riverton", "Fairview", "Georgetown", "Clinton", "Salem", "Madison", "Franklin", "Greenville", "Bristol"];
