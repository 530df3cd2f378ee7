//! What stands beside degrees: letters of the hemisphere, minutes and seconds in
//! columns of their own, height and accuracy.

use std::borrow::Cow;

use super::super::mapping::Role;
use super::row::Row;
use super::{Plan, blank, names};

/// What a coordinate is by its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Lat,
    Lon,
}

fn axis_of(letter: char) -> Option<Axis> {
    match letter.to_ascii_uppercase() {
        'N' | 'S' => Some(Axis::Lat),
        'E' | 'W' | 'O' => Some(Axis::Lon),
        _ => None,
    }
}

/// What a coordinate is by its letter, if it has one.
pub(super) fn axis(text: &str) -> Option<Axis> {
    let letters = text.bytes().any(|b| b.is_ascii_alphabetic());
    // `1e-5` is a number.
    if !letters || text.parse::<f64>().is_ok() {
        return None;
    }
    text.chars().find_map(axis_of)
}

/// Which of two coordinates in a text is which by their letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Unsaid,
    LatLon,
    LonLat,
    /// Both are latitudes, or both longitudes.
    Neither,
}

/// The order that the letters of two coordinates tell.
pub(super) fn order_of(text: &str) -> Order {
    if !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return Order::Unsaid;
    }
    let mut axes = text.chars().filter_map(axis_of);
    match (axes.next(), axes.next()) {
        (Some(Axis::Lat), Some(Axis::Lon)) => Order::LatLon,
        (Some(Axis::Lon), Some(Axis::Lat)) => Order::LonLat,
        (Some(_), Some(_)) => Order::Neither,
        _ => Order::Unsaid,
    }
}

/// A position as forms on telephones write it: latitude, longitude, height in
/// metres, and perhaps the accuracy, between blanks.
pub(super) fn geopoint(text: &str) -> Option<(f64, f64)> {
    let mut numbers = [0.0_f64; 4];
    let mut many = 0;
    for part in text.split_ascii_whitespace() {
        let number = part.parse().ok().filter(|n: &f64| n.is_finite())?;
        *numbers.get_mut(many)? = number;
        many += 1;
    }
    let [lat, lon, _, accuracy] = numbers;
    let fits = many >= 3 && lat.abs() <= 90.0 && lon.abs() <= 180.0 && accuracy >= 0.0;
    fits.then_some((lat, lon))
}

/// Columns that stand beside one of degrees.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Finer {
    minutes: Option<usize>,
    seconds: Option<usize>,
    letter: Option<usize>,
}

impl Finer {
    /// All that there are.
    pub fn all(self) -> [Option<usize>; 3] {
        [self.minutes, self.seconds, self.letter]
    }
}

/// What a name says that stands beside degrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Minutes,
    Seconds,
    Letter,
    /// The highest: what is called "min" is then the lowest.
    Highest,
}

fn part_of(name: &str) -> Option<(Axis, Part)> {
    let key = names::key(name);
    let (axis, rest) = match key.as_str() {
        "ns" | "northsouth" => return Some((Axis::Lat, Part::Letter)),
        "ew" | "eastwest" => return Some((Axis::Lon, Part::Letter)),
        key => {
            let begins = [
                ("latitude", Axis::Lat),
                ("lat", Axis::Lat),
                ("longitude", Axis::Lon),
                ("long", Axis::Lon),
                ("lon", Axis::Lon),
                ("lng", Axis::Lon),
            ];
            let of =
                |(start, axis): &(&str, Axis)| Some((*axis, key.strip_prefix(start)?.to_owned()));
            begins.iter().find_map(of)?
        }
    };
    let part = match rest.as_str() {
        "m" | "min" | "mins" | "minute" | "minutes" => Part::Minutes,
        "s" | "sec" | "secs" | "second" | "seconds" => Part::Seconds,
        "dir" | "direction" | "hem" | "hemi" | "hemisphere" | "ref" | "h" | "ns" | "ew" => {
            Part::Letter
        }
        "max" | "maximum" => Part::Highest,
        _ => return None,
    };
    Some((axis, part))
}

/// The letter of a hemisphere from a letter or word.
fn letter_of(text: &str) -> Option<char> {
    let known = [
        ('N', &["n", "north", "nord", "norte"][..]),
        ('S', &["s", "south", "sud", "sur"]),
        ('E', &["e", "east", "est", "este", "ost"]),
        ('W', &["w", "west", "o", "ouest", "oeste"]),
    ];
    let folded = crate::model::fold(text);
    let found = known
        .iter()
        .find(|(_, words)| words.contains(&folded.as_str()));
    found.map(|(letter, _)| *letter)
}

impl Plan {
    /// Finds columns of minutes, seconds and hemispheres beside those of
    /// degrees, where the values are such.
    pub(super) fn find_finer(&mut self, samples: &dyn Fn(usize) -> Vec<String>) {
        let parts: Vec<_> = (0..self.names.len())
            .filter(|c| self.roles[*c] == Role::Attribute)
            .filter_map(|c| Some((c, part_of(&self.names[c])?)))
            .collect();
        let all = |column: usize, test: &dyn Fn(&str) -> bool| {
            let values = samples(column);
            let values: Vec<&str> = values.iter().map(|v| blank::trim(v)).collect();
            let mut set = values
                .into_iter()
                .filter(|v| !blank::is_nothing(v))
                .peekable();
            set.peek().is_some() && set.all(test)
        };
        let number = |text: &str| text.replacen(',', ".", 1).parse::<f64>();
        let sixty = |text: &str| number(text).is_ok_and(|n| (0.0..60.0).contains(&n));
        let whole = |text: &str| number(text).is_ok_and(|n| n.fract() == 0.0);
        for (axis, role) in [(Axis::Lat, Role::Latitude), (Axis::Lon, Role::Longitude)] {
            let Some(degrees) = self.slots[role as usize].first().copied() else {
                continue;
            };
            let of = |part: Part| {
                let mut found = parts.iter().filter(|(_, p)| *p == (axis, part));
                found.next().map(|(column, _)| *column)
            };
            let mut finer = Finer {
                letter: of(Part::Letter).filter(|c| all(*c, &|t| letter_of(t).is_some())),
                ..Finer::default()
            };
            if of(Part::Minutes).is_some() && of(Part::Highest).is_none() && all(degrees, &whole) {
                finer.minutes = of(Part::Minutes).filter(|c| all(*c, &sixty));
                finer.seconds =
                    of(Part::Seconds).filter(|c| finer.minutes.is_some() && all(*c, &sixty));
            }
            self.finer[usize::from(axis == Axis::Lon)] = finer;
        }
    }
}

impl<'a> Row<'_, 'a> {
    /// Degrees with the minutes, seconds and letter beside them.
    pub(super) fn finer(&self, degrees: &'a str, finer: Finer) -> Cow<'a, str> {
        let of = |column: Option<usize>| column.map_or("", |c| self.value(c));
        let (minutes, seconds) = (of(finer.minutes), of(finer.seconds));
        let letter = Some(of(finer.letter)).filter(|l| !l.is_empty() && axis(degrees).is_none());
        if degrees.is_empty() || minutes.is_empty() && seconds.is_empty() && letter.is_none() {
            return Cow::Borrowed(degrees);
        }
        let zero = |text: &'a str| if text.is_empty() { "0" } else { text };
        let mut text = String::new();
        // The letter says what a minus would.
        text.push_str(match letter {
            Some(_) => degrees.trim_start_matches('-'),
            None => degrees,
        });
        if !(minutes.is_empty() && seconds.is_empty()) {
            for part in [minutes, seconds] {
                text.push(' ');
                text.push_str(zero(part));
            }
        }
        if let Some(letter) = letter {
            text.push(' ');
            // A word that is none makes that it cannot be read, and is told.
            match letter_of(letter) {
                Some(letter) => text.push(letter),
                None => text.push_str(letter),
            }
        }
        Cow::Owned(text)
    }
}
