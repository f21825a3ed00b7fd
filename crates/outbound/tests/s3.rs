//! Contents in a store that speaks S3: a real server of that protocol, over a folder.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use helpdesk_domain::attachment::port::ContentStore;
use helpdesk_domain::attachment::{Folder, ObjectKey};
use helpdesk_outbound::{Contents, Place};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tokio::net::TcpListener;

/// Serves the folder on a free port; answers its address.
async fn server(folder: &Path) -> String {
    let mut service = S3ServiceBuilder::new(FileSystem::new(folder).unwrap());
    service.set_auth(SimpleAuth::from_single("desk", "a secret of the test"));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
            });
        }
    });
    address
}

fn contents(address: &str, secret: &str) -> Contents {
    let settings = [
        ("AWS_ACCESS_KEY_ID", "desk"),
        ("AWS_SECRET_ACCESS_KEY", secret),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ENDPOINT", address),
        ("AWS_ALLOW_HTTP", "true"),
    ];
    let place = Place::Bucket { name: "desk".to_owned(), prefix: "acme/files".to_owned() };
    Contents::open_with(&place, settings.map(|(name, value)| (name.to_owned(), value.to_owned()))).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn contents_of_any_size_go_to_s3_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("desk")).unwrap();
    let contents = contents(&server(folder.path()).await, "a secret of the test");
    contents.probe().await.unwrap();
    let key = ObjectKey::new(Folder::Attachments, uuid::Uuid::from_u128(1), "bin");
    for size in [1_usize, 5 * 1024 * 1024, 12 * 1024 * 1024 + 7] {
        let bytes: Vec<u8> = (0..size).map(|n| u8::try_from(n % 251).unwrap()).collect();
        let mut upload = contents.begin(&key).await.unwrap();
        for chunk in bytes.chunks(64 * 1024) {
            upload.write(chunk.to_vec()).await.unwrap();
        }
        upload.finish().await.unwrap();
        assert_eq!(contents.size(&key).await.unwrap(), Some(size as u64));
        assert!(read(&contents, &key, None).await == bytes, "{size}");
        let end = size as u64;
        assert_eq!(read(&contents, &key, Some(end - 1..end)).await, bytes[size - 1..]);
    }
    assert!(folder.path().join("desk/acme/files").join(key.as_str()).is_file());
    contents.delete(&key).await.unwrap();
    assert!(contents.read(&key, None).await.unwrap().is_none());
}

async fn read(contents: &Contents, key: &ObjectKey, range: Option<std::ops::Range<u64>>) -> Vec<u8> {
    let mut chunks = contents.read(key, range).await.unwrap().unwrap();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await.unwrap() {
        bytes.extend(chunk);
    }
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_given_up_leaves_no_object_in_s3() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("desk")).unwrap();
    let contents = contents(&server(folder.path()).await, "a secret of the test");
    let key = ObjectKey::new(Folder::Uploads, uuid::Uuid::from_u128(2), "");
    let mut upload = contents.begin(&key).await.unwrap();
    upload.write(vec![0; 11 * 1024 * 1024]).await.unwrap();
    upload.abort().await;
    assert_eq!(contents.size(&key).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_does_not_let_us_in_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("desk")).unwrap();
    let contents = contents(&server(folder.path()).await, "another secret");
    assert!(contents.probe().await.is_err());
}
