//! Ending well: streams end at once, work under way is waited for.

use std::time::Duration;

use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Resolves when the process is asked to end (Ctrl-C, SIGTERM).
pub async fn asked() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

/// Tells everybody to end and waits for the tasks, but not longer than `at_most`.
pub async fn drain(stopping: &CancellationToken, tasks: &TaskTracker, at_most: Duration) {
    stopping.cancel();
    tasks.close();
    if tokio::time::timeout(at_most, tasks.wait()).await.is_err() {
        tracing::warn!(
            left = tasks.len(),
            "gave up waiting for work under way; it resumes at the next start"
        );
    }
}
