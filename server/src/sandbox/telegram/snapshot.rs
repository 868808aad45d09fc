//! The state on disk, so that a restarted sandbox still has its chats.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use domain::clock::Clock;

use super::{Inner, TelegramEmulator, lock, state::State};

/// Changes within this time are written together.
const QUIET: Duration = Duration::from_millis(150);
/// So many times as long as writing takes nothing is written: a large state is held while it is.
const REST: u32 = 20;

/// Why a snapshot could not be taken up.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    #[error("cannot read the Telegram emulator's snapshot {path}: {error}")]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{path} is not a snapshot of the Telegram emulator: {error}")]
    Malformed { path: PathBuf, error: serde_json::Error },
}

#[derive(Debug)]
pub struct Snapshot {
    path: Option<PathBuf>,
    dirty: AtomicBool,
    /// Held by whoever writes the file.
    writing: Mutex<()>,
}

impl TelegramEmulator {
    /// Takes up the snapshot at `path`, if there is one, and keeps it up to date. Runs in a tokio runtime.
    ///
    /// # Errors
    /// [`SnapshotError`] when there is a file and it cannot be used.
    pub fn persisted(
        clock: Arc<dyn Clock>,
        client: reqwest::Client,
        path: &Path,
    ) -> Result<Self, SnapshotError> {
        let state = load(path)?.unwrap_or_default();
        let snapshot = Snapshot { path: Some(path.to_owned()), ..Snapshot::none() };
        let emulator = Self::with_state(clock, client, state, snapshot);
        tokio::spawn(keep(Arc::downgrade(&emulator.0)));
        emulator.resume_webhooks();
        Ok(emulator)
    }

    /// Writes the snapshot now, if something changed.
    pub fn write_snapshot(&self) {
        self.0.snapshot.write_if_dirty(|| serde_json::to_vec(&*lock(&self.0.state)));
    }
}

fn load(path: &Path) -> Result<Option<State>, SnapshotError> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|error| SnapshotError::Malformed { path: path.to_owned(), error }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SnapshotError::Unreadable { path: path.to_owned(), error }),
    }
}

/// Writes after changes until the emulator is gone; the last write is its `Drop`.
async fn keep(emulator: Weak<Inner>) {
    let mut pause = QUIET;
    loop {
        tokio::time::sleep(pause).await;
        let Some(inner) = emulator.upgrade() else { return };
        if !inner.snapshot.dirty.load(Ordering::SeqCst) {
            continue;
        }
        let began = Instant::now();
        let written = tokio::task::spawn_blocking(move || {
            inner.snapshot.write_if_dirty(|| serde_json::to_vec(&*lock(&inner.state)));
        });
        if written.await.is_err() {
            return;
        }
        pause = QUIET.max(began.elapsed() * REST);
    }
}

impl Snapshot {
    pub fn none() -> Self {
        Self { path: None, dirty: AtomicBool::new(false), writing: Mutex::default() }
    }

    pub fn mark_dirty(&self) {
        self.dirty.store(true, Ordering::SeqCst);
    }

    pub fn write_if_dirty(&self, state: impl FnOnce() -> serde_json::Result<Vec<u8>>) {
        let Some(path) = &self.path else { return };
        let _writing = lock(&self.writing);
        if !self.dirty.swap(false, Ordering::SeqCst) {
            return;
        }
        let written = state().map_err(io::Error::from).and_then(|bytes| replace(path, &bytes));
        if let Err(error) = written {
            self.dirty.store(true, Ordering::SeqCst);
            tracing::warn!(%error, "the Telegram emulator's snapshot was not written");
        }
    }
}

/// Temporary file and rename, so that a crash leaves the old snapshot or the new one.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension("new");
    fs::write(&temporary, bytes)?;
    fs::rename(&temporary, path)
}
