//! Rebuilds a release binary when texts come or go: they are embedded (see `locale::catalogue`).

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if is_release() {
        println!("cargo:rerun-if-changed=../locales");
    }
}

#[expect(clippy::disallowed_methods, reason = "Cargo tells build scripts the profile by environment")]
fn is_release() -> bool {
    std::env::var("PROFILE").is_ok_and(|profile| profile == "release")
}
