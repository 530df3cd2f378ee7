//! What can be wrong with the values of a record.

use super::super::Wrong;
use crate::formats::Severity::{Error, Warning};

macro_rules! wrongs {
    ($($name:ident = $id:literal, $severity:ident, $what:literal, $remedy:literal;)*) => {
        $(pub(crate) static $name: Wrong = Wrong {
            id: $id, severity: $severity, what: $what, remedy: $remedy,
        };)*
    };
}

wrongs! {
    NO_ID = "no-id", Warning,
        "the event has no id; it got one from its line",
        "give each event an id of its own";
    TOLD_TWICE = "told-twice", Warning,
        "another column was said to be the same, and was taken; this one is kept as an attribute",
        "say it of one column only";
    RECORD_DATE = "record-date", Warning,
        "by its name this tells when the record was made, not when it happened; it was taken for want of another date",
        "say which column tells when it happened with --map COLUMN=date";
    NO_YEAR = "no-year", Warning,
        "a month or day is there without its year; the event is kept without a date",
        "write whole dates, or say which column is the year with --map COLUMN=year";
    DATE = "date", Error,
        "this cannot be read as a date; the event is kept without it",
        "write for example 2017-10-04, 2016-11 or 2014";
    ORDER = "date-order", Error,
        "the end is before the start, and was left out",
        "correct one of them";
    DAY_FIRST = "day-first", Warning,
        "day and month could be exchanged; they were read as day first",
        "if the month comes first, open it with --map dates=month-first";
    MONTH_FIRST = "month-first", Warning,
        "day and month could be exchanged; they were read as month first",
        "if the day comes first, open it with --map dates=day-first";
    SHORT_YEAR = "two-digit-year", Warning,
        "the year has two digits; 00 to 29 were taken for 2000 to 2029, others for 1930 to 1999",
        "write years with four digits";
    FUTURE = "future", Warning,
        "the date lies in the future",
        "check the date";
    ERA = "before-era", Warning,
        "the date lies before the first year these data cover",
        "check the date";
    TIME = "time-of-day", Warning,
        "this cannot be read as a time of day; the event has its day only",
        "write for example 14:30 or 14:30:05";
    COORDINATE = "coordinate", Error,
        "this is no coordinate in degrees; the event is kept without a place",
        "write latitudes from -90 to 90 and longitudes from -180 to 180";
    RANGE = "out-of-range", Error,
        "this is out of the range of degrees; the event is kept without a place",
        "write latitudes from -90 to 90 and longitudes from -180 to 180";
    SWAPPED = "swapped", Error,
        "latitude and longitude seem to be exchanged: the latitude is beyond 90 degrees; the event is kept without a place",
        "exchange the two columns, or open it with --map saying which is lat and which is lon";
    PROJECTED = "projected", Error,
        "these are metres of a projected coordinate system, no degrees; the event is kept without a place",
        "convert the file to WGS 84 (EPSG:4326), for example with ogr2ogr -t_srs EPSG:4326";
    LON_360 = "lon-360", Warning,
        "longitudes are beyond 180 degrees; a whole turn was taken off",
        "write longitudes from -180 to 180";
    NULL_ISLAND = "zero-zero", Warning,
        "the position is latitude 0, longitude 0, which mostly stands for an unknown place",
        "leave coordinates empty where the place is not known";
    HALF_PLACE = "half-place", Error,
        "a coordinate is missing; the event is kept without a place",
        "write both, or neither where the place is not known";
    HALF_PAIR = "half-pair", Warning,
        "only one of latitude and longitude was recognised; the events are kept without a place",
        "say which the other is with --map COLUMN=lat or COLUMN=lon";
    LETTER_O = "letter-o", Warning,
        "O was read as west, as in French and Spanish; in German it is east",
        "write W and E, or minus for west";
    HEMISPHERE = "hemisphere", Warning,
        "by the name of the column its degrees are west or south, and were read so",
        "write minus before what is west or south";
    EXCHANGED = "exchanged", Warning,
        "the letters say that latitude and longitude are exchanged; they were read by their letters",
        "exchange the two columns";
    NO_SPOT = "no-spot", Warning,
        "the row says that its position is not known; its coordinates were left out and kept as text",
        "nothing, if that is right";
    GEOMETRY = "geometry", Error,
        "this geometry cannot be read; the event is kept without it",
        "write well-known text such as POINT (lon lat), or GeoJSON";
    TOLL = "toll", Warning,
        "this is no number of people; it is kept as text only",
        "write whole numbers from 0 on, and nothing where it is not known";
    TOLL_PARTS = "toll-parts", Warning,
        "several columns count some of the people each, and none counts all; they are kept as attributes",
        "say which is the toll with --map COLUMN=killed or COLUMN=wounded";
    TOLL_ORDER = "toll-order", Warning,
        "the figures are not low ≤ best ≤ high; they are kept as they stand",
        "check the figures";
    FRACTION = "fraction", Warning,
        "a number of people has a fraction; it lies between the whole numbers around it",
        "write whole numbers";
    KIND = "kind", Warning,
        "this kind is not known; the event is kept as \"other\"",
        "use attack, clash, strike, raid, explosion, abduction, … or other; the word itself is kept";
    CODE = "code", Warning,
        "this code is not in the codebook; it is kept as text only",
        "check the code";
    PRECISION = "precision", Warning,
        "this precision is not known; that of the position is taken for unknown",
        "use exact, near, admin2, admin1, region, country or unknown";
    RADIUS = "radius", Warning,
        "this is no radius in metres",
        "write a number from 0 on";
    SPELL = "month-or-day", Warning,
        "this is no month or day; the date is kept without it",
        "write 1 to 12 and 1 to 31, and 0 or nothing where it is not known";
}
