//! Invented people of 青云县 for the pictures.

use document::{AppointmentForm, Education, Layout, Relative};
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A face of circles on blue, 4:5, as an office's photo would be.
pub fn photo(format: ImageFormat) -> Vec<u8> {
    let mut picture = RgbImage::from_pixel(240, 300, Rgb([70, 130, 200]));
    for (x, y, dot) in picture.enumerate_pixels_mut() {
        let (dx, dy) = (f64::from(x) - 120.0, f64::from(y));
        if dx.hypot(dy - 330.0) < 120.0 {
            *dot = Rgb([40, 40, 60]);
        }
        if (dx * 1.2).hypot(dy - 130.0) < 80.0 {
            *dot = Rgb([235, 200, 175]);
        }
    }
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

pub fn relative(relation: &str, name: &str, born: &str, party: &str, work: &str) -> Relative {
    Relative {
        relation: relation.into(),
        name: name.into(),
        born: born.into(),
        party: party.into(),
        work: work.into(),
    }
}

/// 李明, as an office would fill the form.
pub fn usual() -> AppointmentForm {
    AppointmentForm {
        layout: Layout::Old,
        name: "李明".into(),
        sex: "男".into(),
        born: "198504".into(),
        ethnicity: "汉族".into(),
        native_place: "河北青云".into(),
        birthplace: "河北青云".into(),
        party_joined: "200612".into(),
        work_started: "200708".into(),
        health: "健康".into(),
        technical_post: "农艺师".into(),
        expertise: "乡村治理、农业经济管理".into(),
        full_time: Education {
            schooling: "大学".into(),
            degree: "农学学士".into(),
            school: "青云农业大学农学院农学专业".into(),
            degree_school: String::new(),
        },
        in_service: Education {
            schooling: "省委党校研究生".into(),
            degree: String::new(),
            school: "省委党校经济管理专业".into(),
            degree_school: String::new(),
        },
        current_post: "青云县青云镇党委副书记、镇长".into(),
        proposed_post: "青云县青云镇党委书记".into(),
        removed_post: "青云县青云镇镇长".into(),
        resume: "2003.09--2007.07  青云农业大学农学院农学专业学习\n\
                 2007.08--2010.03  青云县农业局科员（其间：2008.03--2008.12挂任青云县柳树乡党委书记助理）\n\
                 2010.03--2013.06  青云县农业局办公室副主任\n\
                 2013.06--2016.09  青云县柳树乡党委委员、组织委员\n\
                 （2012.09--2015.07省委党校经济管理专业在职研究生班学习）\n\
                 2016.09--2019.05  青云县柳树乡党委委员、副乡长\n\
                 2019.05--2023.06  青云县青云镇党委副书记\n\
                 2023.06--         青云县青云镇党委副书记、镇长\n\
                 \n\
                 青云县第十四届党代会代表，青云县第十七届人大代表"
            .into(),
        honours: "2018年度、2021年度考核优秀；2022年记三等功一次。".into(),
        appraisals: "2023年度：称职    2024年度：优秀    2025年度：称职".into(),
        reason: "该同志政治坚定，熟悉乡镇工作，组织协调能力较强，任镇长以来推动农业产业强镇建设成效明显，经民主推荐、考察，拟任青云镇党委书记。".into(),
        family: vec![
            relative("妻子", "王芳", "198609", "中共党员", "青云县第二中学教师"),
            relative("长女", "李晓雨", "201203", "共青团员", "青云县第一小学学生"),
            relative("次子", "李晓阳", "201808", "群众", "青云县第一小学学生"),
            relative("父亲", "李国强", "195611", "中共党员", "青云县柳树乡前进村农民（已去世）"),
            relative("母亲", "赵秀兰", "195805", "群众", "青云县柳树乡前进村农民"),
            relative("岳父", "王建业", "195902", "中共党员", "青云县供销合作社退休干部"),
        ],
        submitted_by: "中共青云县委组织部".into(),
        age_day: "202611".into(),
        filled_on: "20261122".into(),
        filled_by: "陈科员".into(),
        identity: "990000198504120011".into(),
        photo: Some(photo(ImageFormat::Jpeg)),
        ..AppointmentForm::default()
    }
}

/// The same man on the form of 2025.
pub fn reform() -> AppointmentForm {
    AppointmentForm {
        layout: Layout::Reform2025,
        retires_on: "204804".into(),
        pre_reform_limit: "改革前任职年龄界限为60岁".into(),
        photo: Some(photo(ImageFormat::Png)),
        ..usual()
    }
}

/// Nothing is known but the form itself.
pub fn empty() -> AppointmentForm {
    AppointmentForm::default()
}

/// Forty segments of résumé, long posts and praise.
pub fn overfull() -> AppointmentForm {
    let segment = |n: usize| {
        format!(
            "{}.03--{}.03  青云县发展和改革局（物价局、粮食和物资储备局）党组成员、副局长，兼任县重点项目建设服务中心主任、县营商环境办公室副主任（第{}段）\n",
            1984 + n,
            1985 + n,
            n + 1
        )
    };
    AppointmentForm {
        name: "欧阳长宁".into(),
        resume: (0..40).map(segment).collect(),
        current_post: "青云县发展和改革局（物价局、粮食和物资储备局）党组书记、局长，县重点项目建设服务中心主任，\
                       县营商环境办公室主任，县以工代赈办公室主任，二级调研员"
            .into(),
        proposed_post: "青云县人民政府党组成员，提名为副县长人选".into(),
        honours: "2012年度、2013年度、2014年度、2015年度、2016年度考核优秀；".repeat(14),
        expertise: "重大项目策划与投资管理、价格与成本监审、粮食安全与应急物资储备".into(),
        native_place: "内蒙古呼伦贝尔鄂伦春".into(),
        ..reform()
    }
}

/// A name of forty characters, and characters that few fonts have.
pub fn rare() -> AppointmentForm {
    AppointmentForm {
        name: "阿卜杜热合曼·买买提吐尔逊·艾合麦提江·努尔麦麦提·阿布都克里木·玉素甫江·吐尔洪".into(),
        ethnicity: "维吾尔族".into(),
        native_place: "新疆喀什".into(),
        birthplace: "新疆疏附".into(),
        family: vec![
            relative("妻子", "张喆昇", "198609", "中共党员", "青云县㙓口镇䶮湖村小学教师"),
            relative("长子", "翀堃", "201203", "共青团员", "学生"),
            relative("次子", "祎玥", "201503", "群众", "学生"),
            relative("父亲", "彧𠅤", "195611", "中共党员", "𬭎𫖯乡农民"),
            relative("母亲", "古丽仙·吐尔地", "195805", "群众", "\u{e123}村农民"),
        ],
        party_joined: "200612；民建".into(),
        ..reform()
    }
}

/// Eleven relatives where the form has seven rows.
pub fn eleven_relatives() -> AppointmentForm {
    let mut form = reform();
    for (relation, name) in [
        ("岳母", "孙桂英"),
        ("哥哥", "李亮"),
        ("姐姐", "李红"),
        ("弟弟", "李勇"),
        ("妹妹", "李霞"),
    ] {
        form.family.push(relative(
            relation,
            name,
            "198001",
            "群众",
            "青云县人力资源和社会保障局社会保险事业服务中心退休职工",
        ));
    }
    form
}

/// Fourteen: two of them go on to a continuation sheet.
pub fn fourteen_relatives() -> AppointmentForm {
    let mut form = eleven_relatives();
    for name in ["李一", "李二", "李三"] {
        form.family
            .push(relative("堂弟", name, "199001", "群众", "青云县个体经营者"));
    }
    form
}
