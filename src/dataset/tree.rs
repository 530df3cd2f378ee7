//! A tree of maxima over a column: which of the first rows reach a value.

/// Rows a node of the tree covers: large enough that the tree is small,
/// small enough that one long event does not make us look at many others.
const FAN: usize = 32;

/// Maxima over a column, whose whole branches are skipped when they do not
/// reach the value looked for: O(found · log n).
pub(super) struct Tree {
    /// `levels[0][i]` is the greatest value of rows `i·FAN ..`, and so on upward.
    levels: Vec<Vec<i64>>,
}

impl Tree {
    pub(super) fn build(column: &[i64]) -> Self {
        let fold = |below: &[i64]| -> Vec<i64> {
            let max = |c: &[i64]| c.iter().copied().max().unwrap_or(i64::MIN);
            below.chunks(FAN).map(max).collect()
        };
        let mut levels: Vec<Vec<i64>> = Vec::new();
        while levels.last().map_or(column.len(), Vec::len) > 1 {
            levels.push(fold(levels.last().map_or(column, Vec::as_slice)));
        }
        Self { levels }
    }

    /// Calls `found` for the rows below `before` whose value in `column`, the
    /// one that the tree was built over, is at least `least`; ascending.
    pub(super) fn at_least(
        &self,
        column: &[i64],
        least: i64,
        before: usize,
        found: &mut impl FnMut(u32),
    ) {
        self.walk(self.levels.len(), 0, column, least, before, found);
    }

    fn walk(
        &self,
        level: usize,
        node: usize,
        column: &[i64],
        least: i64,
        before: usize,
        found: &mut impl FnMut(u32),
    ) {
        // First row of the node.
        let size = FAN.saturating_pow(u32::try_from(level).unwrap_or(u32::MAX));
        if node.saturating_mul(size) >= before {
            return;
        }
        let values = match level {
            0 => column,
            l => self.levels[l - 1].as_slice(),
        };
        if values.get(node).is_none_or(|v| *v < least) {
            return;
        }
        if level > 1 {
            for child in node * FAN..(node + 1) * FAN {
                self.walk(level - 1, child, column, least, before, found);
            }
            return;
        }
        let rows = if level == 0 {
            node..node + 1
        } else {
            node * FAN..((node + 1) * FAN).min(before).min(column.len())
        };
        for row in rows.filter(|row| column[*row] >= least) {
            found(u32::try_from(row).unwrap_or(u32::MAX));
        }
    }
}
