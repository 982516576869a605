//! 可否办理: whether the next deed may be done, with everything that stands against it at once.

use super::{Act, Deed, Due, Life, Stage, System, due};
use crate::Calendar;
use vocabulary::{Citation, Finding, Findings, Weight};

/// What the files cannot know of the deed: asked of the rows by the caller.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// Role of who would do it.
    pub role: &'a str,
    /// There is a level above the holder.
    pub higher: bool,
    /// Merge: the other case is of this system, open, and not merged itself.
    pub other_open: bool,
    /// Connect: the class of the other case.
    pub other_class: &'a str,
}

/// Empty when it may be done.
pub fn judge(system: &System, calendar: &Calendar, life: &Life, deed: &Deed, around: Around) -> Findings {
    let mut j = Judging { source: &system.source, found: vec![] };
    if !system.may(deed.act, around.role) {
        j.refuse("not-entrusted", format!("“{}”不由您的岗位办理", deed.act.says()), "请由制度列明的岗位办理");
    }
    j.order(life, deed);
    let part = deed.part.and_then(|n| life.part(n));
    if deed.part.is_some() && part.is_none() {
        j.refuse("no-such-part", "没有这个部门的办理任务".into(), "刷新页面后再试");
    }
    if deed.part.is_none() && matches!(deed.act, Act::Claim | Act::Return | Act::Reply) {
        j.refuse("which-part", "没有说明是哪个部门的任务".into(), "从本部门的任务进入");
    }
    match deed.act {
        Act::Report => j.refuse("already-reported", "已经受理".into(), ""),
        Act::Sort => {
            if system.class(&deed.word).is_none() {
                let titles: Vec<&str> = system.classes.iter().map(|c| &*c.title).collect();
                j.refuse("unknown-class", "请选择类别".into(), &format!("可选：{}", titles.join("、")));
            }
        }
        Act::Whistle => {
            if life.class.is_none() {
                j.refuse("sort-first", "还没有分类，不能吹哨".into(), "先分类，责任清单会给出建议部门");
            }
            match deed.unit {
                None => j.refuse("whom", "请选择向哪个部门吹哨".into(), "从责任清单或机构中选择"),
                Some(unit) if life.parts_now().any(|p| p.is_live() && p.unit == unit) => {
                    j.refuse("already-whistled", "已向这个部门吹哨".into(), "同一轮内一个部门只派一次")
                }
                _ => {}
            }
        }
        Act::Claim => {
            if part.is_some_and(|p| p.claim.met.is_some()) {
                j.refuse("already-claimed", "这个部门已经报到".into(), "");
            }
        }
        Act::Return => {
            j.reason(deed, "退回");
            if part.is_some_and(|p| p.reply.met.is_some()) {
                j.refuse("already-replied", "已有办理结果，不能退回".into(), "");
            }
        }
        Act::Reply => {
            if part.is_some_and(|p| p.claim.met.is_none()) {
                j.refuse("claim-first", "还没有报到".into(), "先报到，再填办理结果");
            }
            j.words(deed, "办理结果");
        }
        Act::Answer => {
            if life.class.is_none() {
                j.refuse("sort-first", "还没有分类，不能答复".into(), "先分类");
            }
            let open: usize = life.parts_now().filter(|p| p.is_open()).count();
            if open > 0 {
                j.refuse("parts-open", format!("还有 {open} 个部门没有办理结果"), "等各部门都有结果，或由部门说明理由退回");
            }
            j.words(deed, "答复");
        }
        Act::Rate => {
            if !system.ratings.iter().any(|r| **r == *deed.word) {
                j.refuse("unknown-rating", "请选择评价".into(), &system.ratings.join("、"));
            }
            if life.rating().is_some() {
                j.refuse("already-rated", "这一次已经评价过".into(), "不满意可以要求重办");
            }
        }
        Act::Reopen => j.reopening(system, calendar, life, deed),
        Act::SignOff => j.closing(system, calendar, life, deed),
        Act::Raise => {
            j.reason(deed, "上报");
            if !around.higher {
                j.refuse("no-higher-level", "已经是最高一级".into(), "由本级办理");
            }
        }
        Act::Move => j.reason(deed, "转移"),
        Act::Pause => {
            j.reason(deed, "暂停");
            if part.map_or(life.paused, |p| p.paused) {
                j.refuse("already-paused", "已经暂停计时".into(), "");
            }
        }
        Act::Resume => {
            if !part.map_or(life.paused, |p| p.paused) {
                j.refuse("not-paused", "没有暂停".into(), "");
            }
        }
        Act::Extend => j.extending(system, life, deed),
        Act::Merge => {
            if !around.other_open || deed.into.is_none() {
                j.refuse("merge-into-open", "只能并入同一制度下还在办的一件".into(), "核对要并入的编号");
            }
        }
        Act::Note => j.words(deed, "记事"),
        Act::Connect => {
            let fits = life.class.as_deref().is_some_and(|class| system.matched(class, around.other_class).is_some());
            if !around.other_open || deed.into.is_none() {
                j.refuse("connect-to-open", "只能对接同一制度下还在办的一件".into(), "刷新页面后再选");
            } else if !fits {
                j.refuse("does-not-match", "这两件的类别不相配".into(), "一方是需求，另一方是资源或服务");
            }
            if deed.into.is_some_and(|other| life.connected.contains(&other)) {
                j.refuse("connected-already", "这两件已经对接".into(), "");
            }
        }
        Act::Disconnect => {
            j.reason(deed, "解除对接");
            if !deed.into.is_some_and(|other| life.connected.contains(&other)) {
                j.refuse("not-connected", "这两件没有对接".into(), "");
            }
        }
    }
    if let Some(part) = part {
        if !part.is_live() && deed.act != Act::Move {
            j.refuse("part-returned", "这个部门的任务已经退回".into(), "需要时重新吹哨");
        }
        if part.round != life.round {
            j.refuse("part-of-earlier-round", "这是上一轮的任务".into(), "重办后请重新吹哨");
        }
    }
    Findings::new(j.found)
}

struct Judging<'a> {
    source: &'a Citation,
    found: Vec<Finding>,
}

impl Judging<'_> {
    fn refuse(&mut self, rule: &str, says: String, next: &str) {
        self.found.push(Finding {
            rule: rule.into(),
            weight: Weight::Refuse,
            says,
            citation: self.source.clone(),
            saw: vec![],
            due: None,
            next: (!next.is_empty()).then(|| next.to_owned()),
            unsure: false,
        });
    }

    fn reason(&mut self, deed: &Deed, what: &str) {
        if deed.says.trim().is_empty() {
            self.refuse("reason", format!("{what}须写明理由"), "写一句理由");
        }
    }
    fn words(&mut self, deed: &Deed, what: &str) {
        if deed.says.trim().is_empty() {
            self.refuse("words", format!("请填写{what}"), "");
        }
    }

    /// Time does not run backwards, and what is closed stays closed until it is reopened.
    fn order(&mut self, life: &Life, deed: &Deed) {
        const AFTER_ANSWER: &[Act] = &[Act::Rate, Act::Reopen, Act::SignOff, Act::Note, Act::Move];
        if deed.at < life.last {
            self.refuse("before-the-last", "早于已登记的上一件事".into(), "核对时间");
        }
        let after = match life.stage {
            Stage::Closed => &[Act::Reopen, Act::Note, Act::Rate][..],
            // The answer of the case that goes on is given to every reporter.
            Stage::Merged if deed.by.is_none() => &[Act::Note, Act::Answer],
            Stage::Merged => &[Act::Note],
            Stage::Answered | Stage::Rated => AFTER_ANSWER,
            _ => return self.not_yet(deed),
        };
        if !after.contains(&deed.act) {
            let says = format!("{}，不能再“{}”", life.stage.says(), deed.act.says());
            let next = if life.stage == Stage::Merged { "请在并入的那一件上办理" } else { "需要继续办理的，请写明理由重办" };
            self.refuse("not-at-this-stage", says, next);
        }
    }

    fn not_yet(&mut self, deed: &Deed) {
        if matches!(deed.act, Act::Rate | Act::Reopen | Act::SignOff) {
            self.refuse("answer-first", format!("还没有答复反映人，不能“{}”", deed.act.says()), "先答复反映人");
        }
    }

    fn reopening(&mut self, system: &System, calendar: &Calendar, life: &Life, deed: &Deed) {
        self.reason(deed, "重办");
        if life.round > system.reopen_most {
            let says = format!("已重办 {} 次", life.round - 1);
            self.refuse("reopened-often", says, "请到上一级反映；原件和全部经过随件上报");
        }
        if let (Some(term), Some(answered)) = (system.reopen_within, life.answered())
            && let Ok(Due::By(last)) = due(calendar, answered, term, &[])
            && deed.at > last
        {
            self.refuse("reopen-too-late", format!("答复已超过{term}"), "有新情况请重新反映");
        }
    }

    fn closing(&mut self, system: &System, calendar: &Calendar, life: &Life, deed: &Deed) {
        if system.needs_evidence && !deed.evidence {
            self.refuse("evidence", "销号须附佐证".into(), "附上照片或书面材料");
        }
        match life.rating() {
            Some(rating) if system.is_bad(rating) => {
                self.reason(deed, "评价为差的销号");
                let answered_by = life.rounds.last().and_then(|r| r.answered_by);
                if deed.by.is_some() && deed.by == answered_by {
                    let says = format!("评价为“{rating}”，须由答复人以外的人复核销号");
                    self.refuse("second-person", says, "请另一位同志复核，或重办");
                }
            }
            Some(_) => {}
            None if system.ratings.is_empty() => {}
            None => {
                let waited = match (system.unrated_after, life.answered()) {
                    (Some(term), Some(answered)) => {
                        matches!(due(calendar, answered, term, &[]), Ok(Due::By(last)) if deed.at > last)
                    }
                    _ => false,
                };
                if !waited {
                    let term = system.unrated_after.map_or("反映人评价后".to_owned(), |t| format!("满{t}仍未评价的"));
                    self.refuse("not-rated", "反映人还没有评价".into(), &format!("{term}才可以销号"));
                }
            }
        }
    }

    fn extending(&mut self, system: &System, life: &Life, deed: &Deed) {
        self.reason(deed, "延期");
        if deed.term.is_none() {
            self.refuse("how-long", "请写明延长多久".into(), "");
        }
        if life.extended >= system.extend_most && deed.part.is_none() {
            self.refuse("extended-often", format!("最多延期 {} 次", system.extend_most), "");
        }
        let clock = deed.part.map_or(life.clock(), |n| life.part(n).map(|p| p.reply));
        if let Some(Due::By(due)) = clock.and_then(|c| c.due)
            && deed.at > due
        {
            self.refuse("already-overdue", "已经超期，延期不能消除超期".into(), "抓紧办理并在答复中说明");
        }
    }
}
