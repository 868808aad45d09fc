use std::process::ExitCode;

fn main() -> ExitCode {
    // One crypto provider for every client; a second call in one process is harmless.
    let _ = rustls::crypto::ring::default_provider().install_default();
    server::cli::main()
}
