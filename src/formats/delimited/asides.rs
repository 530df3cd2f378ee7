//! Rows of a table that are no events: the names of the columns once more, tags
//! or units beneath them, remarks, totals.

use crate::formats::import::record::blank;
use crate::formats::import::{Draft, DraftTime, Plan, Wrong};
use crate::model::fold;

use super::records::Records;
use super::wrong::{COMMENT, HEADER_AGAIN, TAGS, TOTALS, UNITS};

/// What a row of totals begins with, folded.
const TOTAL: [&str; 14] = [
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sum",
    "somme",
    "gesamt",
    "summe",
    "suma",
    "totale",
    "toplam",
    "итого",
    "всего",
    "المجموع",
];

/// What a record is, if it is plain without understanding it that it is no
/// event. `is_first`: it stands right beneath the header.
pub(super) fn told_by_text(
    records: &Records,
    record: usize,
    columns: &[String],
    is_first: bool,
) -> Option<&'static Wrong> {
    let field = |at| records.get(record, at).trim();
    let first = field(0);
    // Almost every row is told by its first letters.
    if let Some(rest) = first.strip_prefix('#') {
        let alone = (1..records.width(record)).all(|at| field(at).is_empty());
        if alone && columns.len() > 1 {
            return Some(&COMMENT);
        }
        if rest.starts_with(char::is_alphabetic) && are_tags(records, record) {
            return Some(&TAGS);
        }
    }
    if first.is_empty() && is_first && are_tags(records, record) {
        return Some(&TAGS);
    }
    if first == columns[0] && !first.is_empty() && is_header(records, record, columns) {
        return Some(&HEADER_AGAIN);
    }
    let is = |unit: &str| records.fields(record).any(|f| f.trim() == unit);
    (is_first && is("degrees_north") && is("degrees_east")).then_some(&UNITS)
}

/// Tags of the Humanitarian Exchange Language: `#date`, `#geo+lat`.
fn are_tags(records: &Records, record: usize) -> bool {
    let mut filled = records
        .fields(record)
        .map(str::trim)
        .filter(|f| !f.is_empty())
        .peekable();
    let tag = |field: &str| {
        let rest = field.strip_prefix('#');
        rest.is_some_and(|rest| rest.starts_with(char::is_alphabetic) && !rest.contains(' '))
    };
    filled.peek().is_some() && filled.all(tag)
}

fn is_header(records: &Records, record: usize, columns: &[String]) -> bool {
    let same = |(field, name): (&str, &String)| field.trim() == name || field.trim().is_empty();
    let filled = records.fields(record).filter(|f| !f.trim().is_empty());
    filled.count() > 1 && records.fields(record).zip(columns).all(same)
}

/// Whether a record begins as a row of totals does.
pub(super) fn may_be_totals(records: &Records, record: usize) -> bool {
    let mut fields = records.fields(record).map(blank::trim);
    let first = fields.find(|f| !f.is_empty()).unwrap_or_default();
    // Most rows begin with a number, or with an id or date that holds one.
    let words = first.len() < 40 && !first.bytes().any(|b| b.is_ascii_digit());
    words && TOTAL.contains(&fold(first).as_str())
}

/// What a record is, of which is known what it means: a row of totals says
/// neither when nor where. `named`: it begins as one.
pub(super) fn told_by_meaning(
    named: bool,
    draft: &Draft<'_>,
    plan: &Plan,
) -> Option<&'static Wrong> {
    let nowhere = draft.time == DraftTime::Unknown && draft.geometry.is_none();
    if !nowhere || !(plan.has_date() || plan.has_place()) {
        return None;
    }
    let texts = [&draft.id, &draft.title, &draft.summary, &draft.place];
    let only_figures = !draft.tolls.is_empty()
        && texts.iter().all(|text| text.is_empty())
        && draft.participants.is_empty()
        && draft.sources.is_empty()
        && draft.attributes.iter().all(|(_, value)| value.is_empty());
    (named || only_figures).then_some(&TOTALS)
}

#[cfg(test)]
mod tests {
    use crate::formats::shown::bytes;

    /// Events, people killed, rows left out, and the codes of the problems.
    fn read(table: &str) -> (usize, Option<u64>, u64, Vec<&'static str>) {
        let (dataset, report) = bytes("t.csv", table.as_bytes().to_vec()).unwrap();
        let codes = report.problems.iter().map(|p| p.code).collect();
        let killed = dataset.summary(&dataset.all(), "en").killed.best;
        (dataset.len(), killed, report.rows.skipped, codes)
    }

    #[test]
    fn what_is_no_event_is_left_out_and_told() {
        let rows = "2020-01-01,Gao,1,2,3\n2020-01-02,Gao,1,2,4\n";
        let with = |before: &str, after: &str| {
            read(&format!("Date,Place,Lat,Lon,Killed\n{before}{rows}{after}"))
        };
        assert_eq!(with("", ""), (2, Some(7), 0, vec![]));
        let tags = "#date,#loc+name,#geo+lat,#geo+lon,#affected+killed\n";
        assert_eq!(with(tags, ""), (2, Some(7), 1, vec!["tag-row"]));
        let units = "UTC,,degrees_north,degrees_east,\n";
        assert_eq!(with(units, ""), (2, Some(7), 1, vec!["unit-row"]));
        let again = "Date,Place,Lat,Lon,Killed\n2020-01-03,Gao,1,2,5\n";
        assert_eq!(with("", again), (3, Some(12), 1, vec!["header-row"]));
        assert_eq!(with("", ",,,,7\n"), (2, Some(7), 1, vec!["totals-row"]));
        assert_eq!(
            with("", "Total,,,,7\n"),
            (2, Some(7), 1, vec!["totals-row"])
        );
        let remark = with("", "# as of May,,,,\n");
        assert_eq!(remark, (2, Some(7), 1, vec!["comment-row"]));
    }

    #[test]
    fn an_event_that_looks_alike_stays() {
        let total = "date,place,lat,lon,notes\n2020-01-01,Total,1,2,a\n,Gao,,,Total\n";
        assert_eq!(read(total).0, 2);
        let hash = "id,date,lat,lon\n#1,2020-01-01,1,2\n#2,2020-01-01,1,2\n";
        assert_eq!(read(hash).0, 2);
    }

    #[test]
    fn rows_wider_than_the_header_are_told_and_row_names_moved() {
        let wider = "id,date,lat,lon\nx,2020-01-01,13,5,2,1\ny,2020-01-01,13,5,2,1\n";
        assert!(read(wider).3.contains(&"wider-than-header"));
        let r = "date,lat,lon\n1,2020-01-01,13.5,2.1\n2,2020-01-02,13.5,2.1\n";
        let (dataset, report) = bytes("t.csv", r.as_bytes().to_vec()).unwrap();
        assert_eq!(report.problems[0].code, "row-names");
        assert_eq!(
            (report.rows.without_place, report.rows.without_date),
            (0, 0)
        );
        assert_eq!(dataset.len(), 2);
    }
}
