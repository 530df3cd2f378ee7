//! Reader of ftm.
use super::import::{Input, Watch};
use super::{OpenError, OpenOptions, Opened};

pub fn read(input: Input, _options: &OpenOptions, _watch: &Watch) -> Result<Opened, OpenError> {
    Err(OpenError::new(input.label, "ftm", "later"))
}
