//! The names that settings have, and what somebody meant who wrote another.

/// Every setting, in the order of `.env.example`.
pub const NAMES: &[&str] = &[
    "HOST",
    "PORT",
    "PUBLIC_URL",
    "TRUSTED_PROXIES",
    "BACKEND_CORS_ORIGINS",
    "DATABASE_URL",
    "DATABASE_CONNECTIONS",
    "STORAGE_URL",
    "JWT_SECRET_KEY",
    "SECRET_KEY",
    "ACCESS_TOKEN_EXPIRE_MINUTES",
    "REFRESH_TOKEN_EXPIRE_DAYS",
    "BCRYPT_COST",
    "PASSWORD_RESET_URL",
    "DEFAULT_ORGANIZATION",
    "HELPDESK_DEMO",
    "MAIL_SERVER",
    "MAIL_PORT",
    "MAIL_USERNAME",
    "MAIL_PASSWORD",
    "MAIL_FROM",
    "MAIL_STARTTLS",
    "LOG_FORMAT",
    "RUST_LOG",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_SERVICE_NAME",
    "RATE_LIMIT_ENABLED",
    "RATE_LIMIT_READ",
    "RATE_LIMIT_WRITE",
    "RATE_LIMIT_SEARCH",
    "RATE_LIMIT_UPLOAD",
    "RATE_LIMIT_AUTH",
    "RATE_LIMIT_AUTH_ADDRESS",
    "RATE_LIMIT_AUTH_ACCOUNT",
    "RATE_LIMIT_CLASSIC_USER",
    "RATE_LIMIT_CLASSIC_ANONYMOUS",
    "REDIS_URL",
    "WORKFLOW_WEBHOOK_URL",
    "WORKFLOW_WEBHOOK_SECRET",
    "WEBHOOK_ALLOW_PRIVATE",
];

/// Beginnings that only our settings have.
const PREFIXES: &[&str] = &["RATE_LIMIT_", "MAIL_", "HELPDESK_", "WORKFLOW_WEBHOOK_"];

/// Whether a setting has this name.
pub fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

/// The name that is most like this one, if any is like it.
pub fn nearest(name: &str) -> Option<&'static str> {
    let (known, distance) = closest(name)?;
    (distance <= name.len() / 3).then_some(known)
}

/// Whether a variable of the environment, where others have theirs too, was meant for us.
pub fn looks_like_ours(name: &str) -> bool {
    let from_kubernetes = name.contains("_SERVICE_") || name.ends_with("_PORT") || name.contains("_PORT_");
    if is_known(name) || from_kubernetes {
        return false;
    }
    let likely = match name.len() {
        0..8 => 0,
        8..12 => 1,
        _ => 2,
    };
    let near = closest(name).is_some_and(|(_, distance)| distance <= likely);
    near || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn closest(name: &str) -> Option<(&'static str, usize)> {
    let distances = NAMES.iter().map(|known| (*known, strsim::osa_distance(&name.to_uppercase(), known)));
    distances.min_by_key(|(_, distance)| *distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_the_right_one() {
        assert_eq!(nearest("DATABSE_URL"), Some("DATABASE_URL"));
        assert_eq!(nearest("RATE_LIMIT_SERCH"), Some("RATE_LIMIT_SEARCH"));
        assert_eq!(nearest("port"), Some("PORT"));
        assert_eq!(nearest("COLOUR_SCHEME"), None);
    }

    #[test]
    fn a_variable_of_the_environment_is_ours_by_prefix_or_by_a_slip_or_two() {
        for ours in ["RATE_LIMIT_RAED", "MAIL_HOST", "HELPDESK_DEMOS", "DATABASE_URI", "JWT_SECRETKEY"] {
            assert!(looks_like_ours(ours), "{ours}");
        }
        for theirs in ["PATH", "HOSTNAME", "MAIL", "POST", "HELPDESK_SERVICE_HOST", "HELPDESK_PORT_8000_TCP", "PORT"] {
            assert!(!looks_like_ours(theirs), "{theirs}");
        }
    }
}
