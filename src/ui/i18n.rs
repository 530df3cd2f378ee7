//! Texts of the interface in English and French, from `assets/locales`.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader as _, langid};

use crate::model::time::Lang;
use crate::view::claim_value::grouped;

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./assets/locales",
        fallback_language: "en",
        // Isolation marks are for bidirectional text; both languages run left
        // to right, and fonts may show the marks as boxes.
        customise: |bundle| {
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(number));
        },
    };
}

/// Whole numbers with their thousands set apart.
fn number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(n) = value else {
        return None;
    };
    #[allow(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and small"
    )]
    (n.value.fract() == 0.0 && n.value.abs() < 1e15).then(|| grouped(n.value as i64))
}

static EN: LanguageIdentifier = langid!("en");
static FR: LanguageIdentifier = langid!("fr");

/// Looks texts up in one language.
#[derive(Clone, Copy, Debug)]
pub struct Tr {
    lang: Lang,
}

impl Tr {
    /// Texts in `lang`.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang }
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self.lang {
            Lang::En => &EN,
            Lang::Fr => &FR,
        }
    }

    /// The text of a key; the key itself if there is none.
    #[must_use]
    pub fn t(self, key: &str) -> String {
        LOCALES
            .try_lookup(self.id(), key)
            .unwrap_or_else(|| key.to_owned())
    }

    /// The text of a key for a number `n`, in its plural form.
    #[must_use]
    pub fn n(self, key: &str, n: u64) -> String {
        self.with(key, &[("n", FluentValue::from(n))])
    }

    /// The text of a key with a word `name` put in.
    #[must_use]
    pub fn s(self, key: &str, value: &str) -> String {
        self.with(key, &[("name", FluentValue::from(value.to_owned()))])
    }

    /// The text of a key with named values put in.
    #[must_use]
    pub fn with(self, key: &str, values: &[(&'static str, FluentValue<'static>)]) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'_>> = values
            .iter()
            .map(|(k, v)| (Cow::Borrowed(*k), v.clone()))
            .collect();
        LOCALES
            .try_lookup_with_args(self.id(), key, &args)
            .unwrap_or_else(|| key.to_owned())
    }
}
