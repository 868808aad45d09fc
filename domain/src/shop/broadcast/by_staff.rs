//! What the shop's people do with broadcasts in the bot, each written down with the name of whoever did it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{
    letter::{ALL, Letter},
    picture,
    service::{self, BroadcastRefused, Draft},
};
use crate::{
    db::{StoreError, TenantConn, TenantTx},
    entities::tenant::{
        broadcast::{BroadcastState, Model, Segment},
        staff_act::{self, Deed},
    },
    ids::{BotId, BroadcastId},
    locale::Locale,
    shop::staff::log::{self, Actor},
};

/// What somebody wrote into the chat.
#[derive(Clone, Debug)]
pub struct Written {
    pub bot: BotId,
    pub segment: Segment,
    /// In the shop's language, which everybody is given.
    pub text: String,
    pub locale: Locale,
    pub picture: Option<Vec<u8>>,
}

/// What is done with a broadcast that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Send,
    Pause,
    Resume,
    Stop,
    Discard,
}

impl Step {
    const fn deed(self) -> Deed {
        match self {
            Self::Send => Deed::BroadcastSent,
            Self::Pause => Deed::BroadcastPaused,
            Self::Resume => Deed::BroadcastResumed,
            Self::Stop => Deed::BroadcastStopped,
            Self::Discard => Deed::BroadcastDiscarded,
        }
    }

    /// Whether a broadcast in this state, or none, is what comes of it.
    const fn led_to(self, state: Option<BroadcastState>) -> bool {
        match self {
            Self::Send => !matches!(state, None | Some(BroadcastState::Draft | BroadcastState::Scheduled)),
            Self::Pause => matches!(state, Some(BroadcastState::Paused)),
            Self::Resume => matches!(state, Some(BroadcastState::Sending | BroadcastState::Done)),
            Self::Stop => matches!(state, Some(BroadcastState::Stopped)),
            Self::Discard => state.is_none(),
        }
    }
}

/// Keeps it as a draft. What could not be sent is refused while whoever wrote it is still there.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn write(tx: &TenantTx, actor: &Actor, written: Written) -> Result<Model, BroadcastRefused> {
    let texts = BTreeMap::from([(written.locale.code().to_owned(), written.text)]);
    let draft = Draft { segment: written.segment, letter: Letter { texts, buttons: Vec::new() } };
    let pictures = BTreeSet::from_iter(written.picture.as_ref().map(|_| ALL.to_owned()));
    let wrong = draft.letter.wrong(written.locale, &pictures);
    if !wrong.is_empty() {
        return Err(BroadcastRefused::Letter(wrong));
    }
    let row = service::save(tx, None, written.bot, &draft).await?;
    if let Some(content) = written.picture {
        picture::put(tx, row.id, None, Some(content)).await?;
    }
    log::append(tx, actor, Deed::BroadcastWritten, row.id, json!({ "segment": row.segment })).await?;
    Ok(row)
}

/// Takes a step with it. The second one who takes the same finds it taken.
///
/// # Errors
/// [`BroadcastRefused`].
pub async fn take(
    tx: &TenantTx,
    actor: &Actor,
    id: BroadcastId,
    step: Step,
    shop: Locale,
) -> Result<(), BroadcastRefused> {
    match step {
        Step::Send => {
            // For one that waits for its time the time would be forgotten.
            service::lock_in(tx, id, &[BroadcastState::Draft]).await?;
            service::send(tx, id, None, shop).await?;
        }
        Step::Pause => service::pause(tx, id).await?,
        Step::Resume => service::resume(tx, id).await?,
        Step::Stop => service::stop(tx, id).await?,
        Step::Discard => service::discard(tx, id).await?,
    }
    Ok(log::append(tx, actor, step.deed(), id, json!({})).await?)
}

/// Who took this step, if it is how the broadcast came to stand as it does.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn first(
    tx: &impl TenantConn,
    id: BroadcastId,
    step: Step,
) -> Result<Option<staff_act::Model>, StoreError> {
    let state = service::find(tx, id).await?.map(|row| row.state);
    match step.led_to(state) {
        true => log::last(tx, id, &[step.deed()]).await,
        false => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use rstest::rstest;

    use super::*;
    use crate::{shop::broadcast::letter::Wrong, testing};

    fn actor(name: &str) -> Actor {
        Actor { by: format!("bot:{name}"), name: name.to_owned() }
    }

    fn written(text: &str, picture: Option<&[u8]>) -> Written {
        let (bot, text, picture) = (BotId::new(), text.to_owned(), picture.map(<[u8]>::to_vec));
        Written { bot, segment: Segment::All, text, locale: Locale::En, picture }
    }

    #[tokio::test]
    async fn of_two_who_take_a_step_the_second_learns_who_was_first() {
        for test in testing::stores().await {
            let db = test.shop().await;
            let (mina, nima) = (actor("Mina"), actor("Nima"));
            let tx = db.write().await.unwrap();
            let id = write(&tx, &mina, written("Sale", None)).await.unwrap().id;
            for step in [Step::Send, Step::Pause, Step::Resume, Step::Stop] {
                assert!(first(&tx, id, step).await.unwrap().is_none(), "{step:?} on {}", test.name());
                take(&tx, &mina, id, step, Locale::En).await.unwrap();
                let again = take(&tx, &nima, id, step, Locale::En).await;
                assert!(matches!(again, Err(BroadcastRefused::State)), "{step:?}: {again:?}");
                let first = first(&tx, id, step).await.unwrap().unwrap();
                assert_eq!(first.name, "Mina", "{step:?}");
            }
            let id = write(&tx, &nima, written("A slip", None)).await.unwrap().id;
            take(&tx, &nima, id, Step::Discard, Locale::En).await.unwrap();
            let again = take(&tx, &mina, id, Step::Discard, Locale::En).await;
            assert!(matches!(again, Err(BroadcastRefused::Gone)), "{again:?}");
            assert_eq!(first(&tx, id, Step::Discard).await.unwrap().unwrap().name, "Nima");
            drop(tx);
        }
    }

    #[tokio::test]
    async fn one_that_waits_for_its_time_is_not_sent_before() {
        for test in testing::stores().await {
            let db = test.shop().await;
            let tx = db.write().await.unwrap();
            let id = write(&tx, &actor("Mina"), written("Sale", None)).await.unwrap().id;
            let at = tx.now() + Duration::hours(1);
            service::send(&tx, id, Some(at), Locale::En).await.unwrap();
            let now = take(&tx, &actor("Mina"), id, Step::Send, Locale::En).await;
            assert!(matches!(now, Err(BroadcastRefused::State)), "{now:?} on {}", test.name());
            assert_eq!(service::find(&tx, id).await.unwrap().unwrap().send_at, Some(at));
            assert!(first(&tx, id, Step::Send).await.unwrap().is_none());
            drop(tx);
        }
    }

    #[rstest]
    #[case::a_text("x".repeat(4_097), None)]
    #[case::below_a_picture("x".repeat(1_025), Some(&b"\x89PNG\r\n\x1a\n\0\0"[..]))]
    #[tokio::test]
    async fn what_is_too_long_is_no_draft(#[case] text: String, #[case] picture: Option<&[u8]>) {
        let test = testing::sqlite().await;
        let db = test.shop().await;
        let tx = db.write().await.unwrap();
        let refused = write(&tx, &actor("Mina"), written(&text, picture)).await;
        let Err(BroadcastRefused::Letter(wrong)) = refused else { panic!("{refused:?}") };
        assert!(matches!(wrong[..], [Wrong::Long { .. }]), "{wrong:?}");
    }
}
