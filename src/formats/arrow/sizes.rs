//! What an Arrow file says that its parts take, held against the file and
//! against a bound before any of it is read: memory is taken by what it says.
//!
//! Source: Apache Arrow, "Columnar format", on encapsulated messages, on the
//! file format and on compressed buffers, which begin with the length that
//! they unpack to (arrow.apache.org/docs/format/Columnar.html).

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use arrow_ipc::{Block, Message, RecordBatch, root_as_footer, root_as_message};

/// Bytes that all parts may unpack to. Trade-off: more than fits into the
/// memory of a laptop, and far less than a few hostile bytes can claim.
const MOST: u64 = 8 << 30;
/// Rows of all batches together, see `parquet`.
const MOST_ROWS: u64 = 100_000_000;
/// What the length of a message may stand behind.
const CONTINUED: [u8; 4] = [0xff; 4];

/// What was counted so far.
struct Sizes<'a> {
    file: &'a File,
    size: u64,
    unpacked: u64,
    rows: u64,
    bodies: u64,
}

/// Looks through a file (else a stream) and leaves it at its beginning.
///
/// # Errors
/// Says which bound is exceeded. What makes no sense otherwise is left to be
/// found when it is read.
pub(super) fn check(mut file: &File, is_file: bool) -> io::Result<()> {
    let size = file.metadata()?.len();
    let mut sizes = Sizes {
        file,
        size,
        unpacked: 0,
        rows: 0,
        bodies: 0,
    };
    let checked = if is_file {
        sizes.blocks()
    } else {
        sizes.messages()
    };
    file.rewind()?;
    checked
}

impl Sizes<'_> {
    /// The parts that the footer of a file names.
    fn blocks(&mut self) -> io::Result<()> {
        let mut end = [0; 10];
        self.read(self.size.saturating_sub(10), &mut end)?;
        let [a, b, c, d, magic @ ..] = end;
        let length = u64::try_from(i32::from_le_bytes([a, b, c, d])).unwrap_or(u64::MAX);
        if magic != *super::FILE || length >= self.size {
            return Err(io::Error::other("its end is missing: it is truncated"));
        }
        let footer = self.part(self.size.saturating_sub(10 + length), length)?;
        let Ok(footer) = root_as_footer(&footer) else {
            return Ok(());
        };
        let lists = [footer.dictionaries(), footer.recordBatches()];
        for block in lists.into_iter().flatten().flatten() {
            self.block(*block)?;
        }
        Ok(())
    }

    fn block(&mut self, block: Block) -> io::Result<()> {
        let place = [
            block.offset(),
            block.metaDataLength().into(),
            block.bodyLength(),
        ];
        let [offset, metadata, body] = place.map(|n| u64::try_from(n).unwrap_or(u64::MAX));
        self.body(offset.saturating_add(metadata), body)?;
        let message = self.part(offset, metadata)?;
        let start = if message.starts_with(&CONTINUED) {
            8
        } else {
            4
        };
        let message = message.get(start..).map(root_as_message);
        match message {
            Some(Ok(message)) => self.message(&message, offset + metadata),
            // The reader would look for the rest of it in what follows.
            _ => Err(io::Error::other("a message of it is damaged")),
        }
    }

    /// The messages of a stream, one behind the other.
    fn messages(&mut self) -> io::Result<()> {
        let mut at = 0;
        while at + 8 <= self.size {
            let mut word = [0; 4];
            self.read(at, &mut word)?;
            at += 4;
            if word == CONTINUED {
                self.read(at, &mut word)?;
                at += 4;
            }
            let Ok(length @ 1..) = u64::try_from(i32::from_le_bytes(word)) else {
                return Ok(());
            };
            let message = self.part(at, length)?;
            at += length;
            let Ok(message) = root_as_message(&message) else {
                return Ok(());
            };
            let body = u64::try_from(message.bodyLength()).unwrap_or(u64::MAX);
            self.body(at, body)?;
            self.message(&message, at)?;
            at += body;
        }
        Ok(())
    }

    /// What follows a message has to be there, and no part twice.
    fn body(&mut self, at: u64, length: u64) -> io::Result<()> {
        self.bodies = self.bodies.saturating_add(length);
        if at.saturating_add(length) > self.size || self.bodies > self.size {
            return Err(io::Error::other("a part of it is missing: it is truncated"));
        }
        Ok(())
    }

    /// Counts what a batch holds whose buffers begin at `body`.
    fn message(&mut self, message: &Message<'_>, body: u64) -> io::Result<()> {
        let dictionary = || message.header_as_dictionary_batch().and_then(|d| d.data());
        let Some(batch) = message.header_as_record_batch().or_else(dictionary) else {
            return Ok(());
        };
        let rows = u64::try_from(batch.length()).unwrap_or(u64::MAX);
        self.rows = self.rows.saturating_add(rows);
        if self.rows > MOST_ROWS {
            let rows = self.rows;
            return Err(io::Error::other(format!(
                "it says that it holds {rows} rows, more than 100 million"
            )));
        }
        self.unpacked = self.unpacked.saturating_add(self.unpacks_to(&batch, body)?);
        if self.unpacked > MOST {
            return Err(io::Error::other(format!(
                "it says that it unpacks to more than {} GiB",
                MOST >> 30
            )));
        }
        Ok(())
    }

    /// Bytes that the buffers of a batch say they unpack to.
    fn unpacks_to(&self, batch: &RecordBatch<'_>, body: u64) -> io::Result<u64> {
        if batch.compression().is_none() {
            return Ok(0);
        }
        let mut all = 0_u64;
        for buffer in batch.buffers().into_iter().flatten() {
            let offset = u64::try_from(buffer.offset()).unwrap_or(u64::MAX);
            let at = body.saturating_add(offset);
            if buffer.length() < 8 || at.saturating_add(8) > self.size {
                continue;
            }
            let mut length = [0; 8];
            self.read(at, &mut length)?;
            // −1: it is not compressed.
            let length = u64::try_from(i64::from_le_bytes(length)).unwrap_or(0);
            all = all.saturating_add(length);
        }
        Ok(all)
    }

    fn part(&self, at: u64, length: u64) -> io::Result<Vec<u8>> {
        if at.saturating_add(length) > self.size {
            return Err(io::Error::other("a part of it is missing: it is truncated"));
        }
        let mut part = vec![0; usize::try_from(length).unwrap_or(0)];
        self.read(at, &mut part)?;
        Ok(part)
    }

    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        let mut file = self.file;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(bytes)
    }
}
