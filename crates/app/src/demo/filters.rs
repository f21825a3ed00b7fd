//! The filters of the demo data.

use helpdesk_domain::filter::SavedFilters;
use helpdesk_domain::filter::command::{CreateFilter, FilterParams};
use helpdesk_domain::kernel::Actor;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::failure::{Failure, Result};

#[derive(Debug, Deserialize)]
struct Sample {
    name: String,
    params: Map<String, Value>,
}

/// Keeps them in somebody's name, for everybody. They are in the words of the platform dialect.
pub async fn write(filters: &SavedFilters, author: &Actor) -> Result<()> {
    let samples: Vec<Sample> = serde_yaml_ng::from_str(include_str!("filters.yaml"))
        .map_err(|error| Failure::because("The demo filters cannot be read", &error))?;
    for Sample { name, params } in samples {
        let params = Some(FilterParams { params, dialect: "platform".to_owned() });
        let written = filters.create(author, CreateFilter { name: Some(name), params, is_public: Some(true) }).await;
        written.map_err(|error| Failure::because("The demo filters cannot be written", &error))?;
    }
    Ok(())
}
