//! From named values to a draft: what a row of a table, the properties of a
//! feature or a record of a column file say, whatever they were written in.
//!
//! A [`Plan`] is made once, from the names of the columns, some of their values
//! and what the user says of them. It knows the columns of the great event
//! databases ([`Profile`]), and guesses the others by name and content. It then
//! fills one [`Draft`] after another.

pub(crate) mod blank;
mod coords;
pub(crate) mod dates;
mod degrees;
pub(crate) mod features;
mod forms;
pub(crate) mod generic;
mod geometry;
mod guess;
mod learn;
mod months;
mod names;
mod numbers;
mod profiles;
mod row;
pub(crate) mod turns;
mod warn;
pub(crate) mod wrong;

use std::borrow::Cow;
use std::time::{SystemTime, UNIX_EPOCH};

use geo::Geometry;

pub(crate) use geometry::is_deeper;
pub use profiles::Profile;

use super::mapping::{DateOrder, Mapping, Role};
use super::{Column, Draft, Findings, Gather};
use crate::formats::Understood;
use crate::model::Precision;
use crate::model::time::Extent;
use coords::Letter;
use forms::{Form, Midnights, Orders};
use generic::Group;
use row::Row;

/// Values of a column that are looked at to guess what it means.
const LOOKED_AT: usize = 2_000;

/// Whether the name of a column says what it means.
pub(crate) fn names_a_role(name: &str) -> bool {
    names::is_sure(name)
}

/// Whether a text is a date.
pub(crate) fn is_date(text: &str) -> bool {
    text.len() >= 6 && dates::read(text, DateOrder::DayFirst).is_ok()
}

/// A shape from well-known text; what is wrong with it is noted, for `column`.
pub(crate) fn wkt(
    text: &str,
    column: &str,
    line: u64,
    findings: &mut Findings,
) -> Option<Geometry<f64>> {
    let at = coords::At {
        lat: column,
        lon: column,
        line,
        letter: coords::Letter::default(),
    };
    match geometry::well_known(text) {
        Ok(shape) => geometry::checked(&shape?, &at, findings),
        Err(why) => {
            findings.note_why(&wrong::GEOMETRY, column, line, text, &why);
            None
        }
    }
}

/// Something that the values do not decide: what was assumed is said as a
/// warning, and can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The column it is about.
    pub column: String,
    /// What is assumed: the order of day and month.
    pub assumed: DateOrder,
}

/// What the columns of a table mean, worked out once for all its rows.
#[derive(Clone, Debug)]
pub struct Plan {
    names: Vec<String>,
    /// The attribute that a column is kept as; `None` if it is to be left out.
    attributes: Vec<Option<Column>>,
    /// Columns kept as they are in every row.
    kept: Vec<usize>,
    /// Columns kept in those rows of which the draft does not hold them.
    open: Vec<usize>,
    roles: Vec<Role>,
    /// Columns by role, in their order.
    slots: Vec<Vec<usize>>,
    forms: Vec<Form>,
    profile: Option<Profile>,
    /// Where the profile's columns stand.
    at: Vec<Option<usize>>,
    orders: Vec<Orders>,
    order: Option<DateOrder>,
    /// Columns whose dates all have midnight as their time: they are days.
    midnights: Vec<Midnights>,
    /// Fractions are written behind a comma.
    commas: bool,
    /// What an O means in longitudes.
    letter: Letter,
    /// Columns of the lowest and highest number of killed and wounded.
    killed: [Option<usize>; 2],
    wounded: [Option<usize>; 2],
    /// Columns of the year, month and day of the end.
    ends: [Option<usize>; 3],
    /// Columns of minutes and seconds beside one of whole degrees, and that of
    /// the letter of the hemisphere, for the latitude and the longitude.
    finer: [degrees::Finer; 2],
    /// Latitudes are south, longitudes west, by the names of their columns.
    flipped: [bool; 2],
    /// The years of a column of years are those of long ago, too: two digits
    /// are a whole year.
    ancient: bool,
    /// The moment beyond which a date lies in the future.
    now: i64,
}

impl Plan {
    /// Works out what columns of these names mean. `samples` gives some values
    /// of a column by its number, `mapping` is what the user says; columns that
    /// become attributes are declared to `gather`.
    #[must_use]
    pub fn new(
        columns: &[String],
        samples: &dyn Fn(usize) -> Vec<String>,
        mapping: Option<&Mapping>,
        gather: &mut Gather,
    ) -> Self {
        let said: Vec<Option<Role>> = columns
            .iter()
            .map(|name| mapping.and_then(|m| m.said(name)))
            .collect();
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_or(i64::MAX, |d| {
            i64::try_from(d.as_millis()).unwrap_or(i64::MAX)
        });
        let profile = Profile::recognise(columns);
        let mut plan = Self {
            names: columns.to_vec(),
            attributes: Vec::new(),
            kept: Vec::new(),
            open: Vec::new(),
            roles: vec![Role::Attribute; columns.len()],
            slots: vec![Vec::new(); Role::ALL.len()],
            forms: vec![Form::Text; columns.len()],
            profile,
            at: Vec::new(),
            orders: vec![Orders::default(); columns.len()],
            order: mapping.and_then(|m| m.date_order),
            midnights: vec![Midnights::default(); columns.len()],
            commas: false,
            letter: Letter::default(),
            killed: [None; 2],
            wounded: [None; 2],
            ends: [None; 3],
            finer: [degrees::Finer::default(); 2],
            flipped: [false; 2],
            ancient: false,
            now,
        };
        plan.assign(&said, samples);
        plan.look_at_dates(&said, samples);
        plan.look_at_numbers(samples);
        plan.keep(gather);
        plan.warn(&said, gather);
        plan
    }

    /// Whether an extent begins after now.
    pub(crate) fn is_future(&self, extent: Extent) -> bool {
        extent.start_earliest > self.now
    }

    /// Declares the same attributes to another gatherer, such as that of
    /// another thread.
    pub fn declare(&self, gather: &mut Gather) {
        for (name, attribute) in self.names.iter().zip(&self.attributes) {
            if attribute.is_some() {
                gather.column(self.attribute(name), false);
            }
        }
    }

    /// The name of the attribute that a column becomes.
    fn attribute<'n>(&self, name: &'n str) -> &'n str {
        self.profile.map_or(name, |p| p.attribute(name))
    }

    /// The database whose columns these are, if it is known.
    #[must_use]
    pub fn profile(&self) -> Option<Profile> {
        self.profile
    }

    /// What each column means; of a profile's columns that is mostly
    /// [`Role::Attribute`] here, see [`Plan::means`].
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// What a column is taken for, with what the profile makes of it.
    #[must_use]
    pub fn means(&self, column: usize) -> Role {
        let role = self.roles.get(column).copied().unwrap_or(Role::Attribute);
        let field = self.at.iter().position(|at| *at == Some(column));
        match (self.profile, field) {
            (Some(profile), Some(field)) if role == Role::Attribute => profile.role(field),
            _ => role,
        }
    }

    /// What each column was taken for.
    #[must_use]
    pub fn understood(&self) -> Vec<Understood> {
        let names = self.names.iter().enumerate();
        let each = names.map(|(at, column)| Understood {
            column: column.clone(),
            role: self.means(at).id(),
        });
        each.collect()
    }

    /// Whether a column tells when something happened.
    #[must_use]
    pub fn has_date(&self) -> bool {
        self.has(Group::Time)
    }

    /// Whether columns tell where something happened: a latitude alone does not.
    #[must_use]
    pub fn has_place(&self) -> bool {
        let is = |role: Role| (0..self.names.len()).any(|c| self.means(c) == role);
        let others = [Role::LatLon, Role::LonLat, Role::Wkt, Role::Geometry];
        is(Role::Latitude) && is(Role::Longitude) || others.into_iter().any(is)
    }

    fn has(&self, group: Group) -> bool {
        (0..self.names.len()).any(|c| generic::group(self.means(c)) == group)
    }

    /// Columns of dates whose values so far do not tell whether day or month
    /// comes first; more values can be shown to [`Plan::see_date`].
    #[must_use]
    pub fn undecided(&self) -> Vec<usize> {
        if self.order.is_some() || self.decided().is_some() {
            return Vec::new();
        }
        let open = |c: &usize| self.orders[*c].either;
        (0..self.names.len()).filter(open).collect()
    }

    /// Shows one more value of a column of dates.
    pub fn see_date(&mut self, column: usize, value: &str) {
        if let Some(orders) = self.orders.get_mut(column) {
            orders.see(value);
        }
        if let Some(midnights) = self.midnights.get_mut(column) {
            midnights.see(value);
        }
    }

    /// The order that any column tells; columns of one table have one order.
    fn decided(&self) -> Option<DateOrder> {
        let mut orders = self.orders.iter().filter_map(|o| o.decided());
        let first = orders.next()?;
        orders.all(|o| o == first).then_some(first)
    }

    /// The order of day and month that dates are read with.
    fn date_order(&self) -> DateOrder {
        let known = self.order.or_else(|| self.decided());
        known.unwrap_or(DateOrder::DayFirst)
    }

    /// What the values do not decide.
    #[must_use]
    pub fn questions(&self) -> Vec<Question> {
        let column = |c: usize| Question {
            column: self.names[c].clone(),
            assumed: self.date_order(),
        };
        self.undecided().into_iter().map(column).collect()
    }

    /// Fills a draft with what the values say. A geometry that the draft has
    /// already is left as it is. `get` gives the value of a column by its
    /// number; what is wrong is noted with `line`.
    pub fn fill<'a>(
        &self,
        draft: &mut Draft<'a>,
        get: impl Fn(usize) -> &'a str,
        line: u64,
        findings: &mut Findings,
    ) {
        let mut row = Row::new(self, &get, line, findings);
        if let Some(profile) = self.profile {
            profile.fill(draft, &mut row);
        }
        generic::fill(self, draft, &mut row);
        row.check_time(&draft.time, self.profile.and_then(Profile::era));
        let (taken, failed) = row.into_taken();
        let mut keep = |column: usize| {
            let value = get(column);
            let value = self.profile.map_or(value, |p| p.value(value));
            if let Some(Some(attribute)) = self.attributes.get(column)
                && !value.is_empty()
            {
                draft.attributes.push((*attribute, Cow::Borrowed(value)));
            }
        };
        for column in &self.kept {
            keep(*column);
        }
        for column in &self.open {
            if !taken.contains(*column) && !blank::is_nothing(blank::trim(get(*column))) {
                keep(*column);
            }
        }
        // Of these, the draft holds something, but not to the letter.
        for column in failed {
            let kept = self.kept.contains(&column);
            if !kept && (taken.contains(column) || !self.open.contains(&column)) {
                keep(column);
            }
        }
        // Somewhere in a circle is not here.
        if draft.radius_m.is_some_and(|r| r > 0.0)
            && draft.precision == Precision::Exact
            && self.profile.is_none()
            && self.slots[Role::Precision as usize].is_empty()
        {
            draft.precision = Precision::Near;
        }
        if draft.geometry.is_none() && draft.precision == Precision::Exact {
            draft.precision = Precision::Unknown;
        }
        if draft.id.is_empty() {
            let id = self.slots[Role::Id as usize].first().copied();
            let id = id.or_else(|| self.profile.and_then(|p| self.at.get(p.id()).copied()?));
            if let Some(column) = id {
                findings.note(&wrong::NO_ID, &self.names[column], line, "");
            }
        }
    }
}

#[cfg(test)]
mod tests;
