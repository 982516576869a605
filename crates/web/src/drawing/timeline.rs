//! 时间线: what was so, in lanes over the years; below, the days on which we learned it. What was corrected is struck
//! through, never gone.

use super::{clip, round, width};
use serde::Serialize;
use vocabulary::{Date, Day};

/// One stretch to draw.
pub struct Stretch {
    pub label: String,
    pub from: Date,
    /// Empty: it lasts.
    pub until: Option<Date>,
    /// Said when pointed at: whole label, dates, origin.
    pub title: String,
    /// `post` `part` `rank` `school`: its colour.
    pub kind: &'static str,
    /// It was held to be true once, and is not any more.
    pub struck: bool,
}

/// Stretches that belong together.
pub struct Lane {
    pub label: &'static str,
    pub stretches: Vec<Stretch>,
}

/// A day on which something was learned.
pub struct Learned {
    pub day: Day,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mark {
    pub x: f32,
    pub y: f32,
    pub length: f32,
    pub label: String,
    pub label_x: f32,
    /// `start` inside or to the right, `end` to the left.
    pub anchor: &'static str,
    pub title: String,
    pub kind: &'static str,
    pub struck: bool,
    pub open: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    pub label: &'static str,
    pub y: f32,
    pub height: f32,
    pub marks: Vec<Mark>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tick {
    pub x: f32,
    pub label: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Timeline {
    pub width: f32,
    pub height: f32,
    pub left: f32,
    pub ticks: Vec<Tick>,
    pub bands: Vec<Band>,
    pub today: f32,
    pub learned: Vec<Tick>,
    pub learned_y: f32,
}

const WIDTH: f32 = 1000.0;
const LEFT: f32 = 84.0;
const RIGHT: f32 = 14.0;
const TOP: f32 = 24.0;
const ROW: f32 = 23.0;
const GAP: f32 = 10.0;

/// Lays out `lanes` as seen on `day`. Empty when nothing has a date.
pub fn draw(lanes: Vec<Lane>, learned: Vec<Learned>, day: Day) -> Timeline {
    let first = lanes.iter().flat_map(|l| &l.stretches).map(|s| s.from.year()).min();
    let Some(first) = first else { return Timeline::default() };
    let scale = Scale::over(first, day);
    let mut y = TOP;
    let mut bands = Vec::new();
    for lane in lanes.into_iter().filter(|l| !l.stretches.is_empty()) {
        let band = place(lane, y, &scale, day);
        y += band.height + GAP;
        bands.push(band);
    }
    let mut learned: Vec<Tick> = learned.into_iter().map(|l| Tick { x: scale.at(l.day), label: l.title }).collect();
    learned.dedup_by(|a, b| (a.x - b.x).abs() < 0.5 && a.label == b.label);
    let learned_y = y + 6.0;
    Timeline {
        width: WIDTH,
        height: if learned.is_empty() { y } else { y + 18.0 },
        left: LEFT,
        ticks: scale.ticks(),
        bands,
        today: scale.at(day),
        learned,
        learned_y,
    }
}

/// Greedy: each stretch goes to the first row where it and its label find room.
fn place(lane: Lane, top: f32, scale: &Scale, day: Day) -> Band {
    let mut ends: Vec<f32> = Vec::new();
    let mut stretches = lane.stretches;
    stretches.sort_by_key(|s| (s.from, s.until));
    let mut marks = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let x = scale.at(stretch.from.earliest());
        let end = scale.at(stretch.until.map_or(day, |u| u.earliest()).min(day)).max(x + 3.0);
        let (length, label_width) = (end - x, width(&stretch.label) + 6.0);
        // Inside when it fits, to the right when there is room, else to the left.
        let (label_x, anchor, from, to) = if label_width + 4.0 <= length {
            (x + 6.0, "start", x, end)
        } else if end + label_width <= WIDTH {
            (end + 5.0, "start", x, end + label_width + 4.0)
        } else if x - label_width >= LEFT {
            (x - 5.0, "end", x - label_width, end)
        } else {
            (x + 6.0, "start", x, end.max(x + label_width))
        };
        let row = ends.iter().position(|e| *e + 4.0 <= from).unwrap_or(ends.len());
        if row == ends.len() {
            ends.push(to);
        } else {
            ends[row] = to;
        }
        let room = if anchor == "end" { x - LEFT } else { WIDTH - label_x };
        marks.push(Mark {
            x: round(x),
            y: top + row as f32 * ROW,
            length: round(length),
            label: clip(&stretch.label, room),
            label_x: round(label_x),
            anchor,
            title: stretch.title,
            kind: stretch.kind,
            struck: stretch.struck,
            open: stretch.until.is_none(),
        });
    }
    Band { label: lane.label, y: top, height: ends.len() as f32 * ROW, marks }
}

struct Scale {
    first: Day,
    per_day: f32,
    years: (i16, i16),
}

impl Scale {
    fn over(first_year: i16, day: Day) -> Scale {
        let first = Day::of(first_year.min(day.year()), 1, 1).unwrap_or(day);
        let days = (day.number() - first.number()).max(366) as f32;
        Scale { first, per_day: (WIDTH - LEFT - RIGHT) / days, years: (first.year(), day.year()) }
    }
    fn at(&self, day: Day) -> f32 {
        round(LEFT + ((day.number() - self.first.number()).max(0) as f32 * self.per_day).min(WIDTH - LEFT - RIGHT))
    }
    /// A line every one, two, five or ten years.
    fn ticks(&self) -> Vec<Tick> {
        let span = self.years.1 - self.years.0;
        let step = match span {
            0..=8 => 1,
            9..=18 => 2,
            19..=50 => 5,
            _ => 10,
        };
        (self.years.0..=self.years.1)
            .filter(|year| year % step == 0)
            .filter_map(|year| Day::of(year, 1, 1))
            .map(|day| Tick { x: self.at(day), label: day.year().to_string() })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::day;

    fn stretch(label: &str, from: &str, until: Option<&str>) -> Stretch {
        Stretch {
            label: label.into(),
            from: from.parse().unwrap(),
            until: until.map(|u| u.parse().unwrap()),
            title: label.into(),
            kind: "post",
            struck: false,
        }
    }

    #[test]
    fn marks_of_one_row_never_overlap_and_stay_inside() {
        let posts = (0..40).map(|i| stretch("青云镇党委委员、副镇长", &format!("{}-07", 1985 + i), Some(&format!("{}-07", 1986 + i)))).collect();
        let drawn = draw(vec![Lane { label: "任职", stretches: posts }], vec![], day!(2026 - 11 - 22));
        for a in &drawn.bands[0].marks {
            assert!(a.x >= LEFT && a.x + a.length <= WIDTH);
            for b in drawn.bands[0].marks.iter().filter(|b| b.y == a.y && b.x > a.x) {
                assert!(a.x + a.length <= b.x, "{} and {} overlap", a.title, b.title);
            }
        }
    }

    #[test]
    fn nothing_dated_draws_nothing() {
        assert_eq!(draw(vec![], vec![], day!(2026 - 11 - 22)), Timeline::default());
    }
}
