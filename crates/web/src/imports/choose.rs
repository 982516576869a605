//! 取舍: which lines are left out, and who is who.

use super::preview::{Acts, PreviewPage, View};
use super::waiting::{self, Looked, address, allowed};
use crate::{Answer, Ctx, Form, answer};
use axum::extract::Path;
use intake::Choices;

/// Kept at once, as a box is ticked; `act` asks for more: to compare again with what was said.
pub async fn create(c: Ctx, Path(id): Path<String>, form: Form) -> Answer {
    allowed(&c)?;
    let staged = waiting::find(&c, &id).await?;
    let mut choices = waiting::choices(&c, &staged).await?;
    read(&form, &mut choices);
    waiting::keep_choices(&c, &staged, choices.clone()).await?;
    if form.text("act") == "compare" {
        waiting::look_again(&c, &staged).await?;
        return Ok(answer::see(&address(&id)));
    }
    let view = View { tab: form.text("tab").into(), from: form.number("from", "").unwrap_or(0) };
    match waiting::preview(&c, &staged).await? {
        Looked::Done(preview) if c.asked.partial => {
            let page = PreviewPage { acts: Acts::of(&preview, &choices), ..PreviewPage::of(&staged, &preview, &choices, &view) };
            c.part("imports/acts.html", &page)
        }
        _ => Ok(answer::see(&format!("{}?tab={}&from={}", address(&id), view.tab, view.from))),
    }
}

/// Of the lines that the page showed, those without a tick are left out; what it did not show stays as it was.
pub fn read(form: &Form, choices: &mut Choices) {
    let take: Vec<&str> = form.many("take").collect();
    for shown in form.many("shown") {
        if take.contains(&shown) {
            choices.leave_out.remove(shown);
        } else {
            choices.leave_out.insert(shown.to_owned());
        }
    }
    for number in form.many("asked").filter_map(|n| n.parse::<u32>().ok()) {
        choices.same_as.remove(&number);
        choices.treat_as_new.remove(&number);
        match form.text(&format!("who-{number}")) {
            "" => {}
            "new" => {
                choices.treat_as_new.insert(number);
            }
            person => {
                if let Ok(person) = person.parse() {
                    choices.same_as.insert(number, person);
                }
            }
        }
    }
    if form.ticked("names") {
        choices.name_is_enough = form.ticked("name_is_enough");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_page_showed_is_decided() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let form = Form::new(vec![
            pair("shown", "3.ethnicity"),
            pair("shown", "3.born"),
            pair("take", "3.born"),
            pair("asked", "4"),
            pair("who-4", "17"),
            pair("asked", "5"),
            pair("who-5", "new"),
            pair("asked", "6"),
            pair("who-6", ""),
        ]);
        let mut choices = Choices::default();
        choices.leave_out.extend(["3.born".to_owned(), "9".to_owned()]);
        choices.same_as.insert(6, 2);
        read(&form, &mut choices);
        assert_eq!(choices.leave_out.iter().map(String::as_str).collect::<Vec<_>>(), ["3.ethnicity", "9"]);
        assert_eq!(choices.same_as.into_iter().collect::<Vec<_>>(), [(4, 17)]);
        assert!(choices.treat_as_new.contains(&5));
    }
}
