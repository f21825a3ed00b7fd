//! The lines that events add to the audit log.

use serde_json::{Map, Value, json};

use super::{AuditAction, AuditEntry, AuditSubject};
use crate::event::{CatalogChange, CatalogKind, Event, FieldChange, Happened, Subject};
use crate::identity::Role;

/// What of an account is a permission.
const PERMISSIONS: [&str; 2] = ["role", "is_active"];

impl Event {
    /// The line that it adds to the audit log, if it is something that an auditor asks about.
    pub fn audit(&self) -> Option<AuditEntry> {
        let (action, details) = self.governed().or_else(|| audited(&self.happened))?;
        let subject = AuditSubject { kind: self.subject.kind().to_owned(), id: self.subject.id() };
        Some(AuditEntry { actor: self.actor, action, subject: Some(subject), details, at: self.at })
    }

    /// What decides whom the desk tells and what it promises.
    fn governed(&self) -> Option<(AuditAction, Map<String, Value>)> {
        use AuditAction::{
            SlaCalendarCreated, SlaCalendarDeleted, SlaCalendarUpdated, SlaPolicyCreated, SlaPolicyDeleted, SlaPolicyUpdated,
            WebhookCreated, WebhookDeleted, WebhookUpdated,
        };
        let Happened::Cataloged { change, name } = &self.happened else { return None };
        let Subject::Catalog(kind, _) = self.subject else { return None };
        let action = match (kind, change) {
            (CatalogKind::Webhook, CatalogChange::Created) => WebhookCreated,
            (CatalogKind::Webhook, CatalogChange::Updated) => WebhookUpdated,
            (CatalogKind::Webhook, CatalogChange::Deleted) => WebhookDeleted,
            (CatalogKind::Policy, CatalogChange::Created) => SlaPolicyCreated,
            (CatalogKind::Policy, CatalogChange::Updated) => SlaPolicyUpdated,
            (CatalogKind::Policy, CatalogChange::Deleted) => SlaPolicyDeleted,
            (CatalogKind::Calendar, CatalogChange::Created) => SlaCalendarCreated,
            (CatalogKind::Calendar, CatalogChange::Updated) => SlaCalendarUpdated,
            (CatalogKind::Calendar, CatalogChange::Deleted) => SlaCalendarDeleted,
            _ => return None,
        };
        Some((action, Map::from_iter([("name".to_owned(), name.as_str().into())])))
    }
}

fn audited(happened: &Happened) -> Option<(AuditAction, Map<String, Value>)> {
    let plain = |action| Some((action, Map::new()));
    match happened {
        Happened::UserCreated { role, .. } => Some((AuditAction::UserCreated, with_role(*role))),
        Happened::UserUpdated { fields, role } => {
            let changed: Vec<&String> = fields.iter().filter(|field| PERMISSIONS.contains(&field.as_str())).collect();
            let mut details = with_role(*role);
            details.insert("fields".to_owned(), json!(changed));
            (!changed.is_empty()).then_some((AuditAction::PermissionsChanged, details))
        }
        Happened::PasswordChanged => plain(AuditAction::PasswordChanged),
        Happened::UserApproved => plain(AuditAction::UserApproved),
        Happened::UserRejected { .. } => plain(AuditAction::UserRejected),
        Happened::UserDeleted => plain(AuditAction::UserDeleted),
        Happened::UserErased => plain(AuditAction::UserErased),
        Happened::OrganizationUpdated { changes } => {
            let changes = changes.iter().map(|FieldChange { field, old, new }| json!({ "field": field, "old": old, "new": new }));
            let details = Map::from_iter([("changes".to_owned(), changes.collect::<Value>())]);
            Some((AuditAction::OrganizationUpdated, details))
        }
        _ => None,
    }
}

fn with_role(role: Role) -> Map<String, Value> {
    Map::from_iter([("role".to_owned(), role.word().into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_role_is_written_down_and_a_new_name_is_not() {
        let renamed = Happened::UserUpdated { fields: vec!["first_name".to_owned()], role: Role::Agent };
        assert_eq!(audited(&renamed), None);
        let fields = vec!["first_name".to_owned(), "role".to_owned()];
        let (action, details) = audited(&Happened::UserUpdated { fields, role: Role::Admin }).unwrap();
        assert_eq!(action, AuditAction::PermissionsChanged);
        assert_eq!(Value::Object(details), json!({ "role": "admin", "fields": ["role"] }));
    }

    #[test]
    fn no_name_and_no_address_is_written_down() {
        let email = "jane@example.com".to_owned();
        let created = audited(&Happened::UserCreated { email: email.clone(), role: Role::Customer });
        let rejected = audited(&Happened::UserRejected { email, name: "Jane".to_owned(), reason: None });
        for (_, details) in [created.unwrap(), rejected.unwrap()] {
            assert!(!Value::Object(details).to_string().to_lowercase().contains("jane"));
        }
    }
}
