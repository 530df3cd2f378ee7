//! Keeping the current set in step with the scope: at once where that is
//! quick, else in the background, while what was before is shown.

use std::sync::{Arc, Mutex, PoisonError};

use crate::dataset::{Dataset, Filter};
use crate::formats::Report;
use crate::session::{CurrentSet, Prefs, Scope, Session};

use super::Workbench;

/// Datasets with fewer events are always followed at once: making a set anew
/// takes a few milliseconds.
const LARGE: usize = 300_000;
/// Rows looked at within a frame to find what enters and leaves, at most, about
/// eight milliseconds' worth. A row that moves is looked at up to four times:
/// as possibly and as certainly in the window, at either edge.
const AT_ONCE: usize = 800_000;

/// Called from another thread when something is done.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// A set that is being made in the background.
pub(super) struct Making {
    scope: Scope,
    answer: Arc<Mutex<Option<CurrentSet>>>,
}

/// Whether two filters differ in kinds and sides alone, whose rows and counts
/// are kept apart.
fn only_switched(a: &Filter, b: &Filter) -> bool {
    let rest = |f: &Filter| Filter {
        kinds: std::collections::BTreeSet::new(),
        sides: std::collections::BTreeSet::new(),
        ..f.clone()
    };
    rest(a) == rest(b)
}

/// Brings a set from one scope to another by what changes. `false` if it has to
/// be made anew, or if that might take longer than a frame and `quick` is asked
/// for; then nothing has changed.
fn moved(set: &mut CurrentSet, data: &Dataset, from: &Scope, to: &Scope, quick: bool) -> bool {
    let revision = set.revision + 1;
    if from.certainly != to.certainly {
        false
    } else if from.filter == to.filter {
        let most = if quick { AT_ONCE } else { usize::MAX };
        set.follow(data, (from.window, to.window), most, revision)
    } else if from.window == to.window {
        (!quick || (only_switched(&from.filter, &to.filter) && set.switches_quickly()))
            && set.refilter(data, &from.filter, to, revision)
    } else {
        false
    }
}

impl Workbench {
    /// Opens a dataset in a window: what takes longer than a frame is done in
    /// the background, the first current set included; `wake` is called when it
    /// is done, and [`Workbench::catch_up`] takes it over.
    #[must_use]
    pub fn in_window(
        dataset: Arc<Dataset>,
        report: Report,
        prefs: Prefs,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        if dataset.len() < LARGE {
            return Self {
                wake: Some(Arc::new(wake)),
                ..Self::new(dataset, report, prefs)
            };
        }
        let session = Session::new(&dataset, prefs);
        let nothing = CurrentSet::unmade(&dataset);
        let mut bench = Self::with(dataset, report, session, nothing);
        bench.wake = Some(Arc::new(wake));
        bench.made = false;
        // What a set that is not made yet holds: every row, and none in time.
        bench.current_scope.filter = Filter::default();
        bench
    }

    /// The scope that the current set is of: that of the session, unless it is
    /// still being made.
    #[must_use]
    pub fn current_scope(&self) -> &Scope {
        &self.current_scope
    }

    /// Whether the current set is still that of an earlier scope.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.making.is_some() || !self.made || self.current_scope != self.session.scope
    }

    /// Takes over what was made in the background, if it is done.
    pub fn catch_up(&mut self) {
        let Some(making) = &self.making else {
            self.follow();
            return;
        };
        let answer = making
            .answer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(mut made) = answer else { return };
        made.revision = self.current.revision + 1;
        self.current = made;
        if let Some(making) = self.making.take() {
            self.current_scope = making.scope;
            self.made = true;
        }
        self.follow();
    }

    /// Makes the set of the session's scope here and now.
    pub(super) fn refresh(&mut self) {
        let revision = self.current.revision + 1;
        self.current = CurrentSet::new(&self.dataset, &self.session.scope, revision);
        self.current_scope = self.session.scope.clone();
        self.making = None;
        self.made = true;
    }

    /// Makes sure that there is a set, and that the rows that the filter lets
    /// through are those of the session's filter: for commands that ask what is
    /// in it.
    pub(super) fn settle_filter(&mut self) {
        if !self.made || self.current_scope.filter != self.session.scope.filter {
            self.refresh();
        }
    }

    /// Brings the current set to the session's scope.
    pub(super) fn follow(&mut self) {
        if self.making.is_some() || (self.made && self.current_scope == self.session.scope) {
            return;
        }
        let wake = self.wake.clone().filter(|_| self.dataset.len() >= LARGE);
        let (to, from) = (&self.session.scope, &self.current_scope);
        if self.made && moved(&mut self.current, &self.dataset, from, to, wake.is_some()) {
            self.current_scope = to.clone();
            return;
        }
        match wake {
            Some(wake) => self.make(wake),
            None => self.refresh(),
        }
    }

    fn make(&mut self, wake: Wake) {
        let scope = self.session.scope.clone();
        let answer = Arc::new(Mutex::new(None));
        self.making = Some(Making {
            scope: scope.clone(),
            answer: Arc::clone(&answer),
        });
        let dataset = Arc::clone(&self.dataset);
        rayon::spawn(move || {
            let made = CurrentSet::new(&dataset, &scope, 0);
            *answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
            wake();
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::synthetic;
    use crate::model::Kind;
    use crate::model::time::{DAY_MS, Window};
    use crate::session::Command;

    fn window(from: i64, days: i64) -> Command {
        Command::SetWindow(Window::new(from * DAY_MS, (from + days) * DAY_MS))
    }

    #[test]
    fn what_is_restored_before_the_first_set_is_made_is_in_it() {
        let dataset = Arc::new(synthetic::dataset(LARGE, 3, &|_, _| {}));
        let (sender, done) = std::sync::mpsc::channel();
        let sender = Mutex::new(sender);
        let wake = move || sender.lock().unwrap().send(()).unwrap();
        let (report, prefs) = (Report::default(), Prefs::default());
        let mut bench = Workbench::in_window(Arc::clone(&dataset), report, prefs, wake);
        assert_eq!(bench.current().filtered.len(), LARGE as u64);
        bench.restore(|_, session| session.scope.certainly = true);
        while bench.is_behind() {
            bench.catch_up();
            if bench.making.is_some() {
                done.recv().unwrap();
            }
        }
        let wanted = CurrentSet::new(&dataset, &bench.session().scope, 0);
        assert_eq!(bench.current().shown(), wanted.shown());
        assert!(!wanted.shown().is_empty());
    }

    #[test]
    fn what_is_made_in_the_background_ends_as_what_is_made_at_once() {
        let dataset = Arc::new(synthetic::dataset(LARGE, 2, &|_, _| {}));
        let (sender, done) = std::sync::mpsc::channel();
        let sender = Mutex::new(sender);
        let wake = move || sender.lock().unwrap().send(()).unwrap();
        let (report, prefs) = (Report::default(), Prefs::default());
        let mut at_once = Workbench::new(Arc::clone(&dataset), report.clone(), prefs);
        let mut later = Workbench::in_window(Arc::clone(&dataset), report, prefs, wake);
        assert!(later.is_behind() && later.current().shown().is_empty());
        later.catch_up();
        done.recv().unwrap();
        later.catch_up();
        assert_eq!(later.current().facets, at_once.current().facets);
        assert!(!later.is_behind());
        let commands = [
            window(11_000, 8_000),
            Command::SetText("ba".to_owned()),
            Command::ToggleKind(Kind::Attack),
            window(12_000, 300),
            Command::SetCertainly(true),
            window(18_000, 900),
            Command::Undo,
            Command::ClearFilter,
            Command::WindowAll,
        ];
        let mut behind = 0;
        for (n, command) in commands.into_iter().enumerate() {
            at_once.apply(command.clone());
            later.apply(command);
            assert_eq!(at_once.session(), later.session());
            behind += usize::from(later.is_behind());
            // Now and then there is time to catch up.
            if n % 3 == 0 && later.is_behind() {
                done.recv().unwrap();
                later.catch_up();
            }
        }
        while later.is_behind() {
            done.recv().unwrap();
            later.catch_up();
        }
        assert!(behind > 2);
        assert_eq!(later.current_scope(), &later.session().scope);
        assert_eq!(at_once.current().filtered, later.current().filtered);
        assert_eq!(at_once.current().selected, later.current().selected);
        assert_eq!(at_once.current().facets, later.current().facets);
    }
}
