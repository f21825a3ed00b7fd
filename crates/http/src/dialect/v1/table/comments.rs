//! The conversation.

use actix_web::http::Method;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::request::ticket::CommentBody;
use crate::dialect::v1::{classic, comments, platform};
use crate::openapi::{Operation, Reply};

type P = platform::ticket::Comment;
type C = classic::ticket::Comment;

/// `/tickets/{id}/comments/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary| Operation::new("Comments", id, summary, Reply::shows::<P, C>(200));
    let lists = Operation::new("Comments", "listComments", "Read a ticket's conversation", Reply::lists::<P, C>()).query(PAGE);
    let makes = Operation::new("Comments", "createComment", "Say something on a ticket", Reply::shows::<P, C>(201));
    let gone = Operation::new("Comments", "deleteComment", "Take a comment back", Reply::nothing()).refuses(&[412]);
    vec![
        Route::new(Method::GET, "/tickets/{id}/comments", comments::list, lists),
        Route::new(Method::POST, "/tickets/{id}/comments", comments::add, makes.takes::<CommentBody>().refuses(&[412, 422])),
        Route::new(Method::GET, "/tickets/{id}/comments/{comment}", comments::read, op("readComment", "Read a comment")),
        Route::new(
            Method::PUT,
            "/tickets/{id}/comments/{comment}",
            comments::change,
            op("updateComment", "Change a comment").takes::<CommentBody>().refuses(&[412]),
        ),
        Route::new(
            Method::PATCH,
            "/tickets/{id}/comments/{comment}",
            comments::change,
            op("patchComment", "Change parts of a comment").takes::<CommentBody>().refuses(&[412]),
        ),
        Route::new(Method::DELETE, "/tickets/{id}/comments/{comment}", comments::remove, gone),
    ]
}
