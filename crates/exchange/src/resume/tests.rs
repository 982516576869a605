use super::*;
use proptest::prelude::*;

fn read(text: &str) -> (Resume, Vec<Fault>) {
    parse(text, &Place::file("甲.lrmx").at_element("JianLi"))
}
use crate::Fault;

const OFFICIAL: &str = "2001.09--2005.07  青云大学数学系数学专业学习
2005.07--2010.03  青云县青云镇科员（其间：2007.09--2009.07在青云大学在职学习）
2010.03--2019.03  青云县青云镇副镇长
2019.03--         青云县云水镇党委书记
（其间：2020.03--2020.06在市委党校（县干班）学习）

2021.09当选青云县第十届县委委员";

#[test]
fn the_official_wording_prints_as_it_was_read() {
    let (resume, faults) = read(OFFICIAL);
    assert_eq!(resume.print(), OFFICIAL);
    assert_eq!(resume.lines.len(), 4);
    assert_eq!(
        resume.lines[1].notes[0].text,
        "其间：2007.09--2009.07在青云大学在职学习"
    );
    assert!(resume.lines[3].notes[0].own_line && resume.lines[3].open);
    assert_eq!(resume.tail, ["2021.09当选青云县第十届县委委员"]);
    assert_eq!(faults, []);
}

#[test]
fn a_wrapped_line_continues_the_one_before() {
    let (resume, _) =
        read("2001.09—2005.07 青云大学\r\n数学系学习\r\n2005.07-- 青云镇（其间：2010.09--2012.07\r\n在青云大学学习）");
    assert_eq!(
        resume.print(),
        "2001.09--2005.07  青云大学数学系学习\n2005.07--         青云镇（其间：2010.09--2012.07在青云大学学习）"
    );
}

#[test]
fn gaps_overlaps_and_wrong_ends_are_found() {
    let says = |text: &str| read(text).1.iter().map(|f| f.says.clone()).collect::<Vec<_>>();
    assert_eq!(says("2001.09--2005.07  学习\n2005.10--  工作"), ["两段之间有间断"]);
    assert_eq!(says("2001.09--2005.07  学习\n2005.08--  工作"), Vec::<String>::new());
    assert_eq!(says("2001.09--2005.07  学习\n2005.03--  工作"), ["与上一段时间重叠"]);
    assert_eq!(
        says("2005.09--2001.07  学习\n2005.09--  工作"),
        ["这一段的结束时间早于开始时间"]
    );
    assert_eq!(
        says("2001.09--2005.07  学习"),
        ["简历最后一段有截止时间，看不出现在的工作"]
    );
    assert_eq!(
        says("2001.13--2005.07  学习\n2005.08--  工作")[0],
        "简历中的日期 `2001.13` 不存在"
    );
    assert_eq!(
        says("2001.09--  学习\n2005.08--  工作"),
        ["这一段没有截止时间，后面却还有一段"]
    );
}

#[test]
fn a_resume_later_than_first_work_is_found() {
    let (resume, _) = read("2005.07--  青云镇");
    assert!(resume.check_start("2001-08".parse().unwrap()).is_some());
    assert!(resume.check_start("2005-07".parse().unwrap()).is_none());
}

fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("2001.09--2005.07  ".to_owned()),
        Just("200507-".to_owned()),
        Just("1982年8月至今".to_owned()),
        Just("2001.13".to_owned()),
        Just("（其间：".to_owned()),
        Just("(期间".to_owned()),
        Just("）".to_owned()),
        Just(")".to_owned()),
        Just("（".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("         ".to_owned()),
        Just("--".to_owned()),
        Just("；".to_owned()),
        Just("青云镇副镇长".to_owned()),
        Just("2005".to_owned()),
        Just("今".to_owned()),
        "[ 　a0-9.至到—]{0,4}",
        any::<char>().prop_map(|c| c.to_string()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3000, ..ProptestConfig::default() })]
    #[test]
    fn printed_once_it_prints_the_same(parts in prop::collection::vec(fragment(), 0..24)) {
        let text = parts.concat();
        let once = read(&text).0.print();
        let twice = read(&once).0.print();
        prop_assert_eq!(&once, &twice, "from {:?}", text);
    }
}
