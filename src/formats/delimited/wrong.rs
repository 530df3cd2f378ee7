//! What can be wrong with a table as a whole, or with the text of a row.

use crate::formats::Severity::{Error, Warning};
use crate::formats::import::Wrong;

macro_rules! wrongs {
    ($($name:ident = $id:literal, $severity:ident, $what:literal, $remedy:literal;)*) => {
        $(pub(super) static $name: Wrong = Wrong {
            id: $id, severity: $severity, what: $what, remedy: $remedy,
        };)*
    };
}

wrongs! {
    WIDTH = "width", Error,
        "the row has fewer or more values than there are columns; what stands in their places was read",
        "put texts that hold delimiters, quotes or line ends in double quotes";
    BROKEN = "quote", Warning,
        "a quote inside a quoted text is not doubled, or a quote is never closed; it was taken as a letter",
        "write a quote inside a quoted text twice";
    ENCODING = "encoding", Error,
        "the text is not all UTF-8; what is not was replaced",
        "save the file as UTF-8";
    GUESSED = "encoding-guessed", Warning,
        "the file does not say its encoding, which was taken from its letters",
        "if words look wrong, save the file as UTF-8";
    LONG = "too-long", Error,
        "a row is longer than 16 MiB and was left out",
        "check that its quotes are closed";
    EMPTY = "empty-row", Warning,
        "a row has no values and was left out",
        "delete it";
    COMMENT = "comment-row", Warning,
        "a row is a remark, and was left out",
        "nothing has to be done";
    TAGS = "tag-row", Warning,
        "a row holds the tags of the columns, and was left out",
        "nothing has to be done";
    UNITS = "unit-row", Warning,
        "the row beneath the names of the columns holds their units, and was left out",
        "nothing has to be done";
    HEADER_AGAIN = "header-row", Warning,
        "a row holds the names of the columns once more, and was left out",
        "nothing has to be done";
    TOTALS = "totals-row", Warning,
        "a row holds totals and neither a date nor a position; it was left out",
        "if it is an event, say when or where it was";
    WIDER = "wider-than-header", Error,
        "the rows have more values than the first row has names; the last columns have numbers for names, and values may stand one column too far",
        "name every column, and put texts and numbers that hold delimiters in double quotes";
    ROW_NAMES = "row-names", Warning,
        "the first column has no name and counts the rows: the names were moved by one",
        "give it a name if they should not be";
    PREAMBLE = "preamble", Warning,
        "lines before the names of the columns were passed over",
        "delete them, if the names are not where they should be";
    NO_HEADER = "no-header", Warning,
        "the first row does not name the columns",
        "write the names of the columns into the first row, or name them by their number in --map, as \"column 1\"=id";
    TWICE = "same-column", Warning,
        "two columns have the same name; the second got a number",
        "rename one";
    NO_DATE = "no-date-column", Warning,
        "no column was recognised as a date; the events are kept without one",
        "say which it is with --map COLUMN=date";
    NO_PLACE = "no-place-column", Warning,
        "no columns were recognised as coordinates; the events are kept without a place",
        "say which they are with --map COLUMN=lat,COLUMN=lon";
    NO_ROWS = "no-rows", Warning,
        "there is no row behind the names of the columns",
        "check that the file is whole";
    CUT_SHORT = "cut-short", Error,
        "the file cannot be read to its end; what stands before is kept",
        "fetch or pack it again";
    NULS = "nul", Error,
        "the text holds NUL bytes, which were left out",
        "check that the file is whole";
}
