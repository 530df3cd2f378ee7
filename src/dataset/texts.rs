//! Texts of rows in one arena.

use super::plain::NONE;

/// Texts begin at multiples of this, so that `u32` reaches 16 GiB of them.
const STEP: usize = 4;

/// Texts of the events in one arena: title, notes and id, each behind its
/// length.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    at: Vec<u32>,
    bytes: Vec<u8>,
}

impl Texts {
    pub(super) fn with_capacity(rows: usize, bytes: usize) -> Self {
        Self {
            at: Vec::with_capacity(rows),
            bytes: Vec::with_capacity(bytes),
        }
    }

    /// Adds the texts of one event; beyond 16 GiB they are dropped.
    pub(super) fn push(&mut self, texts: [&str; 3]) {
        let at = self.begin();
        self.at.push(at);
        if at != NONE {
            self.write(texts);
        }
    }

    /// Gives a row other texts; the room of those it had is lost.
    pub(super) fn replace(&mut self, row: usize, texts: [&str; 3]) {
        let at = self.begin();
        if let Some(slot) = self.at.get_mut(row).filter(|_| at != NONE) {
            *slot = at;
            self.write(texts);
        }
    }

    /// Where the next texts begin; [`NONE`] if there is no room.
    fn begin(&self) -> u32 {
        u32::try_from(self.bytes.len() / STEP).unwrap_or(NONE)
    }

    fn write(&mut self, texts: [&str; 3]) {
        for text in texts {
            put_text(&mut self.bytes, text);
        }
        pad(&mut self.bytes);
    }

    /// Adds the texts of the rows of another arena.
    pub(super) fn append(&mut self, other: &mut Self) {
        let first = self.begin();
        self.at.extend(other.at.iter().map(|at| later(*at, first)));
        self.bytes.append(&mut other.bytes);
    }

    /// Brings the rows into order.
    pub(super) fn arrange(&mut self, order: &[u32]) {
        super::plain::arrange(&mut self.at, order);
    }

    /// Title, notes and id of a row.
    pub(super) fn of(&self, row: usize) -> [&str; 3] {
        let mut cursor = Cursor::at(&self.bytes, self.at.get(row).copied());
        [(); 3].map(|()| cursor.text().unwrap_or(""))
    }
}

/// Values of columns that mean nothing to us, row by row in one arena: how
/// many, then number of the column and text of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    /// Shorter than the table where its last rows have none.
    at: Vec<u32>,
    bytes: Vec<u8>,
}

impl Attributes {
    /// Room for so many rows and bytes more.
    pub(super) fn reserve(&mut self, rows: usize, bytes: usize) {
        self.at.reserve(rows);
        self.bytes.reserve(bytes);
    }

    /// Adds the values of a row behind those that have some.
    pub(super) fn push(&mut self, row: usize, values: &[(u16, &str)]) {
        let Ok(at) = u32::try_from(self.bytes.len() / STEP) else {
            return;
        };
        if values.is_empty() || at == NONE {
            return;
        }
        self.at.resize(row, NONE);
        self.at.push(at);
        put_number(&mut self.bytes, values.len());
        for (column, text) in values {
            put_number(&mut self.bytes, usize::from(*column));
            put_text(&mut self.bytes, text);
        }
        pad(&mut self.bytes);
    }

    /// Adds those of another table behind the `rows` of this one. `to` are the
    /// columns that its columns are here.
    pub(super) fn append(&mut self, rows: usize, other: &mut Self, to: &[u16]) {
        if other.at.is_empty() {
            return;
        }
        if to.iter().enumerate().all(|(at, to)| at == usize::from(*to)) {
            let first = u32::try_from(self.bytes.len() / STEP).unwrap_or(NONE);
            self.at.resize(rows, NONE);
            self.at.extend(other.at.iter().map(|at| later(*at, first)));
            self.bytes.append(&mut other.bytes);
            return;
        }
        for row in 0..other.at.len() {
            let values: Vec<(u16, &str)> = other
                .of(row)
                .filter_map(|(column, text)| Some((*to.get(usize::from(column))?, text)))
                .collect();
            self.push(rows + row, &values);
        }
    }

    /// Brings the rows into order.
    pub(super) fn arrange(&mut self, order: &[u32]) {
        super::wide::arrange_some(&mut self.at, order, NONE);
    }

    /// Columns and values of a row.
    pub(super) fn of(&self, row: usize) -> impl Iterator<Item = (u16, &str)> {
        let mut cursor = Cursor::at(&self.bytes, self.at.get(row).copied());
        let count = cursor.number().unwrap_or(0);
        (0..count).map_while(move |_| {
            let column = u16::try_from(cursor.number()?).ok()?;
            Some((column, cursor.text()?))
        })
    }
}

/// A place in an arena that lies behind `first` of another.
fn later(at: u32, first: u32) -> u32 {
    at.checked_add(first).unwrap_or(NONE)
}

fn pad(bytes: &mut Vec<u8>) {
    let end = bytes.len().next_multiple_of(STEP);
    bytes.resize(end, 0);
}

/// Seven bits a byte, lowest first; the high bit says "more".
fn put_number(bytes: &mut Vec<u8>, mut n: usize) {
    while n >= 0x80 {
        bytes.push(low7(n) | 0x80);
        n >>= 7;
    }
    bytes.push(low7(n));
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_number(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

/// Reads numbers and texts one behind the other.
struct Cursor<'a> {
    bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn at(bytes: &'a [u8], at: Option<u32>) -> Self {
        let at = at.filter(|at| *at != NONE);
        let bytes = at.and_then(|at| bytes.get(at as usize * STEP..));
        Self {
            bytes: bytes.unwrap_or_default(),
        }
    }

    fn number(&mut self) -> Option<usize> {
        let (mut n, mut shift) = (0_usize, 0);
        loop {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            n |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if *byte < 0x80 {
                return Some(n);
            }
        }
    }

    fn text(&mut self) -> Option<&'a str> {
        let n = self.number()?;
        let (text, rest) = self.bytes.split_at_checked(n)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }
}

#[allow(clippy::cast_possible_truncation, reason = "masked to seven bits")]
fn low7(n: usize) -> u8 {
    (n & 0x7f) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_come_back_in_any_order_and_over_appends(
            list in proptest::collection::vec((".{0,20}", ".{0,300}", "[a-z]{0,3}"), 0..20),
            cut in 0_usize..20,
        ) {
            let (mut a, mut b) = (Texts::default(), Texts::default());
            for (at, (title, notes, id)) in list.iter().enumerate() {
                let to = if at < cut { &mut a } else { &mut b };
                to.push([title, notes, id]);
            }
            a.append(&mut b);
            for (at, (title, notes, id)) in list.iter().enumerate() {
                prop_assert_eq!(a.of(at), [title.as_str(), notes, id]);
            }
            prop_assert_eq!(a.of(list.len()), [""; 3]);
            if let Some((title, notes, _)) = list.first() {
                a.replace(0, [title, notes, "another"]);
                prop_assert_eq!(a.of(0), [title.as_str(), notes, "another"]);
            }
        }

        #[test]
        fn attributes_come_back_over_appends_and_other_columns(
            rows in proptest::collection::vec(
                proptest::collection::vec((0_u16..300, ".{0,200}"), 0..3), 0..20),
            cut in 0_usize..20, shift in 0_u16..2,
        ) {
            let cut = cut.min(rows.len());
            let (mut a, mut b) = (Attributes::default(), Attributes::default());
            for (at, values) in rows.iter().enumerate() {
                let values: Vec<_> = values.iter().map(|(c, t)| (*c, t.as_str())).collect();
                if at < cut { a.push(at, &values) } else { b.push(at - cut, &values) }
            }
            let to: Vec<u16> = (0..300).map(|c| c + shift).collect();
            a.append(cut, &mut b, &to);
            for (at, values) in rows.iter().enumerate() {
                let shift = if at < cut { 0 } else { shift };
                let wanted: Vec<_> = values.iter().map(|(c, t)| (c + shift, t.as_str())).collect();
                prop_assert_eq!(a.of(at).collect::<Vec<_>>(), wanted);
            }
            prop_assert_eq!(a.of(rows.len()).count(), 0);
        }
    }
}
