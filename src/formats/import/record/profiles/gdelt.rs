use super::super::super::Draft;
use super::super::row::Row;
use super::Field;
pub(super) const SIGNS: &[&[&str]] = &[];
pub(super) const FIELDS: &[Field] = &[];
pub(super) fn fill<'a>(_: &mut Draft<'a>, _: &mut Row<'_, 'a>) {}
pub(super) fn headerless(_: &[Vec<String>]) -> Option<Vec<&'static str>> {
    None
}
