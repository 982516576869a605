//! What every county has: the leading bodies, departments, schools and hospitals, as one table.

/// Who works in an organisation, beside its leaders.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Staff {
    None,
    Civil,
    Police,
    Judge,
    Prosecutor,
    Enforcement,
    /// 参公机关（群团）
    Body,
    /// 参公事业单位
    Participating,
    /// 事业单位
    Institution,
    Teacher,
    Doctor,
    Company,
    Village,
}

/// One line of the table. In `name` the sign @ stands for the county; `#2|卫生院` is the one of town 2.
#[derive(Clone, Copy)]
pub struct Department {
    pub name: &'static str,
    pub short: &'static str,
    pub kind: &'static str,
    pub level: &'static str,
    pub staff: Staff,
    pub chief: &'static str,
    pub deputies: i64,
    /// Share of the remaining people.
    pub weight: u32,
    /// 0: even the smallest county has it.
    pub need: u8,
}

use Staff::{Body, Civil, Company, Doctor, Enforcement, Institution, Judge, Participating, Police, Prosecutor, Teacher};

#[allow(clippy::too_many_arguments, reason = "one line of a table")]
const fn d(name: &'static str, short: &'static str, kind: &'static str, staff: Staff, chief: &'static str, deputies: i64, weight: u32, need: u8) -> Department {
    Department { name, short, kind, level: "乡科级", staff, chief, deputies, weight, need }
}
const fn top(name: &'static str, short: &'static str, kind: &'static str, staff: Staff, weight: u32) -> Department {
    Department { name, short, kind, level: "县处级", staff, chief: "", deputies: 0, weight, need: 0 }
}
const fn s(name: &'static str, short: &'static str, kind: &'static str, level: &'static str, staff: Staff, chief: &'static str, weight: u32) -> Department {
    Department { name, short, kind, level, staff, chief, deputies: 2, weight, need: 0 }
}

/// 四套班子、两院、纪委监委: their posts are written out in `post`.
pub const LEADING: &[Department] = &[
    top("中共@委员会", "县委", "县委", Staff::None, 0),
    top("@人民代表大会常务委员会", "县人大常委会", "县人大", Civil, 18),
    top("@人民政府", "县政府", "县政府", Staff::None, 0),
    top("中国人民政治协商会议@委员会", "县政协", "县政协", Civil, 16),
    top("中共@纪律检查委员会、@监察委员会", "县纪委监委", "县纪委监委", Civil, 46),
    top("@人民法院", "县法院", "法院", Judge, 40),
    top("@人民检察院", "县检察院", "检察院", Prosecutor, 26),
];

pub const DEPARTMENTS: &[Department] = &[
    d("中共@委办公室", "县委办公室", "县委部门", Civil, "主任", 3, 24, 0),
    d("中共@委组织部", "县委组织部", "县委部门", Civil, "部长", 4, 26, 0),
    d("中共@委宣传部", "县委宣传部", "县委部门", Civil, "部长", 3, 20, 0),
    d("中共@委统一战线工作部", "县委统战部", "县委部门", Civil, "部长", 3, 14, 0),
    d("中共@委政法委员会", "县委政法委", "县委部门", Civil, "书记", 3, 14, 0),
    d("中共@委社会工作部", "县委社会工作部", "县委部门", Civil, "部长", 2, 10, 3),
    d("中共@委机构编制委员会办公室", "县委编办", "县委部门", Civil, "主任", 2, 9, 2),
    d("中共@直属机关工作委员会", "县直机关工委", "县委部门", Civil, "书记", 2, 7, 3),
    d("中共@委巡察工作领导小组办公室", "县委巡察办", "县委部门", Civil, "主任", 2, 12, 3),
    d("@信访局", "县信访局", "县委部门", Civil, "局长", 2, 9, 4),
    d("@人民政府办公室", "县政府办公室", "县政府部门", Civil, "主任", 4, 26, 1),
    d("@发展和改革局", "县发展和改革局", "县政府部门", Civil, "局长", 4, 22, 0),
    d("@教育体育局", "县教育体育局", "县政府部门", Civil, "局长", 4, 28, 1),
    d("@科技和工业信息化局", "县科技和工业信息化局", "县政府部门", Civil, "局长", 3, 18, 4),
    d("@公安局", "县公安局", "县政府部门", Police, "局长", 5, 170, 0),
    d("@民政局", "县民政局", "县政府部门", Civil, "局长", 3, 18, 2),
    d("@司法局", "县司法局", "县政府部门", Civil, "局长", 3, 30, 3),
    d("@财政局", "县财政局", "县政府部门", Civil, "局长", 4, 40, 0),
    d("@人力资源和社会保障局", "县人力资源和社会保障局", "县政府部门", Civil, "局长", 4, 30, 2),
    d("@自然资源局", "县自然资源局", "县政府部门", Civil, "局长", 4, 34, 3),
    d("@住房和城乡建设局", "县住房和城乡建设局", "县政府部门", Civil, "局长", 4, 30, 3),
    d("@交通运输局", "县交通运输局", "县政府部门", Enforcement, "局长", 4, 32, 0),
    d("@水利局", "县水利局", "县政府部门", Civil, "局长", 3, 26, 4),
    d("@农业农村局", "县农业农村局", "县政府部门", Civil, "局长", 4, 44, 0),
    d("@商务局", "县商务局", "县政府部门", Civil, "局长", 3, 12, 5),
    d("@文化和旅游局", "县文旅局", "县政府部门", Civil, "局长", 3, 20, 0),
    d("@卫生健康局", "县卫生健康局", "县政府部门", Civil, "局长", 4, 26, 1),
    d("@退役军人事务局", "县退役军人事务局", "县政府部门", Civil, "局长", 2, 14, 4),
    d("@应急管理局", "县应急管理局", "县政府部门", Civil, "局长", 4, 24, 4),
    d("@审计局", "县审计局", "县政府部门", Civil, "局长", 3, 18, 4),
    d("@市场监督管理局", "县市场监督管理局", "县政府部门", Enforcement, "局长", 4, 76, 4),
    d("@统计局", "县统计局", "县政府部门", Civil, "局长", 2, 14, 0),
    d("@医疗保障局", "县医疗保障局", "县政府部门", Civil, "局长", 2, 12, 5),
    d("@林业局", "县林业局", "县政府部门", Civil, "局长", 3, 24, 5),
    d("@综合行政执法局", "县综合行政执法局", "县政府部门", Enforcement, "局长", 3, 40, 5),
    d("@行政审批服务局", "县行政审批服务局", "县政府部门", Civil, "局长", 3, 20, 5),
    d("@乡村建设发展中心", "县乡村建设发展中心", "参公事业单位", Participating, "主任", 2, 14, 6),
    d("@产业园区管理委员会", "县产业园区管委会", "派出机构", Civil, "主任", 3, 22, 5),
    d("@总工会", "县总工会", "群团", Body, "主席", 2, 9, 4),
    d("共青团@委员会", "团县委", "群团", Body, "书记", 2, 7, 2),
    d("@妇女联合会", "县妇联", "群团", Body, "主席", 2, 7, 3),
    d("@工商业联合会", "县工商联", "民主党派和工商联", Body, "主席", 2, 6, 5),
    d("@科学技术协会", "县科协", "群团", Body, "主席", 1, 6, 6),
    d("@文学艺术界联合会", "县文联", "群团", Body, "主席", 1, 5, 6),
    d("@残疾人联合会", "县残联", "群团", Body, "理事长", 1, 7, 6),
    d("@红十字会", "县红十字会", "群团", Body, "常务副会长", 0, 4, 7),
    d("中共@委党校", "县委党校", "参公事业单位", Participating, "常务副校长", 2, 18, 2),
    d("@档案馆", "县档案馆", "参公事业单位", Participating, "馆长", 1, 9, 6),
    d("@供销合作社联合社", "县供销社", "参公事业单位", Participating, "主任", 2, 12, 7),
    d("@机关事务服务中心", "县机关事务服务中心", "参公事业单位", Participating, "主任", 2, 14, 6),
    d("@招商服务中心", "县招商服务中心", "参公事业单位", Participating, "主任", 2, 10, 6),
    d("@融媒体中心", "县融媒体中心", "其他事业单位", Institution, "主任", 2, 24, 6),
    d("@现代农业服务中心", "县现代农业服务中心", "其他事业单位", Institution, "主任", 2, 30, 6),
    d("@城市建设投资集团有限公司", "县城投集团", "国有企业", Company, "董事长", 2, 26, 7),
    d("@农业发展集团有限公司", "县农发集团", "国有企业", Company, "董事长", 2, 18, 7),
    d("@文化旅游投资有限公司", "县文旅投公司", "国有企业", Company, "总经理", 2, 12, 7),
];

pub const SCHOOLS: &[Department] = &[
    s("@第一中学", "县第一中学", "学校", "副乡科级", Teacher, "校长", 60),
    s("@第二中学", "县第二中学", "学校", "股级", Teacher, "校长", 44),
    s("@职业教育中心", "县职业教育中心", "学校", "副乡科级", Teacher, "主任", 36),
    s("@实验小学", "县实验小学", "学校", "股级", Teacher, "校长", 34),
    s("@城关小学", "县城关小学", "学校", "股级", Teacher, "校长", 28),
    s("@特殊教育学校", "县特殊教育学校", "学校", "股级", Teacher, "校长", 12),
    s("", "#0|中学", "学校", "股级", Teacher, "校长", 22),
    s("", "#0|中心小学", "学校", "股级", Teacher, "校长", 20),
    s("", "#1|中学", "学校", "股级", Teacher, "校长", 18),
    s("", "#1|中心小学", "学校", "股级", Teacher, "校长", 16),
    s("", "#2|中学", "学校", "股级", Teacher, "校长", 18),
    s("", "#2|中心小学", "学校", "股级", Teacher, "校长", 16),
    s("", "#4|中学", "学校", "股级", Teacher, "校长", 18),
    s("", "#4|中心小学", "学校", "股级", Teacher, "校长", 16),
    s("", "#5|中学", "学校", "股级", Teacher, "校长", 18),
    s("", "#5|中心小学", "学校", "股级", Teacher, "校长", 16),
    s("", "#6|中学", "学校", "股级", Teacher, "校长", 16),
    s("", "#6|中心小学", "学校", "股级", Teacher, "校长", 14),
    s("", "#7|中学", "学校", "股级", Teacher, "校长", 16),
    s("", "#7|中心小学", "学校", "股级", Teacher, "校长", 14),
    s("", "#8|中学", "学校", "股级", Teacher, "校长", 14),
    s("", "#8|中心小学", "学校", "股级", Teacher, "校长", 12),
    s("", "#9|中学", "学校", "股级", Teacher, "校长", 14),
    s("", "#9|中心小学", "学校", "股级", Teacher, "校长", 12),
    s("", "#10|中心小学", "学校", "股级", Teacher, "校长", 12),
    s("", "#11|中心小学", "学校", "股级", Teacher, "校长", 12),
];

pub const HOSPITALS: &[Department] = &[
    s("@人民医院", "县人民医院", "医院", "副乡科级", Doctor, "院长", 90),
    s("@中医医院", "县中医医院", "医院", "副乡科级", Doctor, "院长", 48),
    s("@妇幼保健院", "县妇幼保健院", "医院", "股级", Doctor, "院长", 26),
    s("@疾病预防控制中心", "县疾病预防控制中心", "医院", "股级", Doctor, "主任", 20),
    s("", "#0|卫生院", "医院", "股级", Doctor, "院长", 14),
    s("", "#1|卫生院", "医院", "股级", Doctor, "院长", 12),
    s("", "#2|卫生院", "医院", "股级", Doctor, "院长", 12),
    s("", "#4|卫生院", "医院", "股级", Doctor, "院长", 12),
    s("", "#5|卫生院", "医院", "股级", Doctor, "院长", 12),
    s("", "#6|卫生院", "医院", "股级", Doctor, "院长", 12),
    s("", "#7|卫生院", "医院", "股级", Doctor, "院长", 12),
    s("", "#8|卫生院", "医院", "股级", Doctor, "院长", 10),
    s("", "#9|卫生院", "医院", "股级", Doctor, "院长", 10),
    s("", "#10|卫生院", "医院", "股级", Doctor, "院长", 10),
    s("", "#11|卫生院", "医院", "股级", Doctor, "院长", 10),
];
