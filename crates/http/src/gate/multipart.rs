//! Forms with files. Nothing of a body is read before the handler asks, so that rights are settled first; files go to the
//! content store as they come.

use std::collections::BTreeMap;
use std::future::{Ready, ready};
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use helpdesk_domain::attachment::{Files, Folder, LARGEST_IMAGE, MOST_FILES, Received};
use helpdesk_domain::kernel::Problem as FieldProblem;
use serde::de::DeserializeOwned;

use super::body::json;
use super::form_digest::FormDigest;
use crate::problem::Problem;
use crate::settings::HttpSettings;

/// Most bytes of a field of text: what JSON would take of the longest text.
const LONGEST_TEXT: usize = 512 * 1024;
/// Most fields.
const MOST_FIELDS: usize = 100;
/// For how long the rest of a refused body is read on, so that the client gets to read the refusal.
const DRAIN: Duration = Duration::from_secs(10);

/// Whether the body of a request is a form with files.
pub fn is_form(request: &ServiceRequest) -> bool {
    is_form_by(request.headers())
}

pub(super) fn is_form_by(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.get(..10).is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/"))
}

/// A form, not read yet.
pub struct Parts {
    /// None when it has come to its end, or to an error.
    multipart: Option<Multipart>,
    /// How long each piece may take.
    patience: Duration,
    /// Of what has been read; told when all has.
    digest: Option<Box<FormDigest>>,
}

/// What becomes of the files of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// They go to a folder of the content store.
    Files(Folder),
    /// One picture of somebody, kept in memory.
    Image,
}

/// A form, read. Dropped without being spent, its files are removed.
pub struct Form {
    texts: BTreeMap<String, String>,
    received: Vec<Received>,
    image: Option<Image>,
    files: Option<Files>,
}

/// A picture as it came.
pub struct Image {
    /// The field that it came in.
    pub field: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}

impl FromRequest for Parts {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let settings = request.app_data::<Data<HttpSettings>>().ok_or_else(Problem::bug);
        ready(settings.map(|settings| Self {
            multipart: Some(Multipart::new(request.headers(), payload.take())),
            patience: settings.request_timeout / 2,
            digest: FormDigest::wanted_by(request),
        }))
    }
}

impl Parts {
    /// The next field; none at the end. `blamed` is the field that a broken form is told under.
    async fn next(&mut self, blamed: &str) -> Result<Option<Field>, Problem> {
        let Some(multipart) = &mut self.multipart else { return Ok(None) };
        let next = tokio::time::timeout(self.patience, multipart.next()).await;
        match next {
            Ok(Some(Ok(field))) => {
                self.digest.iter_mut().for_each(|digest| digest.begin(&field));
                Ok(Some(field))
            }
            Ok(None) => {
                self.multipart = None;
                self.digest.take().into_iter().for_each(|digest| digest.end());
                Ok(None)
            }
            Ok(Some(Err(error))) => {
                self.multipart = None;
                Err(broken(blamed, &error))
            }
            Err(_) => {
                self.multipart = None;
                Err(Problem::slow_body())
            }
        }
    }

    async fn chunk(&mut self, field: &mut Field, blamed: &str) -> Result<Option<Vec<u8>>, Problem> {
        let next = tokio::time::timeout(self.patience, field.next()).await;
        let chunk =
            next.map_err(|_| Problem::slow_body()).and_then(|chunk| chunk.transpose().map_err(|error| broken(blamed, &error)));
        match (&chunk, &mut self.digest) {
            (Ok(Some(bytes)), Some(digest)) => digest.take(bytes),
            (Ok(_), _) => {}
            (Err(_), _) => self.multipart = None,
        }
        Ok(chunk?.map(Vec::from))
    }

    /// A field of at most so many bytes.
    async fn whole(&mut self, field: &mut Field, name: &str, most: usize) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk(field, name).await? {
            if bytes.len() + chunk.len() > most {
                return Err(Problem::field(name, FieldProblem::TooManyBytes(most)));
            }
            bytes.extend(chunk);
        }
        Ok(bytes)
    }

    /// Reads on to the end, to nowhere.
    pub async fn pass_over(&mut self) -> Result<(), Problem> {
        while let Some(mut field) = self.next("").await? {
            while self.chunk(&mut field, "").await?.is_some() {}
        }
        Ok(())
    }

    async fn drain(&mut self) {
        // Whoever sends for longer than that, or in pieces that can't be read, may find the connection closed.
        let _ = tokio::time::timeout(DRAIN, self.pass_over()).await;
    }
}

/// What is wrong with a form is told under the field that it was sent for.
fn broken(blamed: &str, error: &actix_multipart::MultipartError) -> Problem {
    use actix_multipart::MultipartError as E;
    let sentence = match error {
        E::ContentTypeMissing | E::ContentTypeParse | E::ContentTypeIncompatible => "Expected a multipart/form-data body.",
        E::BoundaryMissing => "The form has no boundary.",
        E::Incomplete | E::Payload(_) => "The form ends too early.",
        _ => "The form could not be read.",
    };
    Problem::field(blamed, FieldProblem::Other(sentence))
}

impl Form {
    /// Reads a form whose files are meant for the field `blamed`. After a refusal nothing of it is left.
    pub async fn read(mut parts: Parts, files: &Files, takes: Takes, blamed: &str) -> Result<Self, Problem> {
        let mut form = Self { texts: BTreeMap::new(), received: Vec::new(), image: None, files: Some(files.clone()) };
        match form.fill(&mut parts, files, takes, blamed).await {
            Ok(()) => Ok(form),
            Err(problem) => {
                form.discard().await;
                parts.drain().await;
                Err(problem)
            }
        }
    }

    async fn fill(&mut self, parts: &mut Parts, files: &Files, takes: Takes, blamed: &str) -> Result<(), Problem> {
        while let Some(mut field) = parts.next(blamed).await? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.content_disposition().and_then(|disposition| disposition.get_filename()).map(str::to_owned);
            match (file_name, takes) {
                (None, _) => self.text(parts, &mut field, name).await?,
                (Some(file), Takes::Image) => self.picture(parts, &mut field, name, &file).await?,
                (Some(file), Takes::Files(folder)) => self.file(parts, files, &mut field, &name, &file, folder).await?,
            }
        }
        Ok(())
    }

    async fn text(&mut self, parts: &mut Parts, field: &mut Field, name: String) -> Result<(), Problem> {
        if self.texts.len() >= MOST_FIELDS {
            return Err(Problem::field(&name, FieldProblem::TooMany(MOST_FIELDS)));
        }
        let bytes = parts.whole(field, &name, LONGEST_TEXT).await?;
        let text = String::from_utf8(bytes).map_err(|_| Problem::field(&name, FieldProblem::WrongType("string")))?;
        if text.contains('\0') || name.contains('\0') {
            return Err(Problem::field(&name.replace('\0', ""), FieldProblem::NullCharacter));
        }
        self.texts.insert(name, text);
        Ok(())
    }

    async fn picture(&mut self, parts: &mut Parts, field: &mut Field, name: String, file: &str) -> Result<(), Problem> {
        let bytes = parts.whole(field, &name, LARGEST_IMAGE).await?;
        // Browsers send a file input that nobody used as a file without name and content.
        if !(bytes.is_empty() && file.is_empty()) {
            self.image = Some(Image { field: name, bytes });
        }
        Ok(())
    }

    async fn file(
        &mut self,
        parts: &mut Parts,
        files: &Files,
        field: &mut Field,
        name: &str,
        file: &str,
        folder: Folder,
    ) -> Result<(), Problem> {
        let first = parts.chunk(field, name).await?;
        if first.is_none() && file.is_empty() {
            return Ok(());
        }
        if self.received.len() >= MOST_FILES {
            return Err(Problem::field(name, FieldProblem::TooMany(MOST_FILES)));
        }
        let mut intake = files.begin(name, Some(file), folder)?;
        let mut next = first;
        while let Some(chunk) = next {
            intake.take(chunk).await?;
            next = match parts.chunk(field, name).await {
                Ok(next) => next,
                Err(problem) => {
                    intake.give_up().await;
                    return Err(problem);
                }
            };
        }
        self.received.push(intake.finish().await?);
        Ok(())
    }

    /// A field of text, by the first of these names that has one.
    pub fn text_of(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.texts.get(*name)).cloned()
    }

    /// The fields of text as an object. What a form leaves empty counts as absent.
    pub fn object<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let given: BTreeMap<&String, &String> = self.texts.iter().filter(|(_, text)| !text.trim().is_empty()).collect();
        json(&serde_json::to_vec(&given).map_err(|_| Problem::bug())?)
    }

    /// The fields of text.
    pub fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// The picture, if one came.
    pub fn take_image(&mut self) -> Option<Image> {
        self.image.take()
    }

    /// Does what the files came for. Where that is refused they are removed again; where nobody knows whether it was done
    /// they stay until the sweep knows.
    pub async fn spend<T, E: Into<Problem>>(
        mut self,
        work: impl AsyncFnOnce(Vec<Received>) -> Result<T, E>,
    ) -> Result<T, Problem> {
        let Some(files) = self.files.take() else { return Err(Problem::bug()) };
        let done = work(self.received.clone()).await.map_err(Into::into);
        if done.as_ref().is_err_and(|problem| problem.status.is_client_error()) {
            // What cannot be removed now is swept later.
            let _ = files.discard(&self.received).await;
        }
        done
    }

    async fn discard(&mut self) {
        if let Some(files) = self.files.take() {
            let _ = files.discard(&self.received).await;
        }
    }
}

impl Drop for Form {
    /// The request went away before its files were spent.
    fn drop(&mut self) {
        if let Some(files) = self.files.take()
            && !self.received.is_empty()
        {
            let received = std::mem::take(&mut self.received);
            actix_web::rt::spawn(async move { files.discard(&received).await });
        }
    }
}
