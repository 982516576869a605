//! PDF: pages of fixed geometry, painted with krilla.

pub(crate) mod grid;
pub(crate) mod leaf;
pub(crate) mod measure;
pub(crate) mod output;
pub(crate) mod pages;
pub(crate) mod picture;
pub(crate) mod prose;
pub(crate) mod text;
pub(crate) mod text_box;

pub(crate) use leaf::Leaf;
pub(crate) use measure::{A4, Area, TWIP};
pub(crate) use output::Pdf;
pub(crate) use text_box::{TextBox, Vertical};
