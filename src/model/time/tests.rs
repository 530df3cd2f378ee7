//! Unit tests of the time model: one expression, one meaning.

use super::*;

fn ms(year: i64, month: u8, day: u8) -> Millis {
    CivilDateTime::date(year, month, day).to_millis()
}

fn when(text: &str) -> When {
    When::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

fn window(text: &str) -> Window {
    Window::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn check(event: &str, shown: &str, expected: Inclusion) {
    assert_eq!(
        when(event).relation(window(shown)),
        expected,
        "{event} in {shown}"
    );
}

#[test]
fn relations_follow_the_written_date() {
    use Inclusion::{Certainly, No, Possibly};
    check("2016-11", "2016-11", Certainly);
    check("2016-11", "2016-11-10/2016-11-20", Possibly);
    check("2016-11", "2016-12", No);
    check("2013/2015", "2014", Certainly);
    check("2013/2015", "2013", Certainly);
    check("2013/2015", "2013-06", Possibly);
    check("2018-11-11/2018-11-12", "2018-11-12", Certainly);
    check("2018-11-11/2018-11-12", "2018-11-13", No);
    check("[2014,2016]", "2015", No);
    check("[2014,2016]", "2014", Possibly);
    check("[2014,2016]", "2014/2016", Certainly);
    check("[2017-10-04..2022-11]", "2020", Possibly);
    check("{2022-10-28..2022-10-29,2022-10-31}", "2022-10-30", No);
    check(
        "{2022-10-28..2022-10-29,2022-10-31}",
        "2022-10-31",
        Certainly,
    );
    check(
        "{2022-10-28..2022-10-29,2022-10-31}",
        "2022-10-29",
        Certainly,
    );
    check("2022-11-30/..", "2022-11-30", Certainly);
    check("2022-11-30/..", "2030", Possibly);
    check("2022-11-30/..", "2021", No);
    check("2004-06-01/", "2005", Possibly);
    check("/2006", "2006", Certainly);
    check("/2006", "1900", Possibly);
    check("/2006", "2007", No);
    check("[..2024-12-27]", "2024-12-27", Possibly);
    check("[..2024-12-27]", "2025", No);
    check("[..2024-12-27]", "../2024", Certainly);
    check("[2024..]", "2024/..", Certainly);
    check("1984~", "1983", No);
    check("1985-04-12T23:20:30Z", "1985-04-12", Certainly);
    check("{2001/..}".trim_matches(['{', '}']), "..", Certainly);
}

#[test]
fn precision_is_that_of_the_coarsest_part() {
    use TimePrecision as P;
    for (text, expected) in [
        ("2017-10-04T10:00:00Z", P::Second),
        ("2017-10-04", P::Day),
        ("2017-10-04/2022-11", P::Month),
        ("2017-10-XX", P::Month),
        ("2017-XX-XX", P::Year),
        ("2001-34", P::Season),
        ("199X", P::Decade),
        ("156X-12-25", P::Decade),
        ("19XX", P::Century),
        ("1950S2", P::Century),
        ("Y171010000S3", P::Millennium),
        ("Y17E7", P::Year),
        ("2014/..", P::Year),
    ] {
        assert_eq!(when(text).precision(), expected, "{text}");
    }
}

#[test]
fn three_days_are_not_four() {
    let fight = when("{2022-10-28..2022-10-29,2022-10-31}");
    assert_eq!(fight.set_kind(), SetKind::AllOf);
    assert_eq!(fight.members().len(), 2);
    let mut days = 0;
    for day in 25..=31 {
        let shown = Window::new(ms(2022, 10, day), ms(2022, 10, day) + DAY_MS);
        days += i32::from(fight.relation(shown) == Inclusion::Certainly);
    }
    assert_eq!(days, 3);
}

#[test]
fn shifts_and_extensions() {
    let shifted = when("2004-01-01T10:10:10+05:00").extent();
    let expected = ms(2004, 1, 1) + 5 * HOUR_MS + 10 * MINUTE_MS + 10 * SECOND_MS;
    assert_eq!(shifted, Extent::within(expected, expected + 999));
    let hours = when("2017-10-04T08:00:00Z/2017-10-04T11:30:00Z").extent();
    assert_eq!(hours.start_earliest, ms(2017, 10, 4) + 8 * HOUR_MS);
    assert_eq!(hours.end_latest, ms(2017, 10, 4) + 690 * MINUTE_MS + 999);
    assert!(When::parse("2017-10-04T08:00:00Z/2017-10-03T11:30:00Z").is_err());
    assert_eq!(
        when("-01XX").extent(),
        Extent::within(ms(-199, 1, 1), ms(-99, 1, 1) - 1)
    );
    assert_eq!(when(" 2017-10 ").edtf(), "2017-10");
}

#[test]
fn far_years_saturate_without_becoming_open() {
    for text in ["Y1E100", "Y9223372036854775807", "Y9E18S1"] {
        assert_eq!(when(text).extent(), Extent::at(LAST_MOMENT), "{text}");
        assert!(!when(text).is_open_end());
    }
    assert_eq!(when("Y-1E100").extent(), Extent::at(FIRST_MOMENT));
    assert!(!when("Y-1E100").is_open_start());
}

#[test]
fn errors_say_what_to_write() {
    for (text, remedy) in [
        ("", "write for example 2017-10-04, 2016-11 or 2014/2016"),
        ("04/10/2017", "write 2017-10-04 or 2017-04-10"),
        ("31.12.2017", "write 2017-12-31"),
        ("4-10-2017", "write 2017-10-04 or 2017-04-10"),
        ("2017/10/04", "write 2017-10-04"),
        ("2017/10/4", "write 2017-10-04"),
        ("2017-1-4", "write 2017-01-04"),
        ("10/2017", "write 2017-10"),
        ("October 2017", "write 2017-10"),
        ("4 octobre 2017", "write 2017-10-04"),
        ("1er août 2014", "write 2014-08-01"),
        ("4th of Oct. 2017", "write 2017-10-04"),
        ("20171004", "write 2017-10-04"),
        ("2014-2016", "write 2014/2016"),
        ("1990s", "write 199X"),
        ("199u", "write 199X"),
        ("400 BC", "write -0399"),
        ("c. 1984", "write 1984~"),
        ("800", "write 0800"),
        ("12345", "write Y12345"),
        ("2004/open", "write 2004/.."),
        ("2017-10-04 12:30", "write 2017-10-04T12:30:00"),
        ("2017-10-04T12:30:15.250Z", "write 2017-10-04T12:30:15Z"),
    ] {
        let error = When::parse(text).expect_err(text);
        assert_eq!(error.remedy, remedy, "{text}");
        assert!(error.to_string().contains(text));
    }
    let error = When::parse("2017-13-04").expect_err("no such month");
    assert_eq!(error.position, Some(5));
    assert!(When::parse("é").is_err());
    assert!(When::parse("{é").is_err());
    assert!(When::parse("{ 1984, é").is_err());
    assert!(When::parse("[16 67, 1668]").is_err());
}

/// Expressions, and their words in English and French.
const WORDS: &[(&str, &str, &str)] = &[
    ("2017-10-04", "4 October 2017", "4 octobre 2017"),
    ("2014-08-01", "1 August 2014", "1er août 2014"),
    ("2016-11", "November 2016", "novembre 2016"),
    ("2012", "2012", "2012"),
    ("-0399", "400 BCE", "400 av. J.-C."),
    ("199X", "1990s", "années 1990"),
    ("19XX", "1900–1999", "1900–1999"),
    ("-01XX", "200–101 BCE", "200–101 av. J.-C."),
    (
        "1950S2",
        "1900–1999 (about 1950)",
        "1900–1999 (environ 1950)",
    ),
    ("2003-22", "summer 2003", "été 2003"),
    ("2001-34", "Q2 2001", "2e trimestre 2001"),
    (
        "1999-01-XX",
        "a day in January 1999",
        "un jour de janvier 1999",
    ),
    ("1999-XX", "a month of 1999", "un mois de 1999"),
    ("1984~", "about 1984", "vers 1984"),
    (
        "2017-10-04?",
        "perhaps 4 October 2017",
        "peut-être le 4 octobre 2017",
    ),
    ("1984%", "perhaps about 1984", "peut-être vers 1984"),
    (
        "2018-11-11/2018-11-12",
        "11 to 12 November 2018",
        "du 11 au 12 novembre 2018",
    ),
    (
        "2022-10-28/2022-11-03",
        "28 October to 3 November 2022",
        "du 28 octobre au 3 novembre 2022",
    ),
    (
        "2014-06~/2014-07~",
        "about June to July 2014",
        "environ de juin à juillet 2014",
    ),
    (
        "1984~/2004-06",
        "1984 (about) to June 2004",
        "de 1984 environ à juin 2004",
    ),
    (
        "2014-08/2014-10",
        "August to October 2014",
        "d’août à octobre 2014",
    ),
    (
        "2022-11-30/..",
        "from 30 November 2022",
        "à partir du 30 novembre 2022",
    ),
    (
        "2004-06-01/",
        "from 1 June 2004, end unknown",
        "à partir du 1er juin 2004, fin inconnue",
    ),
    ("../2006", "until 2006", "jusqu’en 2006"),
    (
        "[..2024-12-27]",
        "on or before 27 December 2024",
        "le 27 décembre 2024 ou avant",
    ),
    (
        "[2022-10-11..2022-10-20]",
        "between 11 and 20 October 2022",
        "entre le 11 et le 20 octobre 2022",
    ),
    (
        "2004-06-XX/2004-07-03",
        "a day in June 2004 to 3 July 2004",
        "d’un jour de juin 2004 au 3 juillet 2004",
    ),
    (
        "[2017-10-04..2022-11]",
        "between 4 October 2017 and November 2022",
        "entre le 4 octobre 2017 et novembre 2022",
    ),
    (
        "{2022-10-28..2022-10-29,2022-10-31}",
        "28–29 and 31 October 2022",
        "28–29 et 31 octobre 2022",
    ),
    (
        "[1667,1760-12]",
        "1667 or December 1760",
        "1667 ou décembre 1760",
    ),
    (
        "{1960-01,1960-03,1960-12}",
        "January, March and December 1960",
        "janvier, mars et décembre 1960",
    ),
    (
        "1985-04-12T23:20:30",
        "12 April 1985, 23:20:30 UTC",
        "12 avril 1985, 23:20:30 UTC",
    ),
    (
        "156X-12-25",
        "25 December 1560 – 25 December 1569",
        "25 décembre 1560 – 25 décembre 1569",
    ),
    ("Y17E7", "170000000", "170000000"),
    ("Y1E100", "Y1E100", "Y1E100"),
    ("Y-17E7", "170000001 BCE", "170000001 av. J.-C."),
];

#[test]
fn dates_in_words() {
    for (text, en, fr) in WORDS.iter().copied() {
        assert_eq!(describe(&when(text), Lang::En), en, "{text}");
        assert_eq!(describe(&when(text), Lang::Fr), fr, "{text}");
    }
}

#[test]
fn moments_and_spans_in_words() {
    let at = ms(2017, 10, 4) + 8 * HOUR_MS + 15 * MINUTE_MS;
    for (unit, en, code) in [
        (
            Unit::Second,
            "4 October 2017, 08:15:00 UTC",
            "2017-10-04T08:15:00Z",
        ),
        (Unit::Hour, "4 October 2017, 08:00 UTC", "2017-10-04T08:00Z"),
        (Unit::Day, "4 October 2017", "2017-10-04"),
        (Unit::Week, "week of 2 October 2017", "2017-W40"),
        (Unit::Month, "October 2017", "2017-10"),
        (Unit::Quarter, "Q4 2017", "2017-10/2017-12"),
        (Unit::Year, "2017", "2017"),
        (Unit::Decade, "2010s", "201X"),
        (Unit::Century, "2000–2099", "20XX"),
        (Unit::Millennium, "2000–2999", "2XXX"),
    ] {
        assert_eq!(format_moment(at, unit, Lang::En), en);
        assert_eq!(iso(at, unit), code);
    }
    assert_eq!(iso(ms(-5, 1, 1), Unit::Decade), "-0009/-0001");
    assert_eq!(
        format_moment(ms(-350, 1, 1), Unit::Century, Lang::En),
        "400–301 BCE"
    );
    assert_eq!(iso(ms(2021, 1, 3), Unit::Week), "2020-W53");
    for (text, en) in [
        ("2017-10", "October 2017"),
        ("2017-10-04/2022-11-30", "4 October 2017 – 30 November 2022"),
        ("2014/2016", "2014 – 2016"),
        ("2010/2019", "2010s"),
        ("2012/..", "2012 – …"),
        ("..", "all of time"),
    ] {
        assert_eq!(format_span(window(text), Lang::En), en);
    }
}

#[test]
fn windows_read_both_ways() {
    assert_eq!(
        window("2017-10"),
        Window::new(ms(2017, 10, 1), ms(2017, 11, 1))
    );
    assert_eq!(
        window("2014/2016"),
        Window::new(ms(2014, 1, 1), ms(2017, 1, 1))
    );
    assert_eq!(
        window("2012/.."),
        Window {
            start: ms(2012, 1, 1),
            end: OPEN_FUTURE
        }
    );
    assert_eq!(window(".."), Window::ALL);
    assert_eq!(
        Window::parse_ends("2012", "2024").ok(),
        Some(window("2012/2024"))
    );
    assert_eq!(Window::parse_ends("", "..").ok(), Some(Window::ALL));
    assert!(Window::parse_ends("2024", "2012").is_err());
    assert_eq!(Window::new(5, 5).duration_ms(), 1);
    assert_eq!(Window::new(OPEN_FUTURE, OPEN_FUTURE).end, OPEN_FUTURE);
    assert_eq!(Window::ALL.duration_ms(), i64::MAX);
    let year = window("2017");
    assert_eq!(year.shift(-DAY_MS).duration_ms(), year.duration_ms());
    assert_eq!(year.shift(i64::MAX).duration_ms(), year.duration_ms());
    assert_eq!(year.shift(i64::MIN).duration_ms(), year.duration_ms());
}

#[test]
fn months_keep_their_last_day() {
    let add = |from: Millis, n| Unit::Month.add(from, n);
    assert_eq!(add(ms(2023, 1, 31), 1), ms(2023, 2, 28));
    assert_eq!(add(ms(2024, 1, 31), 1), ms(2024, 2, 29));
    assert_eq!(Unit::Year.add(ms(2024, 2, 29), 1), ms(2025, 2, 28));
    assert_eq!(Unit::Week.floor(ms(2017, 10, 4)), ms(2017, 10, 2));
    assert_eq!(Unit::Decade.floor(ms(-5, 6, 1)), ms(-9, 1, 1));
    assert_eq!(Unit::Century.floor(ms(-300, 6, 1)), ms(-399, 1, 1));
    assert_eq!(Unit::Century.next(ms(-50, 6, 1)), ms(0, 1, 1));
    assert_eq!(Unit::Century.add(ms(-95, 6, 1), 1), ms(5, 6, 1));
    assert_eq!(Unit::Month.next(ms(1582, 10, 10)), ms(1582, 11, 1));
}
