//! Numbers of people.

use super::row::Row;
use super::wrong;

impl Row<'_, '_> {
    /// A number of people in a column; what is none is noted and kept as text.
    pub fn people(&mut self, column: usize) -> Option<u32> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        if let Ok(number) = text.parse() {
            return Some(number);
        }
        if let Some((number, whole)) = number(text) {
            if !whole {
                self.note(&wrong::FRACTION, column, text, "");
            }
            Some(number)
        } else {
            self.note(&wrong::TOLL, column, text, "");
            None
        }
    }

    /// As [`Row::people`], of a field of the profile.
    pub fn people_field(&mut self, field: usize) -> Option<u32> {
        self.column(field).and_then(|column| self.people(column))
    }

    /// A small code of the profile; what is no number is noted. `0` stands for
    /// nothing.
    pub fn code(&mut self, field: usize) -> u8 {
        let text = self.field(field);
        let text = text.strip_suffix(".0").unwrap_or(text);
        if text.is_empty() {
            return 0;
        }
        text.parse().unwrap_or_else(|_| {
            self.note_field(&wrong::CODE, field, text);
            0
        })
    }
}

/// A number that is not written plainly, `1,200`, `1 200` or `3.0`, and whether
/// it is whole.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held to what fits before"
)]
fn number(text: &str) -> Option<(u32, bool)> {
    let grouped = |sign: char| {
        let mut parts = text.split(sign);
        let digits = |p: &str| p.bytes().all(|b| b.is_ascii_digit());
        parts
            .next()
            .is_some_and(|p| (1..=3).contains(&p.len()) && digits(p))
            && parts.all(|p| p.len() == 3 && digits(p))
    };
    if let Some(sign) = [',', ' ', '\u{a0}', '\u{202f}']
        .into_iter()
        .find(|s| text.contains(*s) && grouped(*s))
    {
        return Some((text.replace(sign, "").parse().ok()?, true));
    }
    let western = super::dates::western_digits(text);
    let number: f64 = western.parse().ok()?;
    let fits = number >= 0.0 && number <= f64::from(u32::MAX);
    fits.then_some((number as u32, number.fract() == 0.0))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_read_as_tables_write_them() {
        assert_eq!(number("1,200"), Some((1_200, true)));
        assert_eq!(number("1 200"), Some((1_200, true)));
        assert_eq!(number("3.0"), Some((3, true)));
        assert_eq!(number("3.5"), Some((3, false)));
        assert_eq!(number("١٢"), Some((12, true)));
        for text in ["-3", "about 20", "NaN", "1e99", "1,2"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
