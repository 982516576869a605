//! 回避: who must not handle whose record. Oneself, those whom one has declared as relatives, and those who have declared
//! one, found in the registry by name and birth.

use crate::rows::Relative;
use crate::{Desk, Person, Result, dated, sealing};
use vocabulary::Id;

/// Everybody whose record `person` must not see through an office; in order, each once.
pub fn of(desk: &Desk, person: Id<Person>) -> Result<Vec<Id<Person>>> {
    let mut all = vec![person];
    for relative in dated::of::<Relative>(desk, person)? {
        let born = relative.row.born.map(|d| d.to_string());
        all.extend(called(desk, &relative.row.name, born.as_deref())?);
    }
    all.extend(naming(desk, person)?);
    all.sort_unstable_by_key(|p| p.number());
    all.dedup();
    Ok(all)
}

/// People of this name, born on this date as far as both are known: a namesake too many is shown to a colleague instead.
fn called(desk: &Desk, name: &str, born: Option<&str>) -> Result<Vec<Id<Person>>> {
    let rows = desk.rows("select d.person, d.born from person_details d where d.name = $1 and d.superseded is null", &[name.into()])?;
    Ok(rows.iter().filter(|r| alike(born, r.opt_text(1))).map(|r| Id::new(r.int(0))).collect())
}

/// People who have declared somebody of this person's name and birth.
fn naming(desk: &Desk, person: Id<Person>) -> Result<Vec<Id<Person>>> {
    let Some(me) = desk.first("select name, born from person_details where person = $1 and superseded is null", &[person.number().into()])? else {
        return Ok(vec![]);
    };
    // The names of relatives are sealed: they are asked for by the keyed hash beside them.
    let index = sealing::relative_index(desk.keys, me.text(0));
    let rows = desk.rows("select person, born from relatives where name_index = $1 and superseded is null", &[index.into()])?;
    Ok(rows.iter().filter(|r| alike(r.opt_text(1), me.opt_text(1))).map(|r| Id::new(r.int(0))).collect())
}

/// Dates of any precision that do not contradict each other.
fn alike(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let length = a.len().min(b.len());
    a.as_bytes()[..length] == b.as_bytes()[..length]
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn dates_are_alike_as_far_as_both_are_known() {
        assert!(alike(Some("1985"), Some("1985-04")) && alike(None, Some("1985-04")) && alike(Some("1985-04-12"), Some("1985-04")));
        assert!(!alike(Some("1985-05"), Some("1985-04")));
    }
}
