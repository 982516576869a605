//! `serve`: the site, until Ctrl-C or a request to stop.

use crate::settings::Settings;
use crate::{Answer, End, Stop, demo, office, output};
use registry::Office;
use std::sync::Arc;
use web::settings::SecondFactor;

pub fn run(settings: &Settings, listen: Option<String>) -> Answer {
    open(settings, office::open(settings)?, listen)
}

/// sysexits.h: an error of the disk. What watches the service may start it again; the record is read from the disk anew.
const DISK_FAILED: i32 = 74;

/// At a start the database is read through, for at most this long.
const READ_THROUGH: std::time::Duration = std::time::Duration::from_secs(2);

pub fn open(settings: &Settings, office: Office, listen: Option<String>) -> Answer {
    if settings.door.second_factor == SecondFactor::DemoOff && !demo::is_demo(&office)? {
        return Err(Stop::wrong_use("second_factor = demo_off 只能用于 zhiren demo 种出的虚拟数据；真实的数据请写 required"));
    }
    office.store.read_through(READ_THROUGH)?;
    office.store.when_halted(|why| {
        eprintln!("写盘失败，程序停止，以免丢失记录：{why}");
        std::process::exit(DISK_FAILED);
    });
    office.write(&registry::Actor::program(), registry::edition::keep_all)?;
    let address = listen.unwrap_or_else(|| settings.listen.clone());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(&address)
            .await
            .map_err(|e| Stop::refused(format!("不能在 {address} 打开网页：{e}；可用 --listen 换一个地址")))?;
        output::line(&format!("网页已打开：http://{}　按 Ctrl-C 结束", listener.local_addr()?))?;
        let web = web::Settings {
            office_name: settings.office_name.clone(),
            https: settings.https,
            staging: settings.staging(),
            origin: settings.door.origin.clone(),
            behind_proxy: settings.door.behind_proxy,
            password_profile: settings.door.password_profile,
            second_factor: settings.door.second_factor,
            watch: Some(vocabulary::Clock::Machine),
            ..web::Settings::default()
        };
        let office = Arc::new(office);
        tokio::spawn(watch(office.clone()));
        let sender = web::hooks::Sender::new(office.clone(), vocabulary::Clock::Machine, settings.hook_ca_file.as_deref());
        tokio::spawn(Arc::new(sender.map_err(|e| Stop::wrong_use(format!("hook_ca_file：{e}")))?).run());
        web::serve(listener, web::router(office, web), stopped()).await?;
        Ok(End::Done)
    })
}

/// Once a day a signed head of the journal leaves the house and the journal is verified and statistics are taken; looked at every ten minutes,
/// because a machine may have slept.
async fn watch(office: Arc<Office>) {
    let mut tick = tokio::time::interval(std::time::Duration::from_secs(600));
    loop {
        tick.tick().await;
        let office = office.clone();
        let daily = move || {
            if office.checkpoint_daily()?.is_some() {
                // Tables that have grown since walk the wrong index without new statistics.
                office.store.write(|tx| tx.analyze())?;
                let verdict = office.verify(&[])?;
                if !verdict.whole() {
                    tracing::error!(says = verdict.says(), "日志核对不通过");
                }
            }
            Ok::<_, registry::Error>(())
        };
        match tokio::task::spawn_blocking(daily).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "检查点没有签成"),
            Err(panic) => tracing::error!(%panic, "检查点没有签成"),
        }
    }
}

/// Ctrl-C, or the signal by which a machine asks a program to end.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut asked) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = asked.recv() => {}
    }
}
