//! 填表: the registry's rows and the procedure's records become the document room's structs.

use crate::{Item, Procedure, Result};
use document::paper::{AppointmentNotice, PublicNotice, Roster, Slate, TalkRecord};
use document::{AppointmentForm, Layout, Paper};
use registry::{Desk, Person};
use vocabulary::Id;

/// 干部任免审批表 of one person; with a line of a procedure, 拟任、拟免 and 任免理由 as well.
pub fn appointment_form(_desk: &Desk, _person: Id<Person>, _item: Option<Id<Item>>, _layout: Layout) -> Result<AppointmentForm> { todo!() }
/// The same of many, in the order given.
pub fn batch(_desk: &Desk, _people: &[Id<Person>], _layout: Layout) -> Result<Vec<AppointmentForm>> { todo!() }
/// 干部任免建议方案
pub fn slate(_desk: &Desk, _id: Id<Procedure>) -> Result<Slate> { todo!() }
/// 任前公示
pub fn public_notice(_desk: &Desk, _id: Id<Procedure>) -> Result<PublicNotice> { todo!() }
/// 任免通知
pub fn appointment_notice(_desk: &Desk, _id: Id<Procedure>) -> Result<AppointmentNotice> { todo!() }
/// 任职谈话记录 of one line.
pub fn talk_record(_desk: &Desk, _id: Id<Procedure>, _item: Id<Item>) -> Result<TalkRecord> { todo!() }
/// 干部花名册, grouped by organisation in the order of the tree.
pub fn roster(_desk: &Desk, _people: &[Id<Person>]) -> Result<Roster> { todo!() }
/// Any other paper of the institution: its facts under headings, with room for what people write.
pub fn paper(_desk: &Desk, _id: Id<Procedure>, _kind: &str, _item: Option<Id<Item>>) -> Result<Paper> { todo!() }
