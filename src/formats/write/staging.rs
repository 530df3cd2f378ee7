//! A folder that is filled beside its place and takes it at the end.
//!
//! Where there was a folder already, the two change places in one step of the
//! file system, so that whoever looks sees the old files or the new ones; what
//! else lay in the old one is linked into the new one before. Where that cannot
//! be (other systems, a folder that is a mount point or the one that we are in)
//! the files are put into the old folder one by one, and taken out again if one
//! of them cannot be put there.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::formats::atomic::{folder_of, unnamed};

/// How a folder on its way is called.
const PREFIX: &str = ".chronotope-";
/// Where replaced files wait meanwhile.
const OLD: &str = "old";

/// A folder on its way to its place.
pub(super) struct Staging {
    from: TempDir,
    to: PathBuf,
    /// Whether the two lie side by side, so that they can change places.
    beside: bool,
}

impl Staging {
    /// Begins a folder that shall lie at `path`.
    ///
    /// # Errors
    /// When the folder that it is to lie in is not there, or cannot be written
    /// to.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let to = match std::fs::canonicalize(path) {
            Ok(whole) => whole,
            Err(_) => path.to_owned(),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        let beside = builder.tempdir_in(folder_of(&to));
        match beside {
            Ok(from) if !to.exists() || may_change(from.path(), &to) => Ok(Self {
                from,
                to,
                beside: true,
            }),
            Err(error) if !to.exists() => Err(unnamed(error)),
            _ => Self::within(&to),
        }
    }

    /// Begins a folder within the one whose files it is to replace.
    ///
    /// # Errors
    /// When that cannot be written to.
    pub fn within(to: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        Ok(Self {
            from: builder.tempdir_in(to).map_err(unnamed)?,
            to: to.to_owned(),
            beside: false,
        })
    }

    /// Where the files are to be written.
    pub fn path(&self) -> &Path {
        self.from.path()
    }

    /// Puts it in its place. `names` are those of its files; of the folder that
    /// is there, all others stay.
    ///
    /// # Errors
    /// When it cannot be put there; what was there is then as it was.
    pub fn commit(self, names: &[&str]) -> io::Result<()> {
        adopt_modes(self.path(), &self.to, names)?;
        sync(self.path());
        if !self.to.exists() {
            std::fs::rename(self.path(), &self.to)?;
            // It is no longer there to be removed.
            let _ = self.from.keep();
        } else if !self.beside || self.change_places(names).is_err() {
            self.move_in(names)?;
        }
        sync(folder_of(&self.to));
        Ok(())
    }

    /// The two folders change places, after what else was in the old one has
    /// been linked into the new one.
    fn change_places(&self, names: &[&str]) -> io::Result<()> {
        let linked = link_others(&self.to, self.path(), &|name| {
            names.iter().any(|n| *n == name)
        });
        let changed = linked.and_then(|()| exchange(self.path(), &self.to));
        if changed.is_err() {
            remove_others(self.path(), names)?;
        }
        changed
    }

    /// Moves the files into the folder that is there, or none of them.
    fn move_in(&self, names: &[&str]) -> io::Result<()> {
        let old = self.path().join(OLD);
        std::fs::create_dir(&old)?;
        let mut done = Vec::new();
        for name in names {
            let there = self.to.join(name);
            let was_there = there.exists();
            let moved = if was_there {
                std::fs::rename(&there, old.join(name))
            } else {
                Ok(())
            };
            let put = moved.and_then(|()| {
                done.push((*name, was_there));
                std::fs::rename(self.path().join(name), &there)
            });
            if let Err(error) = put {
                for (name, was_there) in done.into_iter().rev() {
                    if was_there {
                        std::fs::rename(old.join(name), self.to.join(name))?;
                    } else {
                        // The last one may not have got there.
                        let _ = std::fs::remove_file(self.to.join(name));
                    }
                }
                return Err(error);
            }
        }
        sync(&self.to);
        Ok(())
    }
}

/// Whether a folder may change places with the new one: not if it is that of
/// somebody, who would then stand in a folder that is no more, nor if another
/// file system begins there.
fn may_change(new: &Path, old: &Path) -> bool {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    if here.is_ok_and(|here| here.starts_with(old)) {
        return false;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let device = |path| std::fs::metadata(path).map(|m| m.dev()).ok();
        device(new) == device(old)
    }
    #[cfg(not(unix))]
    {
        let _ = new;
        false
    }
}

/// The new folder and its files are to have the modes of the old ones.
fn adopt_modes(new: &Path, old: &Path, names: &[&str]) -> io::Result<()> {
    for name in names {
        if let Ok(meta) = std::fs::metadata(old.join(name)) {
            std::fs::set_permissions(new.join(name), meta.permissions())?;
        }
    }
    if let Ok(meta) = std::fs::metadata(old) {
        return std::fs::set_permissions(new, meta.permissions());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // A folder made for a while is its owner's alone; this one is as any
        // other that is made beside it.
        let probe = new.join(OLD);
        std::fs::create_dir(&probe)?;
        let mode = std::fs::metadata(&probe)?.permissions().mode();
        std::fs::remove_dir(&probe)?;
        std::fs::set_permissions(new, std::fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Links all that lies in a folder into another: files by one more name,
/// folders made anew.
fn link_others(from: &Path, to: &Path, passed_over: &dyn Fn(&OsStr) -> bool) -> io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if passed_over(&entry.file_name()) {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir(&target)?;
            link_others(&entry.path(), &target, &|_| false)?;
            std::fs::set_permissions(&target, entry.metadata()?.permissions())?;
        } else {
            std::fs::hard_link(entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Removes what was linked into a folder.
fn remove_others(folder: &Path, names: &[&str]) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if names.iter().any(|n| *n == entry.file_name()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(entry.path())?;
        } else {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Two folders change places in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Has the names in a folder written down, where the system knows of that.
fn sync(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = std::fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}
