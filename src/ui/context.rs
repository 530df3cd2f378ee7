//! What a panel is given: everything to read, and a box for commands.

use std::cell::RefCell;

use crate::dataset::Dataset;
use crate::model::time::{Unit, When, Window, describe, format_moment, format_span, iso};
use crate::session::{Command, CurrentSet, Session, Workbench};

use super::{Theme, Tr};

/// Commands sent during a frame, applied after it.
#[derive(Debug, Default)]
pub struct Outbox(RefCell<Vec<Command>>);

impl Outbox {
    /// Adds a command.
    pub fn send(&self, command: Command) {
        self.0.borrow_mut().push(command);
    }

    /// Takes the commands out.
    pub fn take(&self) -> Vec<Command> {
        self.0.take()
    }
}

/// What a panel reads, and where it sends its commands.
#[derive(Clone, Copy)]
pub struct Ctx<'a> {
    /// Dataset, session and current set.
    pub bench: &'a Workbench,
    /// Texts of the interface.
    pub tr: Tr,
    /// Colours.
    pub theme: &'a Theme,
    /// Where commands go.
    pub out: &'a Outbox,
}

impl<'a> Ctx<'a> {
    /// Sends a command.
    pub fn send(&self, command: Command) {
        self.out.send(command);
    }

    /// The dataset.
    #[must_use]
    pub fn dataset(&self) -> &'a Dataset {
        self.bench.dataset()
    }

    /// The session.
    #[must_use]
    pub fn session(&self) -> &'a Session {
        self.bench.session()
    }

    /// The current set.
    #[must_use]
    pub fn current(&self) -> &'a CurrentSet {
        self.bench.current()
    }

    /// The tag of the interface's language, by which texts are chosen.
    #[must_use]
    pub fn lang(&self) -> &'static str {
        self.session().prefs.lang_tag()
    }

    /// A date in words, or as written when ISO dates are asked for.
    #[must_use]
    pub fn when(&self, when: &When) -> String {
        let prefs = &self.session().prefs;
        if prefs.iso_dates {
            when.edtf().to_owned()
        } else {
            describe(when, prefs.lang)
        }
    }

    /// A moment to the precision of a unit.
    #[must_use]
    pub fn moment(&self, ms: i64, unit: Unit) -> String {
        let prefs = &self.session().prefs;
        if prefs.iso_dates {
            iso(ms, unit)
        } else {
            format_moment(ms, unit, prefs.lang)
        }
    }

    /// A window in words.
    #[must_use]
    pub fn window(&self, window: Window) -> String {
        format_span(window, self.session().prefs.lang)
    }
}
