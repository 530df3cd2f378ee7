//! What names and values say beyond their bare word.

use super::*;

#[test]
fn tolls_are_read_by_the_names_and_forms_of_their_columns() {
    for (header, row, figures, kept) in [
        (
            "best_est,low_est,high_est",
            "5,3,9",
            [Some(3), Some(5), Some(9)],
            &[][..],
        ),
        (
            "bd_best,bd_low,bd_high",
            "5,3,9",
            [Some(3), Some(5), Some(9)],
            &[],
        ),
        (
            "Reported Minimum,Reported Maximum",
            "3,9",
            [Some(3), None, Some(9)],
            &[],
        ),
        (
            "Civilians killed (min),Civilians killed (max)",
            "3,9",
            [Some(3), None, Some(9)],
            &[],
        ),
        (
            "Deaths (low),Deaths,Deaths (high)",
            "3,5,9",
            [Some(3), Some(5), Some(9)],
            &[],
        ),
        (
            "Killed (civilians),Killed (total)",
            "2,5",
            [None, Some(5), None],
            &["Killed (civilians)=2"],
        ),
        (
            "Killed (%),Killed",
            "2,5",
            [None, Some(5), None],
            &["Killed (%)=2"],
        ),
        (
            "Health Workers Killed,x",
            "2,y",
            [None, Some(2), None],
            &["x=y"],
        ),
        (
            "DEATHS_INDIRECT,DEATHS_DIRECT",
            "2,5",
            [None, Some(5), None],
            &["DEATHS_INDIRECT=2"],
        ),
        (
            "killed,x",
            "10-15,y",
            [Some(10), None, Some(15)],
            &["killed=10-15", "x=y"],
        ),
        (
            "killed,x",
            "<5,y",
            [None, None, Some(4)],
            &["killed=<5", "x=y"],
        ),
    ] {
        let (dataset, report) = open(&format!("date,lat,lon,{header}\n2020,1,2,{row}\n"));
        let event = dataset.event(dataset.rows().next().unwrap()).into_owned();
        let tolls: Vec<_> = event
            .tolls
            .iter()
            .map(|t| [t.low, t.best, t.high])
            .collect();
        assert_eq!(tolls, [figures], "{header}");
        assert_eq!(attributes(&dataset), kept, "{header}");
        assert_eq!(codes(&report), [] as [&str; 0], "{header}");
    }
    let (dataset, report) = open("date,lat,lon,Killed (male),Killed (female)\n2020,1,2,3,4\n");
    assert!(
        dataset
            .event(dataset.rows().next().unwrap())
            .tolls
            .is_empty()
    );
    assert_eq!(codes(&report), ["toll-parts"]);
}

#[test]
fn what_names_say_in_brackets_is_heard() {
    let radius = |text: &str| {
        let (dataset, report) = open(text);
        let event = dataset.event(dataset.rows().next().unwrap()).into_owned();
        (event.radius_m, event.precision, codes(&report).len())
    };
    for (header, row, wanted, precision, told) in [
        ("Radius (km)", "2", Some(2_000.0), Precision::Near, 0),
        ("Radius (degrees)", "2", None, Precision::Exact, 1),
        ("radius", "2 km", Some(2_000.0), Precision::Near, 0),
        (
            "coordinateUncertaintyInMeters",
            "50",
            Some(50.0),
            Precision::Near,
            0,
        ),
        ("positional_accuracy", "0", Some(0.0), Precision::Exact, 0),
        ("precision", "village", None, Precision::Near, 0),
        ("precision", "Approximate", None, Precision::Near, 0),
        ("precision", "whatever", None, Precision::Unknown, 1),
        (
            "precision,radius",
            "exact,50",
            Some(50.0),
            Precision::Exact,
            0,
        ),
    ] {
        let got = radius(&format!("date,lat,lon,{header}\n2020,1,2,{row}\n"));
        assert_eq!(got, (wanted, precision, told), "{header}");
    }
    for (header, row, wanted, told) in [
        (
            "\"Coordinates (lon, lat)\"",
            "\"2.5, 13.5\"",
            (13.5, 2.5),
            &[][..],
        ),
        (
            "latitude (S),longitude (W)",
            "13.5,2.5",
            (-13.5, -2.5),
            &["hemisphere", "hemisphere"],
        ),
        (
            "latitude (S),longitude (W)",
            "-13.5,-2.5",
            (-13.5, -2.5),
            &[],
        ),
    ] {
        let (dataset, report) = open(&format!("date,{header}\n2020,{row}\n"));
        assert_eq!(lat_lon(&dataset), Some(wanted), "{header}");
        assert_eq!(codes(&report), told, "{header}");
    }
    for (header, wanted) in [
        ("Date (MM/DD/YYYY)", "2020-03-04"),
        ("date_mdy", "2020-03-04"),
        ("date_dmy", "2020-04-03"),
    ] {
        let (dataset, report) = open(&format!("{header},lat,lon\n03/04/2020,1,2\n"));
        assert_eq!(when(&dataset).as_deref(), Some(wanted), "{header}");
        assert_eq!(codes(&report), [] as [&str; 0], "{header}");
    }
}

#[test]
fn letters_minutes_and_seconds_are_heard() {
    let spot = Some((-13.5, 2.25));
    for (header, row, wanted, told, kept) in [
        ("latlon,x", "\"2.25E, 13.5S\",", spot, &[][..], &[][..]),
        ("latlon,x", "2.25E 13.5S,", spot, &[], &[]),
        (
            "latlon,x",
            "\"2.25E, 13.5E\",",
            None,
            &["coordinate"],
            &["latlon=2.25E, 13.5E"],
        ),
        ("lat,lon", "2.25 E,13.5 S", spot, &["exchanged"], &[]),
        (
            "lat,lon",
            "2.25 E,13.5",
            None,
            &["coordinate"],
            &["lat=2.25 E", "lon=13.5"],
        ),
        (
            "lat_deg,lat_min,lat_sec,lon_deg,lon_min,lon_sec",
            "-13,30,0,2,15,0",
            spot,
            &[],
            &[],
        ),
        (
            "Lat Deg,Lat Min,Lat Sec,Lat Dir,Lon Deg,Lon Min,Lon Sec,Lon Dir",
            "13,30,0,S,2,15,0,E",
            spot,
            &[],
            &[],
        ),
        ("lat,NS,lon,EW", "13.5,S,2.25,E", spot, &[], &[]),
        (
            "lat,lat_dir,lon,lon_dir",
            "13.5,South,2.25,East",
            spot,
            &[],
            &[],
        ),
        // The sides of a box.
        (
            "lat,lat_min,lat_max,lon,lon_min,lon_max",
            "-13,13,14,2,2,3",
            Some((-13.0, 2.0)),
            &[],
            &["lat_max=14", "lat_min=13", "lon_max=3", "lon_min=2"],
        ),
        (
            "geopoint,x",
            "-13.5 2.25 250.0 4.5,",
            spot,
            &[],
            &["geopoint=-13.5 2.25 250.0 4.5"],
        ),
        (
            "village_geopoint,x",
            "-13.5 2.25 250 0,",
            spot,
            &[],
            &["village_geopoint=-13.5 2.25 250 0"],
        ),
    ] {
        let (dataset, report) = open(&format!("date,{header}\n2020,{row}\n"));
        assert_eq!(lat_lon(&dataset), wanted, "{header}: {row}");
        assert_eq!(codes(&report), told, "{header}: {row}");
        assert_eq!(attributes(&dataset), kept, "{header}: {row}");
    }
    let (dataset, _) = open_mapped("date,g\n2020,-13.5 2.25 250.0 4.5\n", "g=lat-lon");
    assert_eq!(lat_lon(&dataset), spot);
}
