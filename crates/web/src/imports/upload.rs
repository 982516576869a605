//! 上传: one file, many, or a folder; written to disk as they come.

use super::waiting::{account, address, allowed, look, staging};
use crate::{Answer, Ctx, Stop, answer};
use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use std::io::Write;

/// An upload nobody went on with is forgotten after three days.
const FORGOTTEN_AFTER_SECONDS: i64 = 3 * 86_400;

pub async fn create(c: Ctx, mut form: Multipart) -> Answer {
    allowed(&c)?;
    let now = c.app.office.clock.now();
    let staging = staging(&c.app);
    staging.sweep(now, FORGOTTEN_AFTER_SECONDS);
    let mut arriving = staging.arriving(account(&c), now)?;
    while let Some(mut part) = form.next_field().await.map_err(broken)? {
        let name = part.file_name().unwrap_or_default().to_owned();
        if part.name() != Some("files") || name.is_empty() {
            continue;
        }
        let broke = |e: &std::io::Error| Stop::Broken(format!("staging {name}: {e}"));
        let mut file = arriving.file(&name)?;
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            file.write_all(&chunk).map_err(|e| broke(&e))?;
        }
        file.done().map_err(|e| broke(&e))?;
    }
    let staged = arriving.stay()?.ok_or_else(|| Stop::Wrong("没有选择文件。请选择任免表、名册或压缩包后再上传".into()))?;
    look(&c, &staged);
    Ok(answer::see(&address(&staged.id)))
}

fn broken(error: MultipartError) -> Stop {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Stop::Wrong("文件太大，一次最多 512 兆。请分几次上传，或先压缩".into()),
        _ => Stop::Wrong("上传中断，没有收到完整的文件，请重新上传".into()),
    }
}
