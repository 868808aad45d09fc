//! Where contract tests find what was recorded of the outside world. The recordings are no part of
//! the product: without them the tests say that they skip. Whoever names a folder means it, so a file
//! that is missing there is a failure.

use std::path::{Path, PathBuf};

use super::skipped;

/// A file or folder of the recordings: in `$BOTYARD_CONTRACTS`, else in `shared/specs` near the
/// workspace.
pub fn find(name: &str) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
    let given = std::env::var("BOTYARD_CONTRACTS").ok().filter(|path| !path.is_empty());
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let near = ["../shared/specs", "../../shared/specs"].map(|path| workspace.join(path));
    let found = find_in(given.as_deref().map(Path::new), &near, name);
    if found.is_none() {
        skipped(&format!("BOTYARD_CONTRACTS is not set and there is no {name} in ../shared/specs"));
    }
    found
}

fn find_in(given: Option<&Path>, near: &[PathBuf], name: &str) -> Option<PathBuf> {
    if let Some(folder) = given {
        let path = folder.join(name);
        assert!(path.exists(), "BOTYARD_CONTRACTS is {}, and there is no {name} in it", folder.display());
        return Some(path);
    }
    near.iter().map(|folder| folder.join(name)).find(|path| path.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "there is no recording.json in it")]
    fn a_named_folder_without_the_recording_is_a_failure() {
        let folder = tempfile::tempdir().unwrap();
        let near = tempfile::tempdir().unwrap();
        std::fs::write(near.path().join("recording.json"), "{}").unwrap();
        find_in(Some(folder.path()), &[near.path().to_owned()], "recording.json");
    }

    #[test]
    fn without_a_named_folder_the_neighbours_are_looked_through() {
        let near = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let second = near[1].path().join("recording.json");
        std::fs::write(&second, "{}").unwrap();
        let near = near.each_ref().map(|folder| folder.path().to_owned());
        assert_eq!(find_in(None, &near, "recording.json"), Some(second));
        assert_eq!(find_in(None, &near, "other.json"), None);
    }
}
