//! `rights`: the table of rights, for people and for an auditor's own tools.

use crate::{Answer, End, output};
use policy::{Role, actions};

pub fn run(json: bool) -> Answer {
    if json {
        output::json(&actions())?;
        return Ok(End::Done);
    }
    let rows: Vec<Vec<String>> = actions()
        .iter()
        .map(|a| {
            let who: Vec<String> = Role::ALL.into_iter().filter_map(|r| Some(format!("{}:{}", r.id(), a.reach(r)?.says()))).collect();
            let who = if who.len() == Role::ALL.len() { "所有角色".into() } else { who.join(" ") };
            vec![a.id.clone(), a.title.clone(), format!("{:?}", a.upto), who, a.source.clone()]
        })
        .collect();
    output::table(&["动作", "说明", "至多", "谁、多远", "依据"], &rows)?;
    Ok(End::Done)
}
