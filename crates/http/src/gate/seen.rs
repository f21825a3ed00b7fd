//! For whom an answer is made, and as of when: what a shape needs besides the view.

use std::fmt;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use helpdesk_domain::attachment::ObjectKey;
use helpdesk_domain::kernel::{Actor, Moment};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::settings::HttpSettings;

/// Makes the addresses of contents.
#[derive(Clone)]
pub struct Media {
    desk: Data<Desk>,
    settings: Data<HttpSettings>,
}

impl Media {
    /// Over these use cases and settings.
    pub fn new(desk: Data<Desk>, settings: Data<HttpSettings>) -> Self {
        Self { desk, settings }
    }

    /// What one reader is shown now.
    pub fn seen<'a>(&'a self, reader: Option<&'a Actor>) -> Seen<'a> {
        Seen { now: self.desk.clock.now(), media: self, reader }
    }

    /// What every absolute URL begins with.
    pub fn public_url(&self) -> &str {
        &self.settings.public_url
    }

    /// From what every request carries.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let desk = request.app_data::<Data<Desk>>().cloned();
        let settings = request.app_data::<Data<HttpSettings>>().cloned();
        desk.zip(settings).map(|(desk, settings)| Self::new(desk, settings)).ok_or_else(Problem::bug)
    }
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Media").field("public_url", &self.settings.public_url).finish_non_exhaustive()
    }
}

impl FromRequest for Media {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

/// For whom an answer is made, and as of when.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// What depends on the time is as of now.
    pub now: Moment,
    media: &'a Media,
    reader: Option<&'a Actor>,
}

impl Seen<'_> {
    /// The same, as of another time.
    #[must_use]
    pub fn at(self, now: Moment) -> Self {
        Self { now, ..self }
    }

    /// Whether it is for somebody who proved who they are.
    pub fn is_for_somebody(&self) -> bool {
        self.reader.is_some()
    }

    /// Whether an admin reads it.
    pub fn by_admin(&self) -> bool {
        self.reader.is_some_and(Actor::is_admin)
    }

    /// The address of a content, with a signature that is good for the reader and for about an hour.
    pub fn url(&self, object: &ObjectKey) -> String {
        let Media { desk, settings } = self.media;
        let url = format!("{}/media/{}", settings.public_url, object.as_str());
        match self.reader {
            Some(reader) => format!("{url}?token={}", desk.files.link(reader, object)),
            None => url,
        }
    }

    /// The address of somebody's picture, or of the picture of everybody who has none.
    pub fn image_url(&self, image: Option<&ObjectKey>) -> String {
        image.map_or_else(|| self.url(&ObjectKey::default_image()), |image| self.url(image))
    }
}
