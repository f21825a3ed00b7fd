//! `OpenAPI` 3.1 from the routing tables: what serves is what is described.

pub mod operation;
pub mod pages;
mod postman;

use utoipa::openapi::path::HttpMethod;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Components, Info, License, OpenApi, Paths, Server};

pub use operation::{Described, Operation, Reply};
pub use postman::collection;

/// A document of one dialect.
pub struct Document {
    paths: Paths,
    components: Components,
    title: String,
    description: String,
    refusal: Described,
}

impl Document {
    /// Nothing described yet. `refusal` is the shape of every error body.
    pub fn new(title: &str, description: &str, refusal: Described) -> Self {
        let mut document = Self {
            paths: Paths::new(),
            components: Components::default(),
            title: title.to_owned(),
            description: description.to_owned(),
            refusal,
        };
        let refusal = document.refusal.clone();
        document.learn(&refusal);
        document
    }

    /// One operation more; `classic` picks the reply's second shape.
    pub fn describe(&mut self, method: HttpMethod, path: &str, operation: &Operation, classic: bool) {
        for shape in operation.shapes(classic) {
            self.learn(shape);
        }
        let described = operation.build(classic, &self.refusal);
        self.paths.add_path_operation(path, vec![method], described);
    }

    fn learn(&mut self, shape: &Described) {
        for (name, schema) in &shape.schemas {
            self.components.schemas.insert(name.clone(), schema.clone());
        }
    }

    /// The finished document.
    pub fn finish(mut self, public_url: &str) -> OpenApi {
        let bearer = Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        self.components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        self.components.add_security_scheme("api_key", SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-API-Key"))));
        let license = License::builder().name("MIT OR Apache-2.0").build();
        let info = Info::builder()
            .title(self.title)
            .version(env!("CARGO_PKG_VERSION"))
            .description(Some(self.description))
            .license(Some(license))
            .build();
        let mut api = OpenApi::new(info, self.paths);
        api.components = Some(self.components);
        api.servers = Some(vec![Server::new(public_url)]);
        api
    }
}
