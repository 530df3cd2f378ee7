//! The names of months, as people write them.

use crate::model::fold;

/// Names in English, then French, German, Spanish, Russian and Arabic (folded).
const ENGLISH: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const OTHERS: &[(&str, i64)] = &[
    ("sept", 9),
    ("janvier", 1),
    ("janv", 1),
    ("fevrier", 2),
    ("fevr", 2),
    ("fev", 2),
    ("mars", 3),
    ("avril", 4),
    ("avr", 4),
    ("mai", 5),
    ("juin", 6),
    ("juillet", 7),
    ("juil", 7),
    ("aout", 8),
    ("septembre", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("decembre", 12),
    ("januar", 1),
    ("janner", 1),
    ("jan", 1),
    ("februar", 2),
    ("marz", 3),
    ("maerz", 3),
    ("juni", 6),
    ("juli", 7),
    ("oktober", 10),
    ("okt", 10),
    ("dezember", 12),
    ("dez", 12),
    ("enero", 1),
    ("ene", 1),
    ("febrero", 2),
    ("marzo", 3),
    ("abril", 4),
    ("abr", 4),
    ("mayo", 5),
    ("junio", 6),
    ("julio", 7),
    ("agosto", 8),
    ("ago", 8),
    ("septiembre", 9),
    ("setiembre", 9),
    ("octubre", 10),
    ("noviembre", 11),
    ("diciembre", 12),
    ("dic", 12),
    ("январь", 1),
    ("января", 1),
    ("февраль", 2),
    ("февраля", 2),
    ("март", 3),
    ("марта", 3),
    ("апрель", 4),
    ("апреля", 4),
    ("май", 5),
    ("мая", 5),
    ("июнь", 6),
    ("июня", 6),
    ("июль", 7),
    ("июля", 7),
    ("август", 8),
    ("августа", 8),
    ("сентябрь", 9),
    ("сентября", 9),
    ("октябрь", 10),
    ("октября", 10),
    ("ноябрь", 11),
    ("ноября", 11),
    ("декабрь", 12),
    ("декабря", 12),
    ("يناير", 1),
    ("جانفي", 1),
    ("فبراير", 2),
    ("فيفري", 2),
    ("شباط", 2),
    ("مارس", 3),
    ("اذار", 3),
    ("ابريل", 4),
    ("افريل", 4),
    ("نيسان", 4),
    ("مايو", 5),
    ("ماي", 5),
    ("ايار", 5),
    ("يونيو", 6),
    ("جوان", 6),
    ("حزيران", 6),
    ("يوليو", 7),
    ("جويلية", 7),
    ("تموز", 7),
    ("اغسطس", 8),
    ("اوت", 8),
    ("اب", 8),
    ("سبتمبر", 9),
    ("ايلول", 9),
    ("اكتوبر", 10),
    ("نوفمبر", 11),
    ("ديسمبر", 12),
];

/// Words that mean nothing in a date: weekdays and little words.
const FILLERS: &[&str] = &[
    "of",
    "the",
    "on",
    "de",
    "del",
    "le",
    "den",
    "am",
    "utc",
    "gmt",
    "z",
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "г",
    "года",
    "الاثنين",
    "الثلاثاء",
    "الاربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "الاحد",
];

/// Months of two words, folded, and a month of one word in their place.
const PAIRS: &[(&str, &str)] = &[
    ("january", "كانون الثاني"),
    ("october", "تشرين الاول"),
    ("november", "تشرين الثاني"),
    ("december", "كانون الاول"),
];

/// The month that a word stands for, 1 to 12.
pub(super) fn month_of(word: &str) -> Option<i64> {
    if word.len() >= 3 && word.is_ascii() {
        let whole = ENGLISH.iter().position(|m| {
            word.eq_ignore_ascii_case(m) || (word.len() == 3 && word.eq_ignore_ascii_case(&m[..3]))
        });
        if let Some(at) = whole {
            return i64::try_from(at + 1).ok();
        }
    }
    let folded = fold(word);
    OTHERS.iter().find(|(w, _)| *w == folded).map(|(_, m)| *m)
}

/// Whether a word may be passed over.
pub(super) fn is_filler(word: &str) -> bool {
    let folded = fold(word);
    FILLERS.contains(&folded.as_str())
}

/// A month of two words in a folded text: what to write for it, and the words.
pub(super) fn two_words(folded: &str) -> Option<(&'static str, &'static str)> {
    PAIRS.iter().find(|(_, w)| folded.contains(w)).copied()
}
