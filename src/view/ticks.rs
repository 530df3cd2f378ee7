//! Calendar ticks and their labels, in two rows.
//!
//! The fine row names the cells that fit on screen (`Oct`, `14`, `12:00`), the
//! coarse row what they belong to (the year, the month and year, the date).
//! Labels begin at their tick; the coarse row's first one sticks to the left
//! edge, so that the year is always in sight.

use crate::model::time::{
    CivilDateTime, DAY_MS, Lang, Millis, Unit, format_moment, month_name, month_short,
    weekday_short, year_label, years_floor, years_step,
};

use super::axis::TimeAxis;

/// From a tick to its label.
const LABEL_INSET_PX: f64 = 4.0;
/// Free room after a label, before the next one in its row.
const LABEL_GAP_PX: f64 = 8.0;
/// Unlabelled ticks are drawn down to this distance; closer is a smear.
const MIN_MINOR_PX: f64 = 7.0;

/// How much a tick weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A subdivision without a label.
    Minor,
    /// The start of a cell that is labelled, or would be if there were room.
    Major,
}

/// A tick: the start of a calendar cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where it is on screen. The coarse row's first may be left of the axis.
    pub x: f64,
    /// The moment it marks.
    pub ms: Millis,
    /// Whether it is labelled or divides.
    pub level: Level,
    /// The label, if there is room for it.
    pub label: Option<String>,
    /// The left end of the label.
    pub label_x: f64,
    /// 0 for the fine row, 1 for the coarse row.
    pub row: u8,
}

/// A step from tick to tick: every so many units, counted so that they divide
/// the next larger unit evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    unit: Unit,
    every: i64,
}

/// Steps that may carry labels, finest first.
const STEPS: [Step; 31] = [
    step(Unit::Second, 1),
    step(Unit::Second, 5),
    step(Unit::Second, 15),
    step(Unit::Second, 30),
    step(Unit::Minute, 1),
    step(Unit::Minute, 5),
    step(Unit::Minute, 15),
    step(Unit::Minute, 30),
    step(Unit::Hour, 1),
    step(Unit::Hour, 3),
    step(Unit::Hour, 6),
    step(Unit::Day, 1),
    step(Unit::Week, 1),
    step(Unit::Month, 1),
    step(Unit::Quarter, 1),
    step(Unit::Year, 1),
    step(Unit::Year, 2),
    step(Unit::Year, 5),
    step(Unit::Decade, 1),
    step(Unit::Decade, 2),
    step(Unit::Decade, 5),
    step(Unit::Century, 1),
    step(Unit::Century, 2),
    step(Unit::Century, 5),
    step(Unit::Millennium, 1),
    step(Unit::Millennium, 2),
    step(Unit::Millennium, 5),
    step(Unit::Millennium, 10),
    step(Unit::Millennium, 20),
    step(Unit::Millennium, 50),
    step(Unit::Millennium, 100),
];

const fn step(unit: Unit, every: i64) -> Step {
    Step { unit, every }
}

impl Step {
    fn floor(self, ms: Millis) -> Millis {
        if self.every == 1 {
            return self.unit.floor(ms);
        }
        match self.years() {
            0 => {
                let length = self.mean_ms();
                ms.div_euclid(length).saturating_mul(length)
            }
            years => years_floor(ms, years),
        }
    }

    fn next(self, start: Millis) -> Millis {
        match self.years() {
            years if self.every > 1 && years > 0 => years_step(start, years, 1),
            _ => self.unit.add(start, self.every),
        }
    }

    /// Its length in years; 0 for all steps below a year.
    fn years(self) -> i64 {
        self.mean_ms() / Unit::Year.mean_ms()
    }

    fn mean_ms(self) -> i64 {
        self.unit.mean_ms().saturating_mul(self.every)
    }

    #[allow(clippy::cast_precision_loss, reason = "a length in pixels")]
    fn px(self, axis: &TimeAxis) -> f64 {
        self.mean_ms() as f64 / axis.ms_per_px()
    }

    /// Whether each of its cells lies in one cell of the other.
    fn divides(self, other: Self) -> bool {
        match (self.years(), other.years()) {
            // Weeks run across months and years.
            _ if self.unit == Unit::Week => false,
            (0, 0) if other.mean_ms() <= 7 * DAY_MS => other.mean_ms() % self.mean_ms() == 0,
            (0, _) => self.mean_ms() <= DAY_MS || self.unit >= Unit::Month,
            (ours, theirs) => theirs % ours == 0,
        }
    }

    /// What the coarse row shows above it.
    fn coarse(self) -> Option<Unit> {
        match self.unit {
            Unit::Second | Unit::Minute | Unit::Hour => Some(Unit::Day),
            Unit::Day | Unit::Week => Some(Unit::Month),
            Unit::Month | Unit::Quarter => Some(Unit::Year),
            Unit::Year if self.every == 1 => Some(Unit::Decade),
            Unit::Year | Unit::Decade => Some(Unit::Century),
            Unit::Century => Some(Unit::Millennium),
            Unit::Millennium => None,
        }
    }

    /// The fine row's label of the cell that begins at `ms`.
    fn label(self, ms: Millis, lang: Lang) -> String {
        let at = CivilDateTime::from_millis(ms);
        match self.unit {
            Unit::Second => format!("{:02}:{:02}:{:02}", at.hour, at.minute, at.second),
            Unit::Minute | Unit::Hour => format!("{:02}:{:02}", at.hour, at.minute),
            Unit::Day | Unit::Week => at.day.to_string(),
            Unit::Month => month_short(at.month, lang).to_owned(),
            Unit::Quarter => {
                let letter = if lang == Lang::Fr { 'T' } else { 'Q' };
                format!("{letter}{}", at.month.div_ceil(3))
            }
            _ => year_label(at.year, lang),
        }
    }

    /// A wider label, for when there is room to spare.
    fn long_label(self, ms: Millis, lang: Lang) -> Option<String> {
        let at = CivilDateTime::from_millis(ms);
        match self.unit {
            Unit::Day => {
                let weekday = weekday_short(ms.div_euclid(DAY_MS), lang);
                Some(format!("{weekday} {}", at.day))
            }
            Unit::Month => Some(month_name(at.month, lang).to_owned()),
            _ => None,
        }
    }
}

/// The ticks of an axis: first the fine row, then the coarse one, each from
/// left to right.
///
/// Labels of one row stand at least `min_label_px` apart and never overlap as
/// `measure` sees them, which gives the width of a label in pixels. A label
/// that would be cut by the right edge is left out.
#[must_use]
pub fn ticks(
    axis: &TimeAxis,
    min_label_px: f64,
    lang: Lang,
    measure: impl Fn(&str) -> f32,
) -> Vec<Tick> {
    let width = |text: &str| f64::from(measure(text)) + LABEL_INSET_PX + LABEL_GAP_PX;
    let fits = |step: &Step| {
        let coarse_fits = step.coarse().is_none_or(|unit| {
            let (cells, shortest) = (cells(axis, Step { unit, every: 1 }), VARIANTS - 1);
            // The cell under the left edge may be cut: its label may go.
            cells.windows(2).skip(1).all(|pair| {
                width(&coarse_label(pair[0].0, unit, shortest, lang)) <= pair[1].1 - pair[0].1
            })
        });
        step.px(axis) >= min_label_px
            && step.px(axis) >= width(&step.label(axis.window().start, lang))
            && step.px(axis) >= width(&step.label(axis.window().end, lang))
            && coarse_fits
    };
    // Widths grow with the step, so the first that is wide enough is the finest;
    // cells are only walked once that holds.
    let major = STEPS
        .iter()
        .find(|step| step.px(axis) >= min_label_px.max(1.0) && fits(step))
        .copied()
        .unwrap_or(STEPS[STEPS.len() - 1]);
    let mut out = fine_row(axis, major, lang, &width);
    if let Some(unit) = major.coarse() {
        out.extend(coarse_row(axis, unit, lang, &width));
    }
    out
}

fn fine_row(axis: &TimeAxis, major: Step, lang: Lang, width: &impl Fn(&str) -> f64) -> Vec<Tick> {
    let minor = STEPS
        .iter()
        .find(|step| step.px(axis) >= MIN_MINOR_PX && step.divides(major) && **step != major);
    let starts = cells(axis, major);
    let roomy = starts.windows(2).all(|pair| {
        let room = pair[1].1 - pair[0].1;
        major
            .long_label(pair[0].0, lang)
            .is_some_and(|label| width(&label) <= room)
    });
    let mut out = Vec::new();
    let mut free_from = f64::NEG_INFINITY;
    for &(ms, x) in &starts {
        if x >= axis.x0() && x <= axis.x1() {
            let label = major
                .long_label(ms, lang)
                .filter(|_| roomy)
                .unwrap_or_else(|| major.label(ms, lang));
            let end = x + width(&label);
            let shown = x >= free_from && end - LABEL_GAP_PX <= axis.x1();
            if shown {
                free_from = end;
            }
            out.push(Tick {
                x,
                ms,
                level: Level::Major,
                label: shown.then_some(label),
                label_x: x + LABEL_INSET_PX,
                row: 0,
            });
        }
        let Some(minor) = minor else { continue };
        let cell_end = major.next(ms);
        let mut ms = minor.next(ms);
        while ms < cell_end {
            let x = axis.x(ms);
            if x >= axis.x0() && x <= axis.x1() {
                out.push(Tick {
                    x,
                    ms,
                    level: Level::Minor,
                    label: None,
                    label_x: x,
                    row: 0,
                });
            }
            ms = minor.next(ms);
        }
    }
    out
}

fn coarse_row(axis: &TimeAxis, unit: Unit, lang: Lang, width: &impl Fn(&str) -> f64) -> Vec<Tick> {
    let starts = cells(axis, Step { unit, every: 1 });
    let room = |index: usize| {
        let from = starts[index].1.max(axis.x0());
        let to = starts
            .get(index + 1)
            .map_or(axis.x1() + LABEL_GAP_PX, |next| next.1);
        to - from
    };
    let label = |index: usize, variant: usize| {
        let text = coarse_label(starts[index].0, unit, variant, lang);
        (width(&text) <= room(index)).then_some(text)
    };
    // One form for all cells that are whole on screen; those that the edges
    // cut take the longest form that fits.
    let whole = 1..starts.len().saturating_sub(1);
    let common = (0..VARIANTS)
        .find(|&variant| whole.clone().all(|index| label(index, variant).is_some()))
        .unwrap_or(VARIANTS - 1);
    (0..starts.len())
        .map(|index| {
            let (ms, x) = starts[index];
            let text = if whole.contains(&index) {
                label(index, common)
            } else {
                (0..VARIANTS).find_map(|variant| label(index, variant))
            };
            Tick {
                x,
                ms,
                level: Level::Major,
                label: text,
                label_x: x.max(axis.x0()) + LABEL_INSET_PX,
                row: 1,
            }
        })
        .collect()
}

/// Forms of a coarse label, longest first.
const VARIANTS: usize = 3;

fn coarse_label(ms: Millis, unit: Unit, variant: usize, lang: Lang) -> String {
    let at = CivilDateTime::from_millis(ms);
    let (month, year) = (month_short(at.month, lang), year_label(at.year, lang));
    match (unit, variant) {
        (Unit::Day, 1) => format!("{} {month} {year}", at.day),
        (Unit::Day, 2) => format!("{} {month}", at.day),
        (Unit::Month, 1 | 2) => format!("{month} {year}"),
        _ => format_moment(ms, unit, lang),
    }
}

/// The cells of a step that are at least partly on screen: start and position.
fn cells(axis: &TimeAxis, step: Step) -> Vec<(Millis, f64)> {
    let shown = axis.window();
    let mut out = Vec::new();
    let mut ms = step.floor(shown.start);
    while ms < shown.end {
        out.push((ms, axis.x(ms)));
        let next = step.next(ms);
        if next <= ms {
            break; // the end of time
        }
        ms = next;
    }
    out
}

/// The boundary of a calendar unit nearest to a moment; the later one if both
/// are as near.
///
/// ```
/// use chronotope::model::time::{CivilDateTime, Unit};
/// use chronotope::view::ticks::snap;
/// let near_march = CivilDateTime::date(2024, 2, 27).to_millis();
/// assert_eq!(snap(near_march, Unit::Month), CivilDateTime::date(2024, 3, 1).to_millis());
/// ```
#[must_use]
pub fn snap(ms: Millis, unit: Unit) -> Millis {
    let (before, after) = (unit.floor(ms), unit.next(ms));
    if after.saturating_sub(ms) <= ms.saturating_sub(before) {
        after
    } else {
        before
    }
}

#[cfg(test)]
mod tests;
