//! Records become events, block by block on all threads.

use rayon::prelude::*;

use crate::formats::OpenError;
use crate::formats::import::{Draft, Findings, Gather, Plan, Watch};

use super::asides::{may_be_totals, told_by_meaning, told_by_text};
use super::blocks::{Block, Blocks, part};
use super::plain;
use super::wrong::{BROKEN, EMPTY, ENCODING, NULS, WIDTH};

/// Turns records into events, those of each block on a thread of its own.
pub(super) fn fill(
    ahead: Vec<Block>,
    blocks: &mut Blocks,
    (plan, layout): (&Plan, Option<&plain::Layout>),
    gather: &mut Gather,
    watch: &Watch,
) -> Result<(), OpenError> {
    let columns = blocks.begun.dialect.columns.clone();
    let table = Table {
        columns: &columns,
        first_line: blocks.begun.dialect.line,
        plan,
    };
    let drafts = |block: &Block| {
        let quick = layout.and_then(|layout| plain::gather(block, layout, plan));
        quick.unwrap_or_else(|| drafts(block, &table))
    };
    let shape = blocks.begun.dialect.shape;
    let advance = |bytes: u64| watch.advance(bytes);
    let mut done: Vec<Gather> = Vec::new();
    // Of what was read ahead, a block is let go as soon as it is used.
    let mut ahead = ahead.into_iter().peekable();
    while ahead.peek().is_some() {
        let round: Vec<Block> = ahead.by_ref().take(rayon::current_num_threads()).collect();
        done = side_by_side(round, done, gather, |block| {
            advance(block.bytes);
            drafts(&block)
        });
    }
    let mut raw = blocks.several(watch)?;
    while !(raw.is_empty() && done.is_empty()) {
        // The next ones are read meanwhile.
        let (more, next) = rayon::join(
            || blocks.several(watch),
            || {
                side_by_side(raw, done, gather, |raw| {
                    let block = part(raw, shape);
                    advance(block.bytes);
                    drafts(&block)
                })
            },
        );
        (raw, done) = (more?, next);
    }
    Ok(())
}

/// Works on a round of blocks, while what came of those before is taken in.
fn side_by_side<T: Send>(
    round: Vec<T>,
    done: Vec<Gather>,
    gather: &mut Gather,
    work: impl Fn(T) -> Gather + Sync + Send,
) -> Vec<Gather> {
    let (next, ()) = rayon::join(
        || round.into_par_iter().map(work).collect(),
        || {
            for piece in done {
                gather.append(piece);
            }
        },
    );
    next
}

/// What is known of the whole table.
struct Table<'a> {
    columns: &'a [String],
    /// The line of the first row beneath the header.
    first_line: u64,
    plan: &'a Plan,
}

/// The events of a block.
fn drafts(block: &Block, table: &Table<'_>) -> Gather {
    let Table {
        columns,
        first_line,
        plan,
    } = *table;
    let rows = block.records.len();
    let bytes = usize::try_from(block.bytes).unwrap_or(0);
    // Most of what is read is either a text of the event or an attribute; what
    // is not needed is never touched.
    let mut gather = Gather::piece(rows, bytes / 2);
    plan.declare(&mut gather);
    gather.reserve_attributes(rows, bytes);
    if let Some((line, shown)) = &block.damaged {
        gather.findings.note(&ENCODING, "", *line, shown);
    }
    if let Some(line) = block.nuls {
        gather.findings.note(&NULS, "", line, "");
    }
    let records = &block.records;
    let mut broken = records.broken.iter().peekable();
    let mut draft = Draft::default();
    for record in 0..records.len() {
        let (line, wide) = (records.line(record), records.width(record));
        let is_last = record + 1 == records.len();
        // In the order of the rows, however the file is cut into blocks.
        while let Some((at, value)) =
            broken.next_if(|(at, _)| is_last || *at < records.line(record + 1))
        {
            gather.findings.note(&BROKEN, "", *at, value);
        }
        if records.fields(record).all(|f| f.trim().is_empty()) {
            gather.findings.note(&EMPTY, "", line, "");
            gather.skip();
            continue;
        }
        if let Some(aside) = told_by_text(records, record, columns, line == first_line) {
            gather
                .findings
                .note(aside, "", line, records.get(record, 0));
            gather.skip();
            continue;
        }
        let width = columns.len();
        if wide != width {
            let mut widths = format!("{wide} of {width}");
            let mut surplus = records.fields(record).skip(width);
            if let Some(value) = surplus.find(|value| !value.is_empty()) {
                widths.push_str(": ");
                widths.push_str(value);
            }
            gather.findings.note(&WIDTH, "", line, &widths);
        }
        draft.clear();
        // Of a row that is left out only that is told.
        let named = may_be_totals(records, record);
        let mut aside = Findings::default();
        let findings = if named {
            &mut aside
        } else {
            &mut gather.findings
        };
        plan.fill(&mut draft, |c| records.get(record, c), line, findings);
        if let Some(wrong) = told_by_meaning(named, &draft, plan) {
            gather
                .findings
                .note(wrong, "", line, records.get(record, 0));
            gather.skip();
            continue;
        }
        if named {
            gather.findings.append(aside);
        }
        gather.add(&draft, line);
    }
    gather
}
