//! The stylesheet: Tailwind and daisyUI from npm where Node is there, else the committed one.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

use crate::{
    node,
    workspace::{must, root},
};

const SOURCE: &str = "style/main.css";
const COMMITTED: &str = "style/dist/app.css";

/// Puts the stylesheet where the server serves it from. Where it cannot be built (no Node, no
/// registry) the committed one does as well.
///
/// # Errors
/// When it can neither be built nor copied.
pub fn publish(to: &Path) -> anyhow::Result<()> {
    match node::needs_node().and_then(|()| compile(to)) {
        Ok(()) => return Ok(()),
        Err(error) => println!("      taking the committed {COMMITTED}: {error:#}"),
    }
    fs::copy(root().join(COMMITTED), to).with_context(|| format!("cannot copy {COMMITTED}"))?;
    Ok(())
}

/// Writes the committed stylesheet anew.
///
/// # Errors
/// When it cannot be built.
pub fn commit() -> anyhow::Result<()> {
    node::needs_node()?;
    compile(&root().join(COMMITTED))?;
    println!("wrote {COMMITTED}");
    Ok(())
}

/// Checks that the committed stylesheet is what its sources give, because people without Node see
/// the committed one.
///
/// # Errors
/// When it is missing or stale.
pub fn check(scratch: &Path) -> anyhow::Result<()> {
    node::needs_node()?;
    let fresh: PathBuf = scratch.join("fresh.css");
    compile(&fresh)?;
    let committed = fs::read(root().join(COMMITTED)).with_context(|| format!("cannot read {COMMITTED}"))?;
    if fs::read(&fresh)? != committed {
        bail!("{COMMITTED} is stale: run `cargo xtask style` and commit it");
    }
    Ok(())
}

fn compile(to: &Path) -> anyhow::Result<()> {
    node::needs_packages()?;
    must(
        Command::new(node::packaged("tailwindcss"))
            .args(["--input", SOURCE, "--minify", "--output"])
            .arg(to)
            .current_dir(root()),
    )
}
