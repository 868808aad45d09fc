//! The server's key: a file that only its owner may read, made on first start.

use std::{
    fs::{self, OpenOptions},
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

fn create(path: &Path) -> Result<[u8; 32], StoreError> {
    let key = Sealer::random_key()?;
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    writeln!(file, "{}", STANDARD.encode(key))?;
    file.sync_all()?;
    Ok(key)
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
}
