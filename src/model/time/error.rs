//! What was wrong with a date, and what to write instead.

use super::hints;

/// A date expression that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read \"{input}\" as a date{}: {what}; {remedy}", at(*position))]
pub struct WhenError {
    /// The expression as it was given.
    pub input: String,
    /// What is wrong with it.
    pub what: String,
    /// The byte in `input` at which it went wrong, where one can be named.
    pub position: Option<usize>,
    /// What to do, with an example of what to write.
    pub remedy: String,
}

impl WhenError {
    /// An error with its remedy.
    #[must_use]
    pub fn new(input: &str, what: &str, position: Option<usize>, remedy: &str) -> Self {
        Self {
            input: input.to_owned(),
            what: what.to_owned(),
            position,
            remedy: remedy.to_owned(),
        }
    }

    /// The error for an expression that the EDTF reader refused with `what`,
    /// with the remedy for the commonest other ways to write dates.
    pub(super) fn refused(input: &str, what: &str, position: usize) -> Self {
        match hints::for_foreign(input) {
            Some((what, remedy)) => Self::new(input, &what, None, &remedy),
            None => Self::new(
                input,
                what,
                Some(position.min(input.len())),
                "write for example 2017-10-04 (a day), 2016-11 (a month), \
                 2014/2016 (from and to) or 199X (a decade)",
            ),
        }
    }
}

fn at(position: Option<usize>) -> String {
    position.map_or_else(String::new, |byte| format!(" (at character {})", byte + 1))
}
