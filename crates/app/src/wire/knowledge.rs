//! The use cases of what is written once and read by many.

use std::sync::Arc;

use helpdesk_domain::knowledge::{ArticleCategories, Articles, Faqs, Readership, Suggestions};
use helpdesk_outbound::Markdown;

use super::Installation;
use crate::settings::Settings;

impl Installation {
    /// The use cases of questions that are often asked.
    pub fn faqs(&self, settings: &Settings) -> Faqs {
        let store = Arc::new(self.store.clone());
        Faqs {
            faqs: store.clone(),
            taxonomy: store.clone(),
            readership: self.readership(settings),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }

    /// The use cases of articles.
    pub fn articles(&self, settings: &Settings) -> Articles {
        let store = Arc::new(self.store.clone());
        Articles {
            articles: store.clone(),
            categories: store.clone(),
            people: store.clone(),
            readership: self.readership(settings),
            views: store.clone(),
            renderer: Arc::new(Markdown),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }

    /// The use cases of the categories that articles stand in.
    pub fn article_categories(&self, settings: &Settings) -> ArticleCategories {
        let store = Arc::new(self.store.clone());
        let (clock, ids) = (Arc::clone(&self.clock), Arc::clone(&self.ids));
        ArticleCategories { categories: store.clone(), readership: self.readership(settings), work: store, clock, ids }
    }

    fn readership(&self, settings: &Settings) -> Readership {
        let default_organization = settings.default_organization.clone();
        Readership { organizations: Arc::new(self.store.clone()), default_organization }
    }

    /// The use cases of suggestions.
    pub(super) fn suggestions(&self) -> Suggestions {
        let store = Arc::new(self.store.clone());
        Suggestions { knowledge: store.clone(), tickets: store.clone(), work: store }
    }
}
