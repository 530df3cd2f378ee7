//! Which of several columns is taken for what.

use super::*;

#[test]
fn what_the_user_says_comes_before_all_guesses() {
    let (day, spot) = (Some("2021-03-04"), Some((1.5, 2.5)));
    for (header, row, mapping, time, place) in [
        (
            "start,end,d,lat,lon",
            "2020-01-02,2020-01-03,2021-03-04,1.5,2.5",
            "d=date",
            day,
            spot,
        ),
        (
            "date,d,lat,lon",
            "2020-01-02,2021-03-04,1.5,2.5",
            "d=start",
            day,
            spot,
        ),
        (
            "date,lat,lon,pos",
            "2021-03-04,8,9,\"1.5, 2.5\"",
            "pos=lat-lon",
            day,
            spot,
        ),
        (
            "date,lat,lon,pos",
            "2021-03-04,8,9,POINT (2.5 1.5)",
            "pos=wkt",
            day,
            spot,
        ),
        (
            "date,wkt,a,b",
            "2021-03-04,POINT (8 9),1.5,2.5",
            "a=lat,b=lon",
            day,
            spot,
        ),
        (
            "date,e,lat,lon",
            "2020-01-02,1614816000,1.5,2.5",
            "e=epoch",
            Some("2021-03-04T00:00:00Z"),
            spot,
        ),
        (
            "date,y,lat,lon",
            "2020-01-02,2021,1.5,2.5",
            "y=year",
            Some("2021"),
            spot,
        ),
        (
            "date,year,m,lat,lon",
            "2020-01-02,2021,3,1.5,2.5",
            "m=month",
            Some("2021-03"),
            spot,
        ),
        // What belongs to it is still guessed.
        (
            "d,end,lat,b",
            "2021-03-04,2021-03-06,1.5,2.5",
            "d=start,b=lon",
            Some("2021-03-04/2021-03-06"),
            spot,
        ),
    ] {
        let (dataset, report) = open_mapped(&format!("{header}\n{row}\n"), mapping);
        assert_eq!(when(&dataset).as_deref(), time, "{header} {mapping}");
        assert_eq!(lat_lon(&dataset), place, "{header} {mapping}");
        assert_eq!(codes(&report), [] as [&str; 0], "{header} {mapping}");
    }
    let (dataset, report) = open_mapped("a,b,lat,lon\n2020,2021,1,2\n", "a=date,b=date");
    assert_eq!(codes(&report), ["told-twice"]);
    assert_eq!(report.problems[0].column, "b");
    assert_eq!(
        (when(&dataset).as_deref(), attributes(&dataset)),
        (Some("2020"), vec!["b=2021".to_owned()])
    );
    assert!(Mapping::parse("a=date,a=start").is_err() && Mapping::parse("a=date,a=date").is_ok());
}

#[test]
fn the_date_of_the_event_comes_before_that_of_its_record() {
    let (made, own) = ("2024-01-01", "2020-05-06");
    for name in [
        "strike_date",
        "sighting_date",
        "date_incident",
        "Date of the event",
        "OBSERVATION DATE",
        "observed_on",
        "occurrence",
        "Fecha de ocurrencia",
        "Date de l'incident",
        "When did it happen?",
        "Datum des Vorfalls",
        "day of attack",
    ] {
        for record in [
            "created_at",
            "last_update",
            "Date entered",
            "entry_date",
            "Timestamp",
            "Date de saisie",
            "Fecha de registro",
            "Date reported",
            "upload date",
            "mise à jour",
            "published",
            "Erstellt am Datum",
            "SubmissionDate",
            "today",
        ] {
            let text = format!("{record},{name},lat,lon\n{made},{own},1,2\n");
            let (dataset, report) = open(&text);
            assert_eq!(when(&dataset).as_deref(), Some(own), "{record} {name}");
            assert_eq!(codes(&report), [] as [&str; 0], "{record} {name}");
        }
    }
}

#[test]
fn times_are_told_by_the_columns_that_mean_them() {
    let (made, own) = ("2024-01-01", "2020-05-06");
    for (header, row, wanted, told) in [
        (
            "entry_date,lat,lon",
            "2024-01-01,1,2",
            Some(made),
            &["record-date"][..],
        ),
        (
            "start,end,today,date_incident,lat,lon",
            "2024-01-01T10:00:00Z,2024-01-01T10:09:00Z,2024-01-01,2020-05-06,1,2",
            Some(own),
            &[],
        ),
        (
            "start,today,lat,lon",
            "2024-01-01,2024-01-01,1,2",
            Some(made),
            &["record-date"],
        ),
        (
            "date,project start date,lat,lon",
            "2020-05-06,2019-01-01,1,2",
            Some(own),
            &[],
        ),
        (
            "YEAR,BEGIN_DATE_TIME,END_DATE_TIME,lat,lon",
            "2020,2020-05-06,2020-05-07,1,2",
            Some("2020-05-06/2020-05-07"),
            &[],
        ),
        (
            "conflict_id,year,start_date,lat,lon",
            "1,2001,1946-01-01,1,2\n1,2002,1946-01-01,1,2\n2,2001,1999-01-01,1,2",
            Some("2001"),
            &[],
        ),
        (
            "Start Year,Start Month,Start Day,End Year,End Month,End Day,lat,lon",
            "2020,5,6,2020,5,9,1,2",
            Some("2020-05-06/2020-05-09"),
            &[],
        ),
        (
            "Start Year,Start Month,Start Day,End Year,End Month,End Day,lat,lon",
            "2020,5,,2020,6,,1,2",
            Some("2020-05/2020-06"),
            &[],
        ),
        (
            "Start Year,Start Month,Start Day,End Year,End Month,End Day,lat,lon",
            "2020,,,2020,,,1,2",
            Some("2020"),
            &[],
        ),
        ("Month,lat,lon", "May-20,1,2", None, &["no-year"]),
        ("Year,Month,Day,lat,lon", ",May,3,1,2", None, &["no-year"]),
        ("Year,lat,lon", "20,1,2", Some("2020"), &["two-digit-year"]),
        ("year,lat,lon", "1914-1918,1,2", Some("1914/1918"), &[]),
        ("year,lat,lon", "1850?,1,2", Some("1850?"), &[]),
        ("year,month,lat,lon", "2020,июнь,1,2", Some("2020-06"), &[]),
        (
            "start,end,lat,lon",
            "2020-05-06,ongoing,1,2",
            Some("2020-05-06/.."),
            &[],
        ),
    ] {
        let (dataset, report) = open(&format!("{header}\n{row}\n"));
        assert_eq!(when(&dataset).as_deref(), wanted, "{header} {row}");
        let mut found = codes(&report);
        found.sort_unstable();
        assert_eq!(found, told, "{header} {row}");
    }
    // Beside years before 1000, two digits are all of a year.
    let (dataset, _) = open("year,lat,lon\n79,1,2\n410,1,2\n");
    assert_eq!(when(&dataset).as_deref(), Some("0079"));
}
