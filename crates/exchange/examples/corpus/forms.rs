//! `.lrmx` with each quirk.

use crate::case::Case;
use crate::pictures;
use encoding_rs::GB18030;
use exchange::sample::id_number;
use vocabulary::day;

pub const RESUME: &str = "2000.09--2004.07  青云大学法学院法学专业学习
2004.07--2010.03  青云县青云镇科员
2010.03--2019.06  青云县青云镇副镇长
2019.06--         青云县青云镇党委副书记、镇长";

/// A form that suffers from nothing; tests change what they are about.
#[derive(Clone)]
pub struct Form {
    pub elements: Vec<(String, String)>,
    pub head: String,
}

pub fn id() -> String {
    id_number(day!(1982 - 4 - 17), 1, false)
}

pub fn form() -> Form {
    let family = [
        ("妻子", "林若兰", "198306", "群众", "青云县第一中学教师"),
        ("女儿", "程雨桐", "201105", "", "青云县第一中学学生"),
        ("父亲", "程建国", "195402", "中共党员", "青云县柳河镇农民（已去世）"),
    ];
    let items: String = family
        .iter()
        .map(|(relation, name, born, party, work)| {
            format!(
                "<Item><ChengWei>{relation}</ChengWei><XingMing>{name}</XingMing><ChuShengRiQi>{born}</ChuShengRiQi>\
                 <ZhengZhiMianMao>{party}</ZhengZhiMianMao><GongZuoDanWeiJiZhiWu>{work}</GongZuoDanWeiJiZhiWu></Item>"
            )
        })
        .collect();
    let photo = pictures::base64(&pictures::png());
    let id = id();
    let elements = [
        ("XingMing", "程远"),
        ("XingBie", "男"),
        ("ChuShengNianYue", "198204"),
        ("MinZu", "汉族"),
        ("JiGuan", "青云省青云"),
        ("ChuShengDi", "青云省青云"),
        ("RuDangShiJian", "200305"),
        ("CanJiaGongZuoShiJian", "200407"),
        ("JianKangZhuangKuang", "健康"),
        ("ZhuanYeJiShuZhiWu", ""),
        ("ShuXiZhuanYeYouHeZhuanChang", "公文写作"),
        ("QuanRiZhiJiaoYu_XueLi", "大学"),
        ("QuanRiZhiJiaoYu_XueWei", "法学学士"),
        ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "青云大学法学院法学专业"),
        ("QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", ""),
        ("ZaiZhiJiaoYu_XueLi", "省委党校研究生"),
        ("ZaiZhiJiaoYu_XueWei", ""),
        ("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "青云省委党校公共管理专业"),
        ("ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", ""),
        ("XianRenZhiWu", "青云县青云镇党委副书记、镇长"),
        ("NiRenZhiWu", "青云县青云镇党委书记"),
        ("NiMianZhiWu", "青云县青云镇镇长"),
        ("JianLi", RESUME),
        ("JiangChengQingKuang", "2021年记三等功。"),
        ("NianDuKaoHeJieGuo", "2024年度称职；2025年度优秀"),
        ("RenMianLiYou", "工作需要"),
        ("JiaTingChengYuan", &items),
        ("ChengBaoDanWei", "中共青云县委组织部"),
        ("JiSuanNianLingShiJian", "202611"),
        ("TianBiaoShiJian", "20261110"),
        ("TianBiaoRen", "何静"),
        ("ShenFenZheng", &id),
        ("ZhaoPian", &photo),
        ("Version", "3.2.1.16"),
    ];
    Form {
        elements: elements
            .iter()
            .map(|(e, v)| ((*e).to_owned(), (*v).to_owned()))
            .collect(),
        head: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(),
    }
}

impl Form {
    pub fn set(mut self, element: &str, value: &str) -> Form {
        match self.elements.iter_mut().find(|(e, _)| e == element) {
            Some(old) => value.clone_into(&mut old.1),
            None => self.elements.push((element.to_owned(), value.to_owned())),
        }
        self
    }
    pub fn without(mut self, element: &str) -> Form {
        self.elements.retain(|(e, _)| e != element);
        self
    }
    pub fn xml(&self) -> String {
        let body: String = self
            .elements
            .iter()
            .map(|(e, v)| format!("  <{e}>{v}</{e}>\n"))
            .collect();
        format!("{}<Person>\n{body}</Person>\n", self.head)
    }
}

fn path(quirk: &str) -> String {
    format!("lrmx/{quirk}.lrmx")
}
fn plain(quirk: &str, form: Form) -> Case {
    Case::new(&path(quirk), form.xml(), &["程远"])
}
/// The base form with one element changed.
fn with(quirk: &str, element: &str, value: &str) -> Case {
    plain(quirk, form().set(element, value))
}
fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

pub fn cases() -> Vec<Case> {
    let mut all = shape();
    all.extend(values());
    all.extend(resumes());
    all.extend(hostile());
    all
}

/// Encodings, order, missing and unknown elements.
fn shape() -> Vec<Case> {
    let mut reversed = form();
    reversed.elements.reverse();
    let base = form().xml();
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            base.replace("utf-8", "utf-16")
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    let minimal =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Person><XingMing>程远</XingMing><XingBie>男</XingBie></Person>";
    let two = format!(
        "<?xml version=\"1.0\"?>\n<People>{}{}</People>",
        person_only(&form()),
        person_only(&form().set("XingMing", "何静").set("ShenFenZheng", ""))
    );
    vec![
        plain("标准_旧表", form())
            .field("name", "程远")
            .field("born", "1982-04")
            .field("party", "中共党员")
            .field("party.joined", "2003-05")
            .field("post", "青云县青云镇党委副书记、镇长")
            .field("education.full_time", "大学")
            .count("family", 3)
            .count("departed", 1)
            .count("photo", 1)
            .count("lines", 4)
            .count("educations", 2)
            .count("appraisals", 2),
        plain(
            "标准_新表2025",
            form()
                .set("DaoLingNianYue", "204507")
                .set("GaiGeQianRenZhiNianLingJieXian", "改革前任职年龄界限为60岁"),
        )
        .field("retires", "2045-07")
        .field("former_age_limit", "改革前任职年龄界限为60岁"),
        plain("元素倒序", reversed)
            .field("born", "1982-04")
            .count("family", 3)
            .count("lines", 4),
        Case::new(&path("只有姓名性别"), minimal, &["程远"])
            .field("sex", "男")
            .count("family", 0),
        plain(
            "未知元素",
            form()
                .set("XinYuanSu", "新版软件的内容")
                .set("ZuZhiYiJian", "<Yi>甲</Yi>"),
        )
        .count("extra", 2),
        Case::new(&path("带BOM"), format!("\u{feff}{base}"), &["程远"]).field("born", "1982-04"),
        Case::new(&path("UTF16"), utf16, &["程远"]).field("born", "1982-04"),
        Case::new(&path("GBK字节声明UTF8"), gbk(&base), &["程远"])
            .field("ethnicity", "汉族")
            .fault("内容却是 GBK 编码"),
        Case::new(&path("GBK如实声明"), gbk(&base.replace("utf-8", "GBK")), &["程远"]).field("ethnicity", "汉族"),
        Case::new(&path("回车换行"), base.replace('\n', "\r\n"), &["程远"]).count("lines", 4),
        plain(
            "空元素有换行空格",
            form().set("NiRenZhiWu", "\n  ").set("ZhuanYeJiShuZhiWu", "\n\t"),
        )
        .count("appoint", 0),
        Case::new(
            &path("CDATA与注释"),
            base.replace("公文写作", "<!-- 注 --><![CDATA[公文<写作>&调研]]>"),
            &["程远"],
        )
        .field("speciality", "公文<写作>&调研"),
        Case::new(&path("元素未闭合"), base.replace("汉族</MinZu>", "汉族"), &["程远"])
            .field("ethnicity", "汉族")
            .field("native_place", "青云省青云"),
        Case::new(&path("一个文件两个人"), two, &["程远", "何静"]),
        plain("姓名出现两次", form().set("XingMing2", "")).count("extra", 1),
        Case::new(
            &path("同一元素两次"),
            base.replace("<MinZu>汉族</MinZu>", "<MinZu>汉族</MinZu><MinZu>苗族</MinZu>"),
            &["程远"],
        )
        .field("ethnicity", "汉族")
        .fault("这一项出现了两次"),
        Case::new("lrmx/扩展名写成xls.xls", base.clone(), &["程远"]).field("born", "1982-04"),
        Case::new(
            &path("控制字符"),
            base.replace("公文写作", "公文\u{1}写\u{8}作\u{fffd}"),
            &["程远"],
        )
        .field("speciality", "公文写作")
        .fault("3 个不能显示的控制字符"),
        Case::new(
            &path("残留转义"),
            base.replace("公文写作", "公文&1lt;写作&1gt;&1amp;调研"),
            &["程远"],
        )
        .field("speciality", "公文<写作>&调研")
        .fault("3 处 &1lt; 之类的残留转义"),
        Case::new(
            &path("未转义"),
            base.replace("公文写作", "R&D、<5人班组、a<b"),
            &["程远"],
        )
        .field("speciality", "R&D、<5人班组、a<b")
        .fault("3 处 & 或 < 没有按规定转义"),
        Case::new(
            &path("文字里有像标签的字"),
            base.replace("公文写作", "熟悉<br>标签"),
            &["程远"],
        )
        .field("speciality", "熟悉<br>标签"),
    ]
}

fn person_only(form: &Form) -> String {
    form.xml().replace(&form.head, "")
}

/// Single values.
fn values() -> Vec<Case> {
    let id = id();
    let wrong_check = format!("{}{}", &id[..17], if id.ends_with('1') { '2' } else { '1' });
    let x = (0..500)
        .map(|n| id_number(day!(1982 - 4 - 17), n, false))
        .find(|i| i.ends_with('X'))
        .expect("one of five hundred ends in X");
    let empties = form()
        .set("JianKangZhuangKuang", "无")
        .set("ZhuanYeJiShuZhiWu", "—")
        .set("ShuXiZhuanYeYouHeZhuanChang", "/")
        .set("JiangChengQingKuang", "(无)")
        .set("NiRenZhiWu", "（无）");
    let family = |inner: &str| form().set("JiaTingChengYuan", inner);
    vec![
        plain("点分日期", form().set("ChuShengNianYue", "1982.04").set("CanJiaGongZuoShiJian", "2004-07").set("TianBiaoShiJian", "2026.11.10")
            .set("JiSuanNianLingShiJian", "2026年11月")).field("born", "1982-04").field("joined_work", "2004-07"),
        with("出生到日", "ChuShengNianYue", "19820417").field("born", "1982-04-17"),
        with("日期不存在198213", "ChuShengNianYue", "198213").field("born", "1982-04-17")
            .fault("没有 13 月").fault("按身份证号补为 1982-04-17"),
        with("日期到00日", "CanJiaGongZuoShiJian", "20040700").fault("日为 00"),
        with("日期只有年", "CanJiaGongZuoShiJian", "2004").field("joined_work", "2004"),
        with("年份不合常理", "JiSuanNianLingShiJian", "1026.11").fault("年份不合常理"),
        plain("缺出生年月", form().without("ChuShengNianYue")).field("born", "1982-04-17").fault("按身份证号补为"),
        plain("无字一杠斜线都是空", empties).count("appoint", 0),
        with("姓名中间空格", "XingMing", "程　远").field("name", "程远"),
        Case::new(&path("少数民族姓名问号"), form().set("XingMing", "阿依夏木?买买提").set("MinZu", "维吾尔").xml(), &["阿依夏木·买买提"])
            .field("ethnicity", "维吾尔族"),
        with("民族不存在", "MinZu", "青云族").field("ethnicity", "青云族").fault("民族不在国家标准"),
        with("性别读不出", "XingBie", "未知").fault("性别读不出来"),
        plain("没有姓名", form().set("XingMing", " ")).fault("没有姓名").named(&[""]),
        with("校验位错", "ShenFenZheng", &wrong_check).fault("校验位应为"),
        with("身份证小写x", "ShenFenZheng", &x.replace('X', "x")).field("id_number", &x),
        with("身份证有空格", "ShenFenZheng", &format!(" {} {} ", &id[..6], &id[6..])).field("id_number", &id),
        with("身份证15位", "ShenFenZheng", "990000820417001").fault("老的 15 位"),
        with("身份证少一位", "ShenFenZheng", &id[..17]).fault("现为 17 位"),
        with("身份证与出生不符", "ChuShengNianYue", "198305").field("born", "1983-05").fault("与出生年月 1983-05 不一致"),
        with("身份证与性别不符", "XingBie", "女").field("sex", "女").fault("与性别女不一致"),
        with("民建", "RuDangShiJian", "民建").field("party", "民建"),
        with("九三", "RuDangShiJian", "九三").field("party", "九三学社"),
        with("入党时间与民建", "RuDangShiJian", "200305；民建").field("party", "中共党员").field("party.second", "民建").field("party.joined", "2003-05"),
        with("两个党派", "RuDangShiJian", "民建；民盟").field("party", "民建").field("party.second", "民盟"),
        with("预备党员", "RuDangShiJian", "2026.05（预备）").field("party", "预备党员"),
        with("入党时间看不懂", "RuDangShiJian", "2003年夏").fault("看不懂"),
        with("入党时间不存在", "RuDangShiJian", "200313").fault("没有 13 月"),
        plain("政治面貌与入党时间矛盾", form().set("ZhengZhiMianMao", "群众")).field("party", "群众").fault("与政治面貌群众不一致"),
        with("考核近三年", "NianDuKaoHeJieGuo", "近三年年度考核结果均为称职").count("appraisals", 0).fault("看不出是哪一年"),
        with("考核几年一句", "NianDuKaoHeJieGuo", "2022、2023、2024年度考核均为称职，2025年度优秀。").count("appraisals", 4),
        plain("填表人写成呈报单位", form().set("TianBiaoRen", "中共青云县委组织部")).fault("填表人与呈报单位相同"),
        plain("学位另有院校", form().set("QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "云水大学经济学专业")).count("educations", 3),
        plain("学位院校重复填写", form().set("QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "青云大学法学院法学专业")).count("educations", 2),
        plain("没有照片", form().without("ZhaoPian")).count("photo", 0),
        with("照片是JPEG", "ZhaoPian", &pictures::base64(&pictures::jpeg())).count("photo", 1),
        with("照片带data头", "ZhaoPian", &format!("data:image/png;base64,{}", pictures::base64(&pictures::png()))).count("photo", 1),
        with("照片不是图片", "ZhaoPian", &pictures::base64("这不是图片，只是几个字".as_bytes())).count("photo", 0).fault("不是能识别的图片"),
        with("照片编码坏", "ZhaoPian", "！！！不是编码").count("photo", 0).fault("不是有效的编码"),
        plain("家庭空行", family("<Item><ChengWei></ChengWei><XingMing> </XingMing></Item><Item><ChengWei>母亲</ChengWei><XingMing>周 芳</XingMing></Item>")).count("family", 1),
        plain("家庭没有称谓", family("<Item><XingMing>周芳</XingMing><ChuShengRiQi>195613</ChuShengRiQi></Item>")).count("family", 1)
            .fault("没有 13 月").fault("家庭成员没有称谓"),
    ]
}

fn resume(quirk: &str, text: &str) -> Case {
    with(&format!("简历_{quirk}"), "JianLi", text)
}

fn resumes() -> Vec<Case> {
    let wild = "200009-200407青云大学法学专业学习\n2004年7月至2010年3月 青云县青云镇科员\n2010.3～2019.6　青云县青云镇副镇长\n2019.06—至今 青云县青云镇镇长";
    vec![
        resume("各种连接号", wild).count("lines", 4),
        resume("有间断", &RESUME.replace("2010.03--2019.06", "2010.09--2019.06")).fault("两段之间有间断"),
        resume("重叠", &RESUME.replace("2010.03--2019.06", "2009.11--2019.06")).fault("与上一段时间重叠"),
        resume("止早于起", &RESUME.replace("2004.07--2010.03", "2010.03--2004.07"))
            .fault("结束时间早于开始时间")
            .fault("两段之间有间断"),
        resume(
            "末段未开口",
            &RESUME.replace("2019.06--         ", "2019.06--2026.10  "),
        )
        .fault("最后一段有截止时间"),
        resume("日期不存在", &RESUME.replace("2010.03--2019.06", "2010.13--2019.06"))
            .count("lines", 4)
            .fault("`2010.13` 不存在")
            .fault("没有起止时间")
            .fault("两段之间有间断"),
        resume("折行", &RESUME.replace("副镇长", "\n副镇长")).count("lines", 4),
        resume(
            "其间",
            &format!(
                "{}\n（其间：2020.09--2023.06在青云省委党校公共管理专业在职学习）",
                RESUME.replace("科员", "科员（其间：2008.03--2008.06在市委党校学习）")
            ),
        )
        .count("lines", 4)
        .count("notes", 2),
        resume(
            "委员另起一段",
            &format!("{RESUME}\n\n青云县第十届县委委员，青云县第十五届人大代表"),
        )
        .count("tail", 1),
        resume(
            "开始晚于参加工作",
            "2010.03--2019.06  青云县青云镇副镇长\n2019.06--         青云县青云镇党委副书记、镇长",
        )
        .fault("晚于参加工作时间"),
        resume("只有文字", "长期在青云镇工作")
            .count("lines", 1)
            .fault("没有起止时间")
            .fault("没有一段能读出"),
        resume("每段之间空行", &RESUME.replace('\n', "\n\n"))
            .count("lines", 4)
            .count("tail", 0),
    ]
}

/// Files made to harm, and files that broke.
fn hostile() -> Vec<Case> {
    let base = form().xml();
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE p [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n<Person><XingMing>&c;</XingMing></Person>";
    let outside = "<?xml version=\"1.0\"?>\n<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<Person><XingMing>&x;</XingMing></Person>";
    let cut: String = base.chars().take(base.chars().count() / 2).collect();
    let cut_in_photo = base
        .split_once("<ZhaoPian>")
        .map(|(a, b)| format!("{a}<ZhaoPian>{}", &b[..40]))
        .unwrap_or_default();
    let deep = format!(
        "<Person><XingMing>程远</XingMing>{}{}</Person>",
        "<a>".repeat(100),
        "</a>".repeat(100)
    );
    vec![
        Case::new(&path("恶意_实体炸弹"), bomb, &[]).error("实体定义"),
        Case::new(&path("恶意_外部实体"), outside, &[]).error("实体定义"),
        Case::new(&path("恶意_嵌套太深"), deep, &[]).error("嵌套超过"),
        Case::new(&path("截断在中间"), cut, &["程远"])
            .field("born", "1982-04")
            .fault("文件不完整"),
        Case::new(&path("截断在照片里"), cut_in_photo, &["程远"])
            .count("photo", 0)
            .fault("文件不完整"),
        Case::new(
            &path("未定义的实体"),
            base.replace("公文写作", "公文&nbsp;写作"),
            &["程远"],
        )
        .field("speciality", "公文&nbsp;写作")
        .fault("没有按规定转义"),
        Case::new(
            &path("不是任免表的XML"),
            "<?xml version=\"1.0\"?><note><to>甲</to></note>",
            &[],
        )
        .error("不是能识别的文件"),
        Case::new(&path("空文件"), "", &[]).error("空文件"),
        Case::new(
            &path("根元素不同"),
            base.replace("<Person>", "<RenYuan>").replace("</Person>", "</RenYuan>"),
            &["程远"],
        ),
    ]
}

impl Case {
    fn named(mut self, names: &[&str]) -> Case {
        self.set_names(names);
        self
    }
}
