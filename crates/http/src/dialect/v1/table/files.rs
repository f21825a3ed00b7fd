//! Files.

use actix_web::http::Method;

use crate::dialect::route::Route;
use crate::dialect::v1::request::file::{AttachmentForm, ImageForm, UploadForm};
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::dialect::v1::{classic, files, platform};
use crate::openapi::{Operation, Reply};

type P = shape::file::File<Uid>;
type C = shape::file::File<SerialId>;

/// `/files/`, `/tickets/{id}/attachments/` and `/users/me/image/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary, status| Operation::new("Files", id, summary, Reply::shows::<P, C>(status));
    let attach = op("attachFile", "Attach files to a ticket", 201).uploads::<AttachmentForm>().refuses(&[408, 412, 422]);
    let upload = op("uploadFile", "Upload a file", 201).uploads::<UploadForm>().refuses(&[408, 422]);
    let content = Operation::new("Files", "downloadFile", "Read a file's content", Reply::content()).refuses(&[416]);
    let gone = Operation::new("Files", "deleteFile", "Delete a file", Reply::nothing()).refuses(&[412]);
    let user = Reply::shows::<platform::user::User, classic::user::User>(200);
    let image = Operation::new("Users", "changeMyImage", "Change my picture", user).uploads::<ImageForm>().refuses(&[408, 422]);
    vec![
        Route::new(Method::POST, "/tickets/{id}/attachments", files::attach, attach),
        Route::new(Method::POST, "/files/upload", files::upload, upload),
        Route::new(Method::GET, "/files/{id}", files::read, op("readFile", "Read what is known of a file", 200)),
        Route::new(Method::DELETE, "/files/{id}", files::remove, gone),
        Route::new(Method::GET, "/files/{id}/download", files::download, content),
        Route::new(Method::POST, "/users/me/image", files::change_image, image),
    ]
}
