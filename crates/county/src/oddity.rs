//! 三龄两历一身份: what does not fit together in about three records of a hundred, so that checks have something to find.

use crate::career::Step;
use crate::chance::Chance;
use crate::milestone::Milestones;
use crate::month::Month;
use crate::schooling::Study;
use vocabulary::Date;

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Oddity {
    /// The ID number tells another birth.
    OtherBirth,
    /// 入党 before eighteen.
    EarlyParty,
    /// A year or more that no line of the résumé tells of.
    Gap,
    /// Graduated from university as a child.
    EarlyEducation,
    /// A past tenure goes on after the next began.
    Overlap,
    /// Work before sixteen.
    EarlyWork,
}

const ALL: [Oddity; 6] = [Oddity::OtherBirth, Oddity::EarlyParty, Oddity::Gap, Oddity::EarlyEducation, Oddity::Overlap, Oddity::EarlyWork];

pub fn draw(chance: &mut Chance) -> Option<Oddity> {
    let odd = chance.permille(32);
    let which = chance.pick(&ALL);
    odd.then_some(which)
}

impl Oddity {
    /// Bends what has been drawn. The gap is left to the résumé, the other birth to the ID number.
    pub fn bend(self, m: &mut Milestones, studies: &mut [Study], steps: &mut [Step], party_joined: &mut Option<Month>) {
        let born = Month::of(m.born);
        match self {
            Oddity::EarlyParty if party_joined.is_some() => *party_joined = Some(born.plus(16 * 12 + 2)),
            Oddity::EarlyEducation => {
                if let Some(study) = studies.first_mut() {
                    study.finished = born.plus(15 * 12);
                    study.started = study.finished.plus(-36);
                }
            }
            Oddity::Overlap => overlap(steps),
            Oddity::EarlyWork => m.joined = born.plus(14 * 12 + 5),
            Oddity::OtherBirth | Oddity::EarlyParty | Oddity::Gap => {}
        }
    }
}

fn overlap(steps: &mut [Step]) {
    let Some(at) = (1..steps.len()).find(|at| steps[at - 1].kind.is_some() && steps[*at].until.is_some()) else { return };
    let Some(until) = steps[at].until else { return };
    let middle = steps[at].from.earliest().plus_days((until.earliest().number() - steps[at].from.earliest().number()) / 2);
    let before = &mut steps[at - 1];
    before.until = Some(Date::from(middle).min(until));
    // Its seat was somebody else's by then.
    before.post = None;
}
