//! The organizations and people of the demo data, with passwords that everybody may know.

use helpdesk_domain::identity::Role;

/// Slug of the organization whose desk the demo data shows.
pub const HOME: &str = "acme-corp";

/// Slug, name, internet domain and zone.
pub const ORGANIZATIONS: [(&str, &str, &str, &str); 2] =
    [(HOME, "ACME Corporation", "acme.com", "UTC"), ("tech-startup", "Tech Startup Inc", "techstartup.com", "UTC")];

/// Somebody to log in as.
pub struct Sample {
    /// Slug of the organization.
    pub organization: &'static str,
    /// Address.
    pub email: &'static str,
    /// Password.
    pub password: &'static str,
    /// Given and family name.
    pub name: (&'static str, &'static str),
    /// Role.
    pub role: Role,
}

const fn sample(email: &'static str, password: &'static str, name: (&'static str, &'static str), role: Role) -> Sample {
    Sample { organization: HOME, email, password, name, role }
}

/// Everybody. The order matters: who comes later gets the longer username (`admin_helpdesk`).
pub const PEOPLE: [Sample; 10] = [
    sample("admin@example.com", "admin123", ("Alice", "Morgan"), Role::Admin),
    sample("agent@example.com", "agent123", ("Jane", "Smith"), Role::Agent),
    sample("customer@example.com", "customer123", ("Chris", "Taylor"), Role::Customer),
    sample("admin@helpdesk.com", "admin123", ("Robert", "King"), Role::Admin),
    sample("agent@helpdesk.com", "agent123", ("Sara", "Novak"), Role::Admin),
    sample("john@example.com", "customer123", ("John", "Doe"), Role::Customer),
    sample("jane@example.com", "customer123", ("Jane", "Miller"), Role::Customer),
    sample("coordinator@example.com", "coordinator123", ("Omar", "Haddad"), Role::Coordinator),
    sample("technician@example.com", "technician123", ("Tim", "Becker"), Role::Technician),
    Sample {
        organization: "tech-startup",
        email: "admin@tech-startup.com",
        password: "admin123",
        name: ("Nina", "Rossi"),
        role: Role::Admin,
    },
];
