//! Made-up content that several pages show in their samples, and the list of all pages.

use crate::page::{Pages, Rendered, every_sample};
use crate::{account, accounts, answer, ballots, campaigns, duties, examine, exports, facts_page, forms, home, imports, institutions, jobs, journal, ledgers, login, matters, me, officials, organisations, party, picks, posts, procedures, registers, records, access_table, reports, rights, search, purges, tasks, tickets, api, hooks};
use vocabulary::{Citation, Finding, Saw, Weight};

/// Renders every page with every sample: what `check` and the tests look at. A new page adds one line.
pub fn every(pages: &Pages) -> Vec<Rendered> {
    let mut out = Vec::new();
    every_sample::<answer::StopPage>(pages, &mut out);
    every_sample::<answer::EnteringPage>(pages, &mut out);
    every_sample::<login::LoginPage>(pages, &mut out);
    every_sample::<login::factor::FactorPage>(pages, &mut out);
    every_sample::<account::AccountPage>(pages, &mut out);
    every_sample::<account::PasswordPage>(pages, &mut out);
    every_sample::<account::FactorsPage>(pages, &mut out);
    every_sample::<account::TotpPage>(pages, &mut out);
    every_sample::<account::RecoveryPage>(pages, &mut out);
    every_sample::<account::ProofPage>(pages, &mut out);
    every_sample::<account::ContinuePage>(pages, &mut out);
    every_sample::<home::HomePage>(pages, &mut out);
    every_sample::<search::SearchPage>(pages, &mut out);
    every_sample::<me::MyPage>(pages, &mut out);
    every_sample::<officials::OfficialPage>(pages, &mut out);
    every_sample::<officials::HistoryPage>(pages, &mut out);
    every_sample::<records::FormPage>(pages, &mut out);
    every_sample::<records::RecordsPage>(pages, &mut out);
    every_sample::<records::ChangesPage>(pages, &mut out);
    every_sample::<records::PhotoPage>(pages, &mut out);
    every_sample::<organisations::ListPage>(pages, &mut out);
    every_sample::<organisations::OrganisationPage>(pages, &mut out);
    every_sample::<posts::PostPage>(pages, &mut out);
    every_sample::<duties::ListPage>(pages, &mut out);
    every_sample::<duties::CalendarPage>(pages, &mut out);
    every_sample::<duties::OnePage>(pages, &mut out);
    every_sample::<duties::ExcusesPage>(pages, &mut out);
    every_sample::<duties::OverviewPage>(pages, &mut out);
    every_sample::<duties::OverduePage>(pages, &mut out);
    every_sample::<duties::PublishedPage>(pages, &mut out);
    every_sample::<duties::RowsPage>(pages, &mut out);
    every_sample::<duties::EventsPage>(pages, &mut out);
    every_sample::<party::TreePage>(pages, &mut out);
    every_sample::<party::BranchPage>(pages, &mut out);
    every_sample::<party::MemberPage>(pages, &mut out);
    every_sample::<party::ChargePage>(pages, &mut out);
    every_sample::<party::ChargesPage>(pages, &mut out);
    every_sample::<party::VoucherPage>(pages, &mut out);
    every_sample::<matters::ListPage>(pages, &mut out);
    every_sample::<matters::ShowPage>(pages, &mut out);
    every_sample::<matters::LedgerPage>(pages, &mut out);
    every_sample::<matters::AccountPage>(pages, &mut out);
    every_sample::<matters::OpenAccountPage>(pages, &mut out);
    every_sample::<tasks::ListPage>(pages, &mut out);
    every_sample::<reports::RatingsPage>(pages, &mut out);
    every_sample::<reports::ListPage>(pages, &mut out);
    every_sample::<reports::ReportPage>(pages, &mut out);
    every_sample::<registers::ListPage>(pages, &mut out);
    every_sample::<registers::ShowPage>(pages, &mut out);
    every_sample::<registers::EntryPage>(pages, &mut out);
    every_sample::<campaigns::ListPage>(pages, &mut out);
    every_sample::<campaigns::AllPage>(pages, &mut out);
    every_sample::<campaigns::StarsPage>(pages, &mut out);
    every_sample::<campaigns::BulletinPage>(pages, &mut out);
    every_sample::<ledgers::ListPage>(pages, &mut out);
    every_sample::<ledgers::LedgerPage>(pages, &mut out);
    every_sample::<ledgers::ColumnsPage>(pages, &mut out);
    every_sample::<ledgers::BuilderPage>(pages, &mut out);
    every_sample::<ledgers::SavePage>(pages, &mut out);
    every_sample::<institutions::ListPage>(pages, &mut out);
    every_sample::<institutions::InstitutionPage>(pages, &mut out);
    every_sample::<facts_page::FactsPage>(pages, &mut out);
    every_sample::<procedures::ProceduresPage>(pages, &mut out);
    every_sample::<procedures::NewPage>(pages, &mut out);
    every_sample::<procedures::ProcedurePage>(pages, &mut out);
    every_sample::<examine::ExaminePage>(pages, &mut out);
    every_sample::<forms::BatchPage>(pages, &mut out);
    every_sample::<forms::PrintedPage>(pages, &mut out);
    every_sample::<picks::PickPage>(pages, &mut out);
    every_sample::<imports::ImportsPage>(pages, &mut out);
    every_sample::<imports::PreviewPage>(pages, &mut out);
    every_sample::<imports::ColumnsPage>(pages, &mut out);
    every_sample::<imports::DonePage>(pages, &mut out);
    every_sample::<jobs::JobPage>(pages, &mut out);
    every_sample::<purges::PurgesPage>(pages, &mut out);
    every_sample::<purges::PurgePage>(pages, &mut out);
    every_sample::<purges::AskPage>(pages, &mut out);
    every_sample::<tickets::TicketsPage>(pages, &mut out);
    every_sample::<tickets::TicketPage>(pages, &mut out);
    every_sample::<tickets::AskPage>(pages, &mut out);
    every_sample::<accounts::AccountsPage>(pages, &mut out);
    every_sample::<accounts::SessionsPage>(pages, &mut out);
    every_sample::<accounts::AccountPage>(pages, &mut out);
    every_sample::<accounts::WishPage>(pages, &mut out);
    every_sample::<access_table::RightsPage>(pages, &mut out);
    every_sample::<crate::cases::BoardPage>(pages, &mut out);
    every_sample::<crate::cases::CasePage>(pages, &mut out);
    every_sample::<crate::cases::NewPage>(pages, &mut out);
    every_sample::<crate::cases::SlipPage>(pages, &mut out);
    every_sample::<crate::cases::FiguresPage>(pages, &mut out);
    every_sample::<crate::cases::ReporterPage>(pages, &mut out);
    every_sample::<crate::cases::RehomePage>(pages, &mut out);
    every_sample::<crate::cases::RatingsPage>(pages, &mut out);
    every_sample::<crate::resident::StartPage>(pages, &mut out);
    every_sample::<crate::resident::AskPage>(pages, &mut out);
    every_sample::<crate::resident::SentPage>(pages, &mut out);
    every_sample::<crate::resident::FollowPage>(pages, &mut out);
    every_sample::<crate::wall::WallPage>(pages, &mut out);
    every_sample::<crate::wall::PosterPage>(pages, &mut out);
    every_sample::<ballots::BallotsPage>(pages, &mut out);
    every_sample::<ballots::BallotPage>(pages, &mut out);
    every_sample::<ballots::BallotNewPage>(pages, &mut out);
    every_sample::<ballots::PaperPage>(pages, &mut out);
    every_sample::<journal::JournalPage>(pages, &mut out);
    every_sample::<journal::EntryPage>(pages, &mut out);
    every_sample::<api::ApiPage>(pages, &mut out);
    every_sample::<api::TokensPage>(pages, &mut out);
    every_sample::<hooks::HooksPage>(pages, &mut out);
    every_sample::<hooks::HookPage>(pages, &mut out);
    every_sample::<exports::ExportsPage>(pages, &mut out);
    every_sample::<rights::NewPage>(pages, &mut out);
    every_sample::<rights::StatementPage>(pages, &mut out);
    every_sample::<rights::CorrectionPage>(pages, &mut out);
    every_sample::<rights::DeskPage>(pages, &mut out);
    out
}

/// A name of forty with characters that few fonts have.
pub const LONG_NAME: &str = "𠮷田·阿卜杜热合曼·買買提依明·𬭎烺㛃䶮·艾力克木吾甫尔江之孙𡘙𪨰";
pub const LONG_TITLE: &str = "青云县委常委、县人民政府党组副书记、常务副县长，青云经济技术开发区党工委副书记、管理委员会主任（兼）";

/// One finding of each weight.
pub fn findings() -> Vec<Finding> {
    let finding = |weight, rule: &str, says: &str| Finding {
        rule: rule.into(),
        weight,
        says: says.into(),
        citation: Citation { document: "党政领导干部选拔任用工作条例".into(), article: Some("第八条".into()), item: Some("三".into()) },
        saw: vec![Saw {
            fact: "tenure.months_as_deputy".into(),
            name: "副职岗位任职月数".into(),
            value: Some(18.into()),
            asked: "不少于 24 月".into(),
            origin: Some("2026-11-02 由“李明.lrmx”导入".into()),
        }],
        due: (weight == Weight::Due).then_some(vocabulary::day!(2027 - 5 - 31)),
        next: Some("任副职满两年（2027年5月）后再提任".into()),
        unsure: weight == Weight::Warn,
    };
    vec![
        finding(Weight::Refuse, "deputy-to-chief-two-years", "由副职提任正职的，应当在副职岗位工作两年以上"),
        finding(Weight::NeedsApproval, "skip-a-level", "越级提拔的，须报上级组织部门同意"),
        finding(Weight::CannotJudge, "health", "具有正常履行职责的身体条件"),
        finding(Weight::Warn, "education", "一般应当具有大学专科以上文化程度"),
        finding(Weight::Due, "training-before", "确因特殊情况在提任前未达到培训要求的，应当在提任后一年内完成培训"),
    ]
}

pub use crate::officials::{bare_official, official};

/// A post of one seat.
pub fn seat(title: &str) -> registry::post::Seat {
    registry::post::Seat {
        id: vocabulary::Id::new(3),
        organisation: vocabulary::Id::new(5),
        name: title.trim_start_matches("青云镇").into(),
        title: title.into(),
        role: Some("正职".into()),
        leading: true,
        level: Some("乡科级正职".into()),
        seats: 1,
        special: false,
        probation: true,
        term_years: Some(5),
        order_no: 1,
        from_day: vocabulary::day!(1996 - 1 - 1).into(),
        until_day: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Assets;
    use std::sync::Arc;

    #[test]
    fn every_page_renders_with_every_sample() {
        let pages = Pages::new(None, Arc::new(Assets::default()));
        for Rendered { template, sample, html } in every(&pages) {
            let html = html.unwrap_or_else(|why| panic!("{template} ({sample}): {why}"));
            assert!(html.contains("<main"), "{template} ({sample}) has no main part");
            for inline in [" style=\"", "<script>", " onclick=", "javascript:"] {
                assert!(!html.contains(inline), "{template} ({sample}) has {inline}, which the content security policy refuses");
            }
        }
    }
}
