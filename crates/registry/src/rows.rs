//! What is recorded about a person, noun by noun: the columns of `migrations/0001_registry.sql`.

use crate::dated::noun;
use vocabulary::Date;

noun! {
    /// 基本信息: what does not depend on a day. A change of one field is a new version of the whole.
    #[derive(Default)]
    Details in "person_details" by "t.entered" corrects true {
        name: String,
        pinyin: String,
        initials: String,
        strokes: String,
        sex: Option<String>,
        born: Option<Date>,
        id_number: Option<String>,
        ethnicity: Option<String>,
        native_place: Option<String>,
        birth_place: Option<String>,
        growth_place: Option<String>,
        health: Option<String>,
        joined_work: Option<Date>,
        /// 入党时间 as the form prints it, when it is more than a date.
        party_text: Option<String>,
        speciality: Option<String>,
        official_kind: Option<String>,
        official_state: Option<String>,
        managed_by: Option<String>,
        /// 统计关系所在单位: organisation number.
        unit: Option<i64>,
        /// 改革前任职年龄界限
        retirement_limit: Option<i64>,
        spouse_emigrated: Option<bool>,
        children_emigrated: Option<bool>,
        has_children: Option<bool>,
        remark: Option<String>,
    }
}

noun! {
    /// 任职: one person in one post for one period.
    Tenure in "tenures" by "t.from_day desc, t.main desc, t.order_no, t.id" corrects true {
        post: Option<i64>,
        organisation: Option<i64>,
        /// As papers print it: 青云镇党委副书记.
        title: String,
        /// 任职 挂职 兼职 学习
        kind: String,
        /// 正职 副职 其他
        role: Option<String>,
        leading: Option<bool>,
        /// 职务层次
        level: Option<String>,
        /// 主职务
        main: bool,
        order_no: i64,
        way: Option<String>,
        paper: Option<String>,
        end_paper: Option<String>,
        end_reason: Option<String>,
        probation_until: Option<Date>,
        from_day: Date,
        until_day: Option<Date>,
    }
}

noun! {
    /// 履历一段: in the words of the 简历.
    ResumeLine in "resume_lines" by "t.order_no, t.id" corrects false {
        order_no: i64,
        /// 工作 学习 说明
        kind: String,
        from_day: Option<Date>,
        until_day: Option<Date>,
        text: String,
        /// 其间 notes, one a line.
        notes: String,
    }
}

noun! {
    /// 职务层次、职级.
    RankHeld in "ranks" by "t.from_day desc, t.id" corrects true {
        /// 职务层次 or 职级
        ladder: String,
        rank: String,
        paper: Option<String>,
        from_day: Date,
        until_day: Option<Date>,
    }
}

noun! {
    /// 政治面貌.
    Membership in "memberships" by "t.from_day desc, t.id" corrects true {
        party: String,
        from_day: Option<Date>,
        until_day: Option<Date>,
    }
}

noun! {
    /// 学历学位.
    Education in "educations" by "t.from_day desc, t.id" corrects true {
        /// 全日制 在职
        mode: String,
        education: Option<String>,
        degree: Option<String>,
        school: Option<String>,
        major: Option<String>,
        major_group: Option<String>,
        /// 毕业院校系及专业 as printed.
        school_text: Option<String>,
        started: Option<Date>,
        /// 毕业
        from_day: Option<Date>,
        highest: bool,
    }
}

noun! {
    /// 专业技术职务.
    Qualification in "qualifications" by "t.from_day desc, t.id" corrects true {
        name: String,
        way: Option<String>,
        from_day: Option<Date>,
        until_day: Option<Date>,
    }
}

noun! {
    /// 年度考核.
    Appraisal in "appraisals" by "t.year desc, t.id" corrects true {
        year: i64,
        grade: String,
        /// Last day of the year.
        from_day: Date,
    }
}

noun! {
    /// 奖励.
    Award in "awards" by "t.from_day desc, t.id" corrects true {
        name: String,
        kind: Option<String>,
        organ: Option<String>,
        from_day: Option<Date>,
        until_day: Option<Date>,
    }
}

noun! {
    /// 处分、处理.
    Sanction in "sanctions" by "t.from_day desc, t.id" corrects true {
        name: String,
        kind: Option<String>,
        organ: Option<String>,
        from_day: Date,
        /// 影响期满
        until_day: Option<Date>,
    }
}

noun! {
    /// 培训.
    Training in "trainings" by "t.from_day desc, t.id" corrects true {
        name: String,
        organ: Option<String>,
        /// 脱产 网络 其他
        kind: String,
        hours: i64,
        days: i64,
        from_day: Date,
        until_day: Option<Date>,
    }
}

noun! {
    /// 家庭主要成员及重要社会关系.
    Relative in "relatives" by "t.order_no, t.id" corrects true {
        relation: String,
        name: String,
        born: Option<Date>,
        party: Option<String>,
        work: String,
        order_no: i64,
    }
}

noun! {
    /// 优秀年轻干部库、后备.
    PoolEntry in "pools" by "t.from_day desc, t.id" corrects true {
        kind: String,
        from_day: Date,
        until_day: Option<Date>,
    }
}

noun! {
    /// A text of the form that is kept as written; `extra:NAME` is an unknown element of an `.lrmx`, raw.
    FormText in "form_texts" by "t.field, t.id" corrects false {
        field: String,
        text: String,
    }
}
