//! The free faces, as bytes of the program. `scripts/fonts` fetches them; `build.rs` says so when they are missing.

pub const NOTO_SERIF: &[u8] = include_bytes!("../../../../fonts/NotoSerifCJK-Regular.ttc");
pub const NOTO_SERIF_BOLD: &[u8] = include_bytes!("../../../../fonts/NotoSerifCJK-Bold.ttc");
pub const FANDOL_FANG: &[u8] = include_bytes!("../../../../fonts/FandolFang-Regular.otf");
pub const FANDOL_HEI: &[u8] = include_bytes!("../../../../fonts/FandolHei-Regular.otf");
pub const FANDOL_KAI: &[u8] = include_bytes!("../../../../fonts/FandolKai-Regular.otf");
