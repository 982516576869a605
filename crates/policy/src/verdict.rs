//! What the policy answers.

/// The answer to one [`crate::Ask`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    Allowed,
    /// No, and why.
    Refused(Reason),
    /// Once a purpose is stated.
    NeedsPurpose,
    /// Once a 查阅单 is approved.
    NeedsTicket,
    /// Too many within the hour: once somebody else approves.
    NeedsApproval,
    /// Once the actor has shown again who they are.
    NeedsStepUp,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nobody reads what is sealed.
    Sealed,
    Role,
    Class,
    NotOwn,
    Named,
    Recusal,
    Scope,
    State,
}

impl Reason {
    /// One sentence for who asked.
    pub fn says(self) -> &'static str {
        match self {
            Reason::Sealed => "密封的内容任何人都不能查看",
            Reason::Role => "您的角色没有这项职权",
            Reason::Class => "这项内容超出您的角色可以查看的级别",
            Reason::NotOwn => "这里只办理本人的事项",
            Reason::Named => "您或您的同事、上下级是被反映人，应当回避",
            Reason::Recusal => "本人及亲属的事项应当回避，请由其他同事办理；查看本人记录请到“我的记录”",
            Reason::Scope => "不在您的管理范围内",
            Reason::State => "现在的状态不能办理这件事",
        }
    }
    /// 依据.
    pub fn article(self) -> &'static str {
        match self {
            Reason::Sealed => "党政领导干部选拔任用工作条例 第十五条",
            Reason::Role => "GB/T 22239-2019 8.1.4.2 访问控制",
            Reason::Class => "个人信息保护法 第二十八条、第五十一条",
            Reason::NotOwn => "个人信息保护法 第四十五条",
            Reason::Named => "信访工作条例 第三十条",
            Reason::Recusal => "公务员法 第七十六条；干部人事档案工作条例 第三十一条",
            Reason::Scope => "个人信息保护法 第三十四条",
            Reason::State => "党政领导干部选拔任用工作条例 第六十一条",
        }
    }
}

impl Verdict {
    pub fn allowed(self) -> bool {
        self == Verdict::Allowed
    }
    /// One letter a cell, for the matrix and its second evaluator.
    pub fn letter(self) -> u8 {
        match self {
            Verdict::Allowed => b'A',
            Verdict::NeedsPurpose => b'P',
            Verdict::NeedsTicket => b'T',
            Verdict::NeedsApproval => b'V',
            Verdict::NeedsStepUp => b'U',
            Verdict::Refused(Reason::Sealed) => b'4',
            Verdict::Refused(Reason::Role) => b'r',
            Verdict::Refused(Reason::Class) => b'c',
            Verdict::Refused(Reason::NotOwn) => b'o',
            Verdict::Refused(Reason::Named) => b'n',
            Verdict::Refused(Reason::Recusal) => b'x',
            Verdict::Refused(Reason::Scope) => b's',
            Verdict::Refused(Reason::State) => b't',
        }
    }
}
