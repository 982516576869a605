//! 送出事件: takes what waits and carries it to the subscriber, one after the other, until it arrives or is given up.

use crate::{Stop, locked};
use registry::Office;
use registry::opening::hook::delivery::{self, Parcel};
use registry::opening::hook::signature;
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use vocabulary::Clock;

/// How often it is looked whether something waits.
const EVERY: Duration = Duration::from_secs(2);
/// No answer within this time is a failure.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends what waits in the database; several of them (on one database) do not send the same at once.
pub struct Sender {
    office: Arc<Office>,
    clock: Clock,
    agent: ureq::Agent,
    /// Subscribers that are being sent to.
    busy: Mutex<HashSet<i64>>,
}

impl Sender {
    /// `ca_file`: certificates (PEM) that receivers are trusted by; without, the usual ones of the web.
    pub fn new(office: Arc<Office>, clock: Clock, ca_file: Option<&Path>) -> Result<Sender, String> {
        // Straight there, led nowhere else, and nothing that hangs.
        let mut config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .user_agent("zhiren");
        if let Some(path) = ca_file {
            let pem = std::fs::read(path).map_err(|e| format!("{}：{e}", path.display()))?;
            let certificates: Vec<_> = ureq::tls::parse_pem(&pem)
                .filter_map(|item| match item {
                    Ok(ureq::tls::PemItem::Certificate(certificate)) => Some(certificate),
                    _ => None,
                })
                .collect();
            if certificates.is_empty() {
                return Err(format!("{} 里没有证书", path.display()));
            }
            config = config.tls_config(
                ureq::tls::TlsConfig::builder()
                    .root_certs(ureq::tls::RootCerts::new_with_certs(&certificates))
                    .build(),
            );
        }
        Ok(Sender {
            office,
            clock,
            agent: ureq::Agent::new_with_config(config.build()),
            busy: Mutex::default(),
        })
    }

    /// Until the program ends.
    pub async fn run(self: Arc<Self>) {
        let mut tick = tokio::time::interval(EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            self.clone().look().await;
        }
    }

    /// Begins to send to everybody for whom something is due and to whom nothing is being sent.
    async fn look(self: Arc<Self>) {
        let looking = self.clone();
        let due = tokio::task::spawn_blocking(move || {
            let now = looking.clock.now();
            looking
                .office
                .store
                .read(|tx| delivery::due(tx, now).map_err(Stop::from))
        });
        let hooks = match due.await {
            Ok(Ok(hooks)) => hooks,
            Ok(Err(stop)) => return tracing::error!(?stop, "送出的事件查不出来"),
            Err(panic) => return tracing::error!(%panic, "送出的事件查不出来"),
        };
        for hook in hooks {
            if locked(&self.busy).insert(hook) {
                let sender = self.clone();
                tokio::task::spawn_blocking(move || {
                    let _busy = Busy(&sender.busy, hook);
                    if let Err(stop) = sender.send_all(hook) {
                        tracing::error!(hook, ?stop, "事件没有送完");
                    }
                });
            }
        }
    }

    /// Everything that is due for one subscriber, in order, up to the first that does not arrive. Answers how many arrived.
    pub fn send_all(&self, hook: i64) -> Result<u64, Stop> {
        let mut arrived = 0;
        while let Some(parcel) = self
            .office
            .store
            .write(|tx| delivery::take(tx, hook, self.clock.now()).map_err(Stop::from))?
        {
            let failure = self.send(&parcel).err();
            let now = self.clock.now();
            self.office.store.write(|tx| match &failure {
                None => delivery::arrived(tx, parcel.id, now).map_err(Stop::from),
                Some(why) => delivery::failed(tx, &parcel, now, why).map_err(Stop::from),
            })?;
            if failure.is_some() {
                break;
            }
            arrived += 1;
        }
        Ok(arrived)
    }

    fn send(&self, parcel: &Parcel) -> Result<(), String> {
        let second = self.clock.now().0;
        let request = self
            .agent
            .post(&parcel.address)
            .header("content-type", "application/json")
            .header("webhook-id", &parcel.number)
            .header("webhook-timestamp", second.to_string())
            .header(
                "webhook-signature",
                signature(&parcel.secret, &parcel.number, second, &parcel.body),
            );
        match request.send(parcel.body.as_str()) {
            Ok(response) if response.status().is_success() => Ok(()),
            Ok(response) if response.status().is_redirection() => {
                Err(format!("对方答复 {}，要转到别处；不跟着转", response.status().as_u16()))
            }
            Ok(response) => Err(format!("对方答复 {}", response.status().as_u16())),
            Err(error) => Err(says(&error)),
        }
    }
}

/// For whoever looks after it, without a word of what was sent.
fn says(error: &ureq::Error) -> String {
    use std::io::ErrorKind::{ConnectionRefused, ConnectionReset, InvalidData, UnexpectedEof};
    match error {
        ureq::Error::Timeout(_) => format!("{} 秒没有答复", PATIENCE.as_secs()),
        ureq::Error::HostNotFound => "找不到这台主机".into(),
        ureq::Error::Io(e) if e.kind() == ConnectionRefused => "对方拒绝连接".into(),
        ureq::Error::Io(e) if matches!(e.kind(), ConnectionReset | UnexpectedEof) => "对方断开了连接".into(),
        ureq::Error::ConnectionFailed => "连接不上".into(),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "对方的证书核对不通过".into(),
        // A handshake that fails comes as data that are not valid.
        ureq::Error::Io(e) if e.kind() == InvalidData => "对方的证书核对不通过".into(),
        other => format!("送不出去：{other}"),
    }
}

/// Nobody else sends to this subscriber, until it is dropped.
struct Busy<'a>(&'a Mutex<HashSet<i64>>, i64);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        locked(self.0).remove(&self.1);
    }
}
