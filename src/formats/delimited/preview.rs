//! A look at a table before it is opened: how it is written, what its columns
//! are taken for, and what its first rows become.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::formats::import::{Draft, DraftTime, Gather, Input, Mapping, Profile, Question, Role};
use crate::formats::{OpenError, Problem, Report, RowCounts};
use crate::model::fold;
use crate::model::time::When;

use super::begin::begin;
use super::blocks::{Block, Blocks};
use super::dialect::Dialect;
use super::read;

/// Rows that are tried.
const TRIED: usize = 1_000;
/// Rows and values that are shown.
const SHOWN: usize = 8;
/// Bytes of a file that are looked at.
const LOOKED_AT: usize = 1 << 20;
/// Letters of a value shown.
const LETTERS: usize = 120;

/// A column as the file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnView {
    /// Its name, or `column N` where the file has none.
    pub name: String,
    /// What it is taken for; in a profile, what it comes nearest to.
    pub role: Role,
    /// Its first values, shortened.
    pub values: Vec<String>,
}

/// What a row becomes.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleRow {
    /// The line in which it begins, from 1.
    pub line: u64,
    /// Title, or the summary's beginning, or the id.
    pub title: String,
    /// The date as it was understood, as EDTF.
    pub date: Option<String>,
    /// Latitude and longitude, of a point.
    pub lat_lon: Option<(f64, f64)>,
}

/// What the first rows become with a mapping.
#[derive(Clone, Debug, PartialEq)]
pub struct TryOut {
    /// The first of them.
    pub rows: Vec<SampleRow>,
    /// What becomes of all that were tried.
    pub counts: RowCounts,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
    /// What the values do not decide.
    pub questions: Vec<Question>,
    /// What each column is then taken for.
    pub roles: Vec<Role>,
}

/// A look at a table.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What messages call the file.
    pub label: String,
    /// What stands between two fields.
    pub delimiter: char,
    /// Name of the encoding, such as `UTF-8` or `windows-1256`.
    pub encoding: &'static str,
    /// Whether the first row names the columns.
    pub header: bool,
    /// The database whose columns these are.
    pub profile: Option<Profile>,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// The first rows, as they stand, shortened.
    pub rows: Vec<Vec<String>>,
    /// What the values do not decide.
    pub questions: Vec<Question>,
    /// A key under which a mapping for such a table can be kept.
    pub key: String,
    dialect: Dialect,
    sample: Arc<Vec<Block>>,
}

/// Looks at the first rows of a table.
///
/// # Errors
/// When it cannot be read or is no table.
pub fn preview(input: Input) -> Result<Preview, OpenError> {
    let begun = begin(input)?;
    let (dialect, known, label) = (
        begun.dialect.clone(),
        begun.known.clone(),
        begun.label.clone(),
    );
    let sample = Blocks::new(begun, LOOKED_AT).first()?;
    let plan = read::plan(&dialect, &sample, None, &mut Gather::default());
    let records = || {
        let all = sample.iter();
        all.flat_map(|b| (0..b.records.len()).map(move |r| (&b.records, r)))
    };
    let value = |column: usize| {
        let values = records().map(move |(all, r)| all.get(r, column).trim());
        let some = values.filter(|v| !v.is_empty()).take(SHOWN);
        some.map(short).collect::<Vec<_>>()
    };
    let columns = dialect
        .columns
        .iter()
        .enumerate()
        .map(|(at, name)| ColumnView {
            name: name.clone(),
            role: plan.means(at),
            values: value(at),
        });
    let columns = columns.collect();
    let rows = records()
        .take(SHOWN)
        .map(|(all, r)| all.fields(r).map(short).collect())
        .collect();
    Ok(Preview {
        label,
        delimiter: char::from(dialect.shape.delimiter),
        encoding: known.get().map_or("UTF-8", |(encoding, _)| encoding.name()),
        header: dialect.header,
        profile: plan.profile(),
        columns,
        rows,
        questions: plan.questions(),
        key: mapping_key(&dialect.columns),
        dialect,
        sample: Arc::new(sample),
    })
}

impl Preview {
    /// What the first rows become with what the user says of the columns.
    #[must_use]
    pub fn try_mapping(&self, mapping: &Mapping) -> TryOut {
        let mut gather = Gather::default();
        let plan = read::plan(&self.dialect, &self.sample, Some(mapping), &mut gather);
        let mut rows = Vec::new();
        let mut left = TRIED;
        let mut counts = RowCounts::default();
        let mut draft = Draft::default();
        for block in self.sample.iter() {
            let records = &block.records;
            for record in (0..records.len()).take(left) {
                draft.clear();
                let line = records.line(record);
                plan.fill(
                    &mut draft,
                    |c| records.get(record, c),
                    line,
                    &mut gather.findings,
                );
                counts.read += 1;
                counts.kept += 1;
                counts.without_place += u64::from(draft.geometry.is_none());
                counts.without_date += u64::from(draft.time == DraftTime::Unknown);
                if rows.len() < SHOWN {
                    rows.push(sample_row(&draft, line));
                }
            }
            left = left.saturating_sub(records.len());
            // Drafts borrow from the block.
            draft = Draft::default();
        }
        let mut report = Report::default();
        std::mem::take(&mut gather.findings).report(&self.label, &mut report);
        TryOut {
            rows,
            counts,
            problems: report.problems,
            questions: plan.questions(),
            roles: (0..self.columns.len()).map(|c| plan.means(c)).collect(),
        }
    }
}

fn sample_row(draft: &Draft<'_>, line: u64) -> SampleRow {
    let title = [&draft.title, &draft.summary, &draft.id]
        .into_iter()
        .find(|t| !t.is_empty());
    let date = match &draft.time {
        DraftTime::Unknown => None,
        DraftTime::Extent(extent) => When::of_extent(*extent).map(|w| w.edtf().to_owned()),
        DraftTime::When(when) => Some(when.edtf().to_owned()),
    };
    let lat_lon = match &draft.geometry {
        Some(geo::Geometry::Point(p)) => Some((p.y(), p.x())),
        _ => None,
    };
    SampleRow {
        line,
        title: title.map_or_else(String::new, |t| short(t)),
        date,
        lat_lon,
    }
}

fn short(value: &str) -> String {
    let mut letters = value.trim().chars();
    let mut short: String = letters.by_ref().take(LETTERS).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}

/// A key of a table's columns, the same for all tables with the same columns in
/// any order: to keep a mapping and use it again.
#[must_use]
pub fn mapping_key(columns: &[String]) -> String {
    let mut names: Vec<String> = columns.iter().map(|c| fold(c)).collect();
    names.sort_unstable();
    // FNV-1a: the same in every version of the program.
    let hash = names
        .join("\n")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let mut key = String::new();
    // Writing to a text does not fail.
    let _ = write!(key, "{hash:016x}");
    key
}
