//! Which face draws what: provinces differ.

use crate::font::Face;

/// 字体方案 of the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FormStyle {
    pub title: Face,
    pub label: Face,
    pub value: Face,
}

impl FormStyle {
    /// Title 小标宋, labels 仿宋, what is filled in 宋体: names stand in the face that has every rare character.
    pub const OFFICE: FormStyle = FormStyle {
        title: Face::XiaoBiaoSong,
        label: Face::FangSong,
        value: Face::Song,
    };
    /// The national template: 宋体 throughout.
    pub const NATIONAL: FormStyle = FormStyle {
        title: Face::XiaoBiaoSong,
        label: Face::Song,
        value: Face::Song,
    };
    /// The provincial template: 仿宋 for labels and values.
    pub const PROVINCIAL: FormStyle = FormStyle {
        title: Face::XiaoBiaoSong,
        label: Face::FangSong,
        value: Face::FangSong,
    };
}

impl Default for FormStyle {
    fn default() -> FormStyle {
        FormStyle::OFFICE
    }
}
