//! The articles of the demo data.

use std::collections::HashMap;

use helpdesk_domain::kernel::{Actor, Reference};
use helpdesk_domain::knowledge::article::command::{CreateArticle, CreateArticleCategory};
use serde::Deserialize;

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::wire::Installation;

#[derive(Debug, Deserialize)]
struct Samples {
    categories: Vec<Category>,
    articles: Vec<Sample>,
}

#[derive(Debug, Deserialize)]
struct Category {
    name: String,
    description: String,
    color: String,
    parent: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Sample {
    title: String,
    category: String,
    summary: String,
    tags: Vec<String>,
    status: Option<String>,
    content: String,
}

/// Writes them in somebody's name, with the categories that they stand in.
pub async fn write(installation: &Installation, settings: &Settings, author: &Actor) -> Result<()> {
    let samples: Samples = serde_yaml_ng::from_str(include_str!("articles.yaml"))
        .map_err(|error| Failure::because("The demo articles cannot be read", &error))?;
    let refused = |error| Failure::because("The demo articles cannot be written", &error);
    let categories = installation.article_categories(settings);
    let mut places: HashMap<String, Reference> = HashMap::new();
    for Category { name, description, color, parent } in samples.categories {
        let parent = parent.and_then(|parent| places.get(&parent).cloned());
        let (description, color) = (Some(description), Some(color));
        let command = CreateArticleCategory { name: Some(name.clone()), description, color, parent };
        let made = categories.create(author, command).await.map_err(refused)?;
        places.insert(name, made.brief.id.into());
    }
    let articles = installation.articles(settings);
    for sample in samples.articles {
        let place = places.get(&sample.category).cloned();
        articles.create(author, sample.written(place)).await.map_err(refused)?;
    }
    Ok(())
}

impl Sample {
    fn written(self, category: Option<Reference>) -> CreateArticle {
        let Self { title, category: _, summary, tags, status, content } = self;
        CreateArticle {
            seo_title: Some(title.clone()),
            seo_description: Some(summary.clone()),
            seo_keywords: Some(tags.join(", ")),
            title: Some(title),
            slug: None,
            content: Some(content),
            summary: Some(summary),
            category,
            tags: Some(tags),
            status: Some(status.unwrap_or_else(|| "published".to_owned())),
        }
    }
}
