//! Contents of files as answers: whole or a range, streamed, and never as something that a browser would run.

use std::ops::Range as Span;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, Header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::stream;
use helpdesk_domain::attachment::port::Chunks;
use helpdesk_domain::attachment::{Files, Located};
use helpdesk_domain::kernel::StoreError;

use crate::problem::Answer;

/// What a browser shows without running any of it. Everything else is to be saved.
const INLINE: [&str; 7] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif", "application/pdf"];

/// Nothing in it may load or run anything, should a browser show it after all.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Answers a content that the reader may read.
pub async fn answer(files: &Files, located: &Located, request: &HttpRequest) -> Answer {
    // Contents never change, and each has a name of its own.
    let tag = format!("\"{}\"", located.object.as_str().replace('/', "-"));
    if says(request, header::IF_NONE_MATCH).is_some_and(|known| known.split(',').any(|known| names(known, &tag))) {
        return Ok(begun(StatusCode::NOT_MODIFIED, located, &tag).finish());
    }
    let is_same = says(request, header::IF_RANGE).is_none_or(|wanted| wanted == tag);
    let Some(span) = wanted(request, located.size).filter(|_| is_same) else {
        let chunks = files.open(located, None).await?;
        return Ok(begun(StatusCode::OK, located, &tag).no_chunking(located.size).streaming(bytes(chunks)));
    };
    let Some(span) = span else {
        let nothing = format!("bytes */{}", located.size);
        return Ok(begun(StatusCode::RANGE_NOT_SATISFIABLE, located, &tag)
            .insert_header((header::CONTENT_RANGE, nothing))
            .finish());
    };
    let told = format!("bytes {}-{}/{}", span.start, span.end.saturating_sub(1), located.size);
    let length = span.end.saturating_sub(span.start);
    let chunks = files.open(located, Some(span)).await?;
    let mut answer = begun(StatusCode::PARTIAL_CONTENT, located, &tag);
    Ok(answer.insert_header((header::CONTENT_RANGE, told)).no_chunking(length).streaming(bytes(chunks)))
}

fn begun(status: StatusCode, located: &Located, tag: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    let kind = if located.media_type.starts_with("text/") {
        format!("{}; charset=utf-8", located.media_type)
    } else {
        located.media_type.clone()
    };
    answer
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header(disposition(located))
        .insert_header((header::ETAG, tag.to_owned()))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // Said, so that nothing on the way compresses it: lengths and ranges are those of the file.
        .insert_header((header::CONTENT_ENCODING, "identity"));
    if located.media_type != "application/pdf" {
        answer.insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    }
    answer
}

/// `inline` for images and PDF (seed 004), `attachment` for all else.
fn disposition(located: &Located) -> ContentDisposition {
    let is_shown = INLINE.contains(&located.media_type.as_str());
    let disposition = if is_shown { DispositionType::Inline } else { DispositionType::Attachment };
    let plain = |c: char| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' };
    let mut parameters = vec![DispositionParam::Filename(located.name.chars().map(plain).collect())];
    if !located.name.is_ascii() {
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset: header::Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: located.name.clone().into_bytes(),
        }));
    }
    ContentDisposition { disposition, parameters }
}

/// The range that is asked for: none when the whole is wanted, an inner none when there is no such part.
fn wanted(request: &HttpRequest, size: u64) -> Option<Option<Span<u64>>> {
    let header::Range::Bytes(spans) = header::Range::parse(request).ok()? else { return None };
    // Several ranges at once are answered with the whole, as RFC 9110 allows.
    let [span] = spans.as_slice() else { return None };
    Some(span.to_satisfiable_range(size).map(|(first, last)| first..last + 1))
}

fn says(request: &HttpRequest, name: header::HeaderName) -> Option<&str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

fn names(known: &str, tag: &str) -> bool {
    let known = known.trim();
    known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
}

/// An error on the way ends the answer before its length: the client sees that it is not whole.
fn bytes(chunks: Box<dyn Chunks>) -> impl stream::Stream<Item = Result<Bytes, StoreError>> {
    stream::try_unfold(chunks, |mut chunks| async move {
        let next = chunks.next().await?;
        Ok(next.map(|chunk| (Bytes::from(chunk), chunks)))
    })
}
