//! 干部任免审批表: the two-sided form, in the words of the file that editors exchange (`.lrmx`).

mod age;
mod back;
mod docx;
mod docx_back;
mod family;
mod front;
mod geometry;
mod lrmx;
mod print;
mod resume;
mod sheet;
mod style;

pub use age::{age_on, birth_and_age, dotted};
pub use docx::docx;
pub use family::{Relative, has_died, put_in_order};
pub use lrmx::lrmx;
pub use print::{FileKind, Printed, package, pdf, pdf_of_all, preflight};
pub use style::FormStyle;

use crate::remark::{Remark, RemarkKind};

/// One person's form. Every field is text, spelt as an `.lrmx` file spells it: dates compact (`197204`), empty when
/// not known; what the printed form shows instead (`1972.04（52岁）`) is derived on printing.
///
/// Lengths and meanings: the editor's own field list, shared/reference/formats.md §1.1.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AppointmentForm {
    pub layout: Layout,
    /// 姓名.
    pub name: String,
    /// 性别: `男`, `女`.
    pub sex: String,
    /// 出生年月: `197204` or `19720415`.
    pub born: String,
    /// 民族, in full: `汉族`.
    pub ethnicity: String,
    /// 籍贯.
    pub native_place: String,
    /// 出生地.
    pub birthplace: String,
    /// 入党时间: `200108`, a party's name, or both with `；`.
    pub party_joined: String,
    /// 参加工作时间: `199407`.
    pub work_started: String,
    /// 健康状况.
    pub health: String,
    /// 专业技术职务.
    pub technical_post: String,
    /// 熟悉专业有何专长.
    pub expertise: String,
    /// 全日制教育.
    pub full_time: Education,
    /// 在职教育.
    pub in_service: Education,
    /// 现任职务, the post to be removed included.
    pub current_post: String,
    /// 拟任职务.
    pub proposed_post: String,
    /// 拟免职务.
    pub removed_post: String,
    /// 简历: one segment a line, `2001.09--2005.07  …`; other lines continue the one above; an empty line sets the
    /// committee memberships apart.
    pub resume: String,
    /// No 简历 is on record: what stands there was set together from the tenures. Remarked, and said at the foot.
    pub resume_from_tenures: bool,
    /// 奖惩情况.
    pub honours: String,
    /// 年度考核结果.
    pub appraisals: String,
    /// 任免理由.
    pub reason: String,
    /// 家庭主要成员及重要社会关系, in printed order: [`put_in_order`].
    pub family: Vec<Relative>,
    /// 呈报单位.
    pub submitted_by: String,
    /// 计算年龄时间: `202611` or `20261122`; all ages of the form are counted to it.
    pub age_day: String,
    /// 填表时间.
    pub filled_on: String,
    /// 填表人.
    pub filled_by: String,
    /// 身份证: in the file only, never printed.
    pub identity: String,
    /// 照片: the bytes of a jpeg, png, bmp or gif.
    pub photo: Option<Vec<u8>>,
    /// 到龄年月: `203504`; printed and written by the 2025 form only.
    pub retires_on: String,
    /// 改革前任职年龄界限: `改革前任职年龄界限为60岁`; in the 2025 file only, never printed.
    pub pre_reform_limit: String,
    /// Elements of an imported file that we do not know: the name and the whole element with its tags, as it came.
    pub extra: Vec<(String, String)>,
    /// Small, at the foot of both pages of the PDF: the mark of an export, what the person states. Not a field of the form.
    pub foot: String,
}

/// Which edition of the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Layout {
    /// Up to 2024.
    Old,
    /// 2025 年起: with 到龄时间, after the reform of the retirement age.
    #[default]
    Reform2025,
}

/// 全日制教育 or 在职教育: 学历, 学位 and where each was earned.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Education {
    /// 学历: `大学`.
    pub schooling: String,
    /// 学位: `理学学士`.
    pub degree: String,
    /// 毕业院校系及专业 of the 学历.
    pub school: String,
    /// 毕业院校系及专业 of the 学位; empty when it is the same.
    pub degree_school: String,
}

impl AppointmentForm {
    /// What should be looked at before anything is printed.
    pub fn remarks(&self) -> Vec<Remark> {
        let remark = |field: &str, kind| Remark { of: self.name.trim().to_owned(), field: field.to_owned(), kind };
        self.resume_from_tenures.then(|| remark("简历", RemarkKind::FromTenures)).into_iter().collect()
    }

    /// `12张三.pdf`: how offices name files, so that they sort in the order of the meeting. `number` counts from 1 and
    /// is padded to the width of `of`.
    pub fn file_name(&self, number: usize, of: usize, extension: &str) -> String {
        let width = of.max(1).to_string().len();
        let name: String = self
            .name
            .chars()
            .filter(|c| !c.is_whitespace() && !"/\\:*?\"<>|".contains(*c))
            .collect();
        format!("{number:0width$}{name}.{extension}")
    }
}
