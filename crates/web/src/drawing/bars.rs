//! 条形图: horizontal bars, labelled on the mark, each opening its rows.

use super::{clip, round};
use serde::Serialize;

/// One bar to draw: its label, how many, and where it leads.
pub struct Bar {
    pub label: String,
    pub count: i64,
    pub href: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drawn {
    pub label: String,
    /// The whole label, when it was cut.
    pub title: String,
    pub count: i64,
    pub y: f32,
    pub length: f32,
    pub href: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bars {
    pub title: String,
    pub width: f32,
    pub height: f32,
    /// Where the bars begin.
    pub left: f32,
    pub bars: Vec<Drawn>,
}

const WIDTH: f32 = 330.0;
const LEFT: f32 = 96.0;
const STEP: f32 = 26.0;

/// The longest bar fills the width; `title` says what is counted.
pub fn draw(title: &str, bars: Vec<Bar>) -> Bars {
    let most = bars.iter().map(|b| b.count).max().unwrap_or(0).max(1) as f32;
    let room = WIDTH - LEFT - 40.0;
    let drawn: Vec<Drawn> = bars
        .into_iter()
        .enumerate()
        .map(|(i, bar)| Drawn {
            label: clip(&bar.label, LEFT - 14.0),
            title: bar.label,
            count: bar.count,
            y: i as f32 * STEP,
            length: round(room * bar.count as f32 / most),
            href: bar.href,
        })
        .collect();
    Bars { title: title.into(), width: WIDTH, height: (drawn.len() as f32 * STEP).max(STEP), left: LEFT, bars: drawn }
}
