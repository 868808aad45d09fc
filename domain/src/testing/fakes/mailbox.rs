//! What lies in users' mailboxes.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::locked;
use crate::ports::{Mail, MailError, Mailer};

/// Keeps what users would have got by mail.
#[derive(Clone, Debug, Default)]
pub struct FakeMailer(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    taken: Vec<Mail>,
    /// What the next calls are answered, and whether the mail is delivered all the same.
    answers: Vec<(MailError, bool)>,
}

impl FakeMailer {
    pub fn taken(&self) -> Vec<Mail> {
        locked(&self.0).taken.clone()
    }

    /// The next mail is not taken.
    pub fn answer(&self, error: MailError) {
        locked(&self.0).answers.push((error, false));
    }

    /// The next mail is delivered, and nobody hears of it.
    pub fn lose_answer(&self) {
        locked(&self.0).answers.push((MailError::Retry("no answer".into()), true));
    }
}

#[async_trait]
impl Mailer for FakeMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let mut state = locked(&self.0);
        let answer = (!state.answers.is_empty()).then(|| state.answers.remove(0));
        if answer.as_ref().is_none_or(|(_, is_delivered)| *is_delivered) {
            state.taken.push(mail.clone());
        }
        answer.map_or(Ok(()), |(error, _)| Err(error))
    }
}
