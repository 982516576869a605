//! 年龄结构图: age bands from old to young, men to the left and women to the right.

use super::round;
use serde::Serialize;

/// One band: how many on each side, and where each side leads.
pub struct Band {
    pub label: String,
    pub men: i64,
    pub women: i64,
    pub men_href: Option<String>,
    pub women_href: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    pub count: i64,
    pub x: f32,
    pub length: f32,
    pub href: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    pub label: String,
    pub y: f32,
    pub men: Side,
    pub women: Side,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Pyramid {
    pub title: String,
    pub width: f32,
    pub height: f32,
    pub centre: f32,
    pub rows: Vec<Row>,
}

const WIDTH: f32 = 330.0;
const STEP: f32 = 26.0;
const HEAD: f32 = 22.0;
/// Half of the room for the labels in the middle.
const MIDDLE: f32 = 44.0;

pub fn draw(title: &str, bands: Vec<Band>) -> Pyramid {
    let most = bands.iter().map(|b| b.men.max(b.women)).max().unwrap_or(0).max(1) as f32;
    let centre = WIDTH / 2.0;
    let room = centre - MIDDLE - 26.0;
    let rows: Vec<Row> = bands
        .into_iter()
        .enumerate()
        .map(|(i, band)| {
            let length = |count: i64| round(room * count as f32 / most);
            let (men, women) = (length(band.men), length(band.women));
            Row {
                label: band.label,
                y: HEAD + i as f32 * STEP,
                men: Side { count: band.men, x: centre - MIDDLE - men, length: men, href: band.men_href },
                women: Side { count: band.women, x: centre + MIDDLE, length: women, href: band.women_href },
            }
        })
        .collect();
    Pyramid { title: title.into(), width: WIDTH, height: HEAD + rows.len() as f32 * STEP, centre, rows }
}
