//! People by number: the same number is always the same person.

use crate::record::field::{person as f, unit as u};
use crate::{
    AppraisalRecord, AwardRecord, Cell, EducationRecord, FamilyRecord, LevelKind, LevelRecord, PersonRecord, Place,
    TenureRecord, Text, UnitRecord, When,
};
use vocabulary::{Date, Day, identity};

const SURNAMES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗",
];
const GIVEN: [&str; 24] = [
    "明", "丽", "强", "静", "磊", "芳", "洋", "敏", "军", "艳", "杰", "娟", "涛", "秀英", "建国", "文博", "思远",
    "晓燕", "志强", "玉兰", "海峰", "雨桐", "子昂", "若兰",
];
const TOWNS: [&str; 12] = [
    "青云镇",
    "云水镇",
    "白石镇",
    "柳河镇",
    "松岭乡",
    "桃源乡",
    "东山街道",
    "西湾街道",
    "县财政局",
    "县教育局",
    "县农业农村局",
    "县卫生健康局",
];
const POSTS: [&str; 6] = ["科员", "办公室主任", "副镇长", "党委委员", "副书记、镇长", "党委书记"];

/// Scatters `number` so that neighbours differ; the same every time.
fn pick(number: u64, salt: u64, of: usize) -> usize {
    let mut x = number
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(salt.wrapping_mul(0xbf58_476d_1ce4_e5b9));
    x ^= x >> 31;
    x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 29;
    usize::try_from(x % of.max(1) as u64).unwrap_or(0)
}

/// Region 990000, this birthday, an order number of the right sex, the right check digit.
pub fn id_number(born: Day, order: u16, female: bool) -> String {
    let order = order % 500 * 2 + u16::from(!female);
    let first = format!(
        "990000{:04}{:02}{:02}{:03}",
        born.year(),
        born.month(),
        born.day(),
        order % 1000
    );
    let check = identity::check_digit(&first).unwrap_or('0');
    format!("{first}{check}")
}

fn text(value: impl Into<String>) -> Text {
    Some(Cell::new(value.into(), Place::default()))
}
fn day(date: Day) -> When {
    Some(Cell::new(
        Date::month_of(date.year(), date.month()).unwrap_or(Date::from(date)),
        Place::default(),
    ))
}
fn yes(value: bool) -> Option<Cell<bool>> {
    Some(Cell::new(value, Place::default()))
}

/// `count` people, from number 0 on.
pub fn people(count: u64) -> impl Iterator<Item = PersonRecord> {
    (0..count).map(person)
}

/// One person of the invented county, with a full set of rows. Up to a few million numbers stay different people.
pub fn person(number: u64) -> PersonRecord {
    let female = pick(number, 1, 3) == 0;
    // Birthdays and order numbers are counted through, so that ID numbers never repeat.
    let born = Day::from_number(-3_650 + i64::try_from(number / 500 % 12_000).unwrap_or(0));
    let id = id_number(born, u16::try_from(number % 500).unwrap_or(0), female);
    let name = format!("{}{}", SURNAMES[pick(number, 2, 20)], GIVEN[pick(number, 3, 24)]);
    let joined = born.plus_months(22 * 12 + i32::try_from(pick(number, 4, 24)).unwrap_or(0));
    let town = TOWNS[pick(number, 5, 12)];
    let grade = pick(number, 6, 6);
    let (second, third) = (joined.plus_months(60), joined.plus_months(132));
    let mut person = PersonRecord::default();
    let mut set = |id: &'static str, value: &str| person.fields.set(id, value, value, Place::default());
    set(f::NAME, &name);
    set(f::ID_NUMBER, &id);
    set(f::SEX, if female { "女" } else { "男" });
    set(f::BORN, &month(born));
    set(f::NATIVE_PLACE, "青云省青云");
    set(f::BIRTH_PLACE, "青云省青云");
    set(
        f::ETHNICITY,
        ["汉族", "汉族", "汉族", "土家族", "苗族"][pick(number, 7, 5)],
    );
    set(f::HEALTH, "健康");
    set(f::JOINED_WORK, &month(joined));
    set(
        f::PARTY_TEXT,
        &joined
            .plus_months(14)
            .to_string()
            .get(..7)
            .unwrap_or("")
            .replace('-', ""),
    );
    set(f::PARTY, "中共党员");
    set(f::PARTY_JOINED, &month(joined.plus_months(14)));
    set(f::OFFICIAL_KIND, "公务员");
    set(f::OFFICIAL_STATE, "现职人员");
    set(f::MANAGED_BY, "县级党委管理干部");
    set(f::SPECIALITY, "公文写作");
    set(f::POST, &format!("青云县{town}{}", POSTS[grade]));
    set(f::POST_SHORT, &format!("{town}{}", POSTS[grade]));
    set(
        f::LEVEL,
        if grade > 3 {
            "乡科级正职"
        } else {
            "乡科级副职"
        },
    );
    set(f::LEVEL_SINCE, &month(third));
    set(f::RANK, "三级主任科员");
    set(f::RANK_SINCE, &month(second));
    set(f::BASE_EXPERIENCE, "是");
    set(f::ORGANISATION, &format!("青云县{town}"));
    set(f::ESTABLISHMENT, "行政编制");
    let resume = format!(
        "{}--{}  青云大学法学专业学习\n{}--{}  青云县{town}科员\n{}--{}  青云县{town}办公室主任\n{}--         青云县{town}{}",
        dots(joined.plus_months(-48)),
        dots(joined),
        dots(joined),
        dots(second),
        dots(second),
        dots(third),
        dots(third),
        POSTS[grade],
    );
    set(f::RESUME_TEXT, &resume);
    set(f::APPRAISALS_TEXT, "2024年度称职；2025年度优秀");
    person.tenures = tenures(town, POSTS[grade], second, third);
    person.levels = levels(grade, second, third);
    person.educations = vec![EducationRecord {
        full_time: yes(true),
        name: text("大学"),
        listed: text("大学"),
        degree: text("法学学士"),
        degree_listed: text("法学学士"),
        from: day(joined.plus_months(-48)),
        until: day(joined),
        school: text("青云大学法学院"),
        major: text("法学"),
        years: text("4"),
        printed: yes(true),
        ..EducationRecord::default()
    }];
    person.appraisals = [(2023, "称职"), (2024, "称职"), (2025, "优秀")]
        .map(|(year, grade)| AppraisalRecord {
            place: Place::default(),
            year,
            grade: grade.to_owned(),
        })
        .into();
    if pick(number, 8, 4) == 0 {
        let on = day(third.plus_months(7));
        person.awards = vec![AwardRecord {
            name: text("嘉奖"),
            listed: text("嘉奖"),
            on,
            by: text("中共青云县委"),
            ..AwardRecord::default()
        }];
    }
    person.family = vec![
        family(
            if female { "丈夫" } else { "妻子" },
            &format!("{}{}", SURNAMES[pick(number, 9, 20)], GIVEN[pick(number, 10, 24)]),
            born,
        ),
        family(
            "女儿",
            &format!("{}{}", SURNAMES[pick(number, 2, 20)], GIVEN[pick(number, 11, 24)]),
            born.plus_months(28 * 12),
        ),
    ];
    person
}

fn tenures(town: &str, post: &str, second: Day, third: Day) -> Vec<TenureRecord> {
    let tenure = |post: &str, from: Day, until: Option<Day>| TenureRecord {
        organisation: text(format!("青云县{town}")),
        post: text(post),
        from: day(from),
        until: until.and_then(day),
        paper: text(format!("青组干〔{}〕{}号", from.year(), from.day())),
        leading_member: yes(until.is_none()),
        member_kind: text("副职"),
        leading_post: yes(true),
        chosen_by: text("委任"),
        exceptional: yes(false),
        in_office: yes(until.is_none()),
        printed: yes(true),
        main: yes(true),
        ..TenureRecord::default()
    };
    vec![tenure("办公室主任", second, Some(third)), tenure(post, third, None)]
}

fn levels(grade: usize, second: Day, third: Day) -> Vec<LevelRecord> {
    let level = |kind, name: &str, from| LevelRecord {
        place: Place::default(),
        kind,
        name: Cell::new(name.to_owned(), Place::default()),
        from: day(from),
        paper: None,
        until: None,
        holds: yes(true),
    };
    let name = if grade > 3 {
        "乡科级正职"
    } else {
        "乡科级副职"
    };
    vec![
        level(LevelKind::Level, name, third),
        level(LevelKind::Rank, "三级主任科员", second),
    ]
}

fn family(relation: &str, name: &str, born: Day) -> FamilyRecord {
    FamilyRecord {
        relation: text(relation),
        name: text(name),
        born: day(born),
        party: text("群众"),
        work: text("青云县第一中学教师"),
        ..FamilyRecord::default()
    }
}

/// A unit of the invented county.
pub fn unit(number: usize) -> UnitRecord {
    let mut unit = UnitRecord::default();
    let name = format!("青云县{}", TOWNS[number % TOWNS.len()]);
    for (id, value) in [
        (u::NAME, name.as_str()),
        (u::CODE, &format!("990000.{:03}", number + 1)),
        (u::SUBORDINATION, "县(市、区、旗)"),
        (u::LEVEL, "乡、科级"),
        (u::STANDING, "法人单位"),
        (u::ADMINISTRATIVE_PLACES, "32"),
        (u::CHIEF_LEADERS, "2"),
        (u::DEPUTY_LEADERS, "7"),
    ] {
        unit.fields.set(id, value, value, Place::default());
    }
    unit
}

fn month(day: Day) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
fn dots(day: Day) -> String {
    format!("{:04}.{:02}", day.year(), day.month())
}
