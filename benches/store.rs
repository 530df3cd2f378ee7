//! The store's queries beside a naive scan of the same events in the same run:
//! `./dev bench`. Events are made up, always the same ones: places clustered,
//! days and months mixed, some events years long.

use std::sync::LazyLock;

use chronotope::dataset::{Dataset, Filter, GeoBox, Parts, RowSet};
use chronotope::model::time::{Inclusion, When, Window};
use chronotope::model::{EventDetail, Extra, Kind, Localised, Precision};
use chronotope::session::{CurrentSet, Scope};
use divan::{Bencher, black_box};
use geo::{Geometry, Point};

const EVENTS: usize = 100_000;

static DATA: LazyLock<Dataset> = LazyLock::new(made_up);

fn main() {
    LazyLock::force(&DATA);
    divan::main();
}

/// A generator that is good enough for made-up events.
///
/// Source: Marsaglia (2003), "Xorshift RNGs".
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn made_up() -> Dataset {
    let mut random = Random(0x5EED);
    let mut parts = Parts::default();
    for n in 0..EVENTS {
        let (year, month) = (2000 + random.next() % 24, 1 + random.next() % 12);
        let edtf = match random.next() % 10 {
            0 => format!("{year}-{month:02}"),
            1 => format!("{year}/{}", year + random.next() % 4),
            _ => format!("{year}-{month:02}-{:02}", 1 + random.next() % 28),
        };
        let town = random.next() % 200;
        let (lon, lat) = (
            (town % 20) as f64 * 3.0 - 20.0,
            (town / 20) as f64 * 3.0 + 5.0,
        );
        let spread = random.unit().powi(3);
        let at = Point::new(lon + spread * random.unit(), lat + spread * random.unit());
        parts.events.push(EventDetail {
            id: format!("e{n}"),
            titles: Localised::new("en", &format!("Event near town {town}")),
            summary: Localised::default(),
            kind: Kind::ALL[usize::try_from(random.next() % 16).unwrap_or(0)],
            side: None,
            when: When::parse(&edtf).ok(),
            geometry: Some(Geometry::Point(at)),
            place: None,
            precision: Precision::Near,
            radius_m: None,
            participants: Vec::new(),
            tolls: Vec::new(),
            flags: Vec::new(),
            layer: 0,
            feature_extra: Extra::new(),
            extra: Extra::new(),
        });
    }
    parts.sort_events();
    Dataset::new(parts)
}

fn window() -> Window {
    // A tenth of the time.
    Window::parse("2010-01/2012-05").unwrap_or(Window::ALL)
}

#[divan::bench]
fn window_indexed(bencher: Bencher<'_, '_>) {
    let all = DATA.all();
    bencher.bench(|| DATA.select(black_box(&all), black_box(window())));
}

#[divan::bench]
fn window_naive(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let window = black_box(window());
        DATA.rows()
            .filter(|r| {
                let event = DATA.event(*r);
                let when = event.when.as_ref();
                when.is_some_and(|w| w.relation(window) >= Inclusion::Possibly)
            })
            .collect::<RowSet>()
    });
}

#[divan::bench]
fn box_indexed(bencher: Bencher<'_, '_>) {
    let area = GeoBox {
        west: -6.0,
        south: 10.0,
        east: 6.0,
        north: 20.0,
    };
    bencher.bench(|| DATA.in_box(black_box(area)));
}

#[divan::bench]
fn box_naive(bencher: Bencher<'_, '_>) {
    let area = GeoBox {
        west: -6.0,
        south: 10.0,
        east: 6.0,
        north: 20.0,
    };
    bencher.bench(|| {
        let inside = |r: &_| {
            DATA.table()
                .lon_lat(*r)
                .is_some_and(|(x, y)| area.contains(x, y))
        };
        DATA.rows().filter(inside).collect::<RowSet>()
    });
}

#[divan::bench]
fn text_indexed(bencher: Bencher<'_, '_>) {
    let filter = Filter {
        text: "near 17".to_owned(),
        ..Filter::default()
    };
    bencher.bench(|| DATA.filtered(black_box(&filter)));
}

#[divan::bench]
fn text_naive(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let has = |r: &_| {
            let title = DATA.title(*r, "en");
            title.split(' ').any(|w| w.starts_with("near"))
                && title.split(' ').any(|w| w.starts_with("17"))
        };
        DATA.rows().filter(has).collect::<RowSet>()
    });
}

#[divan::bench]
fn whole_current_set(bencher: Bencher<'_, '_>) {
    let scope = Scope {
        filter: Filter::default(),
        window: window(),
        certainly: false,
    };
    bencher.bench(|| CurrentSet::new(&DATA, black_box(&scope), 1));
}
