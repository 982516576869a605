//! What commands print: tables that line up with Chinese in them, JSON, and progress on a terminal.

use crate::Stop;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::time::Duration;

pub fn json(value: &impl Serialize) -> Result<(), Stop> {
    let text = serde_json::to_string_pretty(value)?;
    line(&text)
}

/// Prints a line; a reader that has gone away (`| head`) is no fault.
pub fn line(text: &str) -> Result<(), Stop> {
    match writeln!(std::io::stdout().lock(), "{text}") {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(e.into()),
        _ => Ok(()),
    }
}

/// A word to whoever runs the program, beside the answer.
pub fn note(text: &str) {
    eprintln!("{text}");
}

/// Columns as wide as their widest cell; a Chinese character is two wide.
pub fn table(heads: &[&str], rows: &[Vec<String>]) -> Result<(), Stop> {
    let mut widths: Vec<usize> = heads.iter().map(|h| width(h)).collect();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if let Some(w) = widths.get_mut(at) {
                *w = (*w).max(width(cell)).min(60);
            }
        }
    }
    let print = |cells: Vec<&str>| {
        let mut text = String::new();
        for (at, cell) in cells.iter().enumerate() {
            text.push_str(cell);
            if at + 1 < cells.len() {
                let pad = widths[at].saturating_sub(width(cell)) + 2;
                text.extend(std::iter::repeat_n(' ', pad));
            }
        }
        line(text.trim_end())
    };
    print(heads.to_vec())?;
    for row in rows {
        print(row.iter().map(String::as_str).collect())?;
    }
    Ok(())
}

fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A bar on a terminal, silence elsewhere. `of`: how many there are, 0 when nobody knows yet.
pub fn progress(says: &str, of: u64) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr_with_hz(10) } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(of), target);
    let template = if of == 0 { "{msg} {spinner} {pos}" } else { "{msg} {bar:40} {pos}/{len}  剩余 {eta}" };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(says.to_owned());
    bar
}

/// The same for work that cannot say how far it is: it moves for as long as it goes on.
pub fn busy(says: &str) -> ProgressBar {
    let bar = progress(says, 0);
    if let Ok(style) = ProgressStyle::with_template("{msg} {spinner} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
