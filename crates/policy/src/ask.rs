//! What is asked of the policy: who, what, and how the one stands to the other.

use crate::{Action, Class, Role};

/// Where the thing lies, seen from the actor's own place in the tree of organisations at the moment of asking.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// 本人的、分派给本人的
    Own,
    /// 本单位
    OwnUnit,
    /// 下级单位
    SubUnit,
    /// 同级单位
    Sibling,
    /// 上级单位
    Superior,
    /// 外县
    OtherCounty,
}

/// Who it is about, seen from the actor.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// 无关系
    None,
    /// 本人
    Itself,
    /// 亲属
    Relative,
    /// 被反映人, 或与其同一条线
    Named,
    /// 同一支部
    SameBranch,
}

/// How far the thing has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Draft,
    Open,
    Closed,
    Sealed,
    Archived,
}

/// 凭据: what stands behind the wish to see something protected.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Nothing was said.
    None,
    /// A purpose was stated for this person within the last half hour.
    Stated,
    /// The person stands in an open procedure that the actor handles.
    Procedure,
    /// An approved 查阅单 covers actor, person, part and day.
    Ticket,
    /// There was one, but its days are over or it died.
    Expired,
    /// There is one, but for other parts or another purpose.
    OtherPurpose,
}

impl Scope {
    pub const ALL: [Scope; 6] = [Scope::Own, Scope::OwnUnit, Scope::SubUnit, Scope::Sibling, Scope::Superior, Scope::OtherCounty];
}
impl Relation {
    pub const ALL: [Relation; 5] = [Relation::None, Relation::Itself, Relation::Relative, Relation::Named, Relation::SameBranch];
}
impl State {
    pub const ALL: [State; 5] = [State::Draft, State::Open, State::Closed, State::Sealed, State::Archived];
}
impl Ground {
    pub const ALL: [Ground; 6] = [Ground::None, Ground::Stated, Ground::Procedure, Ground::Ticket, Ground::Expired, Ground::OtherPurpose];
}

/// One question to the policy.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub role: Role,
    pub action: &'static Action,
    pub scope: Scope,
    pub relation: Relation,
    /// Of the part that would be shown or changed.
    pub class: Class,
    pub state: State,
    pub ground: Ground,
    /// More protected records were opened within the hour than go without approval (A1).
    pub over_cap: bool,
    /// The actor has shown again, just now, who they are.
    pub stepped_up: bool,
}

impl Ask {
    /// The plainest question: an open thing of one's own unit, about a stranger, with nothing behind it.
    pub fn plain(role: Role, action: &'static Action, class: Class) -> Ask {
        Ask {
            role,
            action,
            scope: Scope::OwnUnit,
            relation: Relation::None,
            class,
            state: State::Open,
            ground: Ground::None,
            over_cap: false,
            stepped_up: false,
        }
    }
}
