//! Writing a file so that a crash leaves the old one or the new one, whole.

use std::fs::Permissions;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that is written beside its place and put there at the end; dropped
/// before, it leaves nothing behind.
///
/// A file that is replaced hands its mode on. Where a link lies at the place,
/// the file that it leads to is written.
#[derive(Debug)]
pub struct AtomicFile {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl AtomicFile {
    /// Begins a file that shall lie at `path`.
    ///
    /// # Errors
    /// When its folder is not there or cannot be written to, or when something
    /// other than a file lies at `path`.
    pub fn create(path: &Path) -> io::Result<Self> {
        let (path, mode) = place(path)?;
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // As any new file of the user's: the umask takes its part from this.
            builder.permissions(Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder_of(&path)).map_err(unnamed)?;
        if let Some(mode) = mode {
            file.as_file().set_permissions(mode)?;
        }
        Ok(Self {
            file: BufWriter::with_capacity(1 << 16, file),
            path,
        })
    }

    /// Syncs it and puts it in its place; with `replace` also over another
    /// file there.
    ///
    /// # Errors
    /// When it cannot be written, or there is a file already; what was there is
    /// then untouched.
    pub fn commit(self, replace: bool) -> io::Result<()> {
        let file = self.file.into_inner().map_err(io::Error::from)?;
        file.as_file().sync_all()?;
        if replace {
            file.persist(&self.path).map_err(|e| unnamed(e.error))?;
        } else {
            let put = file.persist_noclobber(&self.path);
            put.map_err(|e| unnamed(e.error))?;
        }
        Ok(())
    }
}

/// The folder that a path lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."))
}

/// Where a file is to be written for `path`, and the mode of the one there.
fn place(path: &Path) -> io::Result<(PathBuf, Option<Permissions>)> {
    let Ok(meta) = std::fs::symlink_metadata(path) else {
        return Ok((path.to_owned(), None));
    };
    let path = if meta.is_symlink() {
        std::fs::canonicalize(path).map_err(|_| refused("it is a link to nothing"))?
    } else {
        path.to_owned()
    };
    let meta = std::fs::metadata(&path)?;
    if meta.is_dir() {
        return Err(refused("it is a folder"));
    }
    if !meta.is_file() {
        return Err(refused("it is no plain file, but a pipe or a device"));
    }
    Ok((path, Some(meta.permissions())))
}

fn refused(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

/// The error of the system, without the name of a file that nobody knows:
/// `tempfile` puts that behind its text.
pub(super) fn unnamed(error: io::Error) -> io::Error {
    let text = error.to_string();
    match text.split_once(" at path ") {
        Some((what, _)) => io::Error::new(error.kind(), what),
        None => error,
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(unnamed)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(unnamed)
    }
}

impl Seek for AtomicFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to).map_err(unnamed)
    }
}

/// Writes beside `path`, syncs, and renames.
///
/// # Errors
/// When the folder cannot be written to; the old file is then untouched.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes)?;
    file.commit(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        write_atomic(&path, b"old").unwrap();
        write_atomic(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = write_atomic(&folder.path().join("no/such/folder"), b"x");
        let error = error.unwrap_err().to_string();
        assert!(!error.contains(".tmp"), "{error}");
    }

    #[test]
    fn an_unfinished_or_unwanted_file_leaves_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        write_atomic(&path, b"old").unwrap();
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        assert!(file.commit(false).is_err());
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        drop(file);
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn modes_and_links_stay_and_what_is_no_file_is_refused() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        write_atomic(&path, b"old").unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        let link = folder.path().join("link.json");
        symlink("a.json", &link).unwrap();
        write_atomic(&link, b"new").unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        let dangling = folder.path().join("dangling.json");
        symlink("nowhere.json", &dangling).unwrap();
        let pipe = folder.path().join("pipe");
        let fifo = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(fifo.unwrap().success());
        for (path, why) in [
            (dangling.as_path(), "link to nothing"),
            (&pipe, "pipe"),
            (folder.path(), "folder"),
        ] {
            let error = write_atomic(path, b"x").unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
        assert!(std::fs::symlink_metadata(&dangling).unwrap().is_symlink());
    }
}
