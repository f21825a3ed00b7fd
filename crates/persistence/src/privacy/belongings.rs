//! What is kept of a person beyond tickets: as a customer, and what they chose and wrote for themselves.

use super::records::{As, Plan};

pub(super) const CUSTOMERS: Plan = Plan {
    text: "SELECT c.serial, c.id, c.serial, CAST(NULL AS UUID), CAST(NULL AS BIGINT), c.name, c.email, c.phone, c.company, c.created_at, c.updated_at \
        FROM customer AS c WHERE c.organization = ? AND c.account = ? AND c.serial > ? ORDER BY c.serial",
    fields: &[
        ("name", As::Text),
        ("email", As::Text),
        ("phone", As::Text),
        ("company", As::Text),
        ("created_at", As::Time),
        ("updated_at", As::Time),
    ],
};

pub(super) const LOCATIONS: Plan = Plan {
    text: "SELECT l.serial, l.id, l.serial, CAST(NULL AS UUID), CAST(NULL AS BIGINT), l.name, l.address, l.city, l.postal_code, l.country, l.latitude, \
        l.longitude, l.created_at, l.updated_at FROM location AS l JOIN customer AS c ON c.serial = l.customer \
        WHERE l.organization = ? AND c.account = ? AND l.serial > ? ORDER BY l.serial",
    fields: &[
        ("name", As::Text),
        ("address", As::Text),
        ("city", As::Text),
        ("postal_code", As::Text),
        ("country", As::Text),
        ("latitude", As::Degrees),
        ("longitude", As::Degrees),
        ("created_at", As::Time),
        ("updated_at", As::Time),
    ],
};

pub(super) const TEMPLATES: Plan = Plan {
    text: "SELECT t.serial, t.id, t.serial, CAST(NULL AS UUID), CAST(NULL AS BIGINT), t.title, t.content, t.category, t.private_to <> 0, t.created_at, t.updated_at \
        FROM template AS t WHERE t.organization = ? AND t.created_by = ? AND t.serial > ? ORDER BY t.serial",
    fields: &[
        ("title", As::Text),
        ("content", As::Text),
        ("category", As::Text),
        ("is_private", As::Flag),
        ("created_at", As::Time),
        ("updated_at", As::Time),
    ],
};

pub(super) const FILTERS: Plan = Plan {
    text: "SELECT f.serial, f.id, f.serial, CAST(NULL AS UUID), CAST(NULL AS BIGINT), f.name, f.params, f.private_to <> 0, f.created_at, f.updated_at \
        FROM saved_filter AS f WHERE f.organization = ? AND f.created_by = ? AND f.serial > ? ORDER BY f.serial",
    fields: &[
        ("name", As::Text),
        ("filter_params", As::Json),
        ("is_private", As::Flag),
        ("created_at", As::Time),
        ("updated_at", As::Time),
    ],
};

pub(super) const VOTES: Plan = Plan {
    text: "SELECT v.article, CAST(NULL AS UUID), CAST(NULL AS BIGINT), CAST(NULL AS UUID), CAST(NULL AS BIGINT), a.title, v.helpful, v.voted_at FROM article_vote AS v \
        JOIN article AS a ON a.serial = v.article WHERE a.organization = ? AND v.voter = ? AND v.article > ? ORDER BY v.article",
    fields: &[("article", As::Text), ("helpful", As::Flag), ("voted_at", As::Time)],
};

/// There is one for each kind at most, so all come at once, at the place 1.
pub(super) const NOTIFICATION_PREFERENCES: Plan = Plan {
    text: "SELECT CAST(1 AS BIGINT), CAST(NULL AS UUID), CAST(NULL AS BIGINT), CAST(NULL AS UUID), CAST(NULL AS BIGINT), p.kind, p.wanted FROM notification_preference AS p \
        JOIN account AS a ON a.serial = p.account WHERE a.organization = ? AND p.account = ? AND CAST(? AS BIGINT) < 1 ORDER BY p.kind",
    fields: &[("type", As::Text), ("wanted", As::Flag)],
};

pub(super) const MAIL_MUTES: Plan = Plan {
    text: "SELECT CAST(1 AS BIGINT), CAST(NULL AS UUID), CAST(NULL AS BIGINT), CAST(NULL AS UUID), CAST(NULL AS BIGINT), m.kind FROM mail_mute AS m JOIN account AS a ON a.serial = m.account \
        WHERE a.organization = ? AND m.account = ? AND CAST(? AS BIGINT) < 1 ORDER BY m.kind",
    fields: &[("type", As::Text)],
};
