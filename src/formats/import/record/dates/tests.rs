use super::*;
use proptest::prelude::*;

fn told(text: &str) -> Option<String> {
    let told = read(text, DateOrder::DayFirst).ok()?;
    When::of_extent(told.extent()?).map(|w| w.edtf().to_owned())
}

#[test]
fn dates_are_read_as_tables_write_them() {
    for (text, meaning) in [
        ("2014", "2014"),
        ("2014-05", "2014-05"),
        ("2014/05/01", "2014-05-01"),
        ("03 December 2020", "2020-12-03"),
        ("3-Dec-2020", "2020-12-03"),
        ("Thursday, December 3rd, 2020", "2020-12-03"),
        ("1er août 2021", "2021-08-01"),
        ("3. März 2020", "2020-03-03"),
        ("5 de mayo de 2019", "2019-05-05"),
        ("٣ أبريل ٢٠٢٠", "2020-04-03"),
        ("12 كانون الثاني 2015", "2015-01-12"),
        ("October 2017", "2017-10"),
        ("20200403", "2020-04-03"),
        ("13/04/2020", "2020-04-13"),
        ("04/13/2020", "2020-04-13"),
        ("3.4.2020", "2020-04-03"),
        ("3/4/20 2:05 pm", "2020-04-03T14:05:00Z"),
        ("2014-05-01 12:30", "2014-05-01T12:30:00Z"),
        ("2014-05-01T14:30:00+02:00", "2014-05-01T12:30:00Z"),
        ("20150512101506", "2015-05-12T10:15:06Z"),
        ("Dec 3, 2020 11:15 PM", "2020-12-03T23:15:00Z"),
        ("199X", "199X"),
        ("-0479-09-01T00:00:00Z", "-0479-09-01"),
        ("+2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
        ("+2020-05-00T00:00:00Z", "2020-05"),
        ("+1850-00-00T00:00:00Z", "1850"),
        ("5 мая 2020", "2020-05-05"),
        ("5 мая 2020 г.", "2020-05-05"),
        ("июнь 2020", "2020-06"),
        ("2020年5月5日", "2020-05-05"),
        ("2020年5月", "2020-05"),
        ("05/2020", "2020-05"),
        ("5.2020", "2020-05"),
        ("2020/05", "2020-05"),
        ("2020.0", "2020"),
        ("5/1/2020 2:30 PM", "2020-01-05T14:30:00Z"),
    ] {
        let wanted = When::parse(meaning).unwrap().extent();
        let wanted = When::of_extent(wanted).unwrap().edtf().to_owned();
        assert_eq!(told(text), Some(wanted), "{text}");
    }
    for text in [
        "soon",
        "32/01/2020",
        "2014-02-29",
        "May",
        "3 4 5 May 2014",
        "1/2",
        "13/2020",
        "2020年13月",
        "-0479-13-01T00:00:00Z",
        "2020.5",
    ] {
        assert_eq!(told(text), None, "{text}");
    }
    for (text, advice) in [
        ("-44", "write -0044"),
        ("13052020", "write 2020-05-13"),
        ("04052020", "write 2020-05-04 or 2020-04-05"),
        ("99999999", "no date"),
    ] {
        let why = read(text, DateOrder::DayFirst).unwrap_err();
        assert!(why.contains(advice) && !why.contains('Y'), "{text}: {why}");
    }
}

#[test]
fn ranges_are_read_as_tables_write_them() {
    let of = |y, m, d| day(y, m, d).unwrap();
    let wanted = Extent::spanning(
        (of(2020, 5, 1).start_earliest, of(2020, 5, 1).start_latest),
        (of(2020, 5, 3).end_earliest, of(2020, 5, 3).end_latest),
    );
    for text in [
        "2020-05-01 - 2020-05-03",
        "2020-05-01 – 2020-05-03",
        "2020-05-01 to 2020-05-03",
        "1–3 May 2020",
        "1-3 May 2020",
        "1. - 3. Mai 2020",
        "1 May - 3 May 2020",
        "01.05.2020 - 03.05.2020",
        "01/05/2020-03/05/2020",
        "1 au 3 mai 2020",
    ] {
        let told = read(text, DateOrder::DayFirst).map(|t| t.extent());
        assert_eq!(told, Ok(Some(wanted)), "{text}");
    }
    for text in [
        "3–1 May 2020",
        "2020-05-03 - 2020-05-01",
        "1-2-3 May 2020",
        "a - b",
    ] {
        assert!(read(text, DateOrder::DayFirst).is_err(), "{text}");
    }
}

#[test]
fn midnight_is_known_however_it_is_written() {
    for (text, wanted) in [
        ("2020-05-01T00:00:00Z", Some(true)),
        ("2020-05-01 00:00:00.000", Some(true)),
        ("5/1/2020 12:00:00 AM", Some(true)),
        ("May 1, 2020 12:00 am", Some(true)),
        ("5/1/2020 12:00:00 PM", Some(false)),
        ("2020-05-01 00:00:01", Some(false)),
        ("2020-05-01", None),
    ] {
        assert_eq!(at_midnight(text), wanted, "{text}");
    }
}

#[test]
fn the_order_decides_only_where_both_are_days() {
    let with = |text, order| read(text, order).unwrap();
    let of = |y, m, d| DraftTime::Extent(day(y, m, d).unwrap());
    let us = with("03/04/2020", DateOrder::MonthFirst);
    assert_eq!((us.time, us.either), (of(2020, 3, 4), true));
    let eu = with("03/04/2020", DateOrder::DayFirst);
    assert_eq!((eu.time, eu.either), (of(2020, 4, 3), true));
    let same = with("04/04/2020", DateOrder::MonthFirst);
    assert!(!same.either);
    let sure = with("13/04/2020", DateOrder::MonthFirst);
    assert_eq!((sure.time, sure.either), (of(2020, 4, 13), false));
}

proptest! {
    #[test]
    fn common_forms_mean_what_edtf_says(
        text in "[0-9]{4}(-[0-1][0-9](-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](Z|[+-][01][0-9]:[0-5][0-9])?)?)?)?",
    ) {
        if let (Some(extent), Ok(when)) = (iso(text.as_bytes()), When::parse(&text)) {
            prop_assert_eq!(extent, when.extent());
        }
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,30}") {
        let _ = read(&text, DateOrder::DayFirst);
        let _ = at_midnight(&text);
    }
}
