//! What one route takes and answers.

use utoipa::ToSchema;
use utoipa::openapi::path::{self, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, ResponseBuilder};

/// A shape, and the shapes that it is made of.
#[derive(Clone)]
pub struct Described {
    /// A reference to it.
    pub schema: RefOr<Schema>,
    /// By name.
    pub schemas: Vec<(String, RefOr<Schema>)>,
}

impl Described {
    /// The shape of a wire type.
    pub fn of<T: ToSchema>() -> Self {
        let mut schemas = vec![(T::name().into_owned(), T::schema())];
        T::schemas(&mut schemas);
        Self { schema: Ref::from_schema_name(T::name()).into(), schemas }
    }

    /// A page of such shapes.
    fn listed(self) -> Self {
        let text = || ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null]));
        let page = ObjectBuilder::new()
            .property("count", ObjectBuilder::new().schema_type(SchemaType::new(Type::Integer)))
            .property("next", text())
            .property("previous", text())
            .property("results", ArrayBuilder::new().items(self.schema))
            .required("next")
            .required("previous")
            .required("results");
        Self { schema: page.into(), schemas: self.schemas }
    }
}

/// What a route answers when all is well, in either voice.
#[derive(Clone)]
pub struct Reply {
    status: u16,
    shapes: Option<(Described, Described)>,
    /// Whether it answers the content of a file.
    is_content: bool,
    /// Whether its bodies come one after the other, as server-sent events.
    is_stream: bool,
}

impl Reply {
    /// A body: platform's shape and classic's.
    pub fn shows<P: ToSchema, C: ToSchema>(status: u16) -> Self {
        Self { status, shapes: Some((Described::of::<P>(), Described::of::<C>())), is_content: false, is_stream: false }
    }

    /// A body in a dialect that has one voice.
    pub fn says<T: ToSchema>(status: u16) -> Self {
        Self::shows::<T, T>(status)
    }

    /// A page of bodies.
    pub fn lists<P: ToSchema, C: ToSchema>() -> Self {
        Self {
            status: 200,
            shapes: Some((Described::of::<P>().listed(), Described::of::<C>().listed())),
            is_content: false,
            is_stream: false,
        }
    }

    /// The content of a file, of whatever media type.
    pub fn content() -> Self {
        Self { status: 200, shapes: None, is_content: true, is_stream: false }
    }

    /// A bare array of bodies in a dialect that has one voice.
    pub fn arrays<T: ToSchema>() -> Self {
        let Described { schema, schemas } = Described::of::<T>();
        let array = Described { schema: ArrayBuilder::new().items(schema).into(), schemas };
        Self { status: 200, shapes: Some((array.clone(), array)), is_content: false, is_stream: false }
    }

    /// A connection that goes on as a websocket.
    pub fn upgrades() -> Self {
        Self { status: 101, shapes: None, is_content: false, is_stream: false }
    }

    /// A stream of server-sent events.
    pub fn streams<T: ToSchema>() -> Self {
        Self { status: 200, shapes: Some((Described::of::<T>(), Described::of::<T>())), is_content: false, is_stream: true }
    }

    /// Nothing.
    pub fn nothing() -> Self {
        Self { status: 204, shapes: None, is_content: false, is_stream: false }
    }
}

/// A parameter of a query: its name, its type and what it does.
pub type Parameter = (&'static str, Type, &'static str);

/// What one route takes and answers.
#[derive(Clone)]
pub struct Operation {
    tag: &'static str,
    id: &'static str,
    summary: &'static str,
    path: Vec<&'static str>,
    query: Vec<Parameter>,
    /// Its media type and its shape.
    body: Option<(&'static str, Described)>,
    reply: Reply,
    /// Other statuses of the same answer.
    also: Vec<u16>,
    refusals: Vec<u16>,
    /// Whether it can be called without credentials.
    pub is_public: bool,
}

impl Operation {
    /// An operation that asks for credentials and answers `reply`.
    pub fn new(tag: &'static str, id: &'static str, summary: &'static str, reply: Reply) -> Self {
        let refusals = vec![400, 401, 403, 404, 429];
        Self {
            tag,
            id,
            summary,
            path: Vec::new(),
            query: Vec::new(),
            body: None,
            reply,
            also: Vec::new(),
            refusals,
            is_public: false,
        }
    }

    /// Takes the parameters in braces from its path.
    #[must_use]
    pub fn at(mut self, path: &'static str) -> Self {
        self.path = path.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        self
    }

    /// Takes these from its query.
    #[must_use]
    pub fn query(mut self, parameters: &[Parameter]) -> Self {
        self.query.extend_from_slice(parameters);
        self
    }

    /// Takes a body.
    #[must_use]
    pub fn takes<T: ToSchema>(mut self) -> Self {
        self.body = Some(("application/json", Described::of::<T>()));
        self.refusals.push(413);
        self
    }

    /// Takes a form with files.
    #[must_use]
    pub fn uploads<T: ToSchema>(mut self) -> Self {
        self.body = Some(("multipart/form-data", Described::of::<T>()));
        self
    }

    /// May also answer the same with this status.
    #[must_use]
    pub fn also(mut self, status: u16) -> Self {
        self.also.push(status);
        self
    }

    /// May also refuse with these.
    #[must_use]
    pub fn refuses(mut self, statuses: &[u16]) -> Self {
        self.refusals.extend_from_slice(statuses);
        self
    }

    /// Can be called without credentials.
    #[must_use]
    pub fn public(mut self) -> Self {
        self.is_public = true;
        self
    }

    /// Every shape that it mentions.
    pub fn shapes(&self, classic: bool) -> impl Iterator<Item = &Described> {
        self.body.iter().map(|(_, shape)| shape).chain(self.shape(classic))
    }

    fn shape(&self, classic: bool) -> Option<&Described> {
        self.reply.shapes.as_ref().map(|(platform, own)| if classic { own } else { platform })
    }

    /// As `OpenAPI` writes it.
    pub fn build(&self, classic: bool, refusal: &Described) -> path::Operation {
        let mut operation = OperationBuilder::new().tag(self.tag).operation_id(Some(self.id)).summary(Some(self.summary));
        for name in &self.path {
            operation = operation.parameter(parameter(name, ParameterIn::Path, Type::String, "Integer id or UUID."));
        }
        for (name, kind, description) in &self.query {
            operation = operation.parameter(parameter(name, ParameterIn::Query, kind.clone(), description));
        }
        if let Some((kind, body)) = &self.body {
            let content = ContentBuilder::new().schema(Some(body.schema.clone())).build();
            let body = RequestBodyBuilder::new().content(*kind, content).required(Some(Required::True));
            operation = operation.request_body(Some(body.build()));
        }
        let mut answer = ResponseBuilder::new().description("Done.");
        if let Some(shape) = self.shape(classic) {
            let kind = if self.reply.is_stream { "text/event-stream" } else { "application/json" };
            answer = answer.content(kind, ContentBuilder::new().schema(Some(shape.schema.clone())).build());
        }
        if self.reply.is_content {
            let bytes = ObjectBuilder::new().schema_type(SchemaType::new(Type::String));
            answer = answer.content("*/*", ContentBuilder::new().schema(Some(bytes)).build());
        }
        let answer = answer.build();
        for status in std::iter::once(self.reply.status).chain(self.also.iter().copied()) {
            operation = operation.response(status.to_string(), answer.clone());
        }
        for status in &self.refusals {
            let content = ContentBuilder::new().schema(Some(refusal.schema.clone())).build();
            let refused = ResponseBuilder::new().description(meaning(*status)).content("application/json", content);
            operation = operation.response(status.to_string(), refused.build());
        }
        if !self.is_public {
            for scheme in ["bearer", "api_key"] {
                operation = operation.security(SecurityRequirement::new(scheme, Vec::<String>::new()));
            }
        }
        operation.build()
    }
}

fn parameter(name: &str, place: ParameterIn, kind: Type, description: &str) -> path::Parameter {
    let required = if place == ParameterIn::Path { Required::True } else { Required::False };
    let schema = ObjectBuilder::new().schema_type(SchemaType::new(kind));
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(description))
        .schema(Some(schema))
        .build()
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 => "The request makes no sense as given; `details` says which field.",
        401 => "Nobody proved who is asking.",
        403 => "The caller's role does not reach.",
        404 => "There is no such thing, or none that the caller may see.",
        409 => "The thing is in a state that does not allow it.",
        408 => "The body did not arrive in time.",
        412 => "The thing has changed since its tag was read (`If-Match`).",
        413 => "The body is too large.",
        426 => "The request opens no websocket.",
        416 => "The content has no such range.",
        422 => "The `Idempotency-Key` was used with another body.",
        429 => "Too many requests; `Retry-After` says when to come back.",
        _ => "Refused.",
    }
}
