//! What a format cannot hold: one line a thing, with how many there were.

use super::{Scope, Target};

/// The losses of one file.
pub(super) struct Losses {
    target: Target,
    lines: Vec<(&'static str, &'static str, u64)>,
}

impl Losses {
    /// Begins with what is known before anything is written.
    pub fn new(target: Target, scope: &Scope<'_>) -> Self {
        let mut losses = Self {
            target,
            lines: Vec::new(),
        };
        let count = |n: usize| n as u64;
        let dropped = count(scope.dropped_references());
        losses.add(
            "reference of an actor or relation to an event outside the set is left out",
            "references of actors and relations to events outside the set are left out",
            dropped,
        );
        if !losses.holds_everything() {
            losses.add("claim is left out", "claims are left out", {
                count(scope.claims().count())
            });
        }
        losses
    }

    fn holds_everything(&self) -> bool {
        matches!(
            self.target,
            Target::GeoJson | Target::GeoParquet | Target::Folder | Target::Zip
        )
    }

    /// Notes that so much more of one thing is lost.
    pub fn add(&mut self, one: &'static str, many: &'static str, how_many: u64) {
        if how_many == 0 {
            return;
        }
        match self.lines.iter_mut().find(|(known, ..)| *known == one) {
            Some((.., n)) => *n += how_many,
            None => self.lines.push((one, many, how_many)),
        }
    }

    /// One line a thing.
    pub fn lines(&self) -> Vec<String> {
        let line = |(one, many, n): &(&str, &str, u64)| {
            let what = if *n == 1 { one } else { many };
            format!("{}: {n} {what}", self.target.name())
        };
        self.lines.iter().map(line).collect()
    }
}
