//! 字段登记: for every column of every table, why it is kept, its class, its layer and for how long. A table without a
//! line fails the test; a column that is asked for and not found is shown to nobody.

use std::collections::HashMap;
use std::sync::LazyLock;

/// 本人能看到什么.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum Layer {
    /// 随时
    A,
    /// 向组织部门申请
    B,
    /// 不给本人看: third parties, single ballots, the office's own notes
    C,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Column {
    pub table: &'static str,
    /// `*`: whatever of the table has no line of its own.
    pub column: &'static str,
    pub says: &'static str,
    /// S0 公开 … S4 封存
    pub class: u8,
    pub layer: Layer,
    pub purpose: &'static str,
    pub retention: &'static str,
}

static TEXT: &str = include_str!("../data/columns.tsv");

static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| TEXT.lines().filter_map(read).collect());
static BY_NAME: LazyLock<HashMap<&'static str, HashMap<&'static str, usize>>> = LazyLock::new(|| {
    let mut out: HashMap<_, HashMap<_, _>> = HashMap::new();
    for (at, c) in COLUMNS.iter().enumerate() {
        out.entry(c.table).or_default().insert(c.column, at);
    }
    out
});

fn read(line: &'static str) -> Option<Column> {
    let mut parts = line.split('\t');
    let mut next = || parts.next().map(str::trim).filter(|p| !p.is_empty());
    if line.starts_with('#') {
        return None;
    }
    Some(Column {
        table: next()?,
        column: next()?,
        says: next()?,
        class: match next()? {
            "S0" => 0,
            "S1" => 1,
            "S2" => 2,
            "S3" => 3,
            "S4" => 4,
            _ => return None,
        },
        layer: match next()? {
            "A" => Layer::A,
            "B" => Layer::B,
            "C" => Layer::C,
            _ => return None,
        },
        purpose: next()?,
        retention: next()?,
    })
}

pub fn all() -> &'static [Column] {
    &COLUMNS
}

pub fn find(table: &str, column: &str) -> Option<&'static Column> {
    let table = BY_NAME.get(table)?;
    table.get(column).or_else(|| table.get("*")).and_then(|at| COLUMNS.get(*at))
}

/// What nobody registered is shown to nobody.
pub fn layer(table: &str, column: &str) -> Layer {
    find(table, column).map_or(Layer::C, |c| c.layer)
}

/// How many lines the register has: a line that cannot be read is missing from [`all`].
pub fn lines() -> usize {
    TEXT.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).count()
}
