//! 岗位: the posts of each organisation, and who held them when.

use crate::book::{Book, Table};
use crate::chance::Chance;
use crate::month::Month;
use crate::row;
use crate::tree::department::Staff;
use crate::tree::{SINCE, Unit};

/// How high a post stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Grade {
    Village,
    Staff,
    /// 股级: heads of sections.
    Section,
    /// Heads of schools and hospitals without a civil rank of their own.
    Service,
    Deputy,
    Chief,
    CountyDeputy,
    CountyChief,
}

impl Grade {
    /// Code `level`; village posts have none.
    pub fn level(self) -> Option<&'static str> {
        match self {
            Grade::Village => None,
            Grade::Staff | Grade::Section | Grade::Service => Some("科员级"),
            Grade::Deputy => Some("乡科级副职"),
            Grade::Chief => Some("乡科级正职"),
            Grade::CountyDeputy => Some("县处级副职"),
            Grade::CountyChief => Some("县处级正职"),
        }
    }
    pub fn is_leader(self) -> bool {
        self >= Grade::Deputy
    }
}

/// One post with its seats.
#[derive(Debug)]
pub struct Post {
    pub id: i64,
    pub unit: usize,
    pub name: String,
    pub title: String,
    pub grade: Grade,
    pub role: &'static str,
    pub leading: bool,
    pub seats: i64,
    pub special: bool,
    pub probation: bool,
    pub term: Option<i64>,
    /// Who sits or sat here: from, until.
    busy: Vec<(Month, Month)>,
}

impl Post {
    /// Takes a seat for `[from, until)` if one is free all the while.
    pub fn claim(&mut self, from: Month, until: Month) -> bool {
        // More than enough for 职数: every overlap counts, also of two that do not overlap each other.
        let overlapping = self.busy.iter().filter(|(f, u)| *f < until && from < *u).count() as i64;
        let free = overlapping < self.seats;
        if free {
            self.busy.push((from, until));
        }
        free
    }
}

/// Everything about a post but where it is.
struct Shape {
    name: String,
    title: Option<String>,
    grade: Grade,
    role: &'static str,
    seats: i64,
    leading: bool,
    term: Option<i64>,
    probation: bool,
}

fn shape(name: impl Into<String>, grade: Grade, role: &'static str, seats: i64) -> Shape {
    let leading = grade.is_leader() || grade == Grade::Service;
    Shape { name: name.into(), title: None, grade, role, seats, leading, term: None, probation: grade.is_leader() }
}
impl Shape {
    /// Elected for five years; whoever is elected has no probation.
    fn elected(self) -> Shape {
        Shape { term: Some(5), probation: false, ..self }
    }
    fn titled(self, title: String) -> Shape {
        Shape { title: Some(title), ..self }
    }
}

/// All posts of the county, in paper order; also writes each unit's 领导职数.
pub fn all(units: &mut [Unit], first: i64) -> Vec<Post> {
    let mut posts = Vec::with_capacity(units.len() * 4);
    let county = units[0].name.clone();
    for (at, unit) in units.iter_mut().enumerate() {
        let shapes = shapes(unit, &county);
        unit.team = Some(shapes.iter().filter(|s| s.leading).map(|s| s.seats).sum()).filter(|n: &i64| *n > 0);
        for s in shapes {
            let special = s.role == "正职" && ["公安局", "财政局", "审计局", "组织部", "纪委监委", "法院", "检察院"].iter().any(|w| unit.key.contains(w));
            posts.push(Post {
                id: first + posts.len() as i64,
                unit: at,
                title: s.title.unwrap_or_else(|| format!("{}{}", unit.short, s.name)),
                name: s.name, grade: s.grade, role: s.role, leading: s.leading, seats: s.seats, special, probation: s.probation, term: s.term,
                busy: Vec::new(),
            });
        }
    }
    posts
}

fn shapes(unit: &Unit, county: &str) -> Vec<Shape> {
    use Grade::{Chief, CountyChief, CountyDeputy, Deputy};
    let (prefix, place) = if county == "青云县" { ("", "县") } else { (county, county) };
    match unit.key.as_str() {
        "县委" => vec![
            shape("书记", CountyChief, "正职", 1).elected(),
            shape("副书记", CountyChief, "副职", 1).elected(),
            shape("专职副书记", CountyDeputy, "副职", 1).elected().titled(format!("{}副书记", unit.short)),
            shape("常委", CountyDeputy, "副职", 8).elected(),
        ],
        "县人大常委会" => with_sections(unit, vec![
            shape("主任", CountyChief, "正职", 1).elected(),
            shape("副主任", CountyDeputy, "副职", 4).elected(),
            shape("办公室主任", Chief, "其他成员", 1),
            shape("专门委员会主任委员", Chief, "其他成员", 4),
        ]),
        "县政府" => vec![
            shape("县长", CountyChief, "正职", 1).elected().titled(format!("{prefix}县长")),
            shape("常务副县长", CountyDeputy, "副职", 1).elected().titled(format!("{prefix}常务副县长")),
            shape("副县长", CountyDeputy, "副职", 5).elected().titled(format!("{prefix}副县长")),
        ],
        "县政协" => with_sections(unit, vec![
            shape("主席", CountyChief, "正职", 1).elected(),
            shape("副主席", CountyDeputy, "副职", 4).elected(),
            shape("办公室主任", Chief, "其他成员", 1),
            shape("专门委员会主任", Chief, "其他成员", 4),
        ]),
        "县纪委监委" => with_sections(unit, vec![
            shape("书记、主任", CountyDeputy, "正职", 1).elected().titled(format!("{place}纪委书记、{place}监委主任")),
            shape("副书记、副主任", Chief, "副职", 2).elected().titled(format!("{place}纪委副书记、{place}监委副主任")),
            shape("常委", Deputy, "其他成员", 4).elected().titled(format!("{place}纪委常委")),
        ]),
        "县法院" => with_sections(unit, vec![
            shape("院长", CountyDeputy, "正职", 1).elected(),
            shape("副院长", Chief, "副职", 3),
            shape("审判委员会专职委员", Deputy, "其他成员", 2),
        ]),
        "县检察院" => with_sections(unit, vec![
            shape("检察长", CountyDeputy, "正职", 1).elected(),
            shape("副检察长", Chief, "副职", 2),
            shape("检察委员会专职委员", Deputy, "其他成员", 1),
        ]),
        _ if unit.is_town() => town(unit),
        _ if unit.is_village() => village(unit),
        _ if matches!(unit.staff, Staff::Teacher | Staff::Doctor) => service(unit),
        _ if !unit.chief.is_empty() => department(unit),
        _ => Vec::new(),
    }
}

fn department(unit: &Unit) -> Vec<Shape> {
    // Organisations whose chief sits in the standing committee or beside the county head.
    let grade = match unit.key.as_str() {
        "县委办公室" | "县委组织部" | "县委宣传部" | "县委统战部" | "县委政法委" | "县公安局" => Grade::CountyDeputy,
        _ => Grade::Chief,
    };
    let deputy = if unit.chief.starts_with("常务副") { unit.chief.trim_start_matches("常务").to_owned() } else { format!("副{}", unit.chief) };
    let mut out = vec![shape(unit.chief, grade, "正职", 1)];
    if unit.deputies > 0 {
        out.push(shape(deputy, Grade::Deputy, "副职", unit.deputies));
    }
    if unit.staff == Staff::Company {
        out.iter_mut().for_each(|s| s.probation = false);
    }
    with_sections(unit, out)
}

fn with_sections(unit: &Unit, mut out: Vec<Shape>) -> Vec<Shape> {
    out.extend(sections(unit).iter().map(|name| shape(head_of(name), Grade::Section, "其他成员", 1)));
    out
}

/// The sections of an organisation; bigger ones have more.
pub fn sections(unit: &Unit) -> &'static [&'static str] {
    const ORGANISATION: &[&str] = &["办公室", "干部股", "组织股", "公务员股", "人才股", "干部监督股", "干部信息中心"];
    const POLICE: &[&str] = &["指挥中心", "政工监督室", "治安大队", "刑侦大队", "交警大队", "法制大队", "城关派出所", "石桥派出所", "柳河派出所", "看守所"];
    const COURT: &[&str] = &["综合办公室", "立案庭", "民事审判庭", "刑事审判庭", "执行局"];
    const PROSECUTION: &[&str] = &["综合业务部", "第一检察部", "第二检察部", "政治部"];
    const DISCIPLINE: &[&str] = &["办公室", "干部监督室", "党风政风监督室", "案件监督管理室", "第一审查调查室", "第二审查调查室"];
    const AGRICULTURE: &[&str] = &["办公室", "种植业股", "畜牧兽医股", "农田建设股", "乡村产业股", "农经站", "农技推广中心"];
    const TOWN: &[&str] = &["党政综合办公室", "党建工作办公室", "经济发展办公室", "社会事务办公室", "平安法治办公室", "农业综合服务中心", "便民服务中心", "退役军人服务站"];
    const USUAL: &[&str] = &["办公室", "政策法规股", "规划财务股", "业务股", "人事股", "综合股"];
    const CONGRESS: &[&str] = &["秘书科", "综合科", "联络科"];
    const OFFICE: &[&str] = &["综合股", "秘书股", "信息股", "督查股"];
    match unit.key.as_str() {
        "县委组织部" => ORGANISATION,
        "县人大常委会" | "县政协" => CONGRESS,
        "县公安局" => POLICE,
        "县法院" => COURT,
        "县检察院" => PROSECUTION,
        "县纪委监委" => DISCIPLINE,
        "县农业农村局" => AGRICULTURE,
        _ if unit.is_town() => TOWN,
        _ if unit.weight == 0 => &[],
        _ if unit.key.ends_with("办公室") => OFFICE,
        _ => &USUAL[..(unit.weight as usize / 6).clamp(1, USUAL.len())],
    }
}

/// 办公室 → 办公室主任, 干部股 → 干部股股长.
pub fn head_of(section: &str) -> String {
    let word = match section.chars().last() {
        Some('股') => "股长",
        Some('科') => "科长",
        Some('站') => "站长",
        Some('队') => "大队长",
        Some('庭') => "庭长",
        Some('局') => "局长",
        Some('所') => "所长",
        _ => "主任",
    };
    format!("{}{word}", section.trim_end_matches("大队"))
}

/// 乡镇（街道）班子: each member one post, as its paper names it.
fn town(unit: &Unit) -> Vec<Shape> {
    use Grade::{Chief, Deputy};
    let street = unit.kind == "街道";
    let committee = if street { "党工委" } else { "党委" };
    let member = |own: &str| format!("{committee}委员、{own}");
    let (head, deputy) = match unit.kind {
        "乡" => ("乡长", "副乡长"),
        "街道" => ("办事处主任", "办事处副主任"),
        _ => ("镇长", "副镇长"),
    };
    let congress = if street { "人大工委" } else { "人大" };
    let mut out = vec![
        shape(format!("{committee}书记"), Chief, "正职", 1),
        shape(format!("{committee}副书记、{head}"), Chief, "正职", 1),
        shape(if street { "人大工委主任" } else { "人大主席" }, Chief, "正职", 1),
        shape(format!("{committee}副书记"), Deputy, "副职", 1),
        shape(member(if street { "纪工委书记" } else { "纪委书记" }), Deputy, "副职", 1),
        shape(member("组织委员"), Deputy, "副职", 1),
        shape(member("宣传委员"), Deputy, "副职", 1),
        shape(member("政法委员"), Deputy, "副职", 1),
        shape(member("人民武装部部长"), Deputy, "副职", 1),
        shape(member(deputy), Deputy, "副职", 1),
        shape(deputy, Deputy, "副职", 3),
        shape(format!("{congress}副{}", if street { "主任" } else { "主席" }), Deputy, "副职", 1),
    ];
    if !street {
        out = out.into_iter().map(Shape::elected).collect();
    }
    with_sections(unit, out)
}

/// 村（社区）“两委”: no 领导职务 in the sense of the civil-service law, therefore not `leading`.
fn village(unit: &Unit) -> Vec<Shape> {
    let board = if unit.kind == "村" { "村委会" } else { "居委会" };
    vec![
        shape(format!("党支部书记、{board}主任"), Grade::Village, "正职", 1).elected(),
        shape("党支部副书记", Grade::Village, "副职", 1).elected(),
        shape(format!("党支部委员、{board}委员"), Grade::Village, "其他成员", if unit.kind == "村" { 1 } else { 2 }).elected(),
    ]
}

fn service(unit: &Unit) -> Vec<Shape> {
    let grade = if unit.level == "副乡科级" { Grade::Deputy } else { Grade::Service };
    let mut out = vec![
        shape(unit.chief, grade, "正职", 1),
        shape(format!("副{}", unit.chief), Grade::Service, "副职", unit.deputies),
        shape("办公室主任", Grade::Section, "其他成员", 1),
    ];
    out.iter_mut().for_each(|s| s.probation = false);
    out
}

/// A past post of `grade` with a seat free in `[from, until)`, in a town or not; taken when found.
pub fn claim(posts: &mut [Post], units: &[Unit], chance: &mut Chance, grade: Grade, in_town: bool, from: Month, until: Month) -> Option<usize> {
    for _ in 0..8 {
        // Posts lie in unit order; a random start and a short walk finds a fitting one without a second list.
        let start = chance.below(posts.len());
        let fits = |p: &Post| p.grade == grade && p.leading && units[p.unit].is_town() == in_town && !matches!(units[p.unit].staff, Staff::Teacher | Staff::Doctor | Staff::None);
        let found = (start..posts.len()).chain(0..start).take(400).find(|at| fits(&posts[*at]));
        if let Some(at) = found
            && posts[at].claim(from, until)
        {
            return Some(at);
        }
    }
    None
}

pub fn write(book: &mut Book, units: &[Unit], posts: &[Post]) {
    for post in posts {
        book.add(Table::Post, row![]);
        book.add(
            Table::PostDetail,
            row![
                post.id, units[post.unit].id, &post.name, &post.title, post.role, post.leading, post.grade.level(), post.seats, post.special,
                post.probation, post.term, post.id, SINCE
            ],
        );
    }
}
