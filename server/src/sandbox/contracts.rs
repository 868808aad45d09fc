//! Where contract tests find what was recorded of the outside world. The recordings are no part of
//! the product: without them the tests say that they skip.

use std::path::{Path, PathBuf};

/// A file or folder of the recordings: `$BOTYARD_CONTRACTS`, else `shared/specs` near the workspace.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
    let given = std::env::var("BOTYARD_CONTRACTS").ok().map(PathBuf::from);
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let near = ["../shared/specs", "../../shared/specs"].map(|path| workspace.join(path));
    let found = given.into_iter().chain(near).map(|root| root.join(name)).find(|path| path.exists());
    if found.is_none() {
        println!("SKIPPED: no {name} in $BOTYARD_CONTRACTS or ../shared/specs");
    }
    found
}
