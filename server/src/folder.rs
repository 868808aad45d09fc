//! The bots of a data folder run in one server: two that poll one bot take each other's updates, and what a
//! server knows of answered updates it knows by itself. Several servers share the bots of a PostgreSQL.

use std::{
    fs::{self, File, TryLockError},
    path::Path,
};

use anyhow::{Context as _, bail};
use domain::db::DatabaseUrl;

const LOCK: &str = "bots.lock";

/// Takes the folder's bots; `None` where the data lies in PostgreSQL. They are taken for as long as the answer
/// lives, and the system gives them back however the process ends.
///
/// # Errors
/// With a sentence for whoever starts a second server with bots over the folder.
pub fn take(data: &DatabaseUrl) -> anyhow::Result<Option<File>> {
    let DatabaseUrl::Folder(folder) = data else { return Ok(None) };
    take_folder(folder).map(Some)
}

fn take_folder(folder: &Path) -> anyhow::Result<File> {
    fs::create_dir_all(folder).with_context(|| format!("Cannot make the folder {}", folder.display()))?;
    let path = folder.join(LOCK);
    let lock = File::options().create(true).truncate(false).write(true).open(&path);
    let lock = lock.with_context(|| format!("Cannot write {}", path.display()))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => bail!(
            "Another server runs the bots of the folder {}: stop it first, or switch `roles.bots` off here. \
             Several servers at once need PostgreSQL.",
            folder.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("Cannot lock {}", path.display()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bots_of_a_folder_are_taken_by_one_at_a_time() {
        let place = tempfile::tempdir().unwrap();
        let data = DatabaseUrl::Folder(place.path().join("new"));
        let first = take(&data).unwrap();
        assert!(first.is_some());
        let refused = take(&data).unwrap_err().to_string();
        assert!(refused.starts_with("Another server runs the bots of the folder "), "{refused}");
        drop(first);
        assert!(take(&data).unwrap().is_some());
    }

    #[test]
    fn a_postgresql_is_shared() {
        assert!(take(&DatabaseUrl::Postgres("postgres://localhost/botyard".into())).unwrap().is_none());
    }
}
