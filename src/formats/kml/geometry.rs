//! Geometries of KML, and the tracks of Google's extension.

use geo::{Coord, Geometry, GeometryCollection, LineString, Polygon};

use crate::formats::Severity;
use crate::formats::features::{NULL_ISLAND, position};
use crate::formats::import::record::{turns, wrong};
use crate::formats::import::{Findings, Wrong};
use crate::formats::xml::Element;

/// Elements that are geometries.
pub(super) const GEOMETRIES: [&str; 8] = [
    "Point",
    "LineString",
    "LinearRing",
    "Polygon",
    "MultiGeometry",
    "Model",
    "Track",
    "MultiTrack",
];

const NO_COORDINATES: Wrong = Wrong {
    id: "geometry-coordinates",
    severity: Severity::Error,
    what: "the coordinates are missing or no numbers; this geometry was left out",
    remedy: "write longitude,latitude,altitude with blanks between positions",
};
const FEW: Wrong = Wrong {
    id: "too-few-points",
    severity: Severity::Error,
    what: "a line has fewer than two positions, or a ring fewer than three; it was left out",
    remedy: "correct the coordinates",
};
const UNCLOSED: Wrong = Wrong {
    id: "unclosed-ring",
    severity: Severity::Warning,
    what: "a ring does not end where it begins; it was closed",
    remedy: "repeat the first position at the end",
};

/// What is collected from the geometries of a placemark.
#[derive(Default)]
pub(super) struct Shapes {
    pub list: Vec<Geometry<f64>>,
    pub altitudes: Vec<f64>,
    /// The times of a track, as written.
    pub times: Vec<String>,
    /// Coordinates that were refused, as written.
    pub refused: Vec<String>,
    /// A longitude that was brought back by a whole turn.
    turned: Option<f64>,
    /// The number of the placemark and its line, for messages.
    at: (u64, u64),
}

impl Shapes {
    pub fn new(number: u64, line: u64) -> Self {
        Self {
            at: (number, line),
            ..Self::default()
        }
    }

    /// Where an element stands that begins in a line.
    fn place(&self, line: u64) -> u64 {
        Findings::feature(self.at.0, line)
    }

    /// All of them as one.
    pub fn geometry(&mut self, findings: &mut Findings) -> Option<Geometry<f64>> {
        if let Some(lon) = self.turned {
            findings.note(
                &wrong::LON_360,
                "coordinates",
                self.place(self.at.1),
                &lon.to_string(),
            );
        }
        if let [Geometry::Point(p)] = self.list.as_slice()
            && p.x() == 0.0
            && p.y() == 0.0
        {
            findings.note(&NULL_ISLAND, "coordinates", self.place(self.at.1), "0, 0");
        }
        let geometry = match self.list.len() {
            0 | 1 => self.list.pop(),
            _ => Some(Geometry::GeometryCollection(GeometryCollection::new_from(
                std::mem::take(&mut self.list),
            ))),
        };
        match self.turned {
            Some(_) => geometry.map(turns::cut_turned),
            None => geometry,
        }
    }

    /// Reads a geometry; depth is that of the element, which is bounded.
    pub fn read(&mut self, element: &Element, findings: &mut Findings) {
        let text = element.text_of("coordinates");
        let read = match element.name.as_str() {
            "Point" => self
                .line(text)
                .map(|l| l.first().map(|c| Geometry::Point((*c).into()))),
            "LineString" | "LinearRing" => self.line(text).and_then(|line| {
                if line.len() < 2 {
                    return Err((&FEW, text.to_owned()));
                }
                Ok(Some(Geometry::LineString(LineString(line))))
            }),
            "Polygon" => self
                .polygon(element, findings)
                .map(|p| p.map(Geometry::Polygon)),
            "Model" => self.model(element),
            "Track" => self.track(element),
            _ => {
                let parts = element.children.iter();
                for part in parts.filter(|p| GEOMETRIES.contains(&p.name.as_str())) {
                    self.read(part, findings);
                }
                return;
            }
        };
        match read {
            Ok(geometry) => self.list.extend(geometry),
            Err((wrong, value)) => {
                findings.note(wrong, &element.name, self.place(element.line), &value);
                let texts = element.deep_text();
                self.refused
                    .push(if texts.is_empty() { value } else { texts });
            }
        }
    }

    fn line(&mut self, text: &str) -> Fallible<Vec<Coord<f64>>> {
        let tuples = tuples(text).filter(|t| !t.is_empty());
        let tuples = tuples.ok_or_else(|| (&NO_COORDINATES, text.to_owned()))?;
        tuples.iter().map(|t| self.position(t)).collect()
    }

    fn position(&mut self, tuple: &[f64]) -> Fallible<Coord<f64>> {
        let value = || {
            tuple
                .iter()
                .map(f64::to_string)
                .collect::<Vec<_>>()
                .join(",")
        };
        let [x, y, rest @ ..] = tuple else {
            return Err((&NO_COORDINATES, value()));
        };
        self.altitudes.extend(rest.first());
        let found = position(*x, *y).map_err(|wrong| (wrong, value()))?;
        if found.turned {
            self.turned.get_or_insert(*x);
        }
        Ok(found.at)
    }

    fn polygon(
        &mut self,
        element: &Element,
        findings: &mut Findings,
    ) -> Fallible<Option<Polygon<f64>>> {
        let mut outer = None;
        let mut inner = Vec::new();
        for boundary in &element.children {
            let name = boundary.name.as_str();
            if !["outerBoundaryIs", "innerBoundaryIs"].contains(&name) {
                continue;
            }
            for ring in boundary.children.iter().filter(|r| r.name == "LinearRing") {
                let text = ring.text_of("coordinates");
                let mut line = self.line(text)?;
                if line.len() < 3 {
                    return Err((&FEW, text.to_owned()));
                }
                if line.first() != line.last() {
                    findings.note(&UNCLOSED, "Polygon", self.place(ring.line), "");
                    line.push(line[0]);
                }
                if name == "outerBoundaryIs" && outer.is_none() {
                    outer = Some(LineString(line));
                } else {
                    inner.push(LineString(line));
                }
            }
        }
        let outer = outer.ok_or_else(|| (&NO_COORDINATES, String::new()))?;
        Ok(Some(Polygon::new(outer, inner)))
    }

    fn model(&mut self, element: &Element) -> Fallible<Option<Geometry<f64>>> {
        let Some(location) = element.child("Location") else {
            return Ok(None);
        };
        let number = |name: &str| location.text_of(name).parse::<f64>();
        let (Ok(x), Ok(y)) = (number("longitude"), number("latitude")) else {
            return Err((&NO_COORDINATES, location.deep_text()));
        };
        let mut tuple = vec![x, y];
        tuple.extend(number("altitude"));
        self.position(&tuple)
            .map(|c| Some(Geometry::Point(c.into())))
    }

    fn track(&mut self, element: &Element) -> Fallible<Option<Geometry<f64>>> {
        let mut line = Vec::new();
        for part in &element.children {
            let text = part.text.trim();
            match part.name.as_str() {
                "when" if !text.is_empty() => self.times.push(text.to_owned()),
                "coord" if !text.is_empty() => {
                    let numbers: Result<Vec<f64>, _> = text
                        .split([' ', ',', '\t', '\n'])
                        .filter(|n| !n.is_empty())
                        .map(str::parse)
                        .collect();
                    let tuple = numbers.map_err(|_| (&NO_COORDINATES, text.to_owned()))?;
                    line.push(self.position(&tuple)?);
                }
                _ => {}
            }
        }
        Ok(match line.len() {
            0 => None,
            1 => Some(Geometry::Point(line[0].into())),
            _ => Some(Geometry::LineString(LineString(line))),
        })
    }
}

type Fallible<T> = Result<T, (&'static Wrong, String)>;

/// Positions as KML writes them. Blanks beside a comma are read over, and so
/// are commas in place of blanks between positions of three numbers.
fn tuples(text: &str) -> Option<Vec<Vec<f64>>> {
    let mut tuples: Vec<Vec<f64>> = Vec::new();
    let mut comma = false;
    for words in text.split_whitespace() {
        for (at, number) in words.split(',').enumerate() {
            comma |= at > 0;
            if number.is_empty() {
                continue;
            }
            let number: f64 = number.parse().ok()?;
            match tuples.last_mut() {
                Some(tuple) if comma && tuple.len() < 3 => tuple.push(number),
                _ => tuples.push(vec![number]),
            }
            comma = false;
        }
        comma = words.ends_with(',');
    }
    Some(tuples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read_as_they_are_found_in_the_wild() {
        let read = |text| tuples(text).unwrap();
        assert_eq!(
            read(" 1,2,3 4,5 \n6,7,8"),
            [vec![1., 2., 3.], vec![4., 5.], vec![6., 7., 8.]]
        );
        assert_eq!(
            read("1, 2, 3  4 ,5, 6"),
            [vec![1., 2., 3.], vec![4., 5., 6.]]
        );
        assert_eq!(read("1,2,0,3,4,0"), [vec![1., 2., 0.], vec![3., 4., 0.]]);
        assert_eq!(read("-1.5e0,+2"), [vec![-1.5, 2.]]);
        assert!(tuples("one,two").is_none());
        assert!(read("").is_empty());
    }
}
