//! A [`When`] in words.

use edtf_core::{Date, Set, SetElement};

use super::When;
use super::phrase::{is_day, phrase, plain_date};
use super::shape::{End, Moment, Shape, is_one_of};
use super::words::{Lang, Phrase, day_label, month_name, year_label};

/// The date in words, in full: `11 to 12 November 2018`, `about June to July
/// 2014`, `28–29 and 31 October 2022`, `between 4 October 2017 and November
/// 2022`, `on or before 27 December 2024`, `400 BCE`.
///
/// ```
/// use chronotope::model::time::{Lang, When, describe};
/// let night = When::parse("2018-11-11/2018-11-12")?;
/// assert_eq!(describe(&night, Lang::En), "11 to 12 November 2018");
/// assert_eq!(describe(&night, Lang::Fr), "du 11 au 12 novembre 2018");
/// # Ok::<(), chronotope::model::time::WhenError>(())
/// ```
#[must_use]
pub fn describe(when: &When, lang: Lang) -> String {
    match Shape::read(when.edtf()) {
        Ok(Shape::Single(moment)) => single(&moment, lang),
        Ok(Shape::Interval(start, end)) => interval(&start, &end, lang),
        Ok(Shape::Set(set)) => describe_set(&set, lang),
        // It was read before; if not, what was written says it best.
        Err(_) => when.edtf().to_owned(),
    }
}

/// A date on its own: its doubts stand before it.
fn single(moment: &Moment, lang: Lang) -> String {
    let phrase = phrase(moment, lang);
    let perhaps = lang.pick("perhaps ", "peut-être ");
    let text = match (lang, moment.is_approximate()) {
        (Lang::En, true) => format!("about {}", phrase.text),
        (Lang::Fr, true) => format!("vers {}", phrase.with_article()),
        (_, false) if moment.is_uncertain() => phrase.with_article(),
        (_, false) => phrase.text,
    };
    if moment.is_uncertain() {
        format!("{perhaps}{text}")
    } else {
        text
    }
}

/// A date inside a sentence: its doubts stand after it.
fn part(moment: &Moment, lang: Lang) -> Phrase {
    let mut phrase = phrase(moment, lang);
    if moment.is_approximate() {
        phrase.text.push_str(lang.pick(" (about)", " environ"));
    }
    if moment.is_uncertain() {
        phrase
            .text
            .push_str(lang.pick(" (uncertain)", " (incertain)"));
    }
    phrase
}

fn interval(start: &End, end: &End, lang: Lang) -> String {
    match (start, end) {
        (End::At(a), End::At(b)) => from_to(a, b, lang),
        (End::At(a), End::Open) => from(a, lang),
        (End::At(a), End::Unknown) => {
            let note = lang.pick(", end unknown", ", fin inconnue");
            format!("{}{note}", from(a, lang))
        }
        (End::Open, End::At(b)) => until(b, lang),
        (End::Unknown, End::At(b)) => {
            let note = lang.pick(", start unknown", ", début inconnu");
            format!("{}{note}", until(b, lang))
        }
        _ => format!(
            "{} \u{2013} {}",
            interval_end(start, lang),
            interval_end(end, lang)
        ),
    }
}

fn interval_end(end: &End, lang: Lang) -> String {
    match end {
        End::At(moment) => part(moment, lang).text,
        End::OnOrBefore(date) => or_before(&Moment::Date(*date), lang),
        End::OnOrAfter(date) => or_after(&Moment::Date(*date), lang),
        End::Open => "\u{2026}".to_owned(),
        End::Unknown => "?".to_owned(),
    }
}

fn from(moment: &Moment, lang: Lang) -> String {
    let phrase = part(moment, lang);
    match lang {
        Lang::En => format!("from {}", phrase.text),
        Lang::Fr => format!("à partir {}", phrase.de()),
    }
}

fn until(moment: &Moment, lang: Lang) -> String {
    let phrase = part(moment, lang);
    match lang {
        Lang::En => format!("until {}", phrase.text),
        Lang::Fr => phrase.until(),
    }
}

fn or_before(moment: &Moment, lang: Lang) -> String {
    let phrase = part(moment, lang);
    match lang {
        Lang::En if is_day(moment) => format!("on or before {}", phrase.text),
        Lang::En => format!("in or before {}", phrase.text),
        Lang::Fr => format!("{} ou avant", phrase.with_article()),
    }
}

fn or_after(moment: &Moment, lang: Lang) -> String {
    let phrase = part(moment, lang);
    match lang {
        Lang::En if is_day(moment) => format!("on or after {}", phrase.text),
        Lang::En => format!("in or after {}", phrase.text),
        Lang::Fr => format!("{} ou après", phrase.with_article()),
    }
}

/// `11 to 12 November 2018`: what both ends share is said once.
fn from_to(a: &Moment, b: &Moment, lang: Lang) -> String {
    let (both_about, both_unsure) = (
        a.is_approximate() && b.is_approximate(),
        a.is_uncertain() && b.is_uncertain(),
    );
    let same_doubts =
        (a.is_approximate(), a.is_uncertain()) == (b.is_approximate(), b.is_uncertain());
    let (start, end) = if same_doubts {
        (shortened(a, b, lang), phrase(b, lang))
    } else {
        (part(a, lang), part(b, lang))
    };
    let text = match lang {
        Lang::En => format!("{} to {}", start.text, end.text),
        Lang::Fr => format!("{} {}", start.de(), end.a()),
    };
    let about = if both_about {
        lang.pick("about ", "environ ")
    } else {
        ""
    };
    let perhaps = if both_unsure {
        lang.pick("perhaps ", "peut-être ")
    } else {
        ""
    };
    if same_doubts {
        format!("{perhaps}{about}{text}")
    } else {
        text
    }
}

/// The first date of two, without the month and year that the second repeats.
fn shortened(a: &Moment, b: &Moment, lang: Lang) -> Phrase {
    let full = phrase(a, lang);
    let (Some(a), Some(b)) = (plain_date(a), plain_date(b)) else {
        return full;
    };
    let text = match (a, b) {
        ((ya, ma, Some(da)), (yb, mb, Some(_))) if ya == yb && ma == mb => day_label(da, lang),
        ((ya, ma, Some(da)), (yb, _, Some(_))) if ya == yb => {
            format!("{} {}", day_label(da, lang), month_name(ma, lang))
        }
        ((ya, ma, None), (yb, _, None)) if ya == yb => month_name(ma, lang).to_owned(),
        _ => return full,
    };
    Phrase {
        text,
        article: full.article,
    }
}

fn describe_set(set: &Set, lang: Lang) -> String {
    if let Some(text) = short_list(set, lang) {
        return text;
    }
    let parts: Vec<String> = set
        .elements
        .iter()
        .map(|element| match element {
            SetElement::Date(date) if set.elements.len() == 1 => single(&Moment::Date(*date), lang),
            SetElement::Date(date) => part(&Moment::Date(*date), lang).text,
            SetElement::OnOrBefore(date) => or_before(&Moment::Date(*date), lang),
            SetElement::OnOrAfter(date) => or_after(&Moment::Date(*date), lang),
            SetElement::Range(a, b) if is_one_of(set) => between(a, b, lang),
            SetElement::Range(a, b) => from_to(&Moment::Date(*a), &Moment::Date(*b), lang),
        })
        .collect();
    join(&parts, set, lang)
}

/// `28–29 and 31 October 2022`, `January and March 2020`: where all members
/// are days of one month, or months of one year, say that once.
fn short_list(set: &Set, lang: Lang) -> Option<String> {
    // "Between" is clearer for a lone range of alternatives.
    if is_one_of(set)
        && set
            .elements
            .iter()
            .any(|e| matches!(e, SetElement::Range(..)))
    {
        return None;
    }
    let mut dates = Vec::new();
    for element in &set.elements {
        match element {
            SetElement::Date(date) => dates.push((*date, None)),
            SetElement::Range(a, b) => dates.push((*a, Some(*b))),
            SetElement::OnOrBefore(_) | SetElement::OnOrAfter(_) => return None,
        }
    }
    let qualified = |date: &Date| date.is_uncertain() || date.is_approximate();
    let read = |date: &Date| plain_date(&Moment::Date(*date)).filter(|_| !qualified(date));
    let (year, month, day) = read(&dates.first()?.0)?;
    let alike = |date: &Date| {
        read(date).is_some_and(|(y, m, d)| {
            y == year && d.is_some() == day.is_some() && (day.is_none() || m == month)
        })
    };
    let all: Vec<&Date> = dates
        .iter()
        .flat_map(|(a, b)| std::iter::once(a).chain(b))
        .collect();
    if dates.len() + usize::from(all.len() > dates.len()) < 2 || !all.iter().all(|d| alike(d)) {
        return None;
    }
    let label = |date: &Date| match plain_date(&Moment::Date(*date)) {
        Some((_, _, Some(day))) => day_label(day, lang),
        Some((_, month, None)) => month_name(month, lang).to_owned(),
        None => String::new(),
    };
    let parts: Vec<String> = dates
        .iter()
        .map(|(a, b)| match b {
            Some(b) => format!("{}\u{2013}{}", label(a), label(b)),
            None => label(a),
        })
        .collect();
    let list = join(&parts, set, lang);
    Some(match day {
        Some(_) => format!(
            "{list} {} {}",
            month_name(month, lang),
            year_label(year, lang)
        ),
        None => format!("{list} {}", year_label(year, lang)),
    })
}

fn join(parts: &[String], set: &Set, lang: Lang) -> String {
    let word = if is_one_of(set) {
        lang.pick("or", "ou")
    } else {
        lang.pick("and", "et")
    };
    match parts {
        [all @ .., last] if !all.is_empty() => format!("{} {word} {last}", all.join(", ")),
        _ => parts.concat(),
    }
}

fn between(a: &Date, b: &Date, lang: Lang) -> String {
    let (a, b) = (Moment::Date(*a), Moment::Date(*b));
    let (start, end) = (shortened(&a, &b, lang), phrase(&b, lang));
    match lang {
        Lang::En => format!("between {} and {}", start.text, end.text),
        Lang::Fr => format!("entre {} et {}", start.with_article(), end.with_article()),
    }
}
