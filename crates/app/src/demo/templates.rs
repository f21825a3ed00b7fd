//! The response templates of the demo data.

use helpdesk_domain::kernel::Actor;
use helpdesk_domain::template::Templates;
use helpdesk_domain::template::command::CreateTemplate;
use serde::Deserialize;

use crate::failure::{Failure, Result};

#[derive(Debug, Deserialize)]
struct Sample {
    title: String,
    category: String,
    content: String,
}

/// Writes them in somebody's name, for all staff.
pub async fn write(templates: &Templates, author: &Actor) -> Result<()> {
    let samples: Vec<Sample> = serde_yaml_ng::from_str(include_str!("templates.yaml"))
        .map_err(|error| Failure::because("The demo templates cannot be read", &error))?;
    for Sample { title, category, content } in samples {
        let command = CreateTemplate {
            title: Some(title),
            content: Some(content),
            category: Some(category),
            is_public: Some(true),
            variables: None,
        };
        let written = templates.create(author, command).await;
        written.map_err(|error| Failure::because("The demo templates cannot be written", &error))?;
    }
    Ok(())
}
