//! Pictures of people.

use std::sync::Arc;

use super::{Files, Result};
use crate::attachment::port::{ImageEditor, ImageFault};
use crate::attachment::{FileError, Folder, LARGEST_IMAGE, ObjectKey};
use crate::identity::UserView;
use crate::kernel::actor::Actor;
use crate::kernel::race;
use crate::kernel::violation::{Problem, Violations};
use crate::work::{Changes, Outcome, Write};

/// The use cases of pictures.
#[derive(Clone)]
pub struct Portraits {
    /// Where contents go.
    pub files: Files,
    /// Who makes them fit.
    pub editor: Arc<dyn ImageEditor>,
}

impl Portraits {
    /// Makes a picture fit and stores it; nothing speaks of it yet. `field` is where it came in.
    pub async fn prepare(&self, field: &str, image: Vec<u8>) -> Result<ObjectKey> {
        let refused = |problem| FileError::from(Violations::one(field, problem));
        if image.is_empty() {
            return Err(refused(Problem::Other("The submitted file is empty.")));
        }
        if image.len() > LARGEST_IMAGE {
            return Err(refused(Problem::TooManyBytes(LARGEST_IMAGE)));
        }
        let portrait = self.editor.portrait(image).await?.map_err(|fault| {
            refused(Problem::Other(match fault {
                ImageFault::NotAnImage => "Upload a valid image. PNG and JPEG are supported.",
                ImageFault::TooManyPixels => "The image has too many pixels.",
            }))
        })?;
        let object = ObjectKey::new(Folder::Images, self.files.ids.next(), portrait.extension);
        self.files.ledger.note(&object, self.files.clock.real()).await?;
        let mut upload = self.files.contents.begin(&object).await?;
        upload.write(portrait.bytes).await?;
        upload.finish().await?;
        Ok(object)
    }

    /// Removes a picture that was prepared for nothing.
    pub async fn discard(&self, object: &ObjectKey) -> Result<()> {
        self.files.remove_objects(std::slice::from_ref(object)).await
    }

    /// Gives the actor a picture.
    pub async fn change(&self, actor: &Actor, field: &str, image: Vec<u8>) -> Result<UserView> {
        let object = self.prepare(field, image).await?;
        let before = match race::settle(true, async || self.put_on(actor, &object).await).await {
            Ok(before) => before,
            Err(error) => {
                // What cannot be removed now is swept later.
                let _ = self.discard(&object).await;
                return Err(error);
            }
        };
        if let Some(before) = before {
            let _ = self.discard(&before).await;
        }
        self.files.people.view(actor.organization, actor.user).await?.ok_or(FileError::NotFound)
    }

    async fn put_on(&self, actor: &Actor, object: &ObjectKey) -> Result<Option<ObjectKey>> {
        let found = self.files.people.find(actor.organization, &actor.user.into()).await?;
        let mut user = found.ok_or(FileError::NotFound)?;
        let before = user.image.clone();
        let event = user.change_image(actor, object.clone(), self.files.clock.now());
        let outcome = Outcome { kind: "user", id: user.id.0, parent: None, created: false };
        let changes = Changes::by(actor).with(Write::SaveUser(Box::new(user)), [event]).showing(outcome);
        self.files.work.commit(changes).await?;
        Ok(before)
    }
}
