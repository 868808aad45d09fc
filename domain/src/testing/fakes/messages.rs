//! What goes to Telegram and what lies there.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;

use super::locked;
use crate::{
    ids::{BotId, TenantId},
    ports::{Delivery, FileError, FileSource, Notice, Notifier, NotifyError},
};

/// What people have sent to bots.
#[derive(Clone, Debug, Default)]
pub struct FakeFiles(Arc<Mutex<HashMap<String, Vec<u8>>>>, Arc<AtomicUsize>);

impl FakeFiles {
    pub fn hold(&self, file_id: &str, content: &[u8]) {
        locked(&self.0).insert(file_id.to_owned(), content.to_vec());
    }

    /// The answers to the next calls do not arrive.
    pub fn lose_answers(&self, count: usize) {
        self.1.store(count, Ordering::SeqCst);
    }
}

#[async_trait]
impl FileSource for FakeFiles {
    async fn fetch(
        &self,
        _: TenantId,
        _: BotId,
        file_id: &str,
        at_most: usize,
    ) -> Result<Vec<u8>, FileError> {
        let one_less = |left: usize| left.checked_sub(1);
        if self.1.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok() {
            return Err(FileError::Retry { reason: "no answer".into(), after_seconds: None });
        }
        let found = locked(&self.0).get(file_id).cloned();
        let content = found.ok_or_else(|| FileError::Gone("invalid file_id".into()))?;
        if content.len() > at_most { Err(FileError::TooLarge) } else { Ok(content) }
    }
}

/// Keeps what users would have been told.
#[derive(Clone, Debug, Default)]
pub struct FakeNotifier(Arc<Mutex<Vec<Notice>>>, Arc<AtomicBool>);

impl FakeNotifier {
    pub fn sent(&self) -> Vec<Notice> {
        locked(&self.0).clone()
    }

    /// From now on nobody can be reached, or everybody again.
    pub fn set_blocked(&self, blocked: bool) {
        self.1.store(blocked, Ordering::SeqCst);
    }
}

#[async_trait]
impl Notifier for FakeNotifier {
    async fn notify(&self, _: TenantId, _: BotId, _: i64, notice: &Notice) -> Result<Delivery, NotifyError> {
        if self.1.load(Ordering::SeqCst) {
            return Ok(Delivery::Unreachable);
        }
        locked(&self.0).push(notice.clone());
        Ok(Delivery::Sent { message_id: 1 })
    }

    async fn wording(
        &self,
        _: TenantId,
        _: BotId,
        _: i64,
        notice: &Notice,
    ) -> Result<Option<String>, NotifyError> {
        Ok(Some(format!("<b>A notice</b>\n{}", crate::locale::escape_html(&format!("{notice:?}")))))
    }
}
