//! From a file to a dataset.

use encoding_rs::Encoding;

use crate::dataset::{Meta, Parts, PlainEvents};
use crate::formats::import::{Gather, Input, Mapping, Plan, Watch};
use crate::formats::{OpenError, OpenOptions, Opened, Report};
use crate::model::{Localised, fold};

use super::begin::{Begun, begin};
use super::blocks::{Block, Blocks};
use super::dialect::{Dialect, Fit};
use super::fill::fill;
use super::plain;
use super::wrong::{
    CUT_SHORT, GUESSED, LONG, NO_DATE, NO_HEADER, NO_PLACE, NO_ROWS, PREAMBLE, ROW_NAMES, TWICE,
    WIDER,
};

/// Bytes a block: large enough that cutting costs nothing, small enough that
/// all threads together hold little.
const BLOCK: usize = 1 << 22;
/// Bytes that are looked through for a date that tells day from month.
const LOOK_AHEAD: usize = 1 << 26;
/// Values of a column that the plan is shown.
const SAMPLES: usize = 2_000;

/// Reads a table.
///
/// # Errors
/// When it cannot be read, is no table, or the mapping names columns that are
/// not there.
pub fn read(input: Input, options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    read_in_blocks(input, options, watch, BLOCK)
}

pub(super) fn read_in_blocks(
    input: Input,
    options: &OpenOptions,
    watch: &Watch,
    size: usize,
) -> Result<Opened, OpenError> {
    let gathered = gathered_in_blocks(input, options, watch, (size, true))?;
    let Gathered {
        gather,
        label,
        format,
        meta,
    } = gathered;
    Ok(gather.finish(&label, &format, meta, watch))
}

/// What was read of a file, before a dataset is made of it.
pub(super) struct Gathered {
    gather: Gather,
    label: String,
    format: String,
    meta: Meta,
}

impl Gathered {
    /// In columns.
    pub fn columns(self) -> (Parts, PlainEvents, Report) {
        self.gather.columns(&self.label, &self.format, self.meta)
    }
}

/// Reads a table, without making a dataset of it.
pub(super) fn gathered(
    input: Input,
    options: &OpenOptions,
    watch: &Watch,
) -> Result<Gathered, OpenError> {
    gathered_in_blocks(input, options, watch, (BLOCK, true))
}

/// As [`gathered`], in blocks of so many bytes, and with the quick way for the
/// plainest tables or without it.
pub(super) fn gathered_in_blocks(
    input: Input,
    options: &OpenOptions,
    watch: &Watch,
    (size, quick): (usize, bool),
) -> Result<Gathered, OpenError> {
    watch.expect(input.size.unwrap_or(0));
    let begun = begin(input)?;
    let mapping = options.mapping.as_ref();
    if let Some(mapping) = mapping {
        check_mapping(mapping, &begun)?;
    }
    let (dialect, known, label, name) = (
        begun.dialect.clone(),
        begun.known.clone(),
        begun.label.clone(),
        begun.name.clone(),
    );
    let file_size = begun.size;
    let mut blocks = Blocks::new(begun, size);
    let mut ahead = blocks.next(watch)?;
    let mut gather = plain::room(&dialect, &ahead, file_size);
    let mut plan = plan(&dialect, &ahead, mapping, &mut gather);
    look_ahead(&mut plan, &mut ahead, &mut blocks, watch)?;
    about_the_file(&dialect, &plan, &mut gather);
    gather.understood = plan.understood();
    let layout = plain::Layout::as_planned(&dialect, &plan);
    let layout = layout.filter(|_| quick && mapping.is_none());
    fill(
        ahead,
        &mut blocks,
        (&plan, layout.as_ref()),
        &mut gather,
        watch,
    )?;
    if let Some((_, why)) = blocks.cut_short.as_ref().filter(|_| gather.is_empty()) {
        return Err(OpenError::new(
            label,
            format!("it cannot be read ({why})"),
            "check that the file is whole",
        ));
    }
    if let Some((line, why)) = &blocks.cut_short {
        gather.findings.note(&CUT_SHORT, "", *line, why);
    }
    for line in &blocks.long {
        gather.skip();
        gather.findings.note(&LONG, "", *line, "");
    }
    if gather.is_empty() && !dialect.header {
        return Err(OpenError::new(
            label,
            "there are no rows in it",
            "open a table with a header and one event a row",
        ));
    }
    if gather.is_empty() && gather.counts().skipped == 0 {
        gather.findings.note(&NO_ROWS, "", 1, "");
    }
    let encoding = known.get();
    if let Some((encoding, true)) = encoding {
        gather.findings.note(&GUESSED, "", 0, encoding.name());
    }
    let format = match layout {
        Some(_) => plain::NAME.to_owned(),
        None => format_name(&plan, &dialect, encoding.map(|e| e.0)),
    };
    let meta = Meta {
        id: slug(&name),
        title: Localised::new("und", &name),
        ..Meta::default()
    };
    Ok(Gathered {
        gather,
        label,
        format,
        meta,
    })
}

fn check_mapping(mapping: &Mapping, begun: &Begun) -> Result<(), OpenError> {
    let missing = mapping.missing(&begun.dialect.columns);
    if missing.is_empty() {
        return Ok(());
    }
    let columns = &begun.dialect.columns;
    let mut all = columns
        .iter()
        .take(60)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if columns.len() > 60 {
        all.push_str(", …");
    }
    Err(OpenError::new(
        begun.label.clone(),
        format!("there is no column {}", missing.join(", ")),
        format!("the columns are {all}"),
    ))
}

/// Makes the plan by what stands in the first blocks.
pub(super) fn plan(
    dialect: &Dialect,
    blocks: &[Block],
    mapping: Option<&Mapping>,
    gather: &mut Gather,
) -> Plan {
    let samples = |column: usize| {
        blocks
            .iter()
            .flat_map(|b| (0..b.records.len()).map(move |r| b.records.get(r, column).to_owned()))
            .take(SAMPLES)
            .collect()
    };
    Plan::new(&dialect.columns, &samples, mapping, gather)
}

/// Reads on until a date tells whether day or month comes first, as far as is
/// bearable.
fn look_ahead(
    plan: &mut Plan,
    ahead: &mut Vec<Block>,
    blocks: &mut Blocks,
    watch: &Watch,
) -> Result<(), OpenError> {
    let mut looked = 0;
    let mut from = 0;
    loop {
        let columns = plan.undecided();
        if columns.is_empty() {
            return Ok(());
        }
        for block in &ahead[from..] {
            looked += usize::try_from(block.bytes).unwrap_or(usize::MAX);
            for record in 0..block.records.len() {
                for column in &columns {
                    plan.see_date(*column, block.records.get(record, *column));
                }
            }
        }
        if plan.undecided().is_empty() || looked > LOOK_AHEAD {
            return Ok(());
        }
        from = ahead.len();
        let more = blocks.next(watch)?;
        if more.is_empty() {
            return Ok(());
        }
        ahead.extend(more);
    }
}

/// What is to be said of the file as a whole.
fn about_the_file(dialect: &Dialect, plan: &Plan, gather: &mut Gather) {
    let findings = &mut gather.findings;
    for line in &dialect.preamble {
        findings.note(&PREAMBLE, "", 1, line);
    }
    let names_line = dialect.line.saturating_sub(1);
    for name in &dialect.twice {
        findings.note(&TWICE, name, names_line, "");
    }
    match dialect.fit {
        Fit::Whole => {}
        Fit::Wider => findings.note(&WIDER, "", names_line, ""),
        Fit::RowNames => findings.note(&ROW_NAMES, "", names_line, ""),
    }
    if !dialect.header && plan.profile().is_none() {
        findings.note(&NO_HEADER, "", 1, "");
    }
    let columns = || {
        dialect
            .columns
            .iter()
            .take(12)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ")
    };
    if !plan.has_date() {
        findings.note(&NO_DATE, "", 0, &columns());
    }
    if !plan.has_place() {
        findings.note(&NO_PLACE, "", 0, &columns());
    }
}

fn format_name(plan: &Plan, dialect: &Dialect, encoding: Option<&'static Encoding>) -> String {
    let mut name = match plan.profile() {
        Some(profile) => profile.name().to_owned(),
        None => match dialect.shape.delimiter {
            b'\t' => "delimited text, tabs".to_owned(),
            sign => format!("delimited text, \"{}\"", char::from(sign)),
        },
    };
    if let Some(encoding) = encoding.filter(|e| *e != encoding_rs::UTF_8) {
        name.push_str(", ");
        name.push_str(encoding.name());
    }
    name
}

/// A name as an id: its folded words with hyphens between them.
fn slug(name: &str) -> String {
    match fold(name).replace(' ', "-") {
        slug if slug.is_empty() => "unnamed".to_owned(),
        slug => slug,
    }
}
