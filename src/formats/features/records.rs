//! The features or records of one file on their way into a dataset. The first
//! of them wait until it is known what their values mean.

use geo::CoordsIter;
use serde_json::Value;

use super::keep;
use super::names::{Cell, Cells, Names, join};
use crate::dataset::Meta;
use crate::formats::import::record::features::{Alias, is_place, is_time};
use crate::formats::import::record::wrong;
use crate::formats::import::{
    Column, DateOrder, Draft, DraftTime, Gather, Mapping, Plan, Role, Watch,
};
use crate::formats::{OpenError, OpenOptions, Opened};

/// Features looked at before it is decided what their values mean.
const LOOKED_AT: usize = 2_000;
/// Bytes of the features that wait for that.
const HELD: usize = 32 << 20;
/// Bytes of the features that wait until a date tells whether day or month
/// comes first.
const HELD_FOR_ORDER: usize = 96 << 20;

/// A feature as its reader hands it over.
#[derive(Default)]
pub(in crate::formats) struct Feature {
    /// What the format itself says of it: this is not overridden by values,
    /// unless the user says what they mean.
    pub draft: Draft<'static>,
    /// Values that mean what their names and contents say.
    pub values: Vec<(String, Value)>,
    /// Values that are kept as they are.
    pub plain: Vec<(String, Value)>,
    /// When it was if neither the format nor a value says.
    pub inherited: DraftTime,
    /// Its number in the file from 1.
    pub number: u64,
    /// The line it begins in.
    pub line: u64,
}

/// A feature that waits.
pub(super) struct Held {
    pub draft: Draft<'static>,
    pub cells: Cells,
    pub inherited: DraftTime,
    pub number: u64,
    pub line: u64,
}

/// What the values of a file mean.
pub(super) struct Decided {
    pub plan: Plan,
    /// What each column means.
    pub means: Vec<Role>,
    /// Columns that others stand in for.
    pub aliases: Vec<Option<Alias>>,
    /// Columns by the attributes that the plan makes of them.
    pub by_attribute: Vec<usize>,
    /// The plan's attributes: here they are declared only as they are used.
    pub declared: Gather,
}

/// Collects the features of one file.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one thing known of the file"
)]
pub(in crate::formats) struct Records {
    pub gather: Gather,
    pub(super) mapping: Option<Mapping>,
    pub(super) names: Names,
    pub(super) decided: Option<Decided>,
    waiting: Vec<Held>,
    /// Bytes of those that wait.
    held: usize,
    /// Whether they wait for the order of day and month alone.
    ordering: bool,
    /// Attributes by the numbers of their names.
    pub(super) attributes: Vec<Option<Column>>,
    /// Where the value of a name stands in a feature, from 1.
    pub(super) at: Vec<usize>,
    /// A value was a place or a date by its structure.
    pub(super) understood: bool,
    /// Features are told by their number: several stand in one line.
    pub(super) numbered: bool,
    /// A feature without a title is called by its place.
    pub place_as_title: bool,
    /// Where no date tells, months come first.
    pub month_first: bool,
}

impl Records {
    pub fn new(options: &OpenOptions) -> Self {
        Self {
            gather: Gather::default(),
            mapping: options.mapping.clone(),
            names: Names::default(),
            decided: None,
            waiting: Vec::new(),
            held: 0,
            ordering: false,
            attributes: Vec::new(),
            at: Vec::new(),
            understood: false,
            numbered: false,
            place_as_title: false,
            month_first: false,
        }
    }

    /// What the user says that values of this name mean, if anything.
    pub fn said(&self, name: &str) -> Option<Role> {
        self.mapping.as_ref().and_then(|m| m.said(name))
    }

    /// Whether the user says which values are of a sort.
    pub(super) fn says(&self, of: impl Fn(Role) -> bool) -> bool {
        let roles = self.mapping.iter().flat_map(|m| m.roles.values());
        roles.copied().any(of)
    }

    /// Takes in a feature.
    pub fn add(&mut self, feature: Feature) {
        let held = self.hold(feature);
        if self.decided.is_some() && !self.ordering {
            keep::keep(self, held);
            return;
        }
        if self.ordering {
            self.see_dates(&held);
        }
        let shape = held
            .draft
            .geometry
            .as_ref()
            .map_or(0, CoordsIter::coords_count);
        self.held += held.cells.size() + 16 * shape + 256;
        self.waiting.push(held);
        if self.ordering {
            let open = self
                .decided
                .as_ref()
                .is_some_and(|d| !d.plan.undecided().is_empty());
            if !open || self.held > HELD_FOR_ORDER {
                self.release();
            }
        } else if self.waiting.len() >= LOOKED_AT || self.held > HELD {
            self.decide();
            self.ordering = self
                .decided
                .as_ref()
                .is_some_and(|d| !d.plan.undecided().is_empty());
            if !self.ordering {
                self.release();
            }
        }
    }

    /// Numbers the names of a feature.
    fn hold(&mut self, feature: Feature) -> Held {
        let Feature {
            draft,
            values,
            plain,
            inherited,
            number,
            line,
        } = feature;
        let mut cells = Cells::default();
        let values = values.into_iter().map(|v| (v, false));
        for ((name, value), plain) in values.chain(plain.into_iter().map(|v| (v, true))) {
            if value.is_null() {
                continue;
            }
            let mapping = self.mapping.as_ref();
            let spoken = |name: &str| mapping.is_some_and(|m| m.said(name).is_some());
            let Some(at) = self.names.number(&name, spoken) else {
                match cells.more.entry(name) {
                    serde_json::map::Entry::Vacant(free) => _ = free.insert(value),
                    serde_json::map::Entry::Occupied(mut taken) => join(taken.get_mut(), value),
                }
                continue;
            };
            if at == self.at.len() {
                self.at.push(0);
                self.attributes.push(None);
                self.late(&name, &value);
            }
            match self.at[at] {
                0 => {
                    cells.list.push(Cell {
                        name: at,
                        value,
                        plain,
                    });
                    self.at[at] = cells.list.len();
                }
                there => join(&mut cells.list[there - 1].value, value),
            }
        }
        for cell in &cells.list {
            self.at[cell.name] = 0;
        }
        Held {
            draft,
            cells,
            inherited,
            number,
            line,
        }
    }

    /// A name that turns up when the plan is made.
    fn late(&mut self, name: &str, value: &Value) {
        let said = self.said(name);
        let Some(decided) = &mut self.decided else {
            return;
        };
        let Decided {
            plan,
            means,
            aliases,
            by_attribute,
            declared,
        } = decided;
        let value = keep::text(value);
        plan.extend(name, said, &value, declared);
        let column = means.len();
        means.push(plan.means(column));
        let alias = (means[column] == Role::Attribute && said.is_none())
            .then(|| plan.alias(name, &[value.into_owned()]));
        aliases.push(alias.flatten());
        if means[column] != Role::Ignore {
            by_attribute.push(column);
        }
    }

    /// Makes the plan from what waits.
    fn decide(&mut self) {
        // Nothing else knows the numbers yet.
        let numbers = self.names.sort();
        let cells = self
            .waiting
            .iter_mut()
            .flat_map(|held| &mut held.cells.list);
        for cell in cells {
            cell.name = numbers[cell.name];
        }
        let mut samples: Vec<Vec<String>> = vec![Vec::new(); self.names.list.len()];
        for cell in self.waiting.iter().flat_map(|held| &held.cells.list) {
            let of_column = &mut samples[cell.name];
            let text = keep::text(&cell.value);
            if !cell.plain && !text.is_empty() && of_column.len() < LOOKED_AT {
                of_column.push(text.into_owned());
            }
        }
        let mut declared = Gather::default();
        let of = |column: usize| samples[column].clone();
        let names = &self.names.list;
        let mut plan = Plan::new(names, &of, self.mapping.as_ref(), &mut declared);
        let means: Vec<Role> = (0..names.len()).map(|c| plan.means(c)).collect();
        let by_attribute = plan.columns_of().into_iter().map(|(_, c)| c).collect();
        let mut aliases = vec![None; names.len()];
        for (column, name) in names.iter().enumerate() {
            if means[column] != Role::Attribute || self.said(name).is_some() {
                continue;
            }
            let alias = plan.alias(name, &samples[column]);
            for date in alias.iter().flat_map(|_| &samples[column]) {
                plan.see_date(alias.map_or(column, |a| a.column), date);
            }
            aliases[column] = alias;
        }
        self.decided = Some(Decided {
            plan,
            means,
            aliases,
            by_attribute,
            declared,
        });
    }

    /// Shows the dates of a feature to the plan.
    fn see_dates(&mut self, held: &Held) {
        let Some(decided) = &mut self.decided else {
            return;
        };
        for cell in &held.cells.list {
            let dated = matches!(
                decided.means[cell.name],
                Role::Date | Role::Start | Role::End
            );
            if let (true, Value::String(text)) = (dated, &cell.value) {
                decided.plan.see_date(cell.name, text);
            }
        }
    }

    /// Keeps what waits.
    fn release(&mut self) {
        if self.decided.is_none() {
            self.decide();
        }
        self.ordering = false;
        self.held = 0;
        if self.month_first
            && let Some(decided) = &mut self.decided
        {
            for question in decided.plan.questions() {
                let column = &question.column;
                self.gather
                    .findings
                    .note(&wrong::MONTH_FIRST, column, 0, "");
            }
            decided.plan.assume(DateOrder::MonthFirst);
        }
        for held in std::mem::take(&mut self.waiting) {
            keep::keep(self, held);
        }
    }

    /// Whether a date or a place is known among the values of all features;
    /// those that wait are kept first.
    pub fn understands(&mut self) -> bool {
        self.release();
        let known = |role: &Role| is_time(*role) || is_place(*role) || *role == Role::Place;
        let decided = self.decided.as_ref();
        self.understood || decided.is_some_and(|d| d.means.iter().any(known))
    }

    /// Makes the dataset.
    ///
    /// # Errors
    /// When the user speaks of names that are not there.
    pub fn finish(
        mut self,
        label: &str,
        format: &str,
        meta: Meta,
        watch: &Watch,
    ) -> Result<Opened, OpenError> {
        self.release();
        if let Some(mapping) = &self.mapping {
            let missing = mapping.missing(&self.names.list);
            if !missing.is_empty() && !self.gather.is_empty() {
                let list = &self.names.list;
                let all: Vec<&str> = list.iter().take(60).map(String::as_str).collect();
                let more = if list.len() > all.len() { ", …" } else { "" };
                return Err(OpenError::new(
                    label,
                    format!("there is no column {}", missing.join(", ")),
                    format!("the columns are {}{more}", all.join(", ")),
                ));
            }
        }
        let profile = self.decided.as_ref().and_then(|d| d.plan.profile());
        let format = match profile {
            Some(profile) => format!("{format}, {}", profile.name()),
            None => format.to_owned(),
        };
        self.gather.findings.count_features(self.numbered);
        Ok(self.gather.finish(label, &format, meta, watch))
    }
}
