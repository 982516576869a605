//! Prints the whole matrix as one letter a cell, in the order of `policy::matrix`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(&policy::matrix::letters())
}
