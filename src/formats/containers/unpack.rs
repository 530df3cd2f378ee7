//! Unpacking within bounds: a `.gz`, or what a file in an archive unpacks to.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use crate::formats::OpenError;
use crate::formats::import::Input;

/// Bytes that may be unpacked from anything. Trade-off: a whole day of small
/// text compresses a thousandfold.
const FREE: u64 = 64 << 20;
/// How many times larger than packed the rest may be. Trade-off: tables of
/// events come to 5 to 50 times their size, bombs to a thousand.
const RATIO: u64 = 200;
/// Bytes that may be unpacked at all.
const MOST: u64 = 16 << 30;
/// Counts the bytes that were read.
struct Counted<R> {
    input: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buf)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Fails once more is unpacked than anything honest unpacks to.
pub(super) struct Bounded<R> {
    pub input: R,
    /// Bytes of it while it was packed, as far as they are known.
    pub packed: Arc<AtomicU64>,
    pub unpacked: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buf)?;
        self.unpacked += read as u64;
        let packed = self.packed.load(Ordering::Relaxed);
        if self.unpacked > FREE.max(packed.saturating_mul(RATIO)) || self.unpacked > MOST {
            return Err(io::Error::other(format!(
                "it unpacks to more than {} MiB, over {RATIO} times its size: this may be a zip bomb",
                FREE >> 20
            )));
        }
        Ok(read)
    }
}

/// The file inside a `.gz`, unpacked as it is read.
pub fn gunzip(input: Input) -> Result<Input, OpenError> {
    let label = input.label.clone();
    let name = input.name.clone();
    let count = Arc::new(AtomicU64::new(0));
    let packed = Counted {
        input: input.into_reader(),
        count: Arc::clone(&count),
    };
    let unpacked = Bounded {
        input: MultiGzDecoder::new(packed),
        packed: count,
        unpacked: 0,
    };
    // "events.csv.gz" is called "events.csv" here already: of that the stem.
    let stem = Path::new(&name)
        .file_stem()
        .map(|s| s.to_string_lossy().into_owned());
    let damaged = |e: &OpenError| {
        let what = format!("the archive is damaged: {}", e.what);
        OpenError::new(e.place.clone(), what, "fetch or pack it again")
    };
    let mut inner = Input::new(label, name, None, Box::new(unpacked)).map_err(|e| damaged(&e))?;
    inner.name = stem.unwrap_or_default();
    Ok(inner)
}
