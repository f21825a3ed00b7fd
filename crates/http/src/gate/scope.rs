//! What an API key must be for, by method and path, in every dialect.

use actix_web::http::Method;
use helpdesk_domain::identity::Scope;

/// What belongs to tickets. Everything else wants [`Scope::Admin`].
const TICKETS: &[&str] = &[
    "tickets",
    "requests",
    "comments",
    "files",
    "media",
    "attachments",
    "integrations",
    "filters",
    "notifications",
    "ws",
    "work-orders",
];

/// What a key for reading tickets reads beside them.
const READABLE: &[&str] = &[
    "categories",
    "tags",
    "departments",
    "faqs",
    "knowledge-base",
    "search",
    "statistics",
    "events",
    "schema",
    "sla",
    "analytics",
    "customers",
    "locations",
];

/// The scope that a request wants of a key.
pub fn wanted(method: &Method, path: &str) -> Scope {
    let behind = |base| path.strip_prefix(base);
    let media = || (path.starts_with("/media/") || path.starts_with("/ws/")).then_some(path);
    let path = behind("/api/v1").or_else(|| behind("/api/help")).or_else(|| behind("/api")).or_else(media);
    let path = path.unwrap_or_default().trim_matches('/');
    let resource = path.split('/').next().unwrap_or_default();
    let is_ticket = TICKETS.contains(&resource);
    let is_own_account = matches!(path, "auth/me" | "users/me");
    match *method {
        Method::GET | Method::HEAD | Method::OPTIONS if is_ticket || is_own_account || READABLE.contains(&resource) => {
            Scope::TicketsRead
        }
        Method::POST if path == "knowledge-base/suggest" => Scope::TicketsRead,
        Method::POST if resource == "knowledge-base" && path.ends_with("/vote") => Scope::TicketsWrite,
        Method::DELETE if matches!(resource, "tickets" | "work-orders") && path.split('/').count() == 2 => Scope::Admin,
        Method::GET | Method::HEAD | Method::OPTIONS => Scope::Admin,
        // changes nothing
        Method::POST if path == "sla/simulate" => Scope::TicketsRead,
        _ if is_ticket => Scope::TicketsWrite,
        _ => Scope::Admin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_are_read_and_written_with_their_own_scopes_in_every_dialect() {
        for path in [
            "/api/v1/tickets/",
            "/api/help/requests",
            "/api/tickets/1/",
            "/api/v1/tickets/7/comments",
            "/api/v1/work-orders/7/tasks",
        ] {
            assert_eq!(wanted(&Method::GET, path), Scope::TicketsRead, "{path}");
            assert_eq!(wanted(&Method::POST, path), Scope::TicketsWrite, "{path}");
        }
        assert_eq!(wanted(&Method::GET, "/media/files/1.txt"), Scope::TicketsRead);
        assert_eq!(wanted(&Method::GET, "/ws/notifications"), Scope::TicketsRead);
    }

    #[test]
    fn knowledge_is_read_like_tickets_and_written_by_those_who_may_do_everything() {
        assert_eq!(wanted(&Method::GET, "/api/v1/knowledge-base/articles/"), Scope::TicketsRead);
        assert_eq!(wanted(&Method::POST, "/api/v1/knowledge-base/suggest/"), Scope::TicketsRead);
        assert_eq!(wanted(&Method::POST, "/api/v1/knowledge-base/articles/1/vote/"), Scope::TicketsWrite);
        assert_eq!(wanted(&Method::POST, "/api/v1/knowledge-base/articles/"), Scope::Admin);
        assert_eq!(wanted(&Method::PATCH, "/api/v1/knowledge-base/categories/1/"), Scope::Admin);
    }

    #[test]
    fn what_is_not_known_to_belong_to_tickets_wants_everything() {
        for (method, path) in [
            (Method::GET, "/api/v1/users/"),
            (Method::POST, "/api/v1/api-keys/"),
            (Method::POST, "/api/v1/categories/"),
            (Method::POST, "/api/v1/auth/change-password/"),
            (Method::DELETE, "/api/v1/tickets/7/"),
            (Method::DELETE, "/api/v1/work-orders/7/"),
            (Method::POST, "/api/v1/customers/"),
            (Method::GET, "/api/employee/"),
            (Method::GET, "/elsewhere"),
        ] {
            assert_eq!(wanted(&method, path), Scope::Admin, "{method} {path}");
        }
    }
}
