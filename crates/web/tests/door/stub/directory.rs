//! A directory (LDAP) on loopback that knows a few people: bind, search by one attribute, and nothing else.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

pub const BASE: &str = "ou=people,dc=qingyun";
pub const CLERK: (&str, &str) = ("cn=clerk,dc=qingyun", "clerk-secret");

/// Name and password of everybody there; `twin` is there twice.
pub const PEOPLE: [(&str, &str); 4] = [("zhou.min", "directory-password"), ("li*ming", "star"), ("twin", "twin-secret"), ("twin", "twin-secret")];

/// Address of a directory that lives as long as the test.
pub fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("ldap://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || serve(stream));
        }
    });
    address
}

fn dn(at: usize) -> String {
    format!("uid={},n={at},{BASE}", PEOPLE[at].0)
}

fn serve(mut stream: TcpStream) {
    let mut bound = String::new();
    while let Some(message) = one(&mut stream) {
        let mut parts = Parts(&message);
        let (_, id) = parts.next().unwrap();
        let (kind, body) = parts.next().unwrap();
        let mut fields = Parts(body);
        match kind {
            0x60 => {
                let (_version, name, password) = (fields.next(), text(fields.next()), text(fields.next()));
                // As the standard has it: no password is nobody, and that is a success.
                let known = password.is_empty() || (name, password) == CLERK || PEOPLE.iter().enumerate().any(|(at, p)| dn(at) == name && p.1 == password);
                if known {
                    bound = name.to_owned();
                }
                answer(&mut stream, id, 0x61, if known { 0 } else { 49 });
            }
            0x63 => {
                let base = text(fields.next());
                let filter = fields.by_ref().find(|(tag, _)| *tag == 0xa3);
                let asked = filter.map(|(_, f)| {
                    let mut parts = Parts(f);
                    (text(parts.next()), text(parts.next()))
                });
                // Only the clerk looks people up.
                if base == BASE && bound == CLERK.0 {
                    for at in 0..PEOPLE.len() {
                        if asked == Some(("uid", PEOPLE[at].0)) {
                            let entry = [tlv(4, dn(at).as_bytes()), tlv(0x30, &[])].concat();
                            send(&mut stream, id, 0x64, &entry);
                        }
                    }
                }
                answer(&mut stream, id, 0x65, if bound == CLERK.0 { 0 } else { 50 });
            }
            _ => return,
        }
    }
}

/// The content of one message.
fn one(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = [0; 2];
    stream.read_exact(&mut head).ok()?;
    let mut length = usize::from(head[1]);
    if length >= 0x80 {
        let mut more = vec![0; length - 0x80];
        stream.read_exact(&mut more).ok()?;
        length = more.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    }
    let mut content = vec![0; length];
    stream.read_exact(&mut content).ok()?;
    Some(content)
}

/// Tag and content, one after the other.
struct Parts<'a>(&'a [u8]);

impl<'a> Iterator for Parts<'a> {
    type Item = (u8, &'a [u8]);
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (tag, first) = (*self.0.first()?, usize::from(*self.0.get(1)?));
        let (skip, length) = if first < 0x80 { (2, first) } else {
            let count = first - 0x80;
            (2 + count, self.0[2..2 + count].iter().fold(0, |length, byte| length << 8 | usize::from(*byte)))
        };
        let content = &self.0[skip..skip + length];
        self.0 = &self.0[skip + length..];
        Some((tag, content))
    }
}

fn text(part: Option<(u8, &[u8])>) -> &str {
    part.and_then(|(_, content)| std::str::from_utf8(content).ok()).unwrap_or_default()
}

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    assert!(content.len() < 0x80, "short answers only");
    [&[tag, u8::try_from(content.len()).unwrap()], content].concat()
}

fn send(stream: &mut TcpStream, id: &[u8], kind: u8, content: &[u8]) {
    let message = tlv(0x30, &[tlv(2, id), tlv(kind, content)].concat());
    stream.write_all(&message).ok();
}

fn answer(stream: &mut TcpStream, id: &[u8], kind: u8, code: u8) {
    send(stream, id, kind, &[tlv(10, &[code]), tlv(4, &[]), tlv(4, &[])].concat());
}
