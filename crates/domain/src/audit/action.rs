//! What the audit log tells of.

/// Something that an auditor asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditAction {
    /// Somebody proved who they are.
    LoggedIn,
    /// Somebody did not.
    LoginFailed,
    /// An account was made.
    UserCreated,
    /// An account got another role, or may log in again or no more.
    PermissionsChanged,
    /// An account got another password.
    PasswordChanged,
    /// A waiting account was let in.
    UserApproved,
    /// A waiting account was not let in.
    UserRejected,
    /// An account was taken out.
    UserDeleted,
    /// All that is kept of a person was taken out as a document.
    UserExported,
    /// A person was erased.
    UserErased,
    /// The organization chose something else.
    OrganizationUpdated,
    /// A key for a program was made.
    ApiKeyCreated,
    /// A key for a program was ended.
    ApiKeyDeleted,
    /// Tickets were taken out as a file.
    TicketsExported,
    /// A program that is told what happens was made.
    WebhookCreated,
    /// A program that is told what happens was changed.
    WebhookUpdated,
    /// A program that is told what happens was taken out.
    WebhookDeleted,
    /// A promise was made.
    SlaPolicyCreated,
    /// A promise was changed.
    SlaPolicyUpdated,
    /// A promise was taken out.
    SlaPolicyDeleted,
    /// When the organization is open was made.
    SlaCalendarCreated,
    /// When the organization is open was changed.
    SlaCalendarUpdated,
    /// When the organization is open was taken out.
    SlaCalendarDeleted,
}

impl AuditAction {
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::LoggedIn,
        Self::LoginFailed,
        Self::UserCreated,
        Self::PermissionsChanged,
        Self::PasswordChanged,
        Self::UserApproved,
        Self::UserRejected,
        Self::UserDeleted,
        Self::UserExported,
        Self::UserErased,
        Self::OrganizationUpdated,
        Self::ApiKeyCreated,
        Self::ApiKeyDeleted,
        Self::TicketsExported,
        Self::WebhookCreated,
        Self::WebhookUpdated,
        Self::WebhookDeleted,
        Self::SlaPolicyCreated,
        Self::SlaPolicyUpdated,
        Self::SlaPolicyDeleted,
        Self::SlaCalendarCreated,
        Self::SlaCalendarUpdated,
        Self::SlaCalendarDeleted,
    ];

    /// Its word, as it is stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            Self::LoggedIn => "login.succeeded",
            Self::LoginFailed => "login.failed",
            Self::UserCreated => "user.created",
            Self::PermissionsChanged => "user.permissions_changed",
            Self::PasswordChanged => "user.password_changed",
            Self::UserApproved => "user.approved",
            Self::UserRejected => "user.rejected",
            Self::UserDeleted => "user.deleted",
            Self::UserExported => "user.exported",
            Self::UserErased => "user.erased",
            Self::OrganizationUpdated => "organization.updated",
            Self::ApiKeyCreated => "api_key.created",
            Self::ApiKeyDeleted => "api_key.deleted",
            Self::TicketsExported => "tickets.exported",
            Self::WebhookCreated => "webhook.created",
            Self::WebhookUpdated => "webhook.updated",
            Self::WebhookDeleted => "webhook.deleted",
            Self::SlaPolicyCreated => "sla_policy.created",
            Self::SlaPolicyUpdated => "sla_policy.updated",
            Self::SlaPolicyDeleted => "sla_policy.deleted",
            Self::SlaCalendarCreated => "sla_calendar.created",
            Self::SlaCalendarUpdated => "sla_calendar.updated",
            Self::SlaCalendarDeleted => "sla_calendar.deleted",
        }
    }

    /// The action of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }
}
