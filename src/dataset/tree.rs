//! A tree of maxima over a column: which of the first rows reach a value.

/// Rows a node of the tree covers: large enough that the tree is small,
/// small enough that one long event does not make us look at many others.
const FAN: usize = 32;

/// Maxima over a column, whose whole branches are skipped when they do not
/// reach the value looked for: O(found · log n).
pub(super) struct Tree {
    /// `levels[0][i]` is the greatest value of rows `i·FAN ..`, and so on upward.
    levels: Vec<Vec<i64>>,
    rows: usize,
}

impl Tree {
    /// Over a column of so many values, by row.
    pub(super) fn build(rows: usize, value: impl Fn(u32) -> i64) -> Self {
        let number = |row: usize| u32::try_from(row).unwrap_or(u32::MAX);
        let max = |values: &mut dyn Iterator<Item = i64>| values.max().unwrap_or(i64::MIN);
        let mut levels: Vec<Vec<i64>> = Vec::new();
        while levels.last().map_or(rows, Vec::len) > 1 {
            levels.push(match levels.last() {
                Some(below) => below
                    .chunks(FAN)
                    .map(|chunk| max(&mut chunk.iter().copied()))
                    .collect(),
                None => (0..rows)
                    .step_by(FAN)
                    .map(|from| max(&mut (from..(from + FAN).min(rows)).map(|r| value(number(r)))))
                    .collect(),
            });
        }
        Self { levels, rows }
    }

    /// Calls `found` for the rows below `before` whose value in the column that
    /// the tree was built over is at least `least`; ascending.
    pub(super) fn at_least(
        &self,
        value: &impl Fn(u32) -> i64,
        least: i64,
        before: usize,
        found: &mut impl FnMut(u32),
    ) {
        self.walk(self.levels.len(), 0, value, least, before, found);
    }

    fn walk(
        &self,
        level: usize,
        node: usize,
        value: &impl Fn(u32) -> i64,
        least: i64,
        before: usize,
        found: &mut impl FnMut(u32),
    ) {
        // First row of the node.
        let size = FAN.saturating_pow(u32::try_from(level).unwrap_or(u32::MAX));
        if node.saturating_mul(size) >= before {
            return;
        }
        let below = |row: &usize| *row < before.min(self.rows);
        let rows = match level.checked_sub(1) {
            // A single row has no tree above it.
            None => node..node + 1,
            Some(above) => {
                if self.levels[above].get(node).is_none_or(|v| *v < least) {
                    return;
                }
                node * FAN..(node + 1) * FAN
            }
        };
        if level > 1 {
            for child in rows {
                self.walk(level - 1, child, value, least, before, found);
            }
            return;
        }
        let rows = rows.take_while(below);
        for row in rows.filter_map(|row| u32::try_from(row).ok()) {
            if value(row) >= least {
                found(row);
            }
        }
    }
}
