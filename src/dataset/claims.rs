//! Claims, those that are written and those that go without saying: a source
//! that an imported event came with tells of it.
//!
//! The latter are not kept: there are as many as there are events and sources.
//! The numbers behind those of the written claims count the entries of the
//! events' lists of sources, and a claim is made when somebody asks for it.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::{
    Claim, ClaimIx, EventRow, Extra, Localised, Locator, SourceIx, Stance, Subject,
};

use super::Dataset;

/// The attribute of a claim about an event as a whole: that it is told of.
pub const RECORD: &str = "record";

/// The id of an implied claim.
pub(super) fn implied_id(event: &str, source: &str) -> String {
    format!("{RECORD}:{event}:{source}")
}

impl Dataset {
    /// One claim, made if it is an implied one.
    ///
    /// # Panics
    /// If the index is not of this dataset.
    #[must_use]
    pub fn claim(&self, ix: ClaimIx) -> Cow<'_, Claim> {
        match self.implied(ix) {
            Some((row, source)) => Cow::Owned(self.record_claim(row, source)),
            None => Cow::Borrowed(&self.parts.claims[ix.at()]),
        }
    }

    /// The claims that are written down, without the implied ones, whose
    /// numbers are behind theirs.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.parts.claims
    }

    /// How many claims there are, with the implied ones.
    #[must_use]
    pub fn claim_count(&self) -> usize {
        let entries = self
            .table
            .plain()
            .map_or(0, |p| p.wide.sources.items().len());
        self.parts.claims.len() + entries
    }

    /// Every claim, with the implied ones.
    pub fn all_claims(&self) -> impl Iterator<Item = Cow<'_, Claim>> {
        (0..self.claim_count()).map(|at| self.claim(ClaimIx::new(at)))
    }

    /// The claims about one thing, in file order, implied ones last.
    #[must_use]
    pub fn claims_about(&self, subject: Subject) -> Cow<'_, [ClaimIx]> {
        let written = self.links.claims_about(subject);
        let (Subject::Event(row), Some(plain)) = (subject, self.table.plain()) else {
            return Cow::Borrowed(written);
        };
        let entries = plain.wide.sources.range(row.at());
        if entries.is_empty() {
            return Cow::Borrowed(written);
        }
        let implied = entries.map(|entry| self.implied_ix(entry));
        Cow::Owned(written.iter().copied().chain(implied).collect())
    }

    /// The claims of one source, in order of their position in its document,
    /// implied ones last.
    #[must_use]
    pub fn claims_of(&self, source: SourceIx) -> Cow<'_, [ClaimIx]> {
        let written = self.links.claims_of(source);
        let Some(plain) = self.table.plain() else {
            return Cow::Borrowed(written);
        };
        let entry = |row: &EventRow| {
            let at = plain.sources(*row).binary_search(&source).ok()?;
            Some(self.implied_ix(plain.wide.sources.range(row.at()).start + at))
        };
        let implied: Vec<ClaimIx> = self
            .events_of_source(source)
            .iter()
            .filter_map(entry)
            .collect();
        if implied.is_empty() {
            return Cow::Borrowed(written);
        }
        Cow::Owned(written.iter().copied().chain(implied).collect())
    }

    /// Whether a claim says no more than that its source tells of an event.
    #[must_use]
    pub fn only_tells(&self, ix: ClaimIx) -> bool {
        match self.parts.claims.get(ix.at()) {
            Some(claim) => claim.attribute == RECORD && claim.locator.is_none(),
            None => true,
        }
    }

    /// Where in its source a claim was read; makes nothing.
    #[must_use]
    pub fn locator(&self, ix: ClaimIx) -> Option<&Locator> {
        self.parts.claims.get(ix.at())?.locator.as_ref()
    }

    /// Whether a written claim says just what would be implied if its source
    /// were one of the event's.
    pub(super) fn goes_without_saying(&self, claim: &Claim) -> bool {
        match claim.subject {
            Subject::Event(row) if claim.attribute == RECORD => {
                *claim == self.record_claim(row, claim.source)
            }
            _ => false,
        }
    }

    fn implied_ix(&self, entry: usize) -> ClaimIx {
        ClaimIx::new(self.parts.claims.len() + entry)
    }

    /// Event and source of an implied claim.
    fn implied(&self, ix: ClaimIx) -> Option<(EventRow, SourceIx)> {
        let entry = ix.at().checked_sub(self.parts.claims.len())?;
        let lists = &self.table.plain()?.wide.sources;
        Some((lists.row_of(entry)?, *lists.items().get(entry)?))
    }

    fn record_claim(&self, row: EventRow, source: SourceIx) -> Claim {
        let event = self.event_id(row);
        Claim {
            id: implied_id(&event, &self.source(source).id),
            source,
            subject: Subject::Event(row),
            attribute: RECORD.to_owned(),
            value: Value::Null,
            stance: Stance::Asserts,
            shown: true,
            inferred: false,
            credibility: None,
            note: Localised::default(),
            locator: None,
            locator_extra: Extra::new(),
            subject_extra: Extra::new(),
            extra: Extra::new(),
        }
    }
}
