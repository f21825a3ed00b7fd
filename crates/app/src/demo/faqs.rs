//! The questions of the demo data.

use std::collections::HashMap;

use helpdesk_domain::kernel::{Actor, Reference};
use helpdesk_domain::knowledge::Faqs;
use helpdesk_domain::knowledge::faq::command::CreateFaq;
use serde::Deserialize;

use crate::failure::{Failure, Result};

#[derive(Debug, Deserialize)]
struct Sample {
    category: String,
    question: String,
    answer: String,
    tags: String,
}

/// Writes them in somebody's name.
pub async fn write(faqs: &Faqs, author: &Actor) -> Result<()> {
    let samples: Vec<Sample> = serde_yaml_ng::from_str(include_str!("faqs.yaml"))
        .map_err(|error| Failure::because("The demo questions cannot be read", &error))?;
    let mut places: HashMap<String, i64> = HashMap::new();
    for Sample { category, question, answer, tags } in samples {
        let place = places.entry(category.clone()).or_default();
        *place += 1;
        let command = CreateFaq {
            question: Some(question),
            answer: Some(answer),
            category: Some(Reference::Name(category)),
            tags: Some(tags),
            display_order: Some(*place),
            is_active: None,
        };
        faqs.create(author, command).await.map_err(|error| Failure::because("The demo questions cannot be written", &error))?;
    }
    Ok(())
}
