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
}

impl AuditAction {
    /// All of them.
    pub const ALL: [Self; 14] = [
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
        }
    }

    /// The action of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }
}
