//! 登记: the office, its desk, people, organisations, posts and tenures with their two times, and the questions that
//! the dictionary of facts asks of them.

pub mod account;
pub mod actor;
pub mod amendment;
pub mod answers;
pub mod arrivals;
pub mod correction;
pub mod branch;
pub mod brought;
pub mod cell;
pub mod charge;
pub mod consistency;
pub mod consultation;
pub mod dated;
pub mod desk;
pub mod draft;
pub mod edition;
mod error;
pub mod expiring;
pub mod facts;
pub mod four_eyes;
pub mod few;
pub mod grant;
pub mod journal;
pub mod kin;
pub mod lasting;
pub mod ledger;
pub mod mapping;
pub mod member;
pub mod office;
pub mod once;
pub mod organisation;
pub mod opening;
pub mod origin;
pub mod part;
pub mod person;
pub mod photo;
pub mod picture;
pub mod post;
pub mod protect;
pub mod purge;
pub mod register;
pub mod rights;
pub mod rows;
pub mod sealing;
pub mod source;
pub mod saved;
pub mod spelling;
pub mod succession;
pub mod tenure;
pub mod ticket;
#[cfg(feature = "testing")]
pub mod testing;

pub use actor::{Actor, Role, Sees};
pub use consultation::Consultation;
pub use desk::{AsOf, Desk};
pub use error::{Error, Result};
pub use office::Office;

/// 干部, 人
pub enum Person {}
/// 机构
pub enum Organisation {}
/// 岗位
pub enum Post {}
/// 任职
pub enum Tenure {}
/// 党组织
pub enum Branch {}
/// 党员
pub enum Member {}
/// 包联责任
pub enum Charge {}
/// 账户
pub enum Account {}
/// 来源文件
pub enum Source {}
/// 台账
pub enum Ledger {}

/// The schema, oldest first: the one tree of `migrations/`.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration { number: 1, name: "registry", text: include_str!("../../../migrations/0001_registry.sql") },
    store::Migration { number: 2, name: "procedures", text: include_str!("../../../migrations/0002_procedures.sql") },
    store::Migration { number: 3, name: "rights", text: include_str!("../../../migrations/0003_rights.sql") },
    store::Migration { number: 4, name: "kin", text: include_str!("../../../migrations/0004_kin.sql") },
    store::Migration { number: 5, name: "doors", text: include_str!("../../../migrations/0005_doors.sql") },
    store::Migration { number: 7, name: "proof", text: include_str!("../../../migrations/0007_proof.sql") },
    store::Migration { number: 8, name: "sealed", text: include_str!("../../../migrations/0008_sealed.sql") },
    store::Migration { number: 9, name: "ballots", text: include_str!("../../../migrations/0009_ballots.sql") },
    store::Migration { number: 10, name: "once", text: include_str!("../../../migrations/0010_once.sql") },
    store::Migration { number: 11, name: "rights", text: include_str!("../../../migrations/0011_rights.sql") },
    store::Migration { number: 12, name: "openings", text: include_str!("../../../migrations/0012_openings.sql") },
    store::Migration { number: 13, name: "editions", text: include_str!("../../../migrations/0013_editions.sql") },
    store::Migration { number: 14, name: "duties", text: include_str!("../../../migrations/0014_duties.sql") },
    store::Migration { number: 15, name: "party", text: include_str!("../../../migrations/0015_party.sql") },
    store::Migration { number: 16, name: "cases", text: include_str!("../../../migrations/0016_cases.sql") },
    store::Migration { number: 17, name: "mutual_ratings", text: include_str!("../../../migrations/0017_mutual_ratings.sql") },
    store::Migration { number: 18, name: "matters", text: include_str!("../../../migrations/0018_matters.sql") },
    store::Migration { number: 19, name: "tasks", text: include_str!("../../../migrations/0019_tasks.sql") },
    store::Migration { number: 21, name: "hooks", text: include_str!("../../../migrations/0021_hooks.sql") },
    store::Migration { number: 22, name: "purges", text: include_str!("../../../migrations/0022_purges.sql") },
    store::Migration { number: 23, name: "endings", text: include_str!("../../../migrations/0023_endings.sql") },
    store::Migration { number: 24, name: "named", text: include_str!("../../../migrations/0024_named.sql") },
    store::Migration { number: 25, name: "task_owners", text: include_str!("../../../migrations/0025_task_owners.sql") },
    store::Migration { number: 26, name: "party_endings", text: include_str!("../../../migrations/0026_party_endings.sql") },
    store::Migration { number: 27, name: "acts_and_visits", text: include_str!("../../../migrations/0027_acts_and_visits.sql") },
    store::Migration { number: 28, name: "points_registers", text: include_str!("../../../migrations/0028_points_registers.sql") },
];
