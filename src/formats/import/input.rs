//! What a reader reads: the bytes of a file, wherever they lie.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use crate::formats::OpenError;

/// Bytes by which a format is told.
const HEAD: u64 = 1 << 16;

/// The bytes of one file: plain, unpacked, or in memory.
pub struct Input {
    /// What to call it in messages.
    pub label: String,
    /// Its name without folder and ending, for a title.
    pub name: String,
    /// How many bytes there are, where that is known.
    pub size: Option<u64>,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
    /// The file itself, for formats that have to jump about in it.
    file: Option<File>,
}

impl Input {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let unreadable = |e| OpenError::unreadable(path, &e);
        let file = File::open(path).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        let again = File::open(path).map_err(unreadable)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut input = Self::new(
            path.display().to_string(),
            name.into_owned(),
            Some(size),
            Box::new(file),
        )?;
        input.file = Some(again);
        Ok(input)
    }

    /// An open file that has no path, such as a temporary one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_file(label: String, name: String, file: File) -> Result<Self, OpenError> {
        let unreadable = |e| OpenError::unreadable(Path::new(&label), &e);
        let size = file.metadata().map_err(unreadable)?.len();
        let again = file.try_clone().map_err(unreadable)?;
        let mut input = Self::new(label, name, Some(size), Box::new(file))?;
        input.file = Some(again);
        Ok(input)
    }

    /// Bytes from anywhere.
    ///
    /// # Errors
    /// When the first of them cannot be read.
    pub fn new(
        label: String,
        name: String,
        size: Option<u64>,
        mut rest: Box<dyn Read + Send>,
    ) -> Result<Self, OpenError> {
        let mut head = Vec::new();
        let read = rest.as_mut().take(HEAD).read_to_end(&mut head);
        read.map_err(|e| OpenError::unreadable(Path::new(&label), &e))?;
        Ok(Self {
            label,
            name,
            size,
            head,
            rest,
            file: None,
        })
    }

    /// Bytes in memory, such as a pasted table.
    #[must_use]
    pub fn of_bytes(label: &str, name: &str, bytes: Vec<u8>) -> Self {
        let size = Some(bytes.len() as u64);
        let mut rest = Cursor::new(bytes);
        let mut head = Vec::new();
        // Memory does not fail to be read.
        let _ = rest.by_ref().take(HEAD).read_to_end(&mut head);
        Self {
            label: label.to_owned(),
            name: name.to_owned(),
            size,
            head,
            rest: Box::new(rest),
            file: None,
        }
    }

    /// The first bytes, at most 64 KiB.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// All bytes, one after another.
    #[must_use]
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        Box::new(Cursor::new(self.head).chain(self.rest))
    }

    /// The file itself, if it is a plain one on disk.
    #[must_use]
    pub fn file(&self) -> Option<&File> {
        self.file.as_ref()
    }

    /// All bytes at once, if they are not more than `limit`.
    ///
    /// # Errors
    /// When they are, or cannot be read.
    pub fn into_bytes(self, limit: u64) -> Result<Vec<u8>, OpenError> {
        let label = self.label.clone();
        let mut bytes = Vec::new();
        let read = self.into_reader().take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|e| OpenError::unreadable(Path::new(&label), &e))?;
        if bytes.len() as u64 > limit {
            return Err(OpenError::new(
                label,
                format!("there is more than {} MiB of it", limit >> 20),
                "split it into smaller files",
            ));
        }
        Ok(bytes)
    }
}
