//! Notifications.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::notifications::{self, MarkedRead, UnreadCount};
use crate::dialect::v1::request::notification::{NotificationPreferences, NotificationPreferencesChange};
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const NOTIFICATIONS: &[Parameter] = &[
    ("type", Type::String, "Types, separated by commas."),
    ("priority", Type::String, "Priority words, separated by commas."),
    ("is_read", Type::Boolean, "Only read, or only unread ones."),
    ("created_after", Type::String, "Of what happened at or after this time; a date alone is midnight UTC."),
    ("created_before", Type::String, "Of what happened before this time."),
    ("ordering", Type::String, "`-created_at` (when absent) or `created_at`."),
];

type P = shape::notification::Notification<Uid>;
type C = shape::notification::Notification<SerialId>;

/// `/notifications/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Notifications", id, summary, reply);
    let shows = || Reply::shows::<P, C>(200);
    let prefers = || Reply::says::<NotificationPreferences>(200);
    let list = op("listNotifications", "List one's notifications", Reply::lists::<P, C>()).query(PAGE).query(NOTIFICATIONS);
    let count = op("countUnreadNotifications", "How many notifications are unread", Reply::says::<UnreadCount>(200));
    let mark_all =
        op("markAllNotificationsRead", "Mark all notifications as read", Reply::says::<MarkedRead>(200)).refuses(&[422]);
    let mark = op("markNotificationRead", "Mark a notification as read", shows()).refuses(&[412, 422]);
    let remove = op("deleteNotification", "Delete a notification", Reply::nothing()).refuses(&[412]);
    let chosen = op("readNotificationPreferences", "Read which notifications one gets", prefers());
    let choose = |id, summary| op(id, summary, prefers()).takes::<NotificationPreferencesChange>();
    let (preferences, item) = ("/notifications/preferences", "/notifications/{id}");
    let (put, patch) = (
        choose("updateNotificationPreferences", "Choose notifications"),
        choose("patchNotificationPreferences", "Choose some notifications"),
    );
    vec![
        Route::new(Method::GET, "/notifications", notifications::list, list),
        Route::new(Method::GET, "/notifications/unread-count", notifications::unread_count, count),
        Route::new(Method::POST, "/notifications/mark-all-read", notifications::mark_all_read, mark_all),
        Route::new(Method::GET, preferences, notifications::preferences, chosen),
        Route::new(Method::PUT, preferences, notifications::choose, put),
        Route::new(Method::PATCH, preferences, notifications::choose, patch),
        Route::new(Method::GET, item, notifications::read, op("readNotification", "A notification", shows())),
        Route::new(Method::DELETE, item, notifications::remove, remove),
        Route::new(Method::POST, "/notifications/{id}/read", notifications::mark_read, mark),
    ]
}
