//! 位置: from the top of the tree down to what the page shows.

use registry::organisation::Unit;
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    pub name: String,
    pub href: String,
}

pub fn crumbs(units: Vec<Unit>) -> Vec<Crumb> {
    units.into_iter().map(|u| Crumb { name: u.short_name, href: format!("/organisations/{}", u.id) }).collect()
}
