//! Taking contents in, before anything speaks of them.

use chrono::TimeDelta;

use super::{Files, Result};
use crate::attachment::port::{Judgement, Upload};
use crate::attachment::{FileError, FileName, Folder, LARGEST_FILE, ObjectKey, Received};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::FileId;
use crate::kernel::violation::{Problem, Violations};

/// So many bytes of a content are looked at.
const HEAD: usize = 8 * 1024;

/// So many objects are swept at once.
const BATCH: u64 = 100;

/// For so many minutes an object may wait for its row; then it is swept. A row that comes later than half of that is
/// refused by the store, so that no row loses its object.
const SWEPT_AFTER: i64 = 120;

/// A content that is being taken in: nothing is stored before its beginning has been looked at.
pub struct Intake {
    files: Files,
    field: String,
    name: FileName,
    folder: Folder,
    head: Vec<u8>,
    size: u64,
    begun: Option<Begun>,
}

/// What has been found out of it, and where the rest goes.
struct Begun {
    id: FileId,
    object: ObjectKey,
    media_type: String,
    upload: Box<dyn Upload>,
}

impl Files {
    /// Begins to take a content in that came in `field` of a form, for a file of that name.
    pub fn begin(&self, field: &str, name: Option<&str>, folder: Folder) -> Result<Intake> {
        let refused = |problem| FileError::from(Violations::one(field, problem));
        let name = FileName::parse(name.unwrap_or_default()).map_err(refused)?;
        let (files, field) = (self.clone(), field.to_owned());
        Ok(Intake { files, field, name, folder, head: Vec::new(), size: 0, begun: None })
    }

    /// Removes contents that were taken in for nothing.
    pub async fn discard(&self, received: &[Received]) -> Result<()> {
        let objects: Vec<ObjectKey> = received.iter().map(|file| file.object.clone()).collect();
        self.remove_objects(&objects).await
    }

    /// Removes objects that no row speaks of and that have had their time; how many.
    pub async fn sweep(&self, now: Moment) -> Result<usize> {
        let mut gone = 0;
        loop {
            let objects = self.ledger.before(now - TimeDelta::minutes(SWEPT_AFTER), BATCH).await?;
            if objects.is_empty() {
                return Ok(gone);
            }
            self.remove_objects(&objects).await?;
            gone += objects.len();
        }
    }

    /// The objects first: what a crash in between leaves is found again in the ledger.
    pub(super) async fn remove_objects(&self, objects: &[ObjectKey]) -> Result<()> {
        for object in objects {
            self.contents.delete(object).await?;
        }
        Ok(self.ledger.forget(objects).await?)
    }
}

impl Intake {
    /// Takes a piece. After a refusal nothing of it is left, and nothing more must come.
    pub async fn take(&mut self, chunk: Vec<u8>) -> Result<()> {
        self.size += chunk.len() as u64;
        let taken = if self.size > LARGEST_FILE {
            Err(self.refused(Problem::TooManyBytes(usize::try_from(LARGEST_FILE).unwrap_or(usize::MAX))))
        } else {
            self.keep(chunk).await
        };
        if taken.is_err() {
            self.give_up().await;
        }
        taken
    }

    async fn keep(&mut self, chunk: Vec<u8>) -> Result<()> {
        if let Some(begun) = &mut self.begun {
            return Ok(begun.upload.write(chunk).await?);
        }
        self.head.extend(chunk);
        if self.head.len() >= HEAD { self.start().await } else { Ok(()) }
    }

    /// Looks at the beginning, notes the object, begins to write it.
    async fn start(&mut self) -> Result<()> {
        let media_type = match self.files.inspector.judge(self.name.as_str(), &self.head) {
            Judgement::Fine(media_type) => media_type,
            Judgement::Disguised => return Err(self.refused(Problem::Other("The file is not the picture that its name says."))),
            Judgement::Executable => {
                return Err(self.refused(Problem::Other("Executable files and scripts are not allowed.")));
            }
        };
        let id = self.files.ids.next();
        let object = ObjectKey::new(self.folder, id, self.name.extension());
        self.files.ledger.note(&object, self.files.clock.real()).await?;
        let mut upload = self.files.contents.begin(&object).await?;
        upload.write(std::mem::take(&mut self.head)).await?;
        self.begun = Some(Begun { id: FileId(id), object, media_type, upload });
        Ok(())
    }

    /// Ends it: the content is stored.
    pub async fn finish(mut self) -> Result<Received> {
        if self.size == 0 {
            return Err(self.refused(Problem::Other("The submitted file is empty.")));
        }
        if self.begun.is_none() {
            self.start().await?;
        }
        let begun = self.begun.take().ok_or_else(|| StoreError::Bug("a content was not begun".into()))?;
        let Begun { id, object, media_type, upload } = begun;
        if let Err(error) = upload.finish().await {
            self.files.remove_objects(std::slice::from_ref(&object)).await?;
            return Err(error.into());
        }
        Ok(Received { id, object, name: self.name, media_type, size: self.size, field: self.field })
    }

    /// Ends it before its end; nothing is left.
    pub async fn give_up(&mut self) {
        if let Some(Begun { object, upload, .. }) = self.begun.take() {
            upload.abort().await;
            // What cannot be removed now is swept later.
            let _ = self.files.remove_objects(&[object]).await;
        }
    }

    fn refused(&self, problem: Problem) -> FileError {
        Violations::one(&*self.field, problem).into()
    }
}
