//! Where settings come from: the environment, before `.env`, before a TOML file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use config::{Config, ConfigError, File, FileFormat, Map, Source, Value};

use super::names;
use crate::failure::Failure;

/// Where to look.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The variables of the process.
    pub environment: BTreeMap<String, String>,
    /// A file of `NAME=value` lines; read when it exists.
    pub dotenv: Option<PathBuf>,
    /// A TOML file with the same names; must exist.
    pub toml: Option<PathBuf>,
}

impl Places {
    /// The environment of this process, `.env` in its working directory, and the file that was named.
    pub fn of_process(toml: Option<PathBuf>) -> Self {
        let text = |text: std::ffi::OsString| text.into_string().ok();
        let environment = std::env::vars_os().filter_map(|(name, value)| Some((text(name)?, text(value)?))).collect();
        Self { environment, dotenv: Some(PathBuf::from(".env")), toml }
    }

    /// All values that were given. Notes every name that no setting has.
    pub(super) fn read(&self, problems: &mut Vec<String>) -> Result<Map<String, Value>, Failure> {
        let toml = self.toml.as_deref().map(|path| from_toml(path, problems)).transpose()?.unwrap_or_default();
        let dotenv = self.dotenv.as_deref().map(|path| from_dotenv(path, problems)).transpose()?.unwrap_or_default();
        let layers = [toml, dotenv, self.environment_layer(problems)];
        let builder = layers.into_iter().fold(Config::builder(), |builder, layer| builder.add_source(layer));
        let values = builder.build().and_then(|values| values.collect());
        values.map_err(|error| Failure::because("The settings cannot be read", &error))
    }

    fn environment_layer(&self, problems: &mut Vec<String>) -> Layer {
        for name in self.environment.keys().filter(|name| names::looks_like_ours(name)) {
            problems.push(unknown(name, "the environment"));
        }
        let known = self.environment.iter().filter(|(name, _)| names::is_known(name));
        Layer { origin: "the environment".to_owned(), values: known.map(|(name, value)| (name.clone(), value.clone())).collect() }
    }
}

/// The values of one place.
#[derive(Clone, Debug, Default)]
struct Layer {
    origin: String,
    values: BTreeMap<String, String>,
}

impl Layer {
    /// Keeps what has a known name and notes what has not.
    fn checked(origin: String, given: impl Iterator<Item = (String, String)>, problems: &mut Vec<String>) -> Self {
        let mut values = BTreeMap::new();
        for (name, value) in given {
            if names::is_known(&name) {
                values.insert(name, value);
            } else {
                problems.push(unknown(&name, &origin));
            }
        }
        Self { origin, values }
    }
}

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        let given = self.values.iter().filter(|(_, value)| !value.trim().is_empty());
        Ok(given.map(|(name, value)| (name.clone(), Value::new(Some(&self.origin), value.trim()))).collect())
    }
}

fn unknown(name: &str, origin: &str) -> String {
    match names::nearest(name) {
        Some(meant) => format!("{name} (in {origin}) is no setting; did you mean {meant}?"),
        None => format!("{name} (in {origin}) is no setting; .env.example lists those that there are."),
    }
}

fn from_dotenv(path: &Path, problems: &mut Vec<String>) -> Result<Layer, Failure> {
    if !path.exists() {
        return Ok(Layer::default());
    }
    let origin = path.display().to_string();
    let tried = format!("{origin} cannot be read");
    let lines = dotenvy::from_path_iter(path).map_err(|error| Failure::because(&tried, &error))?;
    let given: Vec<_> = lines.collect::<Result<_, _>>().map_err(|_| {
        // The library's own message shows the line, which may hold a secret.
        Failure::new(format!("{origin} has a line that is not NAME=value (values with spaces want quotes)."))
    })?;
    Ok(Layer::checked(origin, given.into_iter(), problems))
}

fn from_toml(path: &Path, problems: &mut Vec<String>) -> Result<Layer, Failure> {
    let origin = path.display().to_string();
    let tried = format!("The settings file {origin} cannot be read");
    let file = File::from(path).format(FileFormat::Toml).required(true);
    let given = file.collect().map_err(|error| Failure::because(&tried, &error))?;
    let given = given.into_iter().map(|(name, value)| (name, plain(value)));
    Ok(Layer::checked(origin, given, problems))
}

/// A value as it would be written in the environment: lists as JSON.
fn plain(value: Value) -> String {
    let value: serde_json::Value = value.try_deserialize().unwrap_or_default();
    match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}
