use std::fs;
use std::time::Duration;

use super::*;

/// What settings become when these variables stand in the environment.
fn from(environment: &[(&str, &str)]) -> Result<Settings> {
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Settings::load(&Places { environment, dotenv: None, toml: None })
}

fn refusal(environment: &[(&str, &str)]) -> String {
    from(environment).unwrap_err().to_string()
}

/// What settings become with these two files beside an environment.
fn layered(environment: &[(&str, &str)], dotenv: &str, toml: &str) -> Result<Settings> {
    let folder = tempfile::tempdir().unwrap();
    let (env_file, toml_file) = (folder.path().join(".env"), folder.path().join("helpdesk.toml"));
    fs::write(&env_file, dotenv).unwrap();
    fs::write(&toml_file, toml).unwrap();
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Settings::load(&Places { environment, dotenv: Some(env_file), toml: Some(toml_file) })
}

const KEY: &str = "a key of our own, long enough for HS256";

#[test]
fn nothing_has_to_be_set() {
    let settings = from(&[]).unwrap();
    assert_eq!((settings.server.host.as_str(), settings.server.port), ("127.0.0.1", 8000));
    assert_eq!(settings.database.url.expose_secret(), "sqlite://data/helpdesk.db");
    assert_eq!(settings.database.folder, Path::new("data"));
    assert_eq!(settings.default_organization, "default");
    assert_eq!(settings.login.lifetimes, Lifetimes { access_minutes: 30, refresh_days: 7, remember_days: 30 });
    assert_eq!(settings.rate_limits.auth, rate::rate(5, 60));
    assert!(settings.rate_limits.enabled && settings.server.is_private() && !settings.demo);
}

#[test]
fn the_environment_comes_before_dotenv_and_dotenv_before_the_file() {
    let toml = "PORT = 1\nHOST = \"file\"\nBCRYPT_COST = 5";
    let settings = layered(&[("PORT", "3")], "PORT=2\nHOST=dotenv", toml).unwrap();
    assert_eq!((settings.server.port, settings.server.host.as_str(), settings.login.bcrypt_cost), (3, "dotenv", 5));
}

#[test]
fn a_file_may_write_lists_and_numbers_as_toml_does() {
    let toml = "BACKEND_CORS_ORIGINS = [\"https://a.example\"]\nRATE_LIMIT_ENABLED = false\nTRUSTED_PROXIES = [\"10.0.0.0/8\"]";
    let settings = layered(&[], "", toml).unwrap();
    assert_eq!(settings.server.cors_origins, ["https://a.example"]);
    assert_eq!(settings.server.trusted_proxies.len(), 1);
    assert!(!settings.rate_limits.enabled);
}

#[test]
fn a_misspelt_name_in_a_file_is_refused_with_the_name_that_was_meant() {
    let failure = layered(&[], "DATABSE_URL=sqlite://x.db", "COLOUR = 1").unwrap_err().to_string();
    assert!(failure.contains("DATABSE_URL") && failure.contains("did you mean DATABASE_URL?"), "{failure}");
    assert!(failure.contains("COLOUR"), "{failure}");
}

#[test]
fn a_misspelt_name_in_the_environment_is_refused_and_other_programs_variables_are_not() {
    assert!(refusal(&[("RATE_LIMIT_SERCH", "1/hour")]).contains("did you mean RATE_LIMIT_SEARCH?"));
    assert!(from(&[("EDITOR", "vi"), ("HOSTNAME", "x"), ("MAIL", "/var/mail/x")]).is_ok());
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let failure = from(&[("PORT", "http"), ("LOG_FORMAT", "xml"), ("RATE_LIMIT_READ", "often")]).unwrap_err();
    assert_eq!(failure.0.len(), 3);
}

#[test]
fn a_bad_value_is_refused_by_name_and_place() {
    let cases = [
        ("PORT", "65536"),
        ("DATABASE_URL", "mysql://x"),
        ("PUBLIC_URL", "desk.example.com"),
        ("BACKEND_CORS_ORIGINS", "https://a.example"),
        ("TRUSTED_PROXIES", "10.0.0.0/99"),
        ("ACCESS_TOKEN_EXPIRE_MINUTES", "0"),
        ("BCRYPT_COST", "3"),
        ("HELPDESK_DEMO", "maybe"),
        ("DEFAULT_ORGANIZATION", "Acme Corp"),
        ("MAIL_STARTTLS", "sometimes"),
        ("STORAGE_URL", "ftp://x"),
    ];
    for (name, value) in cases {
        let failure = refusal(&[(name, value)]);
        assert!(failure.contains(name) && failure.contains("(in the environment)"), "{failure}");
    }
}

#[test]
fn an_empty_value_is_no_value() {
    assert_eq!(from(&[("PORT", ""), ("MAIL_SERVER", " ")]).unwrap().server.port, 8000);
}

#[test]
fn the_token_key_has_two_names_of_which_the_first_counts() {
    let chosen = |environment: &[(&str, &str)]| from(environment).unwrap().signing_key().unwrap();
    assert_eq!(chosen(&[("SECRET_KEY", KEY)]).expose_secret(), KEY);
    let other = "another key of our own, long enough too";
    assert_eq!(chosen(&[("SECRET_KEY", other), ("JWT_SECRET_KEY", KEY)]).expose_secret(), KEY);
}

#[test]
fn a_short_or_printed_token_key_is_refused_without_showing_it() {
    let short = refusal(&[("JWT_SECRET_KEY", "hunter2")]);
    assert!(short.contains("JWT_SECRET_KEY must have at least 32 bytes") && !short.contains("hunter2"), "{short}");
    for printed in ["your-super-secret-jwt-key-change-this-in-production", "your-secret-key"] {
        assert!(refusal(&[("SECRET_KEY", printed)]).contains("SECRET_KEY is printed in documentation"));
    }
}

#[test]
fn secrets_are_never_printed() {
    let settings = from(&[("JWT_SECRET_KEY", KEY), ("DATABASE_URL", "postgresql://u:hunter2@h/d")]).unwrap();
    let shown = format!("{settings:?}");
    assert!(!shown.contains(KEY) && !shown.contains("hunter2"), "{shown}");
    assert!(!refusal(&[("DATABASE_URL", "mysql://u:hunter2@h/d")]).contains("hunter2"));
}

#[test]
fn our_files_go_beside_the_sqlite_database() {
    let folder = |url| from(&[("DATABASE_URL", url)]).unwrap().database.folder;
    assert_eq!(folder("sqlite:///var/lib/desk/x.db?mode=rwc"), Path::new("/var/lib/desk"));
    assert_eq!(folder("sqlite://x.db"), Path::new("."));
    assert_eq!(folder("postgresql://localhost/desk"), Path::new("data"));
}

#[test]
fn the_demo_has_its_own_default_organization() {
    assert_eq!(from(&[("HELPDESK_DEMO", "true")]).unwrap().default_organization, "acme-corp");
    let both = [("HELPDESK_DEMO", "true"), ("DEFAULT_ORGANIZATION", "x")];
    assert_eq!(from(&both).unwrap().default_organization, "x");
}

#[test]
fn every_class_of_requests_has_its_rate() {
    let settings = from(&[("RATE_LIMIT_UPLOAD", "7/day"), ("RATE_LIMIT_AUTH_ACCOUNT", "9/30")]).unwrap();
    assert_eq!(settings.rate_limits.upload.period, Duration::from_hours(24));
    assert_eq!(settings.rate_limits.auth_account, rate::rate(9, 30));
}

#[test]
fn whoever_asked_to_be_remembered_is_not_forgotten_sooner() {
    let days = |days| from(&[("REFRESH_TOKEN_EXPIRE_DAYS", days)]).unwrap().login.lifetimes.remember_days;
    assert_eq!((days("7"), days("90")), (30, 90));
}

#[test]
fn redis_is_reached_by_a_url_of_its_own() {
    assert!(from(&[("REDIS_URL", "redis://localhost:6379/0")]).unwrap().redis.is_some());
    assert!(from(&[("REDIS_URL", "localhost:6379")]).is_err());
}

#[test]
fn the_example_lists_every_setting_and_works_as_it_is() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.env.example");
    let text = fs::read_to_string(&example).unwrap();
    for name in NAMES {
        assert!(text.contains(&format!("{name}=")), "{name}");
    }
    Settings::load(&Places { dotenv: Some(example), ..Places::default() }).unwrap();
    let uncommented: String = text
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|line| line.contains('=')).unwrap_or(""))
        .fold(String::new(), |all, line| all + line + "\n");
    layered(&[], &uncommented, "").unwrap();
}
