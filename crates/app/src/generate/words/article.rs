//! What articles say.

pub const TITLES: &[&str] = &[
    "How to set up {product} on your {device}",
    "What error {error} of {product} means",
    "{product} {version}: what is new",
    "Connecting a {device} in {place}",
    "Getting access to {product} for {team}",
    "{product} is slow: what to check",
    "Exporting data from {product}",
    "Moving {product} to a new {device}",
    "When {action} fails in {product}",
    "Ordering a {device} for {team}",
    "Backup and restore of {product}",
    "Permissions in {product} for {team}",
    "Checklist after {time}",
    "Replacing the {device} in {place}",
    "Questions and answers about {product}",
    "Resetting the password of {product}",
    "Integrating {product} with {product}",
    "Known problems of {product} {version}",
];

pub const HEADINGS: &[&str] = &[
    "Before you begin",
    "Step by step",
    "If it does not work",
    "When error {error} appears",
    "For {team}",
    "On a {device}",
    "Background",
    "Who to ask",
];

pub const STEPS: &[&str] = &[
    "Open {product} and sign in.",
    "Restart the {device} and wait a minute.",
    "Choose Settings, then {product}.",
    "Check the cable of the {device} in {place}.",
    "Try {action} once more.",
    "Note the error code, for example {error}.",
    "Ask a colleague in {team} to do the same.",
    "Install version {version}.",
];

pub const CATEGORIES: &[&str] = &["Accounts", "Devices", "Network", "Software", "Processes"];
