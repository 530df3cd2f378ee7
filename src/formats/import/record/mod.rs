//! From named values to a draft: what a row of a table, the properties of a
//! feature or a record of a column file say, whatever they were written in.
//!
//! A [`Plan`] is made once, from the names of the columns, some of their values
//! and what the user says of them. It knows the columns of the great event
//! databases ([`Profile`]), and guesses the others by name and content. It then
//! fills one [`Draft`] after another.

mod coords;
pub(crate) mod dates;
mod epochs;
pub(crate) mod features;
pub(crate) mod generic;
mod guess;
mod months;
mod numbers;
mod profiles;
mod row;
pub(crate) mod turns;
pub(crate) mod wrong;

use std::borrow::Cow;
use std::time::{SystemTime, UNIX_EPOCH};

pub use profiles::Profile;

use super::mapping::{DateOrder, Mapping, Role};
use super::{Column, Draft, Findings, Gather};
use guess::{Form, Orders};
use row::Row;

/// Values of a column that are looked at to guess what it means.
const LOOKED_AT: usize = 2_000;

/// Whether the name of a column says what it means.
pub(crate) fn names_a_role(name: &str) -> bool {
    guess::by_name(name).is_some()
}

/// Whether a text is a date.
pub(crate) fn is_date(text: &str) -> bool {
    text.len() >= 6 && dates::read(text, DateOrder::DayFirst).is_ok()
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
    roles: Vec<Role>,
    /// Columns by role, in their order.
    slots: Vec<Vec<usize>>,
    forms: Vec<Form>,
    profile: Option<Profile>,
    /// Where the profile's columns stand.
    at: Vec<Option<usize>>,
    orders: Vec<Orders>,
    order: Option<DateOrder>,
    /// All dates have midnight as their time: they are days.
    midnights: bool,
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
            roles: vec![Role::Attribute; columns.len()],
            slots: vec![Vec::new(); Role::ALL.len()],
            forms: vec![Form::Text; columns.len()],
            profile,
            at: Vec::new(),
            orders: vec![Orders::default(); columns.len()],
            order: mapping.and_then(|m| m.date_order),
            midnights: false,
            now,
        };
        plan.assign(&said, samples);
        plan.look_at_dates(samples);
        plan.keep(&said, gather);
        plan
    }

    /// Gives each column its role.
    fn assign(&mut self, said: &[Option<Role>], samples: &dyn Fn(usize) -> Vec<String>) {
        let guessed = generic::guess(&self.names, samples, said);
        if let Some(profile) = self.profile {
            let touched = |group| {
                let mut all = said.iter().flatten();
                all.any(|role| generic::group(*role) == group && group != generic::Group::None)
            };
            self.at = profile.find(&self.names);
            for (column, role) in self.roles.iter_mut().enumerate() {
                // Of what the user speaks, the profile is not asked.
                let group = generic::group(guessed[column]);
                *role = match said[column] {
                    Some(role) => role,
                    None if touched(group) => guessed[column],
                    None => continue,
                };
                for at in &mut self.at {
                    if *at == Some(column) {
                        *at = None;
                    }
                }
            }
            for (field, at) in self.at.iter_mut().enumerate() {
                if touched(profile.group(field)) {
                    *at = None;
                }
            }
        } else {
            self.roles = guessed;
        }
        for (column, role) in self.roles.iter().enumerate() {
            self.slots[*role as usize].push(column);
        }
    }

    fn look_at_dates(&mut self, samples: &dyn Fn(usize) -> Vec<String>) {
        let mut midnights = (0, 0);
        let dated = |role| matches!(role, Role::Date | Role::Start | Role::End);
        for column in 0..self.names.len() {
            match self.means(column) {
                Role::EpochSeconds => self.forms[column] = Form::Seconds,
                Role::EpochMillis => self.forms[column] = Form::Millis,
                role if dated(role) => {
                    let mut values = samples(column);
                    values.truncate(LOOKED_AT);
                    self.forms[column] = guess::form(&values);
                    for value in &values {
                        self.orders[column].see(value);
                        if let Some(midnight) = dates::at_midnight(value.trim()) {
                            midnights.0 += usize::from(midnight);
                            midnights.1 += 1;
                        }
                    }
                }
                _ => {}
            }
        }
        self.midnights = midnights.1 > 0 && midnights.0 == midnights.1;
    }

    /// Declares the attributes.
    fn keep(&mut self, said: &[Option<Role>], gather: &mut Gather) {
        for (column, said) in said.iter().enumerate() {
            let role = self.roles[column];
            if role == Role::Ignore {
                self.attributes.push(None);
                continue;
            }
            self.attributes
                .push(Some(gather.column(&self.names[column], false)));
            let understood = match self.profile {
                Some(profile) if said.is_none() && role == Role::Attribute => {
                    let field = self.at.iter().position(|at| *at == Some(column));
                    field.is_some_and(|field| profile.is_whole(field))
                }
                _ => generic::is_whole(role),
            };
            if !understood {
                self.kept.push(column);
            }
        }
    }

    /// Declares the same attributes to another gatherer, such as that of
    /// another thread.
    pub fn declare(&self, gather: &mut Gather) {
        for (name, attribute) in self.names.iter().zip(&self.attributes) {
            if attribute.is_some() {
                gather.column(name, false);
            }
        }
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

    /// Whether a column tells when something happened.
    #[must_use]
    pub fn has_date(&self) -> bool {
        self.has(generic::Group::Time)
    }

    /// Whether a column tells where something happened.
    #[must_use]
    pub fn has_place(&self) -> bool {
        self.has(generic::Group::Place)
    }

    fn has(&self, group: generic::Group) -> bool {
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
        let failed = row.into_failed();
        for column in self.kept.iter().chain(&failed) {
            let value = get(*column);
            if let Some(Some(attribute)) = self.attributes.get(*column)
                && !value.is_empty()
            {
                draft.attributes.push((*attribute, Cow::Borrowed(value)));
            }
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
