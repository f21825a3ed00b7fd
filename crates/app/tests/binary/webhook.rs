//! A workflow on loopback: a real HTTP server that keeps what it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_mins(1);

/// What the workflow got in one request.
#[derive(Clone, Debug)]
pub struct Told {
    pub start: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Told {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// A workflow and what it was told.
pub struct Receiver {
    pub port: u16,
    told: Arc<Mutex<Vec<Told>>>,
    answers: Arc<Mutex<&'static str>>,
}

impl Receiver {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (told, answers) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new("204 No Content")));
        let (kept, status) = (told.clone(), answers.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (kept, status) = (kept.clone(), *status.lock().unwrap());
                std::thread::spawn(move || serve(stream, &kept, status));
            }
        });
        Self { port, told, answers }
    }

    /// Answers with that status line from now on; nothing at all for an empty one.
    pub fn answers(&self, status: &'static str) {
        *self.answers.lock().unwrap() = status;
    }

    /// Waits until it was told so often; answers all of it.
    pub fn has(&self, count: usize) -> Vec<Told> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let told = self.told.lock().unwrap().clone();
            if told.len() >= count {
                return told;
            }
            assert!(Instant::now() < deadline, "{count} requests did not come, but {told:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn serve(mut stream: TcpStream, kept: &Mutex<Vec<Told>>, status: &str) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut lines = reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    // Who connects may be killed before they say anything.
    let Some(start) = lines.next() else { return };
    let headers: Vec<_> = lines.filter_map(|line| line.split_once(": ").map(|(n, v)| (n.to_lowercase(), v.to_owned()))).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    if reader.read_exact(&mut body).is_ok() {
        kept.lock().unwrap().push(Told { start, headers, body: String::from_utf8_lossy(&body).into_owned(), bytes: body });
    }
    if status.is_empty() {
        // Until the other side gives up.
        let _ = stream.read(&mut [0]);
    } else {
        let location = "Location: http://127.0.0.1:9/\r\n";
        let _ = write!(stream, "HTTP/1.1 {status}\r\n{location}Content-Length: 0\r\nConnection: close\r\n\r\n");
    }
}
