//! 字体: the faces that official papers ask for by name.

/// A face of GB/T 9704 or of the form. Which font draws it is the site's matter: see [`super::Fonts`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Face {
    /// 宋体.
    Song,
    /// 仿宋_GB2312: the body of papers.
    FangSong,
    /// 黑体: heads of the first level.
    Hei,
    /// 楷体_GB2312: heads of the second level.
    Kai,
    /// 方正小标宋简体: titles.
    XiaoBiaoSong,
}

impl Face {
    pub const ALL: [Face; 5] = [Face::Song, Face::FangSong, Face::Hei, Face::Kai, Face::XiaoBiaoSong];

    /// The name that a Word document asks for.
    pub fn office_name(self) -> &'static str {
        match self {
            Face::Song => "宋体",
            Face::FangSong => "仿宋_GB2312",
            Face::Hei => "黑体",
            Face::Kai => "楷体_GB2312",
            Face::XiaoBiaoSong => "方正小标宋简体",
        }
    }

    /// Names under which a site's licensed font counts as this face, best first.
    pub(super) fn site_names(self) -> &'static [&'static str] {
        match self {
            Face::Song => &["宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01"],
            Face::FangSong => &[
                "仿宋_GB2312",
                "FangSong_GB2312",
                "仿宋",
                "FangSong",
                "方正仿宋_GBK",
                "FZFangSong-Z02",
            ],
            Face::Hei => &["黑体", "SimHei", "方正黑体_GBK"],
            Face::Kai => &["楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK"],
            Face::XiaoBiaoSong => &[
                "方正小标宋简体",
                "FZXiaoBiaoSong-B05S",
                "方正小标宋_GBK",
                "FZXiaoBiaoSong-B05",
            ],
        }
    }
}
