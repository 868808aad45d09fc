//! Numbered steps with their time, so that a long build shows that it lives.

use std::time::Instant;

/// A row of steps of known length, shown as `[2/5] …`.
pub struct Steps {
    done: usize,
    all: usize,
}

impl Steps {
    /// A row of `all` steps.
    pub fn of(all: usize) -> Self {
        Self { done: 0, all }
    }

    /// Announces the next step without timing it.
    pub fn announce(&mut self, title: &str) {
        self.done += 1;
        println!("[{}/{}] {title}", self.done, self.all);
    }

    /// Announces a step, does it and tells how long it took.
    ///
    /// # Errors
    /// What the step answered.
    pub fn step<T>(&mut self, title: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
        self.announce(title);
        let started = Instant::now();
        let answer = work()?;
        println!("      done in {}", seconds(started));
        Ok(answer)
    }
}

/// The time since `started`, as people read it.
pub fn seconds(started: Instant) -> String {
    format!("{:.1} s", started.elapsed().as_secs_f64())
}
