//! Everything a browser loads besides pages, gathered in `site/`: the server reads it from there in
//! debug builds and carries it inside in release builds.
//!
//! Files that text compression helps get a `.br` and a `.gz` beside them: compressing once at the
//! highest level is smaller and cheaper than at each request (91 KB against 110 KB for the islands).

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;
use flate2::{Compression, write::GzEncoder};

use crate::{islands, machine, style, workspace::root};

const COMPRESSED: [&str; 6] = ["css", "js", "json", "svg", "txt", "wasm"];

/// The folder the server takes its assets from; made when missing.
///
/// # Errors
/// When it cannot be made.
pub fn site() -> anyhow::Result<PathBuf> {
    let site = root().join("site");
    fs::create_dir_all(&site).with_context(|| format!("cannot make {}", site.display()))?;
    Ok(site)
}

/// Copies `public/` and puts the stylesheet beside it.
///
/// # Errors
/// When a file cannot be written or the stylesheet not built.
pub fn publish_style() -> anyhow::Result<()> {
    let site = site()?;
    let public = root().join("public");
    if public.is_dir() {
        copy(&public, &site)?;
    }
    style::publish(&site.join("app.css"))
}

/// Builds the islands into `site/pkg`.
///
/// # Errors
/// When they do not compile.
pub fn publish_islands() -> anyhow::Result<()> {
    machine::needs_wasm_target()?;
    islands::build(&site()?.join("pkg"))
}

/// Compresses what has changed since it was last compressed.
///
/// # Errors
/// When a file cannot be read or written.
pub fn compress() -> anyhow::Result<()> {
    for file in files(&site()?)? {
        let extension = file.extension().unwrap_or_default().to_string_lossy().into_owned();
        if COMPRESSED.contains(&extension.as_str()) {
            compress_file(&file, &extension)
                .with_context(|| format!("cannot compress {}", file.display()))?;
        }
    }
    Ok(())
}

fn compress_file(file: &Path, extension: &str) -> anyhow::Result<()> {
    let (brotli, gzip) =
        (file.with_extension(format!("{extension}.br")), file.with_extension(format!("{extension}.gz")));
    let changed = |file: &Path| fs::metadata(file).and_then(|facts| facts.modified()).ok();
    if changed(&brotli).is_some() && changed(&brotli) > changed(file) && gzip.exists() {
        return Ok(());
    }
    let plain = fs::read(file)?;
    let mut zipped = GzEncoder::new(fs::File::create(gzip)?, Compression::best());
    zipped.write_all(&plain)?;
    zipped.finish()?;
    // Last, because its age says that both are there.
    brotli::BrotliCompress(&mut plain.as_slice(), &mut fs::File::create(brotli)?, &Default::default())?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in files(from)? {
        let copied = to.join(file.strip_prefix(from)?);
        if let Some(folder) = copied.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &copied).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// All files under a folder.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}
