//! The columns of a table before it is opened: what each is taken for, what
//! the first rows then become, and what has to be asked.

use std::collections::BTreeMap;

use crate::formats::import::{DateOrder, Mapping, Role};

/// What a row becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Became {
    /// The date as understood; empty if there is none.
    pub when: String,
    /// The place as understood; empty if there is none.
    pub place: String,
    /// What is wrong with the row; empty if nothing is.
    pub wrong: String,
}

/// What the first rows become with a mapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// One for each row of the sheet.
    pub rows: Vec<Became>,
    /// Rows tried, which may be more than are shown.
    pub read: u64,
    /// Those that have a date.
    pub dated: u64,
    /// Those that have a place.
    pub placed: u64,
    /// Those that cannot be kept.
    pub skipped: u64,
    /// What is wrong with them, a line each.
    pub problems: Vec<String>,
}

/// Dates that can be read both ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The column.
    pub column: String,
    /// One of its values.
    pub example: String,
}

/// A table of which the meaning of the columns can be chosen.
pub trait Sheet: Send + Sync {
    /// What it is called.
    fn name(&self) -> &str;
    /// Delimiter, encoding and the like, in words.
    fn facts(&self) -> String;
    /// By what tables with the same columns are known.
    fn key(&self) -> String;
    /// The names of the columns.
    fn columns(&self) -> &[String];
    /// The first rows.
    fn rows(&self) -> &[Vec<String>];
    /// What is guessed.
    fn guess(&self) -> Mapping;
    /// What has to be asked with these columns.
    fn questions(&self, mapping: &Mapping) -> Vec<Question>;
    /// What becomes of the first rows.
    fn attempt(&self, mapping: &Mapping) -> Tried;
}

/// Whether a table should be shown before it is opened: it has neither date nor
/// place, or dates that can be read both ways.
#[must_use]
pub fn is_unclear(sheet: &dyn Sheet) -> bool {
    let guess = sheet.guess();
    if guess.date_order.is_none() && !sheet.questions(&guess).is_empty() {
        return true;
    }
    let tried = sheet.attempt(&guess);
    tried.dated == 0 && tried.placed == 0
}

/// Roles of which a table has one column at most: the last one chosen has it.
fn is_single(role: Role) -> bool {
    !matches!(
        role,
        Role::Within
            | Role::Actor
            | Role::Target
            | Role::Source
            | Role::Url
            | Role::Attribute
            | Role::Ignore
            | Role::Summary
    )
}

/// Gives a column a role; a column that had it, if only one can, becomes an
/// attribute.
pub fn choose(mapping: &mut Mapping, column: &str, role: Role) {
    if is_single(role) {
        for (name, had) in &mut mapping.roles {
            if *had == role && name != column {
                *had = Role::Attribute;
            }
        }
    }
    mapping.roles.insert(column.to_owned(), role);
}

/// A mapping as saved: every role by its id.
#[must_use]
pub fn to_saved(mapping: &Mapping) -> (BTreeMap<String, String>, Option<String>) {
    let roles = mapping.roles.iter();
    let roles = roles.map(|(column, role)| (column.clone(), role.id().to_owned()));
    let order = mapping.date_order.map(|order| match order {
        DateOrder::DayFirst => "day-first".to_owned(),
        DateOrder::MonthFirst => "month-first".to_owned(),
    });
    (roles.collect(), order)
}

/// A mapping from what was saved; roles that nobody knows are left out.
#[must_use]
pub fn of_saved(roles: &BTreeMap<String, String>, order: Option<&str>) -> Mapping {
    let known = |(column, role): (&String, &String)| Some((column.clone(), Role::from_id(role)?));
    Mapping {
        roles: roles.iter().filter_map(known).collect(),
        date_order: match order {
            Some("day-first") => Some(DateOrder::DayFirst),
            Some("month-first") => Some(DateOrder::MonthFirst),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_only_one_column_can_have_moves() {
        let mut mapping = Mapping::parse("a=date,b=actor,c=lat").unwrap();
        choose(&mut mapping, "c", Role::Date);
        choose(&mut mapping, "a", Role::Actor);
        assert_eq!(mapping, Mapping::parse("a=actor,b=actor,c=date").unwrap());
        choose(&mut mapping, "c", Role::Date);
        assert_eq!(mapping.role("c"), Role::Date);
    }

    #[test]
    fn a_saved_mapping_comes_back() {
        let mapping = Mapping::parse("a=date,\"b, c\"=lat,d=ignore,dates=month-first").unwrap();
        let (roles, order) = to_saved(&mapping);
        assert_eq!(of_saved(&roles, order.as_deref()), mapping);
        let odd = BTreeMap::from([("a".to_owned(), "no-such-role".to_owned())]);
        assert_eq!(of_saved(&odd, Some("odd")), Mapping::default());
    }
}
