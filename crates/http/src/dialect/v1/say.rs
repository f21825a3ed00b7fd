//! Answering in the caller's voice.

use actix_web::HttpResponse;
use helpdesk_domain::kernel::{Moment, Page};
use serde::Serialize;

use crate::dialect::v1::{Caller, Visitor, Voice};
use crate::gate::etag::{Preconditions, tag};
use crate::gate::{Paged, Seen};
use crate::problem::Answer;

/// How a dialect shows a view to whom it is made for.
pub trait Shows<View>: Serialize {
    /// The view in the dialect's shape.
    fn show(view: &View, seen: &Seen<'_>) -> Self;
}

/// A shape for each voice: a pair of platform's and classic's.
pub trait Shapes<View> {
    /// Platform's.
    type Platform: Shows<View>;
    /// Classic's.
    type Classic: Shows<View>;
}

impl<View, P: Shows<View>, C: Shows<View>> Shapes<View> for (P, C) {
    type Platform = P;
    type Classic = C;
}

/// A view in one of the two shapes.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Said<P, C> {
    /// In platform's.
    Platform(P),
    /// In classic's.
    Classic(C),
}

type SaidAs<S, V> = Said<<S as Shapes<V>>::Platform, <S as Shapes<V>>::Classic>;

impl Voice {
    /// The view in this voice's shape.
    pub fn say<S: Shapes<V>, V>(self, view: &V, seen: &Seen<'_>) -> SaidAs<S, V> {
        match self {
            Self::Platform => Said::Platform(S::Platform::show(view, seen)),
            Self::Classic => Said::Classic(S::Classic::show(view, seen)),
        }
    }
}

impl Caller {
    fn say<S: Shapes<V>, V>(&self, view: &V, now: Moment) -> SaidAs<S, V> {
        self.voice.say::<S, V>(view, &self.seen().at(now))
    }

    /// A single resource that was asked for.
    pub fn found<S: Shapes<V>, V>(&self, view: &V, now: Moment, preconditions: &Preconditions) -> Answer {
        preconditions.answer(self, &self.say::<S, V>(view, now))
    }

    /// A resource after it was changed.
    pub fn changed<S: Shapes<V>, V>(&self, view: &V, now: Moment) -> Answer {
        let body = self.say::<S, V>(view, now);
        Ok(HttpResponse::Ok().insert_header(("ETag", tag(self, &body))).json(body))
    }

    /// A resource that was made.
    pub fn created<S: Shapes<V>, V>(&self, view: &V, now: Moment) -> Answer {
        let body = self.say::<S, V>(view, now);
        Ok(HttpResponse::Created().insert_header(("ETag", tag(self, &body))).json(body))
    }

    /// A part of a list.
    pub fn list<S: Shapes<V>, V>(&self, page: Page<V>, paged: &Paged, now: Moment) -> Answer {
        let seen = self.seen().at(now);
        let listed = paged.list(page, |view| self.voice.say::<S, V>(&view, &seen))?;
        Ok(HttpResponse::Ok().json(listed))
    }
}

impl Visitor {
    /// A single resource that was asked for.
    pub fn found<S: Shapes<V>, V>(&self, view: &V, now: Moment, preconditions: &Preconditions) -> Answer {
        preconditions.answer(self, &self.voice.say::<S, V>(view, &self.seen().at(now)))
    }

    /// A part of a list.
    pub fn list<S: Shapes<V>, V>(&self, page: Page<V>, paged: &Paged, now: Moment) -> Answer {
        let seen = self.seen().at(now);
        let listed = paged.list(page, |view| self.voice.say::<S, V>(&view, &seen))?;
        Ok(HttpResponse::Ok().json(listed))
    }
}

/// Nothing more to say.
pub fn gone() -> HttpResponse {
    HttpResponse::NoContent().finish()
}
