//! The values of one record, and a place to say what is wrong with them.

use std::borrow::Cow;

use crate::model::time::{Extent, OPEN_PAST};

use super::super::{Draft, DraftTime, Findings, Wrong};
use super::coords::{self, At};
use super::dates::{self, Told};
use super::forms::{counted, whole_day};
use super::{DateOrder, Plan, blank, wrong};

/// Columns that a word of a set holds.
const WORD: usize = 64;

/// A set of columns: bits for the first, a list for those of very wide tables.
#[derive(Default)]
pub(super) struct Columns {
    bits: [u64; 4],
    beyond: Vec<usize>,
}

impl Columns {
    fn insert(&mut self, column: usize) {
        match self.bits.get_mut(column / WORD) {
            Some(bits) => *bits |= 1 << (column % WORD),
            None if self.beyond.contains(&column) => {}
            None => self.beyond.push(column),
        }
    }

    pub fn contains(&self, column: usize) -> bool {
        match self.bits.get(column / WORD) {
            Some(bits) => bits & 1 << (column % WORD) != 0,
            None => self.beyond.contains(&column),
        }
    }
}

/// The values of one record.
pub(super) struct Row<'r, 'a> {
    pub plan: &'r Plan,
    get: &'r dyn Fn(usize) -> &'a str,
    pub line: u64,
    pub findings: &'r mut Findings,
    /// Columns whose value the draft holds.
    taken: Columns,
    /// Columns whose value could not be read, and so is kept as it is.
    failed: Vec<usize>,
}

impl<'r, 'a> Row<'r, 'a> {
    pub fn new(
        plan: &'r Plan,
        get: &'r dyn Fn(usize) -> &'a str,
        line: u64,
        findings: &'r mut Findings,
    ) -> Self {
        Self {
            plan,
            get,
            line,
            findings,
            taken: Columns::default(),
            failed: Vec::new(),
        }
    }

    /// The value of a column as it is.
    pub fn raw(&self, column: usize) -> &'a str {
        (self.get)(column)
    }

    /// The value of a column, without blanks around it.
    pub fn text(&self, column: usize) -> &'a str {
        blank::trim((self.get)(column))
    }

    /// The value of a column of dates, numbers or coordinates: empty where it
    /// says `NA` or the like.
    pub fn value(&self, column: usize) -> &'a str {
        let text = self.text(column);
        if blank::is_nothing(text) { "" } else { text }
    }

    /// The value of a column of names: empty where it says `NA` or the like.
    pub fn name(&self, column: usize) -> &'a str {
        let text = self.text(column);
        if blank::is_no_name(text) { "" } else { text }
    }

    /// Notes that the draft holds what a column says.
    pub fn take(&mut self, column: usize) {
        self.taken.insert(column);
    }

    /// The value of a field of the profile; empty where there is no such column,
    /// or it says `NULL` or the like.
    pub fn field(&self, field: usize) -> &'a str {
        match self.plan.at.get(field) {
            Some(Some(column)) => self.name(*column),
            _ => "",
        }
    }

    /// The column of a field of the profile.
    pub fn column(&self, field: usize) -> Option<usize> {
        self.plan.at.get(field).copied().flatten()
    }

    /// Notes that the value of a column is wrong; it is then kept as it is.
    pub fn note(&mut self, wrong: &'static Wrong, column: usize, value: &str, why: &str) {
        let plan = self.plan;
        let name = plan.names.get(column).map_or("", String::as_str);
        self.findings.note_why(wrong, name, self.line, value, why);
        self.fail(column);
    }

    /// As [`Row::note`], of a field of the profile.
    pub fn note_field(&mut self, wrong: &'static Wrong, field: usize, value: &str) {
        if let Some(column) = self.column(field) {
            self.note(wrong, column, value, "");
        }
    }

    /// Notes something odd about a field of the profile whose value was read
    /// all the same.
    pub fn remark_field(&mut self, wrong: &'static Wrong, field: usize, value: &str) {
        let plan = self.plan;
        let name = self.column(field).and_then(|column| plan.names.get(column));
        let name = name.map_or("", String::as_str);
        self.findings.note(wrong, name, self.line, value);
    }

    /// Keeps the value of a column as it is.
    pub fn fail(&mut self, column: usize) {
        if !self.failed.contains(&column) {
            self.failed.push(column);
        }
    }

    /// The columns that the draft holds, and those that it does not though it
    /// was tried.
    pub fn into_taken(self) -> (Columns, Vec<usize>) {
        (self.taken, self.failed)
    }

    /// Reads the date in a column; what is wrong with it is noted.
    pub fn date(&mut self, column: usize) -> Option<Told> {
        let text = self.value(column);
        if text.is_empty() {
            return None;
        }
        if let Some(extent) = counted(text, self.plan.forms[column]) {
            self.take(column);
            return Some(told(extent));
        }
        let order = self.plan.date_order();
        match dates::read(text, order) {
            Ok(mut told) => {
                self.take(column);
                self.doubt(&told, column, text, order);
                if self.plan.midnights[column].all()
                    && dates::at_midnight(text) == Some(true)
                    && let Some(extent) = told.extent()
                {
                    told.time = DraftTime::Extent(whole_day(extent));
                }
                Some(told)
            }
            Err(why) => {
                self.note(&wrong::DATE, column, text, &why);
                None
            }
        }
    }

    fn doubt(&mut self, told: &Told, column: usize, text: &str, order: DateOrder) {
        if told.short_year {
            self.note(&wrong::SHORT_YEAR, column, text, "");
        }
        let known = self.plan.order.is_some() || self.plan.decided().is_some();
        if told.either && !known {
            let wrong = match order {
                DateOrder::DayFirst => &wrong::DAY_FIRST,
                DateOrder::MonthFirst => &wrong::MONTH_FIRST,
            };
            self.note(wrong, column, text, "");
        }
    }

    /// Warns of a date in the future or before the data's era.
    pub fn check_time(&mut self, time: &DraftTime, era: Option<i64>) {
        let extent = match time {
            DraftTime::Unknown => return,
            DraftTime::Extent(extent) => *extent,
            DraftTime::When(when) => when.extent(),
        };
        let say = || match crate::model::time::When::of_extent(extent) {
            Some(when) => when.edtf().to_owned(),
            None => String::new(),
        };
        if self.plan.is_future(extent) {
            self.findings.note(&wrong::FUTURE, "", self.line, &say());
        }
        let before = |era: i64| dates::year(era).start_earliest;
        if era.is_some_and(|era| extent.end_latest < before(era)) && extent.end_latest > OPEN_PAST {
            self.findings.note(&wrong::ERA, "", self.line, &say());
        }
    }
}

/// A coordinate of a column that counts south or west.
fn flipped(text: &str, flip: bool) -> Cow<'_, str> {
    if flip && text.starts_with(|c: char| c.is_ascii_digit()) {
        return Cow::Owned(["-", text].concat());
    }
    Cow::Borrowed(text)
}

fn told(extent: Extent) -> Told {
    Told {
        time: DraftTime::Extent(extent),
        either: false,
        short_year: false,
    }
}

impl<'a> Row<'_, 'a> {
    /// Reads the date of a field of the profile.
    pub fn date_field(&mut self, field: usize) -> Option<Told> {
        self.column(field).and_then(|column| self.date(column))
    }

    /// Reads the position of two fields of the profile into the draft, unless
    /// it has one.
    pub fn point_fields(&mut self, draft: &mut Draft<'a>, lat: usize, lon: usize) {
        if let (Some(lat), Some(lon)) = (self.column(lat), self.column(lon))
            && draft.geometry.is_none()
        {
            self.point(draft, lat, lon);
        }
    }

    /// Reads the position of two columns into the draft.
    pub fn point(&mut self, draft: &mut Draft<'a>, lat: usize, lon: usize) {
        let plan = self.plan;
        let at = At {
            lat: &plan.names[lat],
            lon: &plan.names[lon],
            line: self.line,
            letter: plan.letter,
        };
        let (y, x) = (self.value(lat), self.value(lon));
        let [finer_lat, finer_lon] = plan.finer;
        let (y, x) = (self.finer(y, finer_lat), self.finer(x, finer_lon));
        let [south, west] = plan.flipped;
        let (south, west) = (flipped(&y, south), flipped(&x, west));
        draft.geometry = coords::point(&south, &west, &at, self.findings);
        if draft.geometry.is_some() {
            let finer = [finer_lat.all(), finer_lon.all()].into_iter().flatten();
            for column in [lat, lon].into_iter().chain(finer.flatten()) {
                self.take(column);
            }
        } else if !(y.is_empty() && x.is_empty()) {
            self.fail(lat);
            self.fail(lon);
        }
    }
}
