//! The files of `fixtures/corpus`, read and held against what must come out; and files made at test time.

mod hostile;
mod walk;
