//! A mail server on loopback: real SMTP, with STARTTLS and authentication where a test wants them.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mailin::{Action, AuthMechanism, Handler, Response, Session, SessionBuilder, response};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

const PATIENCE: Duration = Duration::from_mins(1);
pub const NAME: &str = "desk";
pub const PASSWORD: &str = "hunter2 hunter2";

/// What the server does with a mail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Takes,
    /// Reads it to its end, keeps it, and never says so.
    TakesAndFallsSilent,
    /// Asks to come again.
    TurnsAway,
    /// Knows nobody of that name.
    Refuses,
}

/// A mail server and what it got.
pub struct MailServer {
    pub port: u16,
    mails: Arc<Mutex<Vec<String>>>,
    manner: Arc<Mutex<Manner>>,
}

impl MailServer {
    /// One that knows no encryption.
    pub fn plain() -> Self {
        Self::start(None)
    }

    /// One that wants STARTTLS and then a name and a password; its certificate is good for whoever trusts the file.
    pub fn with_tls(trusted: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        std::fs::write(trusted, made.cert.pem()).unwrap();
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
        Self::start(Some(Arc::new(config)))
    }

    fn start(tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (mails, manner) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Manner::Takes)));
        let mailbox =
            Mailbox { mails: mails.clone(), manner: manner.clone(), text: Vec::new(), asks: tls.is_some(), proven: false };
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (mailbox, tls) = (mailbox.clone(), tls.clone());
                std::thread::spawn(move || serve(stream, mailbox, tls));
            }
        });
        Self { port, mails, manner }
    }

    pub fn behaves(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    /// Waits until so many mails have come; answers all of them.
    pub fn has(&self, count: usize) -> Vec<String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mails = self.mails.lock().unwrap().clone();
            if mails.len() >= count {
                return mails;
            }
            assert!(Instant::now() < deadline, "{count} mails did not come, but {mails:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The value of a header of a mail.
pub fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let line = mail.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_else(|| panic!("no {name} in {mail}"))
}

#[derive(Clone)]
struct Mailbox {
    mails: Arc<Mutex<Vec<String>>>,
    manner: Arc<Mutex<Manner>>,
    text: Vec<u8>,
    asks: bool,
    proven: bool,
}

impl Handler for Mailbox {
    fn mail(&mut self, _: IpAddr, _: &str, _: &str) -> Response {
        if self.asks && !self.proven { response::AUTHENTICATION_REQUIRED } else { response::OK }
    }

    fn rcpt(&mut self, _: &str) -> Response {
        match *self.manner.lock().unwrap() {
            Manner::Takes | Manner::TakesAndFallsSilent => response::OK,
            Manner::TurnsAway => response::INTERNAL_ERROR,
            Manner::Refuses => response::NO_MAILBOX,
        }
    }

    fn data(&mut self, buf: &[u8]) -> io::Result<()> {
        self.text.extend_from_slice(buf);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let manner = *self.manner.lock().unwrap();
        let text = String::from_utf8(std::mem::take(&mut self.text)).unwrap();
        self.mails.lock().unwrap().push(text);
        if manner == Manner::TakesAndFallsSilent {
            std::thread::park();
        }
        response::OK
    }

    fn auth_plain(&mut self, _: &str, name: &str, password: &str) -> Response {
        self.proven = (name, password) == (NAME, PASSWORD);
        if self.proven { response::AUTH_OK } else { response::INVALID_CREDENTIALS }
    }
}

fn serve(stream: TcpStream, mailbox: Mailbox, tls: Option<Arc<ServerConfig>>) -> Option<()> {
    let mut builder = SessionBuilder::new("localhost");
    if tls.is_some() {
        builder.enable_start_tls().enable_auth(AuthMechanism::Plain);
    }
    let mut session = builder.build(IpAddr::V4(Ipv4Addr::LOCALHOST), mailbox);
    let mut reader = BufReader::new(stream);
    session.greeting().write_to(reader.get_mut()).ok()?;
    if talk(&mut session, &mut reader)? {
        let stream = StreamOwned::new(ServerConnection::new(tls?).ok()?, reader.into_inner());
        session.tls_active();
        talk(&mut session, &mut BufReader::new(stream))?;
    }
    Some(())
}

/// Answers until the client leaves (none), or wants to go over to TLS.
fn talk(session: &mut Session<Mailbox>, stream: &mut BufReader<impl Read + Write>) -> Option<bool> {
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        let answer = session.process(&line);
        if answer.action != Action::NoReply {
            answer.write_to(stream.get_mut()).ok()?;
            stream.get_mut().flush().ok()?;
        }
        match answer.action {
            Action::Close => return None,
            Action::UpgradeTls => return Some(true),
            Action::Reply | Action::NoReply => {}
        }
    }
}
