//! Which rows lie where: a packed tree of boxes over the rows, brought into
//! order along a Z-shaped curve over fixed-point Mercator.

use rayon::prelude::*;
use roaring::RoaringBitmap;

use crate::model::EventRow;

use super::{EventTable, GeoBox, RowSet, mercator};

/// Rows a leaf holds. Of a leaf on the edge of what is looked for each row has
/// to be looked at; smaller leaves are more boxes (20 bytes each) to keep.
const LEAF: usize = 64;
/// Children of a box.
const FAN: usize = 16;
/// Bits of x and of y by which rows are first told apart, all at once.
const COARSE_BITS: u32 = 10;

/// A box in fixed-point Mercator; both ends are inside, and it does not go
/// across the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) top: u32,
    pub(super) bottom: u32,
}

impl Area {
    /// Around nothing, to be widened.
    pub(super) const NOTHING: Self = Self {
        left: u32::MAX,
        right: 0,
        top: u32::MAX,
        bottom: 0,
    };

    /// One position.
    pub(super) fn at((x, y): (u32, u32)) -> Self {
        Self {
            left: x,
            right: x,
            top: y,
            bottom: y,
        }
    }

    /// The box around both.
    pub(super) fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            right: self.right.max(other.right),
            top: self.top.min(other.top),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// A box of the tree.
pub(super) struct Node {
    pub(super) area: Area,
    /// The earliest of its rows.
    pub(super) first: u32,
}

/// How a box stands to what is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meets {
    /// Nothing in the box is looked for.
    Not,
    /// Some of what is in it may be.
    Partly,
    /// All of it is.
    Whole,
}

/// The located rows by place.
pub(super) struct SpaceIndex {
    /// Along the curve, leaf by leaf; ascending within a leaf.
    rows: Vec<u32>,
    /// The boxes of the leaves, then those of [`FAN`] of them each, and so on
    /// up to one; none without rows.
    levels: Vec<Vec<Node>>,
    located: RowSet,
}

/// The bits of a number with a 0 before each.
///
/// Source: Morton (1966), "A computer oriented geodetic data base"; by halves,
/// as in Anderson, "Bit Twiddling Hacks".
fn spread(bits: u32) -> u64 {
    let mut z = u64::from(bits);
    for (shift, mask) in [
        (16, 0x0000_FFFF_0000_FFFF),
        (8, 0x00FF_00FF_00FF_00FF),
        (4, 0x0F0F_0F0F_0F0F_0F0F),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        z = (z | z << shift) & mask;
    }
    z
}

/// Where a position is along the curve.
fn curve((x, y): (u32, u32)) -> u64 {
    spread(y) << 1 | spread(x)
}

impl SpaceIndex {
    pub(super) fn build(table: &EventTable) -> Self {
        let (mut rows, located) = along_the_curve(table);
        let leaves: Vec<Node> = rows
            .par_chunks_mut(LEAF)
            .map(|leaf| {
                leaf.sort_unstable();
                let at = |row: &u32| table.position(EventRow(*row)).map(Area::at);
                let areas = leaf.iter().filter_map(at);
                Node {
                    area: areas.fold(Area::NOTHING, Area::around),
                    first: leaf.first().copied().unwrap_or(u32::MAX),
                }
            })
            .collect();
        let mut levels = Vec::new();
        let mut level = leaves;
        while level.len() > 1 {
            let above = level.chunks(FAN).map(|children| Node {
                area: children
                    .iter()
                    .fold(Area::NOTHING, |area, child| area.around(child.area)),
                first: children.iter().map(|c| c.first).min().unwrap_or(u32::MAX),
            });
            let above = above.collect();
            levels.push(std::mem::replace(&mut level, above));
        }
        if !level.is_empty() {
            levels.push(level);
        }
        Self {
            rows,
            levels,
            located,
        }
    }

    pub(super) fn located(&self) -> &RowSet {
        &self.located
    }

    /// The level of the one box around all, if there is one.
    pub(super) fn root(&self) -> Option<usize> {
        self.levels.len().checked_sub(1)
    }

    /// A box of a level, the leaves being level 0.
    pub(super) fn node(&self, level: usize, at: usize) -> Option<&Node> {
        self.levels.get(level)?.get(at)
    }

    /// The children of a box above the leaves, which are boxes of the level
    /// below.
    pub(super) fn children(&self, level: usize, at: usize) -> std::ops::Range<usize> {
        let below = self.levels.get(level - 1).map_or(0, Vec::len);
        at * FAN..((at + 1) * FAN).min(below)
    }

    /// The rows of a box: in order of time if it is a leaf.
    pub(super) fn rows_of(&self, level: usize, at: usize) -> &[u32] {
        let size = LEAF * FAN.pow(u32::try_from(level).unwrap_or(u32::MAX));
        let end = ((at + 1) * size).min(self.rows.len());
        &self.rows[at * size..end]
    }

    /// Goes down the tree as far as `meets` says "partly", but not below the
    /// level `lowest`, and tells of each box met there or before: its area, its
    /// rows, and whether the whole of it is meant.
    pub(super) fn walk(
        &self,
        lowest: usize,
        meets: &impl Fn(&Area) -> Meets,
        found: &mut impl FnMut(&Area, &[u32], bool),
    ) {
        if let Some(root) = self.root() {
            self.walk_below(root, 0, lowest, meets, found);
        }
    }

    fn walk_below(
        &self,
        level: usize,
        at: usize,
        lowest: usize,
        meets: &impl Fn(&Area) -> Meets,
        found: &mut impl FnMut(&Area, &[u32], bool),
    ) {
        let Some(node) = self.node(level, at) else {
            return;
        };
        match meets(&node.area) {
            Meets::Not => {}
            Meets::Partly if level > lowest => {
                for child in self.children(level, at) {
                    self.walk_below(level - 1, child, lowest, meets, found);
                }
            }
            meets => found(&node.area, self.rows_of(level, at), meets == Meets::Whole),
        }
    }

    pub(super) fn in_box(&self, table: &EventTable, area: GeoBox) -> RowSet {
        let limits = Limits::of(area);
        let mut found = BitRows::new(table.len());
        self.walk(0, &|area| limits.meet(area), &mut |_, rows, whole| {
            for &row in rows {
                let position = || table.position(EventRow(row));
                if whole || position().is_some_and(|at| limits.hold(at)) {
                    found.insert(row);
                }
            }
        });
        found.into_rows()
    }
}

/// The located rows in order along the curve, and as a set.
fn along_the_curve(table: &EventTable) -> (Vec<u32>, RowSet) {
    let all = || 0..u32::try_from(table.len()).unwrap_or(u32::MAX);
    // About as many cells as rows: a small table takes no time.
    let bits = (table.len().max(1).ilog2() / 2).clamp(1, COARSE_BITS);
    let coarse = |row: u32| {
        let (x, y) = table.position(EventRow(row))?;
        let cell = curve((x >> (32 - bits), y >> (32 - bits)));
        usize::try_from(cell).ok()
    };
    // First into coarse cells by counting, then each cell by itself.
    let mut ends = vec![0_u32; 1 << (2 * bits)];
    for cell in all().filter_map(coarse) {
        ends[cell] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += std::mem::replace(end, sum);
    }
    let mut rows = vec![0_u32; sum as usize];
    let mut located = BitRows::new(table.len());
    for row in all() {
        if let Some(cell) = coarse(row) {
            rows[ends[cell] as usize] = row;
            ends[cell] += 1;
            located.insert(row);
        }
    }
    let mut cells = Vec::new();
    let (mut rest, mut begin) = (rows.as_mut_slice(), 0);
    for end in ends {
        let (cell, after) = rest.split_at_mut((end - begin) as usize);
        if cell.len() > 1 {
            cells.push(cell);
        }
        (rest, begin) = (after, end);
    }
    cells.into_par_iter().for_each(|cell| {
        let key = |row: &u32| table.position(EventRow(*row)).map_or(0, curve);
        let mut keys: Vec<(u64, u32)> = cell.iter().map(|row| (key(row), *row)).collect();
        keys.sort_unstable();
        for (row, key) in cell.iter_mut().zip(keys) {
            *row = key.1;
        }
    });
    (rows, located.into_rows())
}

/// A box of degrees in fixed point: `x` and `y` from the first to below the
/// second. Across the antimeridian there are two ranges of `x`.
///
/// Positions are stored with an error of up to one unit (about a centimetre);
/// an edge typed exactly on a mark still takes it in.
struct Limits {
    x: [(u64, u64); 2],
    y: (u64, u64),
}

impl Limits {
    fn of(area: GeoBox) -> Self {
        const SLACK: f64 = 2e-7;
        const WORLD: u64 = 1 << 32;
        // Marks beyond the square of the map stand at its edge.
        let edge = mercator::MAX_LATITUDE;
        let (south, north) = (area.south.clamp(-edge, edge), area.north.clamp(-edge, edge));
        let from = |lon: f64| first(|x| mercator::lon_of(x) >= lon - SLACK);
        let to = |lon: f64| first(|x| mercator::lon_of(x) > lon + SLACK);
        let x = if area.west > area.east {
            [(from(area.west), WORLD), (0, to(area.east))]
        } else if area.east >= 180.0 {
            // ±180° is stored at the western edge.
            [(from(area.west), WORLD), (0, to(-180.0))]
        } else {
            [(from(area.west), to(area.east)), (0, 0)]
        };
        Self {
            x,
            y: (
                first(|y| mercator::lat_of(y) <= north + SLACK),
                first(|y| mercator::lat_of(y) < south - SLACK),
            ),
        }
    }

    fn hold(&self, (x, y): (u32, u32)) -> bool {
        let (x, y) = (u64::from(x), u64::from(y));
        let x_in = self.x.iter().any(|(from, to)| (*from..*to).contains(&x));
        x_in && (self.y.0..self.y.1).contains(&y)
    }

    fn meet(&self, area: &Area) -> Meets {
        let (left, right) = (u64::from(area.left), u64::from(area.right));
        let (top, bottom) = (u64::from(area.top), u64::from(area.bottom));
        let touches = self.x.iter().any(|(from, to)| left < *to && right >= *from);
        if !touches || top >= self.y.1 || bottom < self.y.0 {
            return Meets::Not;
        }
        let x_in = self.x.iter().any(|(from, to)| left >= *from && right < *to);
        if x_in && top >= self.y.0 && bottom < self.y.1 {
            Meets::Whole
        } else {
            Meets::Partly
        }
    }
}

/// The first number for which something holds that holds for all after it;
/// 2³² if there is none.
fn first(holds: impl Fn(u32) -> bool) -> u64 {
    let (mut from, mut to) = (0_u64, 1 << 32);
    while from < to {
        let middle = u64::midpoint(from, to);
        if u32::try_from(middle).is_ok_and(&holds) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// As long as so few of the rows are found they are kept in a list: one in so
/// many.
const FEW: usize = 1 << 11;

/// Rows as bits, while they are found in no order: a [`RowSet`] is slow to
/// fill that way.
pub(super) struct BitRows {
    few: Vec<u32>,
    bits: Vec<u8>,
    rows: usize,
}

impl BitRows {
    pub(super) fn new(rows: usize) -> Self {
        Self {
            few: Vec::new(),
            bits: Vec::new(),
            rows,
        }
    }

    pub(super) fn insert(&mut self, row: u32) {
        if self.bits.is_empty() {
            self.few.push(row);
            if self.few.len() <= self.rows / FEW + 64 {
                return;
            }
            self.bits = vec![0; self.rows.div_ceil(8)];
            for row in std::mem::take(&mut self.few) {
                self.set(row);
            }
        }
        self.set(row);
    }

    fn set(&mut self, row: u32) {
        if let Some(byte) = self.bits.get_mut(row as usize / 8) {
            *byte |= 1 << (row % 8);
        }
    }

    pub(super) fn into_rows(mut self) -> RowSet {
        if self.bits.is_empty() {
            self.few.sort_unstable();
            self.few.dedup();
            return RowSet::ascending(&self.few);
        }
        RowSet::from_bitmap(RoaringBitmap::from_lsb0_bytes(0, &self.bits))
    }
}
