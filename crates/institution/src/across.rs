//! 互指: what one institution names of another must be there. Looked at once all are read.

use crate::case::Act;
use crate::reading::Sheet;
use crate::report::{Counts, Table};
use crate::stars::When;
use crate::{Book, Fault, Institution, matter};

/// Everything that is named and not there.
pub(crate) fn faults(book: &Book) -> Vec<Fault> {
    let mut out = Vec::new();
    for fact in &book.dictionary.facts {
        // Of an institution that the county has put aside there are none.
        let Some((institution, until)) = fact.matters.as_ref().and_then(|of| Some((steps(book, &of.institution)?, of.until.as_ref()?))) else { continue };
        if !institution.matter.iter().any(|s| s.id == *until) {
            let sheet = Sheet::new("institutions/facts.toml", "");
            sheet.fault(0..0, format!("事实“{}”数到步骤 `{until}` 为止，{}没有这一步", fact.name, institution.title), None, Some("改 matters 里的 until"));
            out.extend(sheet.into_faults());
        }
    }
    for institution in &book.institutions {
        // At the first place of the file where the missing name is written.
        let mut tell = |file: &str, says: String| {
            let text = institution.texts.get(file).map_or("", String::as_str);
            let sheet = Sheet::new(&format!("institutions/{}/{file}", institution.id), text);
            let name = says.split('`').nth(1).unwrap_or_default();
            let at = text.find(name).unwrap_or(0);
            sheet.fault(at..at + name.len().min(text.len()), says.clone(), None, Some("先写被引用的制度，或改这里的名字"));
            out.extend(sheet.into_faults());
        };
        if let Some(account) = &institution.account {
            let (id, place) = &account.income;
            if steps(book, id).is_none_or(|i| matter::find(place, &i.matter).is_none()) {
                tell("matter.toml", format!("没有账目的收入 `{id}` 的 `{place}`"));
            }
        }
        for duty in &institution.duties {
            let Some(problem) = &duty.problem else { continue };
            match cases(book, &problem.system).and_then(|i| i.cases.as_ref()) {
                None => tell("duties.toml", format!("没有诉求制度 `{}`，任务“{}”带回的问题转到那里", problem.system, duty.title)),
                Some(system) if !system.ways.contains(&problem.way) => {
                    tell("duties.toml", format!("“{}”没有来源方式 `{}`，任务“{}”用到它", system.noun, problem.way, duty.title));
                }
                Some(system) => {
                    // Who went is asked by the duty's own form, where nothing of this can be filled in.
                    for field in system.asked(Act::Report).iter().filter(|f| f.required) {
                        tell("duties.toml", format!("`{}` 的登记必须填“{}”，任务“{}”带回的问题填不了它", problem.system, field.label, duty.title));
                    }
                }
            }
        }
        let matter = institution.matter.iter().flat_map(|s| &s.fields).map(|f| ("matter.toml", f));
        let listed = institution.registers.iter().flat_map(|r| &r.fields).map(|f| ("register.toml", &f.field));
        for (file, field) in matter.chain(listed) {
            if let Some(from) = field.chosen_from.as_ref().filter(|from| book.register(from).is_none()) {
                tell(file, format!("没有名册 `{from}`，填写项“{}”从它选", field.label));
            }
        }
        for line in institution.stars.iter().flat_map(|s| &s.deductions) {
            let missing = match &line.when {
                When::Holds { .. } => None,
                When::Lacking { duty, .. } => book.duty(duty).is_none().then(|| format!("任务 `{duty}`")),
                When::Below { duty, field, .. } => book.duty(duty).is_none_or(|d| d.field(field).is_none()).then(|| format!("任务 `{duty}` 的填写项 `{field}`")),
                When::Cases { system, .. } => cases(book, system).is_none().then(|| format!("诉求制度 `{system}`")),
                When::Matter { institution, step, field, .. } => {
                    steps(book, institution).is_none_or(|i| matter::find(&format!("{step}.{field}"), &i.matter).is_none()).then(|| format!("事项 `{institution}` 的填写项 `{step}.{field}`"))
                }
            };
            if let Some(missing) = missing {
                tell("stars.toml", format!("没有{missing}，扣星“{}”用到它", line.says));
            }
        }
        for report in &institution.reports {
            for section in &report.sections {
                let figures = section.figures.iter().filter_map(|f| counted(book, &f.counts).map(|m| format!("没有{m}，数字“{}”用到它", f.id)));
                let table = section.table.as_ref().and_then(|t| match t {
                    Table::Duty { duty } => book.duty(duty).is_none().then(|| format!("附表没有任务 `{duty}`")),
                    Table::Matters { institution } => steps(book, institution).is_none().then(|| format!("附表没有事项 `{institution}`")),
                    Table::Departments { system } | Table::Ratings { system } => cases(book, system).is_none().then(|| format!("附表没有诉求制度 `{system}`")),
                });
                for says in figures.chain(table) {
                    tell("reports.toml", format!("{says}（{}）", section.heading));
                }
            }
        }
    }
    out
}

fn counted(book: &Book, counts: &Counts) -> Option<String> {
    match counts {
        Counts::Duty { duty, .. } => book.duty(duty).is_none().then(|| format!("任务 `{duty}`")),
        Counts::Cases { system, .. } => cases(book, system).is_none().then(|| format!("诉求制度 `{system}`")),
        Counts::Matters { institution, step } => steps(book, institution)
            .is_none_or(|i| step.as_ref().is_some_and(|s| !i.matter.iter().any(|m| m.id == *s)))
            .then(|| format!("事项 `{institution}` 或它的步骤")),
        Counts::Sum { institution, step, field } => {
            steps(book, institution).is_none_or(|i| matter::find(&format!("{step}.{field}"), &i.matter).is_none()).then(|| format!("事项 `{institution}` 的填写项 `{step}.{field}`"))
        }
        Counts::Ledger { ledger } => book.ledger(ledger).is_none().then(|| format!("台账 `{ledger}`")),
        Counts::Tasks { of, .. } => of.as_ref().filter(|id| steps(book, id).is_none()).map(|id| format!("事项 `{id}`")),
        Counts::Ratings { system, word } => {
            let known = cases(book, system).and_then(|i| i.cases.as_ref()).is_some_and(|c| c.ratings.contains(word));
            (!known).then(|| format!("诉求制度 `{system}` 或评价“{word}”"))
        }
    }
}

fn steps<'b>(book: &'b Book, id: &str) -> Option<&'b Institution> {
    book.institution(id).filter(|i| !i.matter.is_empty())
}
fn cases<'b>(book: &'b Book, id: &str) -> Option<&'b Institution> {
    book.institution(id).filter(|i| i.cases.is_some())
}
