//! 党组织与党员: the tree, one organisation with its life, one member with transfers and dues, one charge.

mod branch;
mod charge;
mod charges;
mod found;
mod member;
mod tree;
mod voucher;

pub use branch::{BranchPage, dissolve, elect, enrol, show as branch};
pub use charge::{ChargePage, show as charge};
pub use charges::{ChargesPage, create as begin_charge, end as end_charge, show as charges};
pub use found::found;
pub use member::{MemberPage, change, confirm, earn, end as end_membership, exchange, pay, receive, send, show as member, undo as undo_points};
pub use tree::{TreePage, show as tree};
pub use voucher::{VoucherPage, show as voucher, spend as spend_voucher};
