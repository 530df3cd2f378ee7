//! The rows of the table in order. By date there is nothing to sort: the
//! current set is in order of time. Anything else is sorted into a list.

use crate::dataset::{Dataset, RowSet, Selected};
use crate::model::{EventRow, fold};

use super::table_rows::{Column, Order, sources};

/// Titles are told apart by so many times eight bytes. Trade-off: longer ones
/// that begin alike stay in order of time; who writes so much means prose.
const MAX_DEPTH: usize = 64;

/// Rows in the order shown.
#[derive(Clone, Copy, Debug)]
pub enum Rows<'a> {
    /// A set in order of time, or last first.
    Time(&'a RowSet, bool),
    /// A list in another order.
    List(&'a [EventRow]),
}

impl Rows<'_> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Time(set, _) => usize::try_from(set.len()).unwrap_or(usize::MAX),
            Self::List(list) => list.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one at a place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<EventRow> {
        match self {
            Self::Time(set, descending) => {
                let at = if *descending {
                    self.len().checked_sub(at + 1)?
                } else {
                    at
                };
                set.nth(u32::try_from(at).ok()?)
            }
            Self::List(list) => list.get(at).copied(),
        }
    }

    /// The place of a row, if it is there.
    #[must_use]
    pub fn position(&self, row: EventRow) -> Option<usize> {
        match self {
            Self::Time(set, descending) => {
                let rank = usize::try_from(set.rank(row)).ok();
                let rank = rank.filter(|_| set.contains(row))?;
                Some(if *descending {
                    self.len() - 1 - rank
                } else {
                    rank
                })
            }
            Self::List(list) => list.iter().position(|r| *r == row),
        }
    }

    /// The rows from one to another, both ends included, and the last of them
    /// as shown; only `to` when `from` is not shown. `rows` is how many the
    /// dataset has.
    #[must_use]
    pub fn range(&self, from: EventRow, to: EventRow, rows: usize) -> (RowSet, EventRow) {
        let (Some(a), Some(b)) = (self.position(from), self.position(to)) else {
            return (std::iter::once(to).collect(), to);
        };
        let (a, b) = (a.min(b), a.max(b));
        let end = self.get(b).unwrap_or(to);
        let set = match self {
            Self::Time(set, _) => {
                let mut range = RowSet::default();
                range.insert_range(from.min(to).0..from.max(to).0.saturating_add(1));
                range.intersect(set);
                range
            }
            Self::List(list) => RowSet::listed(list[a..=b].iter().copied(), rows),
        };
        (set, end)
    }
}

/// The rows of a set in order. Ties stay in order of time, either way. `None`
/// if `stop` said so on the way, for which it is asked now and then.
///
/// Costs O(n log n), and up to twelve bytes a row while it lasts.
#[must_use]
pub fn sort(
    dataset: &Dataset,
    selected: &Selected,
    certainly: bool,
    order: Order,
    lang: &str,
    stop: &dyn Fn() -> bool,
) -> Option<Vec<EventRow>> {
    let set = selected.shown(certainly);
    // Every key is at most `u32::MAX - 1`, what comes last either way aside.
    let flip = |key: u32| {
        if order.descending {
            u32::MAX - 1 - key
        } else {
            key
        }
    };
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX).min(u32::MAX - 1);
    let by = |key: &dyn Fn(EventRow) -> u32| by_key(set, key, stop);
    match order.column {
        Column::Date => {
            let mut rows: Vec<EventRow> = set.iter().collect();
            if order.descending {
                rows.reverse();
            }
            Some(rows)
        }
        Column::Title => by_title(dataset, set, order.descending, lang, stop),
        Column::Place => {
            let ranks = place_ranks(dataset, lang);
            let rank = |r| dataset.place_of(r).and_then(|p| ranks[p.at()]);
            by(&|r| rank(r).map_or(u32::MAX, flip))
        }
        Column::Kind => by(&|r| flip(dataset.kind(r) as u32)),
        Column::Side => by(&|r| flip(dataset.side(r).map_or(u32::from(u16::MAX), u32::from))),
        // What is not known is not zero: it comes last, either way.
        Column::Killed => by(&|r| dataset.killed(r).best.map_or(u32::MAX, |n| flip(small(n)))),
        Column::Sources => by(&|r| flip(small(sources(dataset, r) as u64))),
        Column::Certainty => by(&|r| flip(u32::from(selected.certain.contains(r)))),
    }
}

fn by_key(
    set: &RowSet,
    key: &dyn Fn(EventRow) -> u32,
    stop: &dyn Fn() -> bool,
) -> Option<Vec<EventRow>> {
    let mut keyed: Vec<u64> = Vec::with_capacity(usize::try_from(set.len()).unwrap_or(0));
    keyed.extend(set.iter().map(|r| u64::from(key(r)) << 32 | u64::from(r.0)));
    if stop() {
        return None;
    }
    keyed.sort_unstable();
    #[allow(clippy::cast_possible_truncation, reason = "the lower half is the row")]
    Some(keyed.into_iter().map(|k| EventRow(k as u32)).collect())
}

/// For each place its position in the order of folded names; `None` for one
/// without a name.
fn place_ranks(dataset: &Dataset, lang: &str) -> Vec<Option<u32>> {
    let names: Vec<String> = dataset
        .places()
        .iter()
        .map(|p| fold(p.names.get(lang)))
        .collect();
    let mut distinct: Vec<&String> = names.iter().filter(|n| !n.is_empty()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let rank = |name: &String| u32::try_from(distinct.binary_search(&name).ok()?).ok();
    names.iter().map(rank).collect()
}

/// Eight bytes of a folded title, in two halves, and its row.
type Keyed = [u32; 3];

/// By folded title; rows without one come last, either way.
fn by_title(
    dataset: &Dataset,
    set: &RowSet,
    descending: bool,
    lang: &str,
    stop: &dyn Fn() -> bool,
) -> Option<Vec<EventRow>> {
    let titles = Titles {
        dataset,
        lang,
        descending,
        stop,
    };
    let mut keyed: Vec<Keyed> = set.iter().map(|r| [0, 0, r.0]).collect();
    titles.sort(&mut keyed, 0)?;
    Some(keyed.into_iter().map(|[.., row]| EventRow(row)).collect())
}

struct Titles<'a> {
    dataset: &'a Dataset,
    lang: &'a str,
    descending: bool,
    stop: &'a dyn Fn() -> bool,
}

impl Titles<'_> {
    fn title(&self, row: u32) -> &str {
        self.dataset.title(EventRow(row), self.lang)
    }

    /// The eight bytes at a depth, as a number; bytes that are not there are
    /// zero, which no title holds.
    fn key(&self, row: u32, depth: usize) -> u64 {
        let folded = fold(self.title(row));
        let mut bytes = [0; 8];
        let rest = folded.as_bytes().get(depth * 8..).unwrap_or_default();
        for (to, from) in bytes.iter_mut().zip(rest) {
            *to = *from;
        }
        match (u64::from_be_bytes(bytes), self.descending) {
            (0, _) if depth == 0 => u64::MAX,
            (key, false) => key,
            (key, true) => !key,
        }
    }

    /// Sorts rows whose titles are the same up to a depth.
    fn sort(&self, keyed: &mut [Keyed], depth: usize) -> Option<()> {
        for (n, slot) in keyed.iter_mut().enumerate() {
            if n % (1 << 16) == 0 && (self.stop)() {
                return None;
            }
            let key = self.key(slot[2], depth);
            #[allow(clippy::cast_possible_truncation, reason = "the two halves")]
            let (high, low) = ((key >> 32) as u32, key as u32);
            (slot[0], slot[1]) = (high, low);
        }
        keyed.sort_unstable();
        if depth + 1 == MAX_DEPTH {
            return Some(());
        }
        for run in keyed.chunk_by_mut(|a, b| a[..2] == b[..2]) {
            // A title that has ended here has a zero at its end.
            let byte = run[0][1] & 0xFF;
            let over = byte == if self.descending { 0xFF } else { 0 };
            let none = depth == 0 && run[0][..2] == [u32::MAX; 2];
            let first = self.title(run[0][2]);
            if over || none || run.iter().all(|k| self.title(k[2]) == first) {
                continue;
            }
            self.sort(run, depth + 1)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::synthetic;
    use crate::formats::bundled;
    use crate::model::time::Window;
    use crate::view::table_rows::inclusion;
    use proptest::prelude::*;
    use std::cmp::Ordering;
    use std::sync::LazyLock;

    static MADE_UP: LazyLock<Dataset> = LazyLock::new(|| synthetic::dataset(2_000, 5, &|_, _| {}));
    static BUNDLED: LazyLock<Dataset> = LazyLock::new(|| bundled().unwrap().0);

    fn current(dataset: &Dataset, window: &str) -> crate::session::CurrentSet {
        let scope = crate::session::Scope {
            filter: crate::dataset::Filter::default(),
            window: Window::parse(window).unwrap(),
            certainly: false,
        };
        crate::session::CurrentSet::new(dataset, &scope, 1)
    }

    fn sorted(dataset: &Dataset, window: &str, order: Order, lang: &str) -> Vec<EventRow> {
        let current = current(dataset, window);
        sort(dataset, &current.selected, false, order, lang, &|| false).unwrap()
    }

    /// The order said in words, row by row.
    fn compare(
        dataset: &Dataset,
        window: &str,
        order: Order,
        a: EventRow,
        b: EventRow,
    ) -> Ordering {
        let current = current(dataset, window);
        let flip = |o: Ordering| if order.descending { o.reverse() } else { o };
        let text = |a: &str, b: &str| {
            let (a, b) = (fold(a), fold(b));
            let empty = a.is_empty().cmp(&b.is_empty());
            empty.then_with(|| flip(a.cmp(&b)))
        };
        let side = |r| dataset.side(r).map_or(u16::MAX, u16::from);
        let killed = |r| dataset.killed(r).best;
        match order.column {
            Column::Date => flip(a.cmp(&b)),
            Column::Title => text(dataset.title(a, "fr"), dataset.title(b, "fr")),
            Column::Place => text(dataset.place_name(a, "fr"), dataset.place_name(b, "fr")),
            Column::Kind => flip(dataset.kind(a).cmp(&dataset.kind(b))),
            Column::Side => flip(side(a).cmp(&side(b))),
            Column::Killed => match (killed(a), killed(b)) {
                (Some(a), Some(b)) => flip(a.cmp(&b)),
                (a, b) => a.is_none().cmp(&b.is_none()),
            },
            Column::Sources => flip(sources(dataset, a).cmp(&sources(dataset, b))),
            Column::Certainty => flip(inclusion(&current, a).cmp(&inclusion(&current, b))),
        }
        .then(a.cmp(&b))
    }

    #[test]
    fn every_order_is_as_said_in_words() {
        for (dataset, window) in [(&*BUNDLED, "2012/2024"), (&*MADE_UP, "2009-07/2010-02")] {
            for column in Column::ALL {
                for descending in [false, true] {
                    let order = Order { column, descending };
                    let rows = sorted(dataset, window, order, "fr");
                    for two in rows.windows(2) {
                        let is = compare(dataset, window, order, two[0], two[1]);
                        assert_eq!(is, Ordering::Less, "{order:?} {two:?}");
                    }
                    let mut rows = rows;
                    rows.sort_unstable();
                    assert!(rows.into_iter().eq(current(dataset, window).shown().iter()));
                }
            }
        }
    }

    #[test]
    fn most_killed_comes_first_and_unknown_is_less_than_one() {
        let order = Order::default().clicked(Column::Killed);
        assert!(order.descending);
        let rows = sorted(&BUNDLED, "2012/2024", order, "en");
        let killed: Vec<_> = rows.iter().map(|r| BUNDLED.killed(*r).best).collect();
        assert!(killed.is_sorted_by(|a, b| a >= b));
        assert!(killed[0] > Some(7) && killed.last() == Some(&None));
    }

    #[test]
    fn events_without_a_place_come_last_either_way() {
        for descending in [false, true] {
            let order = Order {
                column: Column::Place,
                descending,
            };
            let rows = sorted(&BUNDLED, "2012/2024", order, "en");
            assert!(BUNDLED.event(rows[0]).place.is_some());
            assert!(BUNDLED.event(rows[rows.len() - 1]).place.is_none());
        }
    }

    #[test]
    fn sorting_stops_when_asked_to() {
        let selected = current(&MADE_UP, "2010").selected;
        for column in [Column::Title, Column::Killed] {
            let order = Order::default().clicked(column);
            assert_eq!(
                sort(&MADE_UP, &selected, false, order, "en", &|| true),
                None
            );
        }
    }

    #[test]
    fn a_range_follows_the_order_shown() {
        let rows = [3, 1, 2, 0].map(EventRow);
        let of = |rows: &[u32]| rows.iter().map(|r| EventRow(*r)).collect::<RowSet>();
        let list = Rows::List(&rows);
        let range = |from, to| list.range(EventRow(from), EventRow(to), 10);
        assert_eq!(range(2, 3), (of(&[3, 1, 2]), EventRow(2)));
        assert_eq!(range(9, 1), (of(&[1]), EventRow(1)));
    }

    proptest! {
        #[test]
        fn a_set_in_order_of_time_is_like_its_list(
            set in proptest::collection::btree_set(0..300_u32, 1..60),
            descending: bool, a in 0..300_u32, b in 0..300_u32, at in 0..70_usize,
        ) {
            let set: RowSet = set.into_iter().map(EventRow).collect();
            let mut list: Vec<EventRow> = set.iter().collect();
            if descending {
                list.reverse();
            }
            let (time, list) = (Rows::Time(&set, descending), Rows::List(&list));
            prop_assert_eq!(time.len(), list.len());
            prop_assert_eq!(time.get(at), list.get(at));
            let (a, b) = (EventRow(a), EventRow(b));
            prop_assert_eq!(time.position(a), list.position(a));
            prop_assert_eq!(time.range(a, b, 300), list.range(a, b, 300));
        }
    }
}
