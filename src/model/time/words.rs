//! The words of dates in English and French: names of months, eras, and the
//! small grammar that French needs before them.

/// A language that dates are put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English, day before month.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// The language of a tag such as `fr`, `fr-FR` or `fr_CH.UTF-8`; English
    /// for any that is not French.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("fr") {
            Self::Fr
        } else {
            Self::En
        }
    }

    /// The one of two texts that is in this language.
    pub(super) const fn pick(self, en: &'static str, fr: &'static str) -> &'static str {
        match self {
            Self::En => en,
            Self::Fr => fr,
        }
    }
}

const MONTHS: [[&str; 4]; 12] = [
    ["January", "janvier", "Jan", "janv."],
    ["February", "février", "Feb", "févr."],
    ["March", "mars", "Mar", "mars"],
    ["April", "avril", "Apr", "avr."],
    ["May", "mai", "May", "mai"],
    ["June", "juin", "Jun", "juin"],
    ["July", "juillet", "Jul", "juil."],
    ["August", "août", "Aug", "août"],
    ["September", "septembre", "Sep", "sept."],
    ["October", "octobre", "Oct", "oct."],
    ["November", "novembre", "Nov", "nov."],
    ["December", "décembre", "Dec", "déc."],
];

const WEEKDAYS: [[&str; 2]; 7] = [
    ["Mon", "lun."],
    ["Tue", "mar."],
    ["Wed", "mer."],
    ["Thu", "jeu."],
    ["Fri", "ven."],
    ["Sat", "sam."],
    ["Sun", "dim."],
];

/// The name of a month, 1 to 12; others count from the nearest end.
#[must_use]
pub fn month_name(month: u8, lang: Lang) -> &'static str {
    let [en, fr, _, _] = MONTHS[usize::from(month.clamp(1, 12)) - 1];
    lang.pick(en, fr)
}

/// The short name of a month, 1 to 12; others count from the nearest end.
#[must_use]
pub fn month_short(month: u8, lang: Lang) -> &'static str {
    let [_, _, en, fr] = MONTHS[usize::from(month.clamp(1, 12)) - 1];
    lang.pick(en, fr)
}

/// The short name of the weekday of a day counted from 1970-01-01.
#[must_use]
pub fn weekday_short(days: i64, lang: Lang) -> &'static str {
    // Day 0 was a Thursday, the fourth of the table.
    let index = usize::try_from((days.rem_euclid(7) + 3).rem_euclid(7)).unwrap_or(0);
    let [en, fr] = WEEKDAYS[index];
    lang.pick(en, fr)
}

/// An astronomical year as people write it: `2017`, `400 BCE` (the year −399).
#[must_use]
pub fn year_label(year: i64, lang: Lang) -> String {
    if year > 0 {
        year.to_string()
    } else {
        format!("{} {}", 1 - i128::from(year), lang.pick("BCE", "av. J.-C."))
    }
}

/// `2010–2019`, `11–2 BCE`, `1 BCE – 9`.
pub(super) fn years_label(first: i64, last: i64, lang: Lang) -> String {
    if first == last {
        year_label(first, lang)
    } else if first > 0 {
        format!("{first}\u{2013}{last}")
    } else if last <= 0 {
        format!(
            "{}\u{2013}{}",
            1 - i128::from(first),
            year_label(last, lang)
        )
    } else {
        format!("{} \u{2013} {last}", year_label(first, lang))
    }
}

/// A decade: `1990s`, `années 1990`. The first one of a century is written out,
/// as "the 1900s" may mean all of it, and so are those before year 1.
pub(super) fn decade_label(first: i64, last: i64, lang: Lang) -> String {
    if first <= 0 || first % 100 == 0 {
        return years_label(first, last, lang);
    }
    match lang {
        Lang::En => format!("{first}s"),
        Lang::Fr => format!("années {first}"),
    }
}

/// The day of the month as it stands before the month's name.
pub(super) fn day_label(day: u8, lang: Lang) -> String {
    match (day, lang) {
        (1, Lang::Fr) => "1er".to_owned(),
        _ => day.to_string(),
    }
}

/// What French puts before a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Article {
    /// Nothing: `2017`, `mai 2017`.
    None,
    /// `le 4 octobre 2017`, `le printemps 2001`.
    Le,
    /// `l’été 2003`.
    Elided,
    /// `les années 1990`.
    Les,
}

/// A date in words, with what is needed to put it into a French sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The words.
    pub(super) text: String,
    /// The article that belongs to them in French; `None` in English.
    pub(super) article: Article,
}

impl Phrase {
    /// A phrase without an article.
    pub(super) fn plain(text: String) -> Self {
        Self {
            text,
            article: Article::None,
        }
    }

    /// "from", `de`.
    pub(super) fn de(&self) -> String {
        let text = &self.text;
        match self.article {
            Article::None if text.starts_with(['a', 'o', 'u']) => format!("d\u{2019}{text}"),
            Article::None => format!("de {text}"),
            Article::Le => format!("du {text}"),
            Article::Elided => format!("de l\u{2019}{text}"),
            Article::Les => format!("des {text}"),
        }
    }

    /// "to", `à`.
    pub(super) fn a(&self) -> String {
        let text = &self.text;
        match self.article {
            Article::None => format!("à {text}"),
            Article::Le => format!("au {text}"),
            Article::Elided => format!("à l\u{2019}{text}"),
            Article::Les => format!("aux {text}"),
        }
    }

    /// "until", `jusqu’`.
    pub(super) fn until(&self) -> String {
        match self.article {
            Article::None => format!("jusqu\u{2019}en {}", self.text),
            _ => format!("jusqu\u{2019}{}", self.a()),
        }
    }

    /// With its article: `le 4 octobre`.
    pub(super) fn with_article(&self) -> String {
        let text = &self.text;
        match self.article {
            Article::None => text.clone(),
            Article::Le => format!("le {text}"),
            Article::Elided => format!("l\u{2019}{text}"),
            Article::Les => format!("les {text}"),
        }
    }
}
