//! Contents of files: in a folder, or in a store that speaks S3. The storing is `object_store`'s.

use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use helpdesk_domain::attachment::ObjectKey;
use helpdesk_domain::attachment::port::{Chunks, ContentStore, Upload};
use helpdesk_domain::kernel::StoreError;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{Error, GetOptions, GetRange, MultipartUpload, ObjectStore, ObjectStoreExt};

/// What goes to a folder at once.
const FOLDER_PART: usize = 1024 * 1024;
/// What goes to S3 at once: it takes no smaller parts but the last.
const S3_PART: usize = 5 * 1024 * 1024;

/// Where contents are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a folder; made when absent.
    Folder(PathBuf),
    /// In a bucket, under a prefix that may be empty: `s3://bucket/prefix`. The account, the region and the address of the
    /// server come from the environment, by the names that AWS gave them (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT` …).
    Bucket {
        /// Its name.
        name: String,
        /// What every key begins with.
        prefix: String,
    },
}

/// Contents, wherever they are.
#[derive(Clone, Debug)]
pub struct Contents {
    store: Arc<dyn ObjectStore>,
    part: usize,
}

impl Contents {
    /// Opens the place; for a bucket with what the environment says of AWS.
    pub fn open(place: &Place) -> Result<Self, StoreError> {
        Self::open_with(place, std::env::vars().filter(|(name, value)| name.starts_with("AWS_") && !value.is_empty()))
    }

    /// Opens the place with these settings, by the names that AWS gave them.
    pub fn open_with(place: &Place, settings: impl IntoIterator<Item = (String, String)>) -> Result<Self, StoreError> {
        match place {
            Place::Folder(folder) => {
                fs::create_dir_all(folder).map_err(|error| StoreError::Unavailable(Box::new(error)))?;
                let store = LocalFileSystem::new_with_prefix(folder).map_err(unavailable)?.with_fsync(true);
                Ok(Self { store: Arc::new(store), part: FOLDER_PART })
            }
            Place::Bucket { name, prefix } => {
                let known = settings
                    .into_iter()
                    .filter_map(|(key, value)| Some((key.to_ascii_lowercase().parse::<AmazonS3ConfigKey>().ok()?, value)));
                let builder = known.fold(AmazonS3Builder::new(), |builder, (key, value)| builder.with_config(key, value));
                let bucket = builder.with_bucket_name(name).build().map_err(unavailable)?;
                let prefix = Path::parse(prefix.trim_matches('/')).map_err(|error| unavailable(error.into()))?;
                Ok(Self { store: Arc::new(PrefixStore::new(bucket, prefix)), part: S3_PART })
            }
        }
    }

    /// Writes, reads and removes an object, to see whether the place is good.
    pub async fn probe(&self) -> Result<(), StoreError> {
        let path = Path::from(format!(".probe.{}", std::process::id()));
        self.store.put(&path, "probe".into()).await.map_err(unavailable)?;
        self.store.get(&path).await.map_err(unavailable)?.bytes().await.map_err(unavailable)?;
        self.store.delete(&path).await.map_err(unavailable)
    }
}

#[async_trait]
impl ContentStore for Contents {
    async fn begin(&self, object: &ObjectKey) -> Result<Box<dyn Upload>, StoreError> {
        let (store, path) = (Arc::clone(&self.store), path(object)?);
        Ok(Box::new(Writing { store, path, part: self.part, waiting: Vec::new(), parts: None }))
    }

    async fn read(&self, object: &ObjectKey, range: Option<Range<u64>>) -> Result<Option<Box<dyn Chunks>>, StoreError> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        match self.store.get_opts(&path(object)?, options).await {
            Ok(found) => Ok(Some(Box::new(Reading(found.into_stream())))),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }

    async fn size(&self, object: &ObjectKey) -> Result<Option<u64>, StoreError> {
        match self.store.head(&path(object)?).await {
            Ok(found) => Ok(Some(found.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }

    async fn delete(&self, object: &ObjectKey) -> Result<(), StoreError> {
        match self.store.delete(&path(object)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unavailable(error)),
        }
    }
}

/// An object that is being written: at once when it is small, else in parts of one size.
struct Writing {
    store: Arc<dyn ObjectStore>,
    path: Path,
    part: usize,
    waiting: Vec<u8>,
    parts: Option<Box<dyn MultipartUpload>>,
}

impl Writing {
    async fn put_part(&mut self, part: Vec<u8>) -> Result<(), StoreError> {
        if self.parts.is_none() {
            self.parts = Some(self.store.put_multipart(&self.path).await.map_err(unavailable)?);
        }
        match &mut self.parts {
            Some(parts) => parts.put_part(part.into()).await.map_err(unavailable),
            None => Ok(()),
        }
    }
}

#[async_trait]
impl Upload for Writing {
    async fn write(&mut self, chunk: Vec<u8>) -> Result<(), StoreError> {
        self.waiting.extend(chunk);
        while self.waiting.len() >= self.part {
            let rest = self.waiting.split_off(self.part);
            let part = std::mem::replace(&mut self.waiting, rest);
            self.put_part(part).await?;
        }
        Ok(())
    }

    async fn finish(mut self: Box<Self>) -> Result<(), StoreError> {
        let rest = std::mem::take(&mut self.waiting);
        if self.parts.is_none() {
            return self.store.put(&self.path, rest.into()).await.map(drop).map_err(unavailable);
        }
        if !rest.is_empty() {
            self.put_part(rest).await?;
        }
        let Some(mut parts) = self.parts.take() else { return Ok(()) };
        let done = parts.complete().await.map(drop).map_err(unavailable);
        if done.is_err() {
            // The store tidies up what is never completed, in its own time, where this fails too.
            let _ = parts.abort().await;
        }
        done
    }

    async fn abort(mut self: Box<Self>) {
        if let Some(mut parts) = self.parts.take() {
            let _ = parts.abort().await;
        }
    }
}

impl Drop for Writing {
    /// The request went away: its parts go too.
    fn drop(&mut self) {
        if let Some(mut parts) = self.parts.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move { parts.abort().await });
        }
    }
}

/// An object that is being read.
struct Reading(BoxStream<'static, object_store::Result<bytes::Bytes>>);

#[async_trait]
impl Chunks for Reading {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.next().await.transpose().map(|chunk| chunk.map(Vec::from)).map_err(unavailable)
    }
}

fn path(object: &ObjectKey) -> Result<Path, StoreError> {
    Path::parse(object.as_str()).map_err(|error| StoreError::Bug(Box::new(error)))
}

fn unavailable(error: Error) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

#[cfg(test)]
mod tests {
    use helpdesk_domain::attachment::Folder;

    use super::*;

    fn folder() -> (tempfile::TempDir, Contents) {
        let folder = tempfile::tempdir().unwrap();
        let contents = Contents::open(&Place::Folder(folder.path().join("files"))).unwrap();
        (folder, contents)
    }

    fn key() -> ObjectKey {
        ObjectKey::new(Folder::Uploads, uuid::Uuid::nil(), "bin")
    }

    async fn whole(contents: &Contents, range: Option<Range<u64>>) -> Option<Vec<u8>> {
        let mut chunks = contents.read(&key(), range).await.unwrap()?;
        let mut bytes = Vec::new();
        while let Some(chunk) = chunks.next().await.unwrap() {
            bytes.extend(chunk);
        }
        Some(bytes)
    }

    async fn written(contents: &Contents, chunks: impl IntoIterator<Item = Vec<u8>>) {
        let mut upload = contents.begin(&key()).await.unwrap();
        for chunk in chunks {
            upload.write(chunk).await.unwrap();
        }
        upload.finish().await.unwrap();
    }

    fn files_in(folder: &std::path::Path) -> usize {
        fs::read_dir(folder).map_or(0, |entries| {
            entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { files_in(&path) } else { 1 }).sum()
        })
    }

    #[tokio::test]
    async fn what_was_written_in_pieces_is_read_whole_and_in_parts() {
        let (_folder, contents) = folder();
        for size in [1, FOLDER_PART - 1, FOLDER_PART, 2 * FOLDER_PART + 7] {
            let bytes: Vec<u8> = (0..size).map(|n| u8::try_from(n % 251).unwrap()).collect();
            written(&contents, bytes.chunks(100_003).map(<[u8]>::to_vec)).await;
            assert_eq!(contents.size(&key()).await.unwrap(), Some(size as u64));
            assert!(whole(&contents, None).await.unwrap() == bytes, "{size}");
            let end = u64::try_from(size).unwrap();
            assert_eq!(whole(&contents, Some(end - 1..end)).await.unwrap(), bytes[size - 1..]);
        }
    }

    #[tokio::test]
    async fn what_was_given_up_or_dropped_leaves_nothing() {
        let (folder, contents) = folder();
        for is_dropped in [false, true] {
            let mut upload = contents.begin(&key()).await.unwrap();
            upload.write(vec![0; 3 * FOLDER_PART]).await.unwrap();
            if is_dropped {
                drop(upload);
            } else {
                upload.abort().await;
            }
            let gone = async {
                while files_in(folder.path()) > 0 {
                    tokio::task::yield_now().await;
                }
            };
            tokio::time::timeout(std::time::Duration::from_secs(10), gone).await.unwrap();
            assert!(whole(&contents, None).await.is_none());
        }
    }

    #[tokio::test]
    async fn a_removed_object_is_gone_and_removing_it_again_is_no_fault() {
        let (_folder, contents) = folder();
        written(&contents, [vec![1, 2, 3]]).await;
        contents.delete(&key()).await.unwrap();
        contents.delete(&key()).await.unwrap();
        assert_eq!((whole(&contents, None).await, contents.size(&key()).await.unwrap()), (None, None));
    }

    #[tokio::test]
    async fn a_place_that_cannot_be_written_is_told_before_anything_is_lost() {
        let (folder, contents) = folder();
        contents.probe().await.unwrap();
        assert_eq!(files_in(folder.path()), 0);
        let file = folder.path().join("in the way");
        fs::write(&file, "x").unwrap();
        assert!(Contents::open(&Place::Folder(file)).is_err());
    }
}
