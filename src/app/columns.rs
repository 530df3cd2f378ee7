//! The tables whose columns the user may have to explain.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::formats::delimited::{self, Preview};
use crate::formats::import::{Input, Mapping};
use crate::formats::{self, OpenError};
use crate::view::mapping_view::{Became, Question, Sheet, Tried, is_unclear};

use super::opening::{Origin, PASTED, name_of};

/// What columns mean that the user has told, by what tables are known.
pub type Told = BTreeMap<String, Mapping>;

/// How the columns of something are read.
pub enum Meaning {
    /// They explain themselves, or it is no table.
    Clear,
    /// As the user said of a table with the same columns.
    Told(Mapping),
    /// The user has to say.
    Unclear(Arc<dyn Sheet>),
}

/// Sees whether the columns of something have to be explained.
///
/// # Errors
/// When it cannot be read.
pub fn meaning(origin: &Origin, told: &Told) -> Result<Meaning, OpenError> {
    let Some(table) = look(origin)? else {
        return Ok(Meaning::Clear);
    };
    // What the user has said stands above what we know of a database.
    if let Some(mapping) = told.get(&table.key()) {
        return Ok(Meaning::Told(mapping.clone()));
    }
    if table.preview.profile.is_some() {
        return Ok(Meaning::Clear);
    }
    Ok(if is_unclear(&table) {
        Meaning::Unclear(Arc::new(table))
    } else {
        Meaning::Clear
    })
}

/// The first rows of a table whose columns mean whatever the user says; `None`
/// for everything else.
///
/// # Errors
/// When it cannot be read.
pub fn sheet(origin: &Origin) -> Result<Option<Arc<dyn Sheet>>, OpenError> {
    let table = look(origin)?;
    Ok(table.map(|table| Arc::new(table) as Arc<dyn Sheet>))
}

/// Looks at a delimited table; `None` if it is something else.
fn look(origin: &Origin) -> Result<Option<Table>, OpenError> {
    let input = match origin {
        Origin::File(path) if path.is_file() => {
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            match formats::unpacked(Input::open(path)?, &ending)? {
                Some(input) => input,
                // Several tables in an archive open as they are guessed.
                None => return Ok(None),
            }
        }
        Origin::Bundled | Origin::File(_) => return Ok(None),
        Origin::Pasted(text) => Input::of_bytes(PASTED, PASTED, text.as_bytes().to_vec()),
    };
    if !delimited::recognises(input.head()) {
        return Ok(None);
    }
    let name = match origin {
        Origin::File(path) => name_of(path),
        Origin::Bundled | Origin::Pasted(_) => PASTED.to_owned(),
    };
    let preview = delimited::preview(input)?;
    let columns = preview.columns.iter().map(|c| c.name.clone()).collect();
    Ok(Some(Table {
        name,
        columns,
        preview,
    }))
}

/// A delimited table that was looked at.
struct Table {
    name: String,
    columns: Vec<String>,
    preview: Preview,
}

impl Sheet for Table {
    fn name(&self) -> &str {
        &self.name
    }

    fn facts(&self) -> String {
        let delimiter = match self.preview.delimiter {
            '\t' => "tab".to_owned(),
            other => format!("\u{201c}{other}\u{201d}"),
        };
        format!("{delimiter} · {}", self.preview.encoding)
    }

    fn key(&self) -> String {
        self.preview.key.clone()
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn rows(&self) -> &[Vec<String>] {
        &self.preview.rows
    }

    fn guess(&self) -> Mapping {
        let columns = self.preview.columns.iter();
        Mapping {
            roles: columns.map(|c| (c.name.clone(), c.role)).collect(),
            date_order: None,
        }
    }

    fn questions(&self, mapping: &Mapping) -> Vec<Question> {
        let undecided = Mapping {
            date_order: None,
            ..mapping.clone()
        };
        let asked = self.preview.try_mapping(&undecided).questions;
        let example = |name: &str| {
            let column = self.preview.columns.iter().find(|c| c.name == name);
            column.and_then(|c| c.values.first().cloned())
        };
        asked
            .into_iter()
            .map(|question| Question {
                example: example(&question.column).unwrap_or_default(),
                column: question.column,
            })
            .collect()
    }

    fn attempt(&self, mapping: &Mapping) -> Tried {
        let tried = self.preview.try_mapping(mapping);
        let rows = tried.rows.iter().map(|row| {
            // A problem names the first of its lines.
            let wrong = tried.problems.iter().find(|p| p.line == Some(row.line));
            Became {
                when: row.date.clone().unwrap_or_default(),
                place: row
                    .lat_lon
                    .map_or_else(String::new, |(lat, lon)| format!("{lat:.4}, {lon:.4}")),
                wrong: wrong.map_or_else(String::new, |p| p.what.clone()),
            }
        });
        Tried {
            rows: rows.collect(),
            read: tried.counts.read,
            dated: tried.counts.kept.saturating_sub(tried.counts.without_date),
            placed: tried.counts.kept.saturating_sub(tried.counts.without_place),
            skipped: tried.counts.skipped,
            problems: tried.problems.iter().map(ToString::to_string).collect(),
        }
    }
}
