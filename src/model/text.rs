//! Text in several languages, and the folding that search uses.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// One text in any number of languages, by BCP 47 tag.
///
/// Most have one language, and an import makes one for each of half a million
/// sources: a sorted list takes a tenth of what a map does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Localised(Box<[(Tag, Box<str>)]>);

/// A language tag; the usual ones take no room of their own.
type Tag = Cow<'static, str>;

fn tag(lang: &str) -> Tag {
    const USUAL: [&str; 8] = ["und", "en", "fr", "ar", "es", "de", "pt", "ru"];
    match USUAL.into_iter().find(|usual| *usual == lang) {
        Some(usual) => Cow::Borrowed(usual),
        None => Cow::Owned(lang.to_owned()),
    }
}

impl Localised {
    /// A text in one language.
    #[must_use]
    pub fn new(lang: &str, text: &str) -> Self {
        Self(Box::new([(tag(lang), text.into())]))
    }

    /// A text from its languages.
    #[must_use]
    pub fn from_map(map: BTreeMap<String, String>) -> Self {
        let texts = map.into_iter().map(|(k, v)| (tag(&k), v.into()));
        Self(texts.collect())
    }

    /// The text in `lang`, else in English, else in any language; empty if
    /// there is none at all.
    #[must_use]
    pub fn get(&self, lang: &str) -> &str {
        let of = |tag: &str| self.0.iter().find(|(k, _)| k == tag);
        of(lang)
            .or_else(|| of("en"))
            .or_else(|| self.0.first())
            .map_or("", |(_, text)| text)
    }

    /// The languages and their texts, sorted by tag.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(k, v)| (&**k, &**v))
    }

    /// Whether no language has a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, text)| text.is_empty())
    }
}

/// ASCII folded: letters small, digits as they are, anything else a blank.
const FOLDED: [u8; 256] = {
    let mut table = [b' '; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Folds `text` for search: lower case, no accents, and hyphens, apostrophes
/// and other punctuation as single spaces.
///
/// ```
/// assert_eq!(chronotope::model::fold("Al-Saharaoui, Émir"), "al saharaoui emir");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::new();
    fold_onto(&mut out, text);
    out
}

/// Adds what [`fold`] makes of `text` to a text, which spares taking room for
/// each.
pub fn fold_onto(out: &mut String, text: &str) {
    if text.is_ascii() {
        // The same, much quicker.
        let mut bytes = std::mem::take(out).into_bytes();
        let start = bytes.len();
        bytes.resize(start + text.len(), 0);
        let mut len = start;
        let mut gap = true;
        for byte in text.bytes() {
            let folded = FOLDED[usize::from(byte)];
            // Written in any case: what is not wanted is written over.
            bytes[len] = folded;
            let blank = folded == b' ';
            len += usize::from(!(blank && gap));
            gap = blank;
        }
        // The last gap, which may be all there is.
        bytes.truncate(if gap {
            len.saturating_sub(1).max(start)
        } else {
            len
        });
        // It was a text, and ASCII was added.
        *out = String::from_utf8(bytes).unwrap_or_default();
        return;
    }
    out.reserve(text.len());
    let start = out.len();
    let mut gap = false;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            if gap && out.len() > start {
                out.push(' ');
            }
            gap = false;
            out.extend(c.to_lowercase());
        } else {
            gap = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_language_falls_back_to_english_then_any() {
        let mut map = BTreeMap::new();
        map.insert("fr".to_owned(), "attaque".to_owned());
        let fr_only = Localised::from_map(map.clone());
        assert_eq!(fr_only.get("ar"), "attaque");
        map.insert("en".to_owned(), "attack".to_owned());
        assert_eq!(Localised::from_map(map).get("ar"), "attack");
        assert_eq!(Localised::default().get("en"), "");
    }

    #[test]
    fn folding_ignores_case_accents_hyphens_and_apostrophes() {
        for (a, b) in [
            ("N'Gordie", "n gordie"),
            ("Al‑Saharaoui", "al saharaoui"),
            ("  MÉNAKA ", "menaka"),
            (" --(Al-Kufra, 2nd)..", "al kufra 2nd"),
            ("Poula–N’Gordie", "poula n gordie"),
            ("الساحل", "الساحل"),
        ] {
            assert_eq!(fold(a), b);
            let mut onto = "é".to_owned();
            fold_onto(&mut onto, a);
            assert_eq!(onto, format!("é{b}"));
        }
    }
}
