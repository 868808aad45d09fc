//! Crates that must not be in the server, and crates that must be there once.
//!
//! One TLS library (rustls with ring) and no system OpenSSL, so that the binary is self-contained;
//! one copy of each foundation, because two copies of, say, sqlx link two SQLites.

use anyhow::bail;

use crate::workspace::cargo_selected;

const BANNED: [&str; 3] = ["openssl-sys", "native-tls", "aws-lc-rs"];
const ONCE: [&str; 6] = ["axum", "hyper", "reqwest", "rustls", "sqlx", "tower-http"];

/// # Errors
/// Names the crates that break a rule, and who brings them.
pub fn check() -> anyhow::Result<()> {
    let mut breaches = Vec::new();
    for name in BANNED {
        let tree = tree(&["--invert", name])?;
        if !tree.is_empty() {
            breaches.push(format!("{name} must not be in the server, but:\n{tree}"));
        }
    }
    let twice = duplicates(&tree(&["--duplicates", "--depth", "0"])?);
    if !twice.is_empty() {
        breaches.push(format!("more than one version of: {}", twice.join(", ")));
    }
    if breaches.is_empty() { Ok(()) } else { bail!("{}", breaches.join("\n")) }
}

/// What `cargo tree` prints. A crate that the lock file does not know at all is an error to cargo
/// and the best answer to us.
fn tree(arguments: &[&str]) -> anyhow::Result<String> {
    let output = cargo_selected("tree", &[]).args(arguments).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() && !said.contains("did not match any packages") {
        bail!("cargo tree: {}", said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The versions of crates of [`ONCE`] among the roots of `cargo tree --duplicates`. The same version
/// twice (built for the server and for a build script) is one copy.
fn duplicates(tree: &str) -> Vec<String> {
    let mut versions: Vec<String> = tree
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            let (name, version) = (words.next()?, words.next()?);
            ONCE.contains(&name).then(|| format!("{name} {version}"))
        })
        .collect();
    versions.sort();
    versions.dedup();
    let names: Vec<_> = versions.iter().filter_map(|entry| entry.split(' ').next()).collect();
    let twice =
        |entry: &String| names.iter().filter(|name| entry.split(' ').next() == Some(**name)).count() > 1;
    versions.iter().filter(|entry| twice(entry)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_crates_in_two_versions_are_duplicates() {
        let tree = "axum v0.7.1\n\naxum v0.8.9\n\nbitflags v1.0.0\n\nbitflags v2.0.0\n\nhyper v1.1.0\n\nhyper v1.1.0 (*)";
        assert_eq!(duplicates(tree), ["axum v0.7.1", "axum v0.8.9"]);
    }
}
