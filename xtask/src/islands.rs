//! The islands' WebAssembly: compiled, bound to JavaScript, laid out for the browser.

use std::{fs, path::Path};

use anyhow::Context;
use wasm_bindgen_cli_support::Bindgen;

use crate::workspace::{WASM, cargo, must, target};

/// The name of the files the pages ask for: `botyard.js`, `botyard_bg.wasm`.
const NAME: &str = "botyard";
const PROFILE: &str = "wasm-release";

/// Builds the front end and writes its two files into `folder`.
///
/// # Errors
/// When it does not compile or cannot be bound.
pub fn build(folder: &Path) -> anyhow::Result<()> {
    must(&mut cargo(&["build", "--package", "frontend", "--target", WASM, "--profile", PROFILE]))?;
    let module = target()?.join(WASM).join(PROFILE).join("frontend.wasm");
    if is_newer(&folder.join(format!("{NAME}_bg.wasm")), &module) {
        return Ok(());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Bindgen::new()
        .input_path(&module)
        .web(true)?
        .typescript(false)
        .out_name(NAME)
        .generate(folder)
        .with_context(|| format!("cannot bind {}", module.display()))
}

fn is_newer(made: &Path, source: &Path) -> bool {
    let changed = |file: &Path| fs::metadata(file).and_then(|facts| facts.modified()).ok();
    match (changed(made), changed(source)) {
        (Some(made), Some(source)) => made > source,
        _ => false,
    }
}
