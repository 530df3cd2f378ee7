//! The named files of a dataset, wherever they lie: in a folder, in a zip
//! archive or inside the program.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek};
use std::path::{Path, PathBuf};

use super::OpenError;

/// Largest file that is read whole. Trade-off: a real dataset of this form is
/// far smaller, and a zip bomb stops here instead of filling the memory.
const MAX_FILE_BYTES: u64 = 1 << 30;

/// The files of one dataset.
pub trait Files {
    /// What to call the file `name` in a message.
    fn label(&self, name: &str) -> String;

    /// The bytes of the file `name`; `None` when there is no such file.
    ///
    /// # Errors
    /// When the file is there but cannot be read.
    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, OpenError>;
}

fn too_large(place: String) -> OpenError {
    OpenError::new(
        place,
        "the file is larger than 1 GiB",
        "split the dataset into smaller ones",
    )
}

/// A dataset in a folder.
pub struct FolderFiles {
    folder: PathBuf,
}

impl FolderFiles {
    /// The dataset in `folder`.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }
}

impl Files for FolderFiles {
    fn label(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, OpenError> {
        let path = self.folder.join(name);
        let size = match std::fs::metadata(&path) {
            Ok(meta) => meta.len(),
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(OpenError::unreadable(&path, &e)),
        };
        if size > MAX_FILE_BYTES {
            return Err(too_large(self.label(name)));
        }
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) => Err(OpenError::unreadable(&path, &e)),
        }
    }
}

/// The bytes of an archive, on disk or in memory.
pub(super) trait Packed: Read + Seek + Send {}
impl<T: Read + Seek + Send> Packed for T {}

/// A dataset zipped; its files may lie in one folder of the archive.
pub struct ZipFiles {
    place: String,
    archive: zip::ZipArchive<Box<dyn Packed>>,
    prefix: String,
}

impl ZipFiles {
    /// Opens the archive and finds the folder that holds `dataset.json`.
    ///
    /// # Errors
    /// When the archive is damaged.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let file = File::open(path).map_err(|e| OpenError::unreadable(path, &e))?;
        let bytes: Box<dyn Packed> = Box::new(BufReader::new(file));
        let archive = zip::ZipArchive::new(bytes).map_err(|e| {
            OpenError::new(
                path.display().to_string(),
                format!("the archive is damaged ({e})"),
                "fetch or pack it again",
            )
        })?;
        Ok(Self::of_archive(path.display().to_string(), archive))
    }

    /// The dataset in an archive that is open already; `label` is what messages
    /// call it.
    pub(super) fn of_archive(label: String, archive: zip::ZipArchive<Box<dyn Packed>>) -> Self {
        let prefix = archive
            .file_names()
            .filter_map(Result::ok)
            .filter_map(|n| {
                n.strip_suffix(super::native::DATASET_FILE)
                    .map(str::to_owned)
            })
            .filter(|p| p.is_empty() || p.ends_with('/'))
            .min_by_key(String::len)
            .unwrap_or_default();
        Self {
            place: label,
            archive,
            prefix,
        }
    }
}

impl Files for ZipFiles {
    fn label(&self, name: &str) -> String {
        format!("{}: {}{name}", self.place, self.prefix)
    }

    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, OpenError> {
        let label = self.label(name);
        let damaged = |e: &dyn std::fmt::Display| {
            OpenError::new(
                label.clone(),
                format!("the archive is damaged ({e})"),
                "fetch or pack it again",
            )
        };
        let entry = match self.archive.by_name(&format!("{}{name}", self.prefix)) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(e) => return Err(damaged(&e)),
        };
        let mut bytes = Vec::new();
        // The size in the directory may lie: read one byte past the limit.
        entry
            .take(MAX_FILE_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| damaged(&e))?;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(too_large(label));
        }
        Ok(Some(bytes))
    }
}
