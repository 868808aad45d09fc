//! What a test has to say although it passes. The harness swallows `println!` of such tests, and hands
//! on what is written to standard output itself; `cargo xtask test` repeats these lines at its end.

use std::io::Write;

/// A figure that was measured or counted.
pub fn say(line: &str) {
    write(&format!("SAID {}: {line}", test()));
}

/// A test, or a part of one, that did not run. `cargo xtask test` counts it as skipped.
pub fn skipped(why: &str) {
    write(&format!("SKIPPED {}: {why}", test()));
}

/// The harness names the thread after the test.
fn test() -> String {
    std::thread::current().name().unwrap_or("a test").to_owned()
}

fn write(line: &str) {
    // One write, so that lines of tests that run at once do not mix. A closed pipe hears nothing.
    let _ = std::io::stdout().write_all(format!("{line}\n").as_bytes());
}
