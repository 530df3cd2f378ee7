//! One date in words, ready for a sentence.

use edtf_core::{Date, DateField};

use super::shape::{Moment, date_bounds, negative_masked_years};
use super::words::{
    Article, Lang, Phrase, day_label, decade_label, month_name, year_label, years_label,
};
use super::{CivilDateTime, Unit, format_moment};

/// A date without its doubts.
pub(super) fn phrase(moment: &Moment, lang: Lang) -> Phrase {
    let date = match moment {
        Moment::Time(_) => {
            let text = format_moment(moment.bounds().0, Unit::Second, lang);
            return Phrase {
                text,
                article: day_article(lang),
            };
        }
        Moment::Date(date) => date,
    };
    if let Some((year, month, day)) = plain_date(moment) {
        let (month, year) = (month_name(month, lang), year_label(year, lang));
        return match day {
            Some(day) => Phrase {
                text: format!("{} {month} {year}", day_label(day, lang)),
                article: day_article(lang),
            },
            None => Phrase::plain(format!("{month} {year}")),
        };
    }
    match (date.month, date.day) {
        (None, _) => year_phrase(date, lang),
        (Some(month), None) => match (date.year.value(), month.value()) {
            (Some(year), Some(code)) => season_phrase(code, &year_label(year, lang), lang),
            _ => masked_phrase(date, lang),
        },
        _ => masked_phrase(date, lang),
    }
}

fn year_phrase(date: &Date, lang: Lang) -> Phrase {
    let (first, last) = negative_masked_years(date).unwrap_or_else(|| {
        let (first, last) = date_bounds(date);
        let year = |ms| CivilDateTime::from_millis(ms).year;
        (year(first), year(last))
    });
    match (date.year.value(), date.year.significant_digits) {
        (Some(year), Some(_)) if first != last => {
            let (year, range) = (year_label(year, lang), years_label(first, last, lang));
            let word = lang.pick("about", "environ");
            return Phrase::plain(format!("{range} ({word} {year})"));
        }
        (Some(year), _) => return Phrase::plain(year_label(year, lang)),
        // Larger than any number here: as it was written.
        (None, _) if !date.has_unspecified() => {
            return Phrase::plain(edtf_core::Edtf::Date(*date).to_string());
        }
        _ => {}
    }
    if last - first == 9 && first > 0 {
        let text = decade_label(first, last, lang);
        let named = text.starts_with('a');
        let article = if named { Article::Les } else { Article::None };
        return Phrase { text, article };
    }
    Phrase::plain(years_label(first, last, lang))
}

/// Seasons and other parts of a year (ISO 8601-2, 4.8: codes 21 to 41).
fn season_phrase(code: u8, year: &str, lang: Lang) -> Phrase {
    let (en, fr, article) = match code {
        21 | 25 | 29 => ("spring", "printemps", Article::Le),
        22 | 26 | 30 => ("summer", "été", Article::Elided),
        23 | 27 | 31 => ("autumn", "automne", Article::Elided),
        24 | 28 | 32 => ("winter", "hiver", Article::Elided),
        33 => ("Q1", "1er trimestre", Article::Le),
        34 => ("Q2", "2e trimestre", Article::Le),
        35 => ("Q3", "3e trimestre", Article::Le),
        36 => ("Q4", "4e trimestre", Article::Le),
        37 => ("first third of", "1er quadrimestre", Article::Le),
        38 => ("second third of", "2e quadrimestre", Article::Le),
        39 => ("last third of", "3e quadrimestre", Article::Le),
        40 => ("first half of", "1er semestre", Article::Le),
        _ => ("second half of", "2e semestre", Article::Le),
    };
    let hemisphere = match code {
        25..=28 => lang.pick(" (northern)", " (nord)"),
        29..=32 => lang.pick(" (southern)", " (sud)"),
        _ => "",
    };
    Phrase {
        text: format!("{} {year}{hemisphere}", lang.pick(en, fr)),
        article: if lang == Lang::Fr {
            article
        } else {
            Article::None
        },
    }
}

/// A date with unspecified digits in its month or day, by what is known.
fn masked_phrase(date: &Date, lang: Lang) -> Phrase {
    let whole = |field: Option<DateField>| field.is_none_or(|field| field.digits == [None, None]);
    let day = date.day.is_some();
    let year = date.year.value().map(|year| year_label(year, lang));
    let month = date.month.and_then(DateField::value);
    match (year, month) {
        (Some(year), Some(month)) if whole(date.day) => {
            let what = lang.pick("a day in", "un jour de");
            Phrase::plain(match (lang, month_name(month, lang)) {
                (Lang::Fr, name) if name.starts_with(['a', 'o']) => {
                    format!("un jour d\u{2019}{name} {year}")
                }
                (_, name) => format!("{what} {name} {year}"),
            })
        }
        (Some(year), None) if whole(date.month) && whole(date.day) => {
            let what = if day {
                lang.pick("a day in", "un jour de")
            } else {
                lang.pick("a month of", "un mois de")
            };
            Phrase::plain(format!("{what} {year}"))
        }
        _ => {
            let (first, last) = date_bounds(date);
            let unit = if day { Unit::Day } else { Unit::Month };
            let range = (
                format_moment(first, unit, lang),
                format_moment(last, unit, lang),
            );
            Phrase::plain(format!("{} \u{2013} {}", range.0, range.1))
        }
    }
}

/// Year, month and day of a date with a calendar month and no unspecified digit.
pub(super) fn plain_date(moment: &Moment) -> Option<(i64, u8, Option<u8>)> {
    let Moment::Date(date) = moment else {
        return None;
    };
    let month = date.month?.value().filter(|month| *month <= 12)?;
    let day = match date.day {
        Some(day) => Some(day.value()?),
        None => None,
    };
    Some((date.year.value()?, month, day))
}

/// Whether it is as fine as a day.
pub(super) fn is_day(moment: &Moment) -> bool {
    !matches!(moment, Moment::Date(date) if date.day.is_none())
}

fn day_article(lang: Lang) -> Article {
    match lang {
        Lang::En => Article::None,
        Lang::Fr => Article::Le,
    }
}
