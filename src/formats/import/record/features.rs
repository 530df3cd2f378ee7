//! What a plan does for the properties of features and the members of records:
//! their names are only known as they are read, and a geometry stands beside
//! them.

use std::borrow::Cow;

use geo::{Coord, Geometry};

use crate::model::time::When;

use super::super::{Column, Findings, Gather};
use super::coords::{self, At};
use super::forms::{self, Form, Midnights, Orders};
use super::generic::Group;
use super::{DateOrder, Plan, Role, generic, geometry, guess, names};

/// Whether a name says when or where something was, so that a record that has
/// it can be an event.
pub(crate) fn names_when_or_where(name: &str) -> bool {
    // Letters and small words mean anything in a file that is no table.
    const SHORT: usize = 3;
    name.chars().count() >= SHORT
        && names::by_name(name).is_some_and(|named| {
            matches!(
                named.role,
                Role::Date
                    | Role::Start
                    | Role::Year
                    | Role::Place
                    | Role::Latitude
                    | Role::LatLon
                    | Role::LonLat
                    | Role::Wkt
                    | Role::Geometry
            )
        })
}

/// How sure it is that a column of this name is what its name says; less is
/// surer. Members of objects stand in no order that would tell.
pub(crate) fn rank(name: &str) -> usize {
    names::order(name).unwrap_or(usize::MAX)
}

/// A point from two texts; what is wrong with them is noted under `name`.
pub(crate) fn point(
    lat: &str,
    lon: &str,
    (name, line): (&str, u64),
    findings: &mut Findings,
) -> Option<Geometry<f64>> {
    let at = At {
        lat: name,
        lon: name,
        line,
        letter: coords::Letter::default(),
    };
    coords::point(lat.trim(), lon.trim(), &at, findings)
}

/// Whether a role tells when something was.
pub(crate) fn is_time(role: Role) -> bool {
    generic::group(role) == Group::Time
}

/// Whether a role tells where something was, in numbers.
pub(crate) fn is_place(role: Role) -> bool {
    generic::group(role) == Group::Place
}

/// A column that stands in for another of the same meaning, in features that
/// have no value in that: features of one file need not be alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alias {
    /// The column it stands in for.
    pub column: usize,
    form: Form,
}

impl Alias {
    /// A value as the other column would have it: counts of time as dates.
    pub(crate) fn text<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        let counted = forms::counted(text.trim(), self.form);
        match counted.and_then(When::of_extent) {
            Some(when) => Cow::Owned(when.edtf().to_owned()),
            None => text,
        }
    }
}

impl Plan {
    /// The column that a column of this name, which is an attribute, can stand
    /// in for; `samples` are some of its values.
    pub(crate) fn alias(&self, name: &str, samples: &[String]) -> Option<Alias> {
        if self.profile.is_some() {
            return None;
        }
        names::by_name(name)?;
        let names = [name.to_owned()];
        let role = guess::guess(&names, &|_| samples.to_vec(), &[None])[0];
        let alone = role != Role::Attribute && !guess::many(role);
        let column = self.slots[role as usize].first().filter(|_| alone)?;
        let dated = matches!(role, Role::Date | Role::Start | Role::End);
        Some(Alias {
            column: *column,
            form: if dated {
                forms::form(samples)
            } else {
                Form::Text
            },
        })
    }

    /// Takes in a column that turned up late. It is what its name says, where
    /// no other column is that and its first value can be that; else it is an
    /// attribute, declared to `gather`.
    pub(crate) fn extend(
        &mut self,
        name: &str,
        said: Option<Role>,
        value: &str,
        gather: &mut Gather,
    ) {
        let column = self.names.len();
        let field = self.profile.and_then(|profile| {
            let found = profile.find(std::slice::from_ref(&name.to_owned()));
            let field = found.iter().position(Option::is_some)?;
            (self.at.get(field) == Some(&None)).then_some(field)
        });
        let known = self.profile.is_some();
        let samples = |_: usize| {
            Some(value.to_owned())
                .filter(|v| !v.is_empty())
                .into_iter()
                .collect()
        };
        let role = said.or_else(|| {
            if known {
                return None;
            }
            let guessed = guess::guess(&[name.to_owned()], &samples, &[None])[0];
            // What stands in one value alone tells little.
            let named = names::by_name(name).is_some();
            let free = self.slots[guessed as usize].is_empty() || guess::many(guessed);
            let timed = is_time(guessed) && self.has_date() && guessed != Role::End;
            (named && free && !timed).then_some(guessed)
        });
        let role = role.unwrap_or(Role::Attribute);
        self.names.push(name.to_owned());
        self.roles.push(role);
        self.slots[role as usize].push(column);
        self.orders.push(Orders::default());
        self.midnights.push(Midnights::default());
        self.forms.push(match role {
            Role::EpochSeconds => Form::Seconds,
            Role::EpochMillis => Form::Millis,
            Role::Date | Role::Start | Role::End => forms::form(&[value.to_owned()]),
            _ => Form::Text,
        });
        if said.is_none()
            && let Some(field) = field
        {
            self.at[field] = Some(column);
        }
        let whole = match (self.profile, field) {
            (Some(profile), Some(field)) if said.is_none() => profile.is_whole(field),
            _ => false,
        };
        if role == Role::Ignore {
            self.attributes.push(None);
            return;
        }
        let attribute = gather.column(self.attribute(name), false);
        self.attributes.push(Some(attribute));
        // As in `Plan::keep`.
        if !whole && role != Role::Attribute {
            self.open.push(column);
        } else if !whole {
            self.kept.push(column);
        }
    }

    /// The column that an attribute of a draft comes from.
    pub(crate) fn columns_of(&self) -> Vec<(Column, usize)> {
        let all = self.attributes.iter().enumerate();
        all.filter_map(|(column, attribute)| Some(((*attribute)?, column)))
            .collect()
    }

    /// Takes an order of day and month for granted where no value tells.
    pub(crate) fn assume(&mut self, order: DateOrder) {
        self.order = self.order.or(self.decided()).or(Some(order));
    }

    /// Whether the value of a column says no more of the place than a geometry
    /// does; `other` is the value of the other column of two.
    pub(crate) fn says_same_place(
        &self,
        column: usize,
        value: &str,
        other: &str,
        shape: &Geometry<f64>,
    ) -> bool {
        let Geometry::Point(point) = shape else {
            return false;
        };
        let Coord { x, y } = point.0;
        let exactly = |a: f64, b: f64| a.to_bits() == b.to_bits() || (a == 0.0 && b == 0.0);
        let both = |lat: Option<f64>, lon: Option<f64>| {
            lat.is_some_and(|lat| exactly(lat, y)) && lon.is_some_and(|lon| exactly(lon, x))
        };
        let pair = || coords::pair(value).unzip();
        match self.means(column) {
            Role::Latitude => both(coords::degrees(value), coords::degrees(other)),
            Role::Longitude => both(coords::degrees(other), coords::degrees(value)),
            Role::LatLon => both(pair().0, pair().1),
            Role::LonLat => both(pair().1, pair().0),
            Role::Wkt => geometry::well_known(value).is_ok_and(|g| g.as_ref() == Some(shape)),
            _ => false,
        }
    }

    /// The first column that means this.
    pub(crate) fn column(&self, role: Role) -> Option<usize> {
        let said = self.slots[role as usize].first().copied();
        said.or_else(|| (0..self.names.len()).find(|column| self.means(*column) == role))
    }
}
