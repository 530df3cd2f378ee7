//! The columns of the great event databases, known by their names.

mod acled;
mod gdelt;
mod gtd;
mod own;
mod ucdp;
mod usgs;

use super::super::Draft;
use super::super::mapping::Role;
use super::row::Row;

/// A column of a database.
pub(super) struct Field {
    /// Its name, in lower case.
    pub name: &'static str,
    /// What it comes nearest to.
    pub role: Role,
    /// Whether the draft holds all it says.
    pub whole: bool,
}

/// A field that is only an attribute.
const fn other(name: &'static str) -> Field {
    part(name, Role::Attribute)
}

/// A field that is understood, but not held to the letter.
const fn part(name: &'static str, role: Role) -> Field {
    Field {
        name,
        role,
        whole: false,
    }
}

/// A field that the draft holds to the letter.
const fn whole(name: &'static str, role: Role) -> Field {
    Field {
        name,
        role,
        whole: true,
    }
}

/// A database of events whose columns are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Armed Conflict Location & Event Data.
    Acled,
    /// UCDP Georeferenced Event Dataset.
    Ucdp,
    /// Global Terrorism Database.
    Gtd,
    /// GDELT 1.0 and 2.0 events.
    Gdelt,
    /// Earthquakes of the U.S. Geological Survey.
    Usgs,
    /// Tables that we write ourselves.
    Own,
}

impl Profile {
    /// All of them.
    ///
    /// Our own come first: they keep the columns of others as attributes.
    pub const ALL: &'static [Self] = &[
        Self::Own,
        Self::Acled,
        Self::Ucdp,
        Self::Gtd,
        Self::Gdelt,
        Self::Usgs,
    ];

    /// What a report calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Acled => "ACLED",
            Self::Ucdp => "UCDP GED",
            Self::Gtd => "GTD",
            Self::Gdelt => "GDELT events",
            Self::Usgs => "USGS earthquakes",
            Self::Own => "Chronotope CSV",
        }
    }

    /// The first year that the data cover: ACLED from 1997 (Africa), UCDP GED
    /// from 1989 (its yearly data from 1946), GTD from 1970, GDELT from 1979.
    pub(super) fn era(self) -> Option<i64> {
        match self {
            Self::Acled => Some(1997),
            Self::Ucdp => Some(1989),
            Self::Gtd => Some(1970),
            Self::Gdelt => Some(1979),
            Self::Usgs | Self::Own => None,
        }
    }

    fn fields(self) -> &'static [Field] {
        match self {
            Self::Acled => acled::FIELDS,
            Self::Ucdp => ucdp::FIELDS,
            Self::Gtd => gtd::FIELDS,
            Self::Gdelt => gdelt::FIELDS,
            Self::Usgs => usgs::FIELDS,
            Self::Own => own::FIELDS,
        }
    }

    /// Names of which all must be there, in lower case; any of several lists.
    fn signs(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Acled => acled::SIGNS,
            Self::Ucdp => ucdp::SIGNS,
            Self::Gtd => gtd::SIGNS,
            Self::Gdelt => gdelt::SIGNS,
            Self::Usgs => usgs::SIGNS,
            Self::Own => own::SIGNS,
        }
    }

    /// The database that has these columns.
    #[must_use]
    pub fn recognise(columns: &[String]) -> Option<Self> {
        let lower: Vec<String> = columns.iter().map(|c| plain(c)).collect();
        let all = |names: &&[&str]| names.iter().all(|n| lower.iter().any(|l| l == n));
        Self::ALL
            .iter()
            .copied()
            .find(|p| p.signs().iter().any(&all))
    }

    /// The database whose rows these are, which have no header: their columns.
    #[must_use]
    pub fn headerless(rows: &[Vec<String>]) -> Option<(Self, Vec<String>)> {
        let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        ucdp::headerless(rows)
            .map(|names| (Self::Ucdp, owned(&names)))
            .or_else(|| gdelt::headerless(rows).map(|names| (Self::Gdelt, owned(&names))))
    }

    /// Where each field stands among the columns.
    pub(super) fn find(self, columns: &[String]) -> Vec<Option<usize>> {
        let lower: Vec<String> = columns.iter().map(|c| plain(c)).collect();
        let at = |field: &Field| lower.iter().position(|l| l == field.name);
        self.fields().iter().map(at).collect()
    }

    pub(super) fn role(self, field: usize) -> Role {
        self.fields().get(field).map_or(Role::Attribute, |f| f.role)
    }

    pub(super) fn is_whole(self, field: usize) -> bool {
        self.fields().get(field).is_some_and(|f| f.whole)
    }

    /// The field that holds ids.
    pub(super) fn id(self) -> usize {
        let at = self.fields().iter().position(|f| f.role == Role::Id);
        at.unwrap_or(usize::MAX)
    }

    /// The name of the attribute that a column holds.
    pub(super) fn attribute(self, column: &str) -> &str {
        match self {
            Self::Own => own::attribute(column),
            _ => column,
        }
    }

    /// The value of an attribute, as its column holds it.
    pub(super) fn value(self, cell: &str) -> &str {
        match self {
            Self::Own => crate::formats::write::unguard(cell),
            _ => cell,
        }
    }

    pub(super) fn fill<'a>(self, draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
        match self {
            Self::Acled => acled::fill(draft, row),
            Self::Ucdp => ucdp::fill(draft, row),
            Self::Gtd => gtd::fill(draft, row),
            Self::Gdelt => gdelt::fill(draft, row),
            Self::Usgs => usgs::fill(draft, row),
            Self::Own => own::fill(draft, row),
        }
    }
}

/// Whether rows are those of a table that has no header: four of five, or all
/// but one. The others are damaged.
fn most_fit(rows: &[&Vec<String>], fits: impl Fn(&[String]) -> bool) -> bool {
    let odd = rows.iter().filter(|row| !fits(row)).count();
    odd < rows.len() && (odd * 5 <= rows.len() || odd == 1 && rows.len() >= 3)
}

/// A name as it is compared: lower case, blanks as underscores.
fn plain(name: &str) -> String {
    name.trim_start_matches('\u{feff}')
        .trim()
        .to_lowercase()
        .replace([' ', '-', '.'], "_")
}
