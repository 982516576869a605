//! Writes `fixtures/corpus`: invented files with every quirk that offices' files have, and `expected.toml` that says what
//! must come out of each. `cargo run -p exchange --example corpus`. The same bytes every time; the people belong to nobody.

mod archives;
mod case;
mod forms;
mod old_forms;
mod pictures;
mod rosters;
mod workbooks;

use case::Case;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/corpus");
    let mut cases: Vec<Case> = Vec::new();
    cases.extend(forms::cases());
    cases.extend(old_forms::cases());
    cases.extend(workbooks::cases());
    cases.extend(rosters::cases());
    cases.extend(archives::cases());
    let mut expected = toml::Table::new();
    for case in &cases {
        case.write(&root)?;
        if let Some(table) = case.expected() {
            expected.insert(case.path.clone(), table.into());
        }
    }
    let head = "# 每个文件应读出什么：人数、姓名、若干事实、全部问题。由 examples/corpus 写出，人员均为虚构。\n\n";
    let text = toml::to_string(&expected).map_err(std::io::Error::other)?;
    std::fs::write(root.join("expected.toml"), format!("{head}{text}"))?;
    println!("{} 个文件，{} 条预期", cases.len(), expected.len());
    Ok(())
}
