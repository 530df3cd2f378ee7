//! What the words of a name say of dates.

use super::super::super::mapping::Role;
use super::{Named, RECORD, SECOND, WEAK};

/// Words for a date or a day.
const DATES: &[&str] = &[
    "date",
    "dates",
    "datetime",
    "datum",
    "fecha",
    "data",
    "day",
    "jour",
    "tag",
    "dia",
    "giorno",
    "when",
    "wann",
    "quand",
    "cuando",
    "quando",
    "дата",
    "日期",
    "التاريخ",
    "تاريخ",
    "observed",
    "occurred",
    "happened",
];

/// Parts of words with "date" that make it another date than that of the event.
const OTHERS: &[&str] = &[
    "source",
    "birth",
    "naiss",
    "geburt",
    "nacim",
    "nascit",
    "access",
    "download",
    "retrieved",
    "expir",
    "due",
    "deadline",
];

/// Words of when a record was made or changed, rather than of when something
/// happened.
const RECORDS: &[&str] = &[
    "entry",
    "edit",
    "post",
    "posted",
    "record",
    "today",
    "maj",
    "log",
    "logged",
    "saved",
    "timestamp",
    "registro",
    "registo",
    "carga",
    "import",
    "imported",
    "change",
    "changed",
    "eintrag",
    "eingabe",
    "meldung",
    "modifica",
    "saisie",
    "submit",
];

/// Parts of such words.
const RECORD_PARTS: &[&str] = &[
    "updat",
    "creat",
    "creac",
    "modif",
    "publis",
    "publica",
    "publie",
    "pubblica",
    "submi",
    "soumis",
    "upload",
    "report",
    "registr",
    "recorded",
    "edited",
    "entered",
    "added",
    "insert",
    "ingest",
    "scrape",
    "saisi",
    "aktualis",
    "veroffentlich",
    "actualiz",
    "actualis",
    "erstell",
    "erfass",
    "gemeldet",
    "aggiorn",
    "cadastr",
    "atualiz",
    "обновл",
    "создан",
    "публик",
    "измен",
    "更新",
    "创建",
    "发布",
    "النشر",
    "التحديث",
    "الادخال",
    "التسجيل",
];

const STARTS: &[&str] = &[
    "start",
    "started",
    "starting",
    "begin",
    "began",
    "beginning",
    "from",
    "debut",
    "beginn",
    "start",
    "inicio",
    "inizio",
    "onset",
];
const ENDS: &[&str] = &[
    "end", "ended", "ending", "until", "fin", "ende", "fine", "finish", "finished",
];

/// Words beside "year", "month" and "day" that say no more than whose they are.
const CONTEXT: &[&str] = &[
    "date",
    "event",
    "incident",
    "attack",
    "occurrence",
    "occurred",
    "of",
    "the",
    "in",
    "start",
    "begin",
    "de",
    "du",
    "l",
    "evenement",
    "evento",
];

const YEARS: &[&str] = &["year", "annee", "jahr", "ano", "anno"];
const MONTHS: &[&str] = &["month", "mois", "monat", "mes", "mese"];
const DAYS: &[&str] = &["day", "jour", "tag", "dia", "giorno"];

/// What a name with a word for a date says: that of the event, or one on which
/// a record was made. Whether it holds dates is to be seen.
pub(super) fn dated(words: &[&str]) -> Option<Named> {
    if let Some((role, others)) = part(words)
        && others.iter().all(|w| CONTEXT.contains(w))
        && !others.is_empty()
    {
        return Some(Named { role, rank: SECOND });
    }
    let joined = |w: &str| {
        let any = ["date", "datum", "fecha"].iter();
        w.len() > 4 && { any }.any(|d| w.starts_with(d) || w.ends_with(d))
    };
    if !words.iter().any(|w| DATES.contains(w) || joined(w)) {
        return None;
    }
    if words.iter().any(|w| OTHERS.iter().any(|o| w.contains(o))) {
        return None;
    }
    let any = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let (role, rank) = if is_record(words) {
        (Role::Date, RECORD)
    } else if any(STARTS) {
        (Role::Start, WEAK)
    } else if any(ENDS) {
        (Role::End, WEAK)
    } else {
        (Role::Date, WEAK)
    };
    Some(Named { role, rank })
}

fn is_record(words: &[&str]) -> bool {
    let one = |w: &&str| RECORDS.contains(w) || RECORD_PARTS.iter().any(|p| w.contains(p));
    // "mise à jour": when it was changed.
    words.iter().any(one) || words.windows(3).any(|w| w == ["mise", "a", "jour"])
}

/// The part of a date that a name speaks of, and its other words.
fn part<'w>(words: &[&'w str]) -> Option<(Role, Vec<&'w str>)> {
    let parts = [
        (Role::Year, YEARS),
        (Role::Month, MONTHS),
        (Role::Day, DAYS),
    ];
    let (at, role) = parts.iter().find_map(|(role, names)| {
        let at = words.iter().position(|w| names.contains(w))?;
        Some((at, *role))
    })?;
    let mut others = words.to_vec();
    others.remove(at);
    Some((role, others))
}

/// Which part of the end of an event a name speaks of: its year, month or day.
pub(in super::super) fn part_of_end(name: &str) -> Option<Role> {
    let folded = crate::model::fold(name);
    let words: Vec<&str> = folded.split(' ').collect();
    let (role, others) = part(&words)?;
    let ends = others.iter().filter(|w| ENDS.contains(w)).count();
    let rest = others.iter().filter(|w| !ENDS.contains(w));
    (ends == 1 && { rest }.all(|w| CONTEXT.contains(w))).then_some(role)
}

/// Signs of a form that was filled in on a telephone, whose `start` and `end`
/// are when that was done.
const FORM: &[&str] = &[
    "today",
    "deviceid",
    "submissiontime",
    "submissiondate",
    "instanceid",
    "metainstanceid",
    "formhubuuid",
    "xformidstring",
    "simserial",
    "subscriberid",
];

/// Whether these are the columns of such a form.
pub(in super::super) fn is_form(columns: &[String]) -> bool {
    columns
        .iter()
        .any(|name| FORM.contains(&super::key(name).as_str()))
}

/// Whether a column of such a form tells when it was filled in.
pub(in super::super) fn is_of_form(name: &str) -> bool {
    matches!(
        super::key(name).as_str(),
        "start" | "end" | "starttime" | "endtime"
    )
}
