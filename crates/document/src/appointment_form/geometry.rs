//! 表样尺寸: the form to the twip. Unit: twips (1/20 point) unless said otherwise.
//!
//! Source: the editor's template and settings, shared/reference/formats.md §2.1 (old) and §2.2 (2025).

use super::Layout;

/// A4 and the margins of the two sides.
pub(super) const PAGE: (u16, u16) = (11907, 16840);
pub(super) const FRONT_TOP: u16 = 629;
pub(super) const FRONT_LEFT: u16 = 1247;
pub(super) const FRONT_RIGHT: u16 = 1134;
pub(super) const FRONT_BOTTOM: u16 = 680;
/// The strip above the front table that holds the title.
pub(super) const TITLE_HEIGHT: u16 = 1180;
/// Title, and the rest of the form. Unit: points.
pub(super) const TITLE_SIZE: f32 = 24.0;
pub(super) const BASE_SIZE: f32 = 14.0;

/// Columns of the front. The labels take 0–1, 3 and 5, the photo 7.
pub(super) const FRONT_COLUMNS: [u16; 8] = [784, 236, 1305, 1063, 1302, 1315, 1330, 2058];

/// Rows of the front: 4 of the person, 4 half rows of education, 3 posts, the résumé.
pub(super) fn front_rows(layout: Layout) -> [u16; 12] {
    match layout {
        Layout::Old => [709, 692, 680, 709, 346, 346, 346, 346, 679, 679, 679, 7133],
        Layout::Reform2025 => [709, 692, 680, 680, 346, 346, 346, 346, 709, 709, 709, 7133],
    }
}

/// The back: where it begins and how wide its columns are.
pub(super) struct Back {
    pub top: u16,
    pub left: u16,
    pub label: u16,
    pub relation: u16,
    pub name: u16,
    pub age: u16,
    pub party: u16,
    pub work: u16,
    /// The second label of the approvals; it does not stand on the family's grid.
    pub second_label: u16,
    pub second_value: u16,
}

impl Back {
    pub fn of(layout: Layout) -> Back {
        match layout {
            Layout::Old => Back {
                top: 1621,
                left: 1191,
                label: 742,
                relation: 1092,
                name: 1274,
                age: 574,
                party: 1008 + 98,
                work: 784 + 3849,
                second_label: 98 + 784,
                second_value: 3849,
            },
            Layout::Reform2025 => Back {
                top: 1576,
                left: 1276,
                label: 739,
                relation: 1089,
                name: 1300,
                age: 572,
                party: 1005,
                work: 782 + 3934,
                second_label: 782,
                second_value: 3934,
            },
        }
    }
    pub fn width(&self) -> u16 {
        self.label + self.relation + self.name + self.age + self.party + self.work
    }
    /// Beside the label.
    pub fn value(&self) -> u16 {
        self.width() - self.label
    }
    pub fn first_value(&self) -> u16 {
        self.value() - self.second_label - self.second_value
    }
}

pub(super) const BACK_RIGHT: u16 = 1134;
pub(super) const BACK_BOTTOM: u16 = 567;
pub(super) const HONOURS: u16 = 1418;
pub(super) const APPRAISALS: u16 = 1021;
pub(super) const REASON: u16 = 1361;
pub(super) const FAMILY_HEAD: u16 = 646;
pub(super) const FAMILY_ROW: u16 = 697;
/// Rows that the printed form has.
pub(super) const FAMILY_ROWS: usize = 7;
/// Rows that its height can hold at two lines of 7.5 points each; more go on to a continuation sheet.
pub(super) const FAMILY_ROWS_SQUEEZED: usize = 12;
pub(super) const SUBMITTED: u16 = 1332;
pub(super) const SUBMITTED_DAY: u16 = 737;
pub(super) const APPROVAL: u16 = 2019;

/// Outer and inner border. Unit: points.
pub(super) const OUTER: f32 = 1.5;
pub(super) const INNER: f32 = 1.0;

/// 字号: the form's own size, then the editor's steps (`FontSize_Common`). Unit: points.
pub(super) const SIZES: [f32; 15] = [
    14.0, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5,
];
/// The family's rows begin at 12, so that most rows of a form are of one size.
pub(super) const FAMILY_SIZES: &[f32] = SIZES.split_at(1).1;
/// 简历: its own steps.
pub(super) const RESUME_SIZES: [f32; 7] = [14.0, 12.0, 10.5, 9.0, 7.5, 6.5, 5.5];
/// Distance of lines: two lines of 14 points stand in the lowest row.
pub(super) const LEADING: f32 = 1.2;
/// Smaller letters are remarked on. Unit: points (六号 is 7.5).
pub(super) const READABLE: f32 = 7.0;
