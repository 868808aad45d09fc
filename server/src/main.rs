use std::process::ExitCode;

/// SQLite has a thread for each open file. The system's allocator gives their memory back late, and took a
/// fifth of the server's time under load.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    // One crypto provider for every client; a second call in one process is harmless.
    let _ = rustls::crypto::ring::default_provider().install_default();
    server::cli::main()
}
