//! What is told of columns as such, before any row is read.

use super::super::mapping::Role;
use super::super::{Findings, Gather};
use super::generic::Group;
use super::{Plan, guess, names, wrong};

impl Plan {
    /// Tells what is odd about the columns and what was said of them.
    pub(super) fn warn(&self, said: &[Option<Role>], gather: &mut Gather) {
        let findings = &mut gather.findings;
        self.told_twice(said, findings);
        self.only_of_record(said, findings);
        self.no_year(findings);
        self.miss_half(findings);
        self.of_some(said, findings);
        for (role, flipped) in [Role::Latitude, Role::Longitude].iter().zip(self.flipped) {
            if let Some(column) = self.column(*role).filter(|_| flipped) {
                findings.note(&wrong::HEMISPHERE, &self.names[column], 0, "");
            }
        }
    }

    /// Tolls of some people here and others there are none of all.
    fn of_some(&self, said: &[Option<Role>], findings: &mut Findings) {
        if self.profile.is_some() {
            return;
        }
        for role in [Role::Killed, Role::Wounded] {
            let some = |c: &usize| {
                said[*c].is_none()
                    && self.roles[*c] == Role::Attribute
                    && names::some_of(&self.names[*c]) == Some(role)
            };
            let none = self.slots[role as usize].is_empty();
            let columns: Vec<usize> = (0..self.names.len()).filter(some).collect();
            if let (true, [first, _, ..]) = (none, &columns[..]) {
                findings.note(&wrong::TOLL_PARTS, &self.names[*first], 0, "");
            }
        }
    }

    /// Of columns that are said to be one thing, the first is taken.
    fn told_twice(&self, said: &[Option<Role>], findings: &mut Findings) {
        for role in Role::ALL.iter().copied().filter(|role| !guess::many(*role)) {
            let told = said.iter().enumerate().filter(|(_, s)| **s == Some(role));
            let names: Vec<&str> = told.map(|(c, _)| self.names[c].as_str()).collect();
            if role == Role::Ignore || names.len() < 2 {
                continue;
            }
            let why = format!("say {} of one column only", role.id());
            for name in &names[1..] {
                findings.note_why(&wrong::TOLD_TWICE, name, 0, "", &why);
            }
        }
    }

    /// A date that tells when the record was made was taken for want of a better.
    fn only_of_record(&self, said: &[Option<Role>], findings: &mut Findings) {
        let form = names::is_form(&self.names);
        for role in [Role::Start, Role::Date] {
            let Some(column) = self.slots[role as usize].first().copied() else {
                continue;
            };
            let name = &self.names[column];
            let made = names::is_record(name) || form && names::is_of_form(name);
            if made && said[column].is_none() {
                findings.note(&wrong::RECORD_DATE, name, 0, "");
            }
        }
    }

    /// A month or a day is no date without its year.
    fn no_year(&self, findings: &mut Findings) {
        let whole = (0..self.names.len()).any(|c| {
            let role = self.means(c);
            let part = matches!(role, Role::Month | Role::Day | Role::Time);
            super::generic::group(role) == Group::Time && !part
        });
        let part = [Role::Month, Role::Day].into_iter();
        let column = { part }.find_map(|role| self.slots[role as usize].first());
        if let (false, Some(column)) = (whole, column) {
            findings.note(&wrong::NO_YEAR, &self.names[*column], 0, "");
        }
    }

    /// Warns where a latitude has no longitude, or the other way round.
    fn miss_half(&self, findings: &mut Findings) {
        let of = |role: Role| (0..self.names.len()).find(|c| self.means(*c) == role);
        let others = [Role::LatLon, Role::LonLat, Role::Wkt, Role::Geometry];
        let pair = (of(Role::Latitude), of(Role::Longitude));
        let ((Some(only), None) | (None, Some(only))) = pair else {
            return;
        };
        if others.into_iter().all(|role| of(role).is_none()) {
            findings.note(&wrong::HALF_PAIR, &self.names[only], 0, "");
        }
    }
}
