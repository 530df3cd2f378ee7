//! A `PMTiles` archive in memory.
//!
//! Source: `PMTiles` Specification, version 3.4 (Protomaps, 2024). Read here
//! rather than by a crate because the archive is part of the program: no file,
//! no async backend, no cache, and the maximum zoom is known.

use std::io::Read as _;

use flate2::read::GzDecoder;
use thiserror::Error;

const MAGIC: &[u8; 7] = b"PMTiles";
const HEADER_BYTES: usize = 127;
/// Leaves below leaves are allowed; deeper than this is a loop.
const MAX_DEPTH: usize = 4;
/// Bytes that a tile or a directory may unpack to. Trade-off: ten times the
/// largest of ours, and no memory bomb.
const MAX_UNPACKED: u64 = 16 << 20;

/// Why an archive or a tile cannot be read.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// It is none of version 3.
    #[error("not a PMTiles archive of version 3")]
    Format,
    /// A part lies outside the archive or does not make sense.
    #[error("the PMTiles archive is damaged: {0}")]
    Damaged(&'static str),
    /// A part cannot be unpacked.
    #[error("a part of the PMTiles archive cannot be unpacked")]
    Unpack(#[from] std::io::Error),
}

/// A tile by zoom, column and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileAt {
    /// Zoom level.
    pub z: u8,
    /// Column from the west.
    pub x: u32,
    /// Row from the north.
    pub y: u32,
}

impl TileAt {
    /// The tile that holds this one `levels` above.
    #[must_use]
    pub fn ancestor(self, levels: u8) -> Option<Self> {
        Some(Self {
            z: self.z.checked_sub(levels)?,
            x: self.x.checked_shr(u32::from(levels))?,
            y: self.y.checked_shr(u32::from(levels))?,
        })
    }

    /// Its number in the archive: all tiles of lower zooms, then along a
    /// Hilbert curve.
    #[must_use]
    pub fn id(self) -> u64 {
        let below = ((1_u64 << (2 * u32::from(self.z))) - 1) / 3;
        let (mut x, mut y) = (u64::from(self.x), u64::from(self.y));
        let mut along = 0_u64;
        let mut s = (1_u64 << self.z) / 2;
        while s > 0 {
            let rx = u64::from(x & s > 0);
            let ry = u64::from(y & s > 0);
            along += s * s * ((3 * rx) ^ ry);
            // Turn the quadrant so that the curve goes on in it.
            if ry == 0 {
                if rx == 1 {
                    x = s.wrapping_sub(1).wrapping_sub(x);
                    y = s.wrapping_sub(1).wrapping_sub(y);
                }
                std::mem::swap(&mut x, &mut y);
            }
            s /= 2;
        }
        below + along
    }
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    id: u64,
    run: u64,
    offset: u64,
    length: u64,
}

/// An archive of tiles in memory.
#[derive(Debug)]
pub struct Archive {
    bytes: &'static [u8],
    root: Vec<Entry>,
    leaves: u64,
    data: u64,
    gzipped_parts: bool,
    gzipped_tiles: bool,
    max_zoom: u8,
}

impl Archive {
    /// Opens an archive and reads its root directory.
    pub fn open(bytes: &'static [u8]) -> Result<Self, ArchiveError> {
        let header = bytes.get(..HEADER_BYTES).ok_or(ArchiveError::Format)?;
        if &header[..7] != MAGIC || header[7] != 3 {
            return Err(ArchiveError::Format);
        }
        let number = |at: usize| {
            let mut eight = [0_u8; 8];
            eight.copy_from_slice(&header[at..at + 8]);
            u64::from_le_bytes(eight)
        };
        let gzipped = |code: u8| match code {
            1 => Ok(false),
            2 => Ok(true),
            _ => Err(ArchiveError::Damaged("a compression other than gzip")),
        };
        let mut archive = Self {
            bytes,
            root: Vec::new(),
            leaves: number(40),
            data: number(56),
            gzipped_parts: gzipped(header[97])?,
            gzipped_tiles: gzipped(header[98])?,
            max_zoom: header[101].min(20),
        };
        archive.root = archive.directory(number(8), number(16))?;
        Ok(archive)
    }

    /// The greatest zoom that the archive holds.
    #[must_use]
    pub fn max_zoom(&self) -> u8 {
        self.max_zoom
    }

    fn part(&self, offset: u64, length: u64) -> Result<&'static [u8], ArchiveError> {
        let at = usize::try_from(offset).ok();
        let end = at.and_then(|a| a.checked_add(usize::try_from(length).ok()?));
        at.zip(end)
            .and_then(|(a, e)| self.bytes.get(a..e))
            .ok_or(ArchiveError::Damaged("a part lies outside the file"))
    }

    fn directory(&self, offset: u64, length: u64) -> Result<Vec<Entry>, ArchiveError> {
        let packed = self.part(offset, length)?;
        let bytes = if self.gzipped_parts {
            unpack(packed)?
        } else {
            packed.to_vec()
        };
        entries(&bytes).ok_or(ArchiveError::Damaged("a directory cannot be read"))
    }

    /// The bytes of a tile, unpacked; `None` if the archive has none there.
    pub fn tile(&self, at: TileAt) -> Result<Option<Vec<u8>>, ArchiveError> {
        if at.z > self.max_zoom {
            return Ok(None);
        }
        let id = at.id();
        let mut leaf: Vec<Entry>;
        let mut list = &self.root;
        for _ in 0..MAX_DEPTH {
            let after = list.partition_point(|e| e.id <= id);
            let Some(entry) = after.checked_sub(1).and_then(|i| list.get(i)) else {
                return Ok(None);
            };
            if entry.run > 0 {
                if id - entry.id >= entry.run {
                    return Ok(None);
                }
                let offset = self.data.saturating_add(entry.offset);
                let packed = self.part(offset, entry.length)?;
                return if self.gzipped_tiles {
                    unpack(packed).map(Some)
                } else {
                    Ok(Some(packed.to_vec()))
                };
            }
            leaf = self.directory(self.leaves.saturating_add(entry.offset), entry.length)?;
            list = &leaf;
        }
        Err(ArchiveError::Damaged("its directories go in circles"))
    }
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, ArchiveError> {
    let mut out = Vec::with_capacity(bytes.len() * 3);
    GzDecoder::new(bytes)
        .take(MAX_UNPACKED)
        .read_to_end(&mut out)?;
    Ok(out)
}

/// Reads a directory: the count, then column by column ids (as differences),
/// run lengths, lengths, and offsets (zero: right behind the one before).
fn entries(mut bytes: &[u8]) -> Option<Vec<Entry>> {
    let n = usize::try_from(varint(&mut bytes)?).ok()?;
    // Every entry takes four bytes at least.
    if n > bytes.len() {
        return None;
    }
    let mut list = vec![
        Entry {
            id: 0,
            run: 0,
            offset: 0,
            length: 0
        };
        n
    ];
    let mut id = 0_u64;
    for e in &mut list {
        id = id.checked_add(varint(&mut bytes)?)?;
        e.id = id;
    }
    for e in &mut list {
        e.run = varint(&mut bytes)?;
    }
    for e in &mut list {
        e.length = varint(&mut bytes)?;
    }
    let mut next = 0_u64;
    for e in &mut list {
        e.offset = match varint(&mut bytes)? {
            0 => next,
            v => v - 1,
        };
        next = e.offset.checked_add(e.length)?;
    }
    Some(list)
}

/// Takes an unsigned LEB128 number off the front.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
