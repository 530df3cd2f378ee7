//! How a plan comes to know what columns mean.

use super::super::Gather;
use super::super::mapping::{DateOrder, Role};
use super::coords::Letter;
use super::forms::{self, Form};
use super::generic::{self, Group};
use super::names::{self, Bound, Whose};
use super::{LOOKED_AT, Plan, blank, guess};

impl Plan {
    /// Gives each column its role.
    pub(super) fn assign(&mut self, said: &[Option<Role>], samples: &dyn Fn(usize) -> Vec<String>) {
        let guessed = guess::guess(&self.names, samples, said);
        if let Some(profile) = self.profile {
            self.at = profile.find(&self.names);
            // Of what the user speaks, the profile is not asked.
            let touched = |role: Role| {
                let mut all = said.iter().flatten();
                all.any(|said| generic::belong(*said, role))
            };
            for (column, role) in self.roles.iter_mut().enumerate() {
                *role = match said[column] {
                    Some(role) => role,
                    None if generic::group(guessed[column]) != Group::None
                        && touched(guessed[column]) =>
                    {
                        guessed[column]
                    }
                    None => continue,
                };
                for at in &mut self.at {
                    if *at == Some(column) {
                        *at = None;
                    }
                }
            }
            for (field, at) in self.at.iter_mut().enumerate() {
                if touched(profile.role(field)) {
                    *at = None;
                }
            }
        } else {
            self.roles = guessed;
        }
        for (column, role) in self.roles.iter().enumerate() {
            self.slots[*role as usize].push(column);
        }
        if self.profile.is_none() {
            self.find_bounds();
            self.find_ends();
            self.find_finer(samples);
        }
    }

    /// Finds the columns of the year, month and day in which events end, where
    /// a year tells when they begin.
    fn find_ends(&mut self) {
        if self.slots[Role::Year as usize].is_empty() {
            return;
        }
        for (column, name) in self.names.iter().enumerate() {
            let at = match names::part_of_end(name) {
                Some(Role::Year) => 0,
                Some(Role::Month) => 1,
                Some(Role::Day) => 2,
                _ => continue,
            };
            if self.roles[column] == Role::Attribute {
                self.ends[at].get_or_insert(column);
            }
        }
    }

    /// Finds the columns of lowest and highest figures that belong to the toll's
    /// own column, or stand without one.
    fn find_bounds(&mut self) {
        let free = |column: &usize| self.roles[*column] == Role::Attribute;
        let found: Vec<_> = (0..self.names.len())
            .filter(free)
            .filter_map(|column| Some((column, names::bound(&self.names[column])?)))
            .collect();
        for role in [Role::Killed, Role::Wounded] {
            let of = |whose: Whose, bound: Bound| {
                let mut columns = found.iter().filter(|(_, b)| *b == (role, bound, whose));
                let first = columns.next().map(|(column, _)| *column);
                // Of some people here and others there, neither are all.
                first.filter(|_| whose != Whose::Some || columns.next().is_none())
            };
            let both = |whose: Whose| [of(whose, Bound::Low), of(whose, Bound::High)];
            let any = |bounds: &[Option<usize>; 2]| bounds.iter().any(Option::is_some);
            let main = self.slots[role as usize].first().map(|c| &self.names[*c]);
            let some = main.is_some_and(|name| names::some_of(name).is_some());
            let best = main.is_some_and(|name| names::is_best(name));
            let bounds = match both(Whose::All) {
                all if any(&all) && !some => all,
                _ if best => both(Whose::Unsaid),
                _ if main.is_none() && both(Whose::Reported).iter().all(Option::is_some) => {
                    both(Whose::Reported)
                }
                _ if main.is_none() || some => both(Whose::Some),
                _ => [None; 2],
            };
            match role {
                Role::Killed => self.killed = bounds,
                _ => self.wounded = bounds,
            }
        }
    }

    /// The columns of the lowest and highest figure of a toll.
    pub(super) fn bounds(&self, role: Role) -> [Option<usize>; 2] {
        match role {
            Role::Killed => self.killed,
            _ => self.wounded,
        }
    }

    pub(super) fn look_at_dates(
        &mut self,
        said: &[Option<Role>],
        samples: &dyn Fn(usize) -> Vec<String>,
    ) {
        for (column, said) in said.iter().enumerate() {
            let role = self.means(column);
            self.forms[column] = match role {
                Role::EpochSeconds if said.is_some() => Form::Seconds,
                Role::EpochMillis if said.is_some() => Form::Millis,
                Role::EpochSeconds | Role::EpochMillis => {
                    let millis = role == Role::EpochMillis;
                    forms::counted_form(&samples(column), millis).unwrap_or_default()
                }
                Role::Date | Role::Start | Role::End => {
                    let mut values = samples(column);
                    values.truncate(LOOKED_AT);
                    for value in &values {
                        self.orders[column].see(value);
                        self.midnights[column].see(value);
                    }
                    match names::date_order(&self.names[column]) {
                        Some(DateOrder::DayFirst) => self.orders[column].day_first = true,
                        Some(DateOrder::MonthFirst) => self.orders[column].month_first = true,
                        None => {}
                    }
                    forms::form(&values)
                }
                Role::Year => {
                    // Years before 1000, and before 1.
                    let early = |text: &String| {
                        let text = blank::trim(text);
                        text.starts_with('-') && text.len() > 1 || text.len() == 3
                    };
                    self.ancient |= samples(column).iter().any(|t| early(t) && is_number(t));
                    Form::Text
                }
                _ => Form::Text,
            };
        }
    }

    /// Finds out how fractions and directions are written, by the coordinates.
    pub(super) fn look_at_numbers(&mut self, samples: &dyn Fn(usize) -> Vec<String>) {
        let comma = |text: &String| {
            let text = blank::trim(text);
            text.contains(',')
                && text.bytes().filter(|b| *b == b',').count() == 1
                && text.replacen(',', ".", 1).parse::<f64>().is_ok()
        };
        for column in 0..self.names.len() {
            let role = self.means(column);
            if !matches!(
                role,
                Role::Latitude | Role::Longitude | Role::LatLon | Role::LonLat
            ) {
                continue;
            }
            let values = samples(column);
            if matches!(role, Role::Latitude | Role::Longitude) {
                self.commas |= values.iter().any(comma);
                let plain = |text: &String| {
                    text.bytes()
                        .all(|b| b.is_ascii_digit() || b" .,".contains(&b))
                };
                self.flipped[usize::from(role == Role::Longitude)] =
                    names::is_negative(&self.names[column], role) && values.iter().all(plain);
            }
            if role != Role::Latitude {
                let values = values.iter().map(String::as_str);
                self.letter = Letter::of(values, &self.names[column]);
            }
        }
    }

    /// Declares the attributes.
    pub(super) fn keep(&mut self, gather: &mut Gather) {
        for (column, role) in self.roles.iter().enumerate() {
            if *role == Role::Ignore {
                self.attributes.push(None);
                continue;
            }
            let name = self.attribute(&self.names[column]);
            let attribute = gather.column(name, false);
            self.attributes.push(Some(attribute));
            let field = self.at.iter().position(|at| *at == Some(column));
            match (self.profile, field) {
                (Some(profile), Some(field)) if profile.is_whole(field) => {}
                _ if *role != Role::Attribute || self.is_helper(column) => self.open.push(column),
                _ => self.kept.push(column),
            }
        }
    }

    /// Whether a column adds to what another one tells.
    fn is_helper(&self, column: usize) -> bool {
        let mut helpers = self.killed.iter().chain(&self.wounded).chain(&self.ends);
        helpers.any(|helper| *helper == Some(column))
            || self.finer.iter().any(|f| f.all().contains(&Some(column)))
    }
}

fn is_number(text: &str) -> bool {
    blank::trim(text).parse::<i64>().is_ok()
}
