//! How many files and connections the system lets this process have open.

use domain::db::OPEN_LIMIT;

/// Enough: three files for each open tenant database, one for each connection, and room.
pub const ENOUGH: u64 = 3 * OPEN_LIMIT + 5_120;

/// What is allowed after asking for as much as may be asked for; `None` where the system has no such
/// limit. Shells and service managers begin at 1 024, for programs that use `select`; ours does not.
#[cfg(unix)]
pub fn raise() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let before = getrlimit(Resource::Nofile);
    let most = Rlimit { current: before.maximum, ..before };
    match setrlimit(Resource::Nofile, most) {
        Ok(()) => before.maximum,
        // macOS has a limit of its own below the one that it tells.
        Err(_) => before.current,
    }
}

#[cfg(not(unix))]
pub fn raise() -> Option<u64> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use rustix::process::{Resource, getrlimit};

    #[test]
    fn everything_that_is_allowed_is_taken() {
        let allowed = super::raise();
        let now = getrlimit(Resource::Nofile);
        assert_eq!((allowed, now.current), (now.maximum, now.maximum));
    }
}
