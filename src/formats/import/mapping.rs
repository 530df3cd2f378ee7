//! What the columns of a table mean: chosen by a profile, guessed, or said by
//! the user. The same for delimited text, Parquet, Arrow, `FlatGeobuf` and the
//! properties of features.

use std::collections::BTreeMap;

use crate::model::coded;

coded!(
    /// What a column of a table means.
    Role {
        /// Unique id of the event.
        Id = "id",
        /// Title.
        Title = "title",
        /// Summary, notes, description.
        Summary = "summary",
        /// What happened.
        Kind = "kind",
        /// When it happened: a date, a date and time, or EDTF.
        Date = "date",
        /// When it began.
        Start = "start",
        /// When it ended.
        End = "end",
        /// Year, with month and day in columns of their own.
        Year = "year",
        /// Month, 1 to 12 or a name.
        Month = "month",
        /// Day of the month.
        Day = "day",
        /// Time of day.
        Time = "time",
        /// Seconds since 1970-01-01T00:00Z.
        EpochSeconds = "epoch",
        /// Milliseconds since 1970-01-01T00:00Z.
        EpochMillis = "epoch-ms",
        /// Latitude in degrees.
        Latitude = "lat",
        /// Longitude in degrees.
        Longitude = "lon",
        /// Latitude and longitude in one column.
        LatLon = "lat-lon",
        /// Longitude and latitude in one column.
        LonLat = "lon-lat",
        /// Well-known text.
        Wkt = "wkt",
        /// A geometry: WKB in Parquet and Arrow, GeoJSON in text.
        Geometry = "geometry",
        /// How well the position is known, in words of ours.
        Precision = "precision",
        /// Radius of uncertainty in metres.
        Radius = "radius",
        /// Name of the place.
        Place = "place",
        /// A division or country around the place.
        Within = "within",
        /// Who did it.
        Actor = "actor",
        /// Whom it was aimed at.
        Target = "target",
        /// The source that tells of it.
        Source = "source",
        /// The address of that source.
        Url = "url",
        /// People killed.
        Killed = "killed",
        /// People wounded.
        Wounded = "wounded",
        /// Kept as an attribute.
        Attribute = "attribute",
        /// Left out.
        Ignore = "ignore",
    }
);

/// Which comes first in dates such as 03/04/2020.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// The day: 3 April.
    DayFirst,
    /// The month: March 4.
    MonthFirst,
}

/// What each column means, by the column's name as in the file. Columns that
/// are not named here are attributes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    /// Roles by column.
    pub roles: BTreeMap<String, Role>,
    /// The order of dates that can be read both ways, once it is known.
    pub date_order: Option<DateOrder>,
}

impl Mapping {
    /// The role of a column.
    #[must_use]
    pub fn role(&self, column: &str) -> Role {
        self.roles.get(column).copied().unwrap_or(Role::Attribute)
    }

    /// What the user says of a column, if anything.
    #[must_use]
    pub fn said(&self, column: &str) -> Option<Role> {
        self.roles.get(column).copied().or_else(|| {
            let name = column.trim().to_lowercase();
            let mut all = self.roles.iter();
            all.find(|(said, _)| said.trim().to_lowercase() == name)
                .map(|(_, role)| *role)
        })
    }

    /// Columns that are spoken of and that are not among these.
    #[must_use]
    pub fn missing(&self, columns: &[String]) -> Vec<&str> {
        let known = |said: &String| {
            let said = said.trim().to_lowercase();
            columns.iter().any(|c| c.trim().to_lowercase() == said)
        };
        let missing = self.roles.keys().filter(|said| !known(said));
        missing.map(String::as_str).collect()
    }

    /// Reads `column=role,column=role`, as the command line takes it; also
    /// `dates=day-first` or `dates=month-first`. A column name may be quoted.
    ///
    /// # Errors
    /// The part that is wrong, and what to write.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut mapping = Self::default();
        let mut parts = Vec::new();
        let (mut from, mut quoted) = (0, false);
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b',' if !quoted => {
                    parts.push(&text[from..at]);
                    from = at + 1;
                }
                _ => {}
            }
        }
        parts.push(&text[from..]);
        for part in parts.into_iter().filter(|p| !p.trim().is_empty()) {
            let Some((column, role)) = part.rsplit_once('=') else {
                return Err(format!("\"{part}\" is not of the form column=role"));
            };
            let column = column.trim().trim_matches('"');
            match (column, role.trim()) {
                ("dates", "day-first") => mapping.date_order = Some(DateOrder::DayFirst),
                ("dates", "month-first") => mapping.date_order = Some(DateOrder::MonthFirst),
                (_, role) => {
                    let known = Role::from_id(role).ok_or_else(|| {
                        let all: Vec<_> = Role::ALL.iter().map(|r| r.id()).collect();
                        format!("\"{role}\" is no role; use one of {}", all.join(", "))
                    })?;
                    let had = mapping.roles.insert(column.to_owned(), known);
                    if had.is_some_and(|had| had != known) {
                        return Err(format!("\"{column}\" is said to be two things; say one"));
                    }
                }
            }
        }
        Ok(mapping)
    }
}
