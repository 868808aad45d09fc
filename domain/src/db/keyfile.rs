//! The server's key: a file that only its owner may read, made on first start.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Sealer, StoreError};

/// Reads the key at `path`, or makes one. Losing the file loses every sealed value, so it belongs
/// into the operator's own backup and never beside the database's.
///
/// # Errors
/// When the file cannot be read or made, holds no key, or can be read by others.
pub fn load_or_create_key(path: &Path) -> Result<[u8; 32], StoreError> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let mode = fs::metadata(path)?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(StoreError::Unsafe(format!(
                    "others may read the key file {}: chmod 600 it",
                    path.display()
                )));
            }
            decode(text.trim()).ok_or_else(|| {
                StoreError::Unsafe(format!("{} holds no key of 32 bytes in base64", path.display()))
            })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path),
        Err(error) => Err(error.into()),
    }
}

fn decode(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// The key is written under another name and then linked: a kill in between leaves no half of it under
/// the real name, and of two processes that start together one takes the other's key.
fn create(path: &Path) -> Result<[u8; 32], StoreError> {
    let key = Sealer::random_key()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let scratch = path.with_extension(format!("{}.new", uuid::Uuid::now_v7().as_simple()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&scratch)?;
    writeln!(file, "{}", STANDARD.encode(key))?;
    file.sync_all()?;
    let linked = fs::hard_link(&scratch, path);
    fs::remove_file(&scratch)?;
    match linked {
        Ok(()) => {
            File::open(folder)?.sync_all()?;
            Ok(key)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => load_or_create_key(path),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/botyard.key");
        let key = load_or_create_key(&path).unwrap();
        assert_eq!(load_or_create_key(&path).unwrap(), key);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("botyard.key");
        load_or_create_key(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(load_or_create_key(&path).unwrap_err().to_string().contains("chmod 600"));
    }

    #[test]
    fn of_those_who_start_together_all_have_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("botyard.key");
        let load = || load_or_create_key(&path).unwrap();
        let keys: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(load)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == load()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something was left beside it");
    }

    #[test]
    fn a_kill_while_the_key_is_written_does_not_refuse_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        // What is on the disk when the process dies before the last byte.
        fs::write(folder.path().join("botyard.0198.new"), "").unwrap();
        load_or_create_key(&folder.path().join("botyard.key")).unwrap();
    }
}
