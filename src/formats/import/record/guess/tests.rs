use super::*;

fn owned(values: &[&str]) -> Vec<String> {
    values.iter().map(|v| (*v).to_owned()).collect()
}

/// The roles of columns with these names and values.
fn roles(columns: &[(&str, &[&str])]) -> Vec<Role> {
    let names: Vec<String> = columns.iter().map(|(n, _)| (*n).to_owned()).collect();
    let samples = |c: usize| owned(columns[c].1);
    guess(&names, &samples, &vec![None; columns.len()])
}

#[test]
fn columns_are_known_by_what_stands_in_them() {
    let of = |values: &[&str]| by_content(&owned(values));
    assert_eq!(of(&["36.2, 37.1", "", "35.0, 36.0"]), Some(Role::LatLon));
    assert_eq!(of(&["137.1, 36.2", "35.0, 36.0"]), Some(Role::LonLat));
    assert_eq!(of(&["POINT (1 2)", "point(2 3)"]), Some(Role::Wkt));
    assert_eq!(
        of(&["LINESTRING (1 2, 3 4)", "LINESTRING EMPTY"]),
        Some(Role::Wkt)
    );
    assert_eq!(of(&["3 May 2014", "2015-01-01", "NA"]), Some(Role::Date));
    assert_eq!(of(&["12", "13"]), None);
    assert_eq!(of(&["Aleppo, Syria"]), None);
    assert_eq!(of(&["NULL"]), None);
}

/// Columns with some values, and their roles.
type Table<'t> = (&'t [(&'t str, &'t [&'t str])], &'t [Role]);

#[test]
fn of_several_columns_for_one_thing_the_best_is_taken() {
    use Role::{
        Attribute as A, Date, EpochMillis, EpochSeconds, Id, Killed, Latitude, Longitude, Start,
    };
    let day: &[&str] = &["2020-05-01", "2020-05-02"];
    let (lat, lon, metres): (&[&str], &[&str], &[&str]) = (&["36.2"], &["37.1"], &["4000000.5"]);
    let table: &[Table<'_>] = &[
        (
            &[
                ("X", metres),
                ("Y", metres),
                ("OBJECTID", &["1"]),
                ("LATITUDE", lat),
                ("LONGITUDE", lon),
                ("DATE", day),
            ],
            &[A, A, Id, Latitude, Longitude, Date],
        ),
        // Metres alone are told to be metres.
        (&[("x", metres), ("y", metres)], &[Longitude, Latitude]),
        (&[("created_at", day), ("event_date", day)], &[A, Date]),
        (&[("updated", day), ("date_of_incident", day)], &[A, Date]),
        (&[("timestamp", day), ("occurred", day)], &[A, Date]),
        (&[("published", day), ("date", day)], &[A, Date]),
        (
            &[("created_at", day), ("name", &["x"])],
            &[Date, Role::Title],
        ),
        (&[("created_at", day), ("start", day)], &[A, Start]),
        (
            &[("created_at", day), ("year", &["2020"])],
            &[A, Role::Year],
        ),
        // What is empty is not what is meant.
        (&[("date", &["", "NA"]), ("when", day)], &[A, Date]),
        (&[("day", day)], &[Date]),
        (&[("jour", &["25/12/2020"])], &[Date]),
        (&[("month", &["2020-05"])], &[Date]),
        (
            &[("year", &["2020"]), ("month", &["5"])],
            &[Role::Year, Role::Month],
        ),
        (
            &[("epoch", &["-86400", "0", "1431512106"])],
            &[EpochSeconds],
        ),
        (&[("epoch_ms", &["86400000"])], &[EpochMillis]),
        (&[("unix_timestamp", &["1431512106000"])], &[EpochMillis]),
        (&[("victims", &["4", "12"])], &[Killed]),
        (&[("victims", &["Villagers"])], &[Role::Target]),
        (&[("group", &["4", "12"])], &[A]),
        (&[("from", &["Paris"]), ("to", &["Lyon"])], &[A, A]),
        (&[("from", day), ("to", day)], &[Start, Role::End]),
        (
            &[("reference", &["X 1"]), ("id", &["1"])],
            &[Role::Source, Id],
        ),
        (
            &[("geo_lat", lat), ("geo_long", lon)],
            &[Latitude, Longitude],
        ),
        (
            &[("latitude", &["48°51'N"]), ("longitude", &["2°21'O"])],
            &[Latitude, Longitude],
        ),
        (
            &[
                ("lat", &["NA", "NA", "36.2"]),
                ("lon", &["NULL", "-", "37"]),
            ],
            &[Latitude, Longitude],
        ),
    ];
    for (columns, wanted) in table {
        assert_eq!(&roles(columns), wanted, "{columns:?}");
    }
}
