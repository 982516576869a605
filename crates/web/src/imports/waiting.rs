//! 待确认的导入: an upload between its preview and its import, and who may touch it.

use crate::ctx::blocking;
use crate::form::Form;
use crate::jobs::{self, JobPage, Standing};
use crate::{Answer, App, Ctx, Stop, answer};
use axum::extract::Path;
use intake::{Applied, Choices, Preview, Staged, Staging};
use registry::Sees;
use std::sync::Arc;

type Result<T> = std::result::Result<T, Stop>;

/// An import compares with everybody on record, so only who sees everybody imports.
pub fn allowed(c: &Ctx) -> Result<()> {
    if !c.actor.may_write() || c.actor.sees != Sees::Everything {
        return Err(Stop::Forbidden("只有组织部干部可以导入".into()));
    }
    if c.may_write() { Ok(()) } else { Err(Stop::Forbidden("您正在查看另一天的情况，请先回到今天".into())) }
}

pub fn staging(app: &App) -> Staging {
    Staging::new(&app.settings.staging, app.office.keys.clone())
}

pub fn account(c: &Ctx) -> i64 {
    c.actor.account.map_or(0, |a| a.number())
}

pub async fn find(c: &Ctx, id: &str) -> Result<Staged> {
    let (staging, account, id) = (staging(&c.app), account(c), id.to_owned());
    blocking(move || Ok(staging.find(account, &id)?)).await
}

pub async fn choices(c: &Ctx, staged: &Staged) -> Result<Choices> {
    let (staging, staged) = (staging(&c.app), staged.clone());
    blocking(move || Ok(staging.choices(&staged)?)).await
}

pub async fn keep_choices(c: &Ctx, staged: &Staged, choices: Choices) -> Result<()> {
    let (staging, staged) = (staging(&c.app), staged.clone());
    blocking(move || Ok(staging.keep_choices(&staged, &choices)?)).await
}

pub fn address(id: &str) -> String {
    format!("/imports/{id}")
}

fn preview_job(id: &str) -> String {
    format!("preview-{id}")
}

/// Where an upload's preview stands.
pub enum Looked {
    Running(JobPage),
    Done(Arc<Preview>),
    Failed(Stop),
}

/// The preview: from memory, else from the staging folder, else begun now.
pub async fn preview(c: &Ctx, staged: &Staged) -> Result<Looked> {
    let name = preview_job(&staged.id);
    match c.app.jobs.standing::<Preview>(&name, &c.actor) {
        Standing::Done(preview) => return Ok(Looked::Done(preview)),
        Standing::Failed(stop) => return Ok(Looked::Failed(stop)),
        Standing::Running => {}
        Standing::None => {
            let (staging, kept) = (staging(&c.app), staged.clone());
            if let Some(preview) = blocking(move || Ok(staging.preview(&kept)?)).await? {
                let preview = Arc::new(preview);
                jobs::keep(c, name, preview.clone());
                return Ok(Looked::Done(preview));
            }
            look(c, staged);
        }
    }
    Ok(Looked::Running(jobs::page(c, &name).unwrap_or_else(|| JobPage {
        name,
        title: format!("正在核对“{}”", staged.name),
        address: address(&staged.id),
        done: 0,
        of: 0,
    })))
}

/// Reads the file and lays it beside the record, in the background.
pub fn look(c: &Ctx, staged: &Staged) {
    let (name, staged) = (preview_job(&staged.id), staged.clone());
    let title = format!("正在读“{}”并与在册记录对照", staged.name);
    jobs::begin(c, name, title, address(&staged.id), move |app, actor, progress| {
        let staging = staging(app);
        let choices = staging.choices(&staged)?;
        let preview = app.office.read(actor, registry::AsOf::default(), |desk| {
            let look = |offered: intake::Offered| Preview::of(desk, offered, &choices, &mut |done, of| progress.tell(done, of));
            Ok::<_, Stop>(staging.offered(&staged, look)?)
        })?;
        staging.keep_preview(&staged, &preview)?;
        Ok(preview)
    });
}

fn apply_job(id: &str) -> String {
    format!("import-{id}")
}

/// What an import came to, while it is remembered.
pub enum Written {
    Nothing,
    Running(JobPage),
    Done(Arc<Applied>),
    Failed(Stop),
}

pub fn written(c: &Ctx, id: &str) -> Written {
    let name = apply_job(id);
    match c.app.jobs.standing::<Applied>(&name, &c.actor) {
        Standing::None => Written::Nothing,
        Standing::Done(applied) => Written::Done(applied),
        Standing::Failed(stop) => Written::Failed(stop),
        Standing::Running => jobs::page(c, &name).map_or(Written::Nothing, Written::Running),
    }
}

/// Writes it, in the background and in one transaction.
pub fn write(c: &Ctx, staged: &Staged, seen: i64) {
    let staged = staged.clone();
    let title = format!("正在导入“{}”", staged.name);
    jobs::begin(c, apply_job(&staged.id), title, address(&staged.id), move |app, actor, progress| {
        let staging = staging(app);
        let choices = staging.choices(&staged)?;
        let applied = app.office.write(actor, |desk| {
            let apply = |offered: intake::Offered| intake::apply(desk, offered, Some(seen), &choices, &mut |done, of| progress.tell(done, of));
            Ok::<_, Stop>(staging.offered(&staged, apply)?)
        })?;
        app.jobs.forget(&preview_job(&staged.id));
        if applied.passed_over.is_empty() {
            staging.forget(&staged)?;
        } else {
            // What was passed over can still be decided: the next look compares anew.
            staging.forget_preview(&staged)?;
        }
        Ok(applied)
    });
}

/// Forgets what an earlier import or look came to, so that the next page looks again.
pub async fn look_again(c: &Ctx, staged: &Staged) -> Result<()> {
    c.app.jobs.forget(&apply_job(&staged.id));
    c.app.jobs.forget(&preview_job(&staged.id));
    let (staging, kept) = (staging(&c.app), staged.clone());
    blocking(move || Ok(staging.forget_preview(&kept)?)).await?;
    look(c, staged);
    Ok(())
}

/// 不导入了: the upload is deleted, the record was never touched.
pub async fn drop(c: Ctx, Path(id): Path<String>, _: Form) -> Answer {
    allowed(&c)?;
    let staged = find(&c, &id).await?;
    let staging = staging(&c.app);
    blocking(move || Ok(staging.forget(&staged)?)).await?;
    c.app.jobs.forget(&apply_job(&id));
    c.app.jobs.forget(&preview_job(&id));
    Ok(answer::see("/imports"))
}
