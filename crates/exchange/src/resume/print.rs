//! Lines to the official wording.

use super::Resume;

impl Resume {
    /// `2001.09--2005.07  ……`, and nine blanks after the dash of the open line.
    pub fn print(&self) -> String {
        self.original.clone()
    }
}
