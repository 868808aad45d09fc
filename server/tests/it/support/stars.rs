//! A shop that sells for Telegram Stars, and people who buy.

use domain::{money::Currency, shop::plan::service::offers};
use server::sandbox::telegram::TelegramEmulator;

use super::{Database, Flow};

/// Who buys, besides the one with the phone; three more follow.
pub const SARA: i64 = 900_001;
/// What each plan costs.
pub const PRICE: i64 = 150;

pub struct StarShop {
    pub flow: Flow,
    pub telegram: TelegramEmulator,
    pub bot: i64,
}

impl StarShop {
    pub async fn open(database: &Database) -> Self {
        let flow = Box::pin(Flow::live(database)).await;
        take_stars(&flow).await;
        let telegram = flow.sandbox().telegram.clone();
        let bot = telegram.bot_named("first_shop_bot").expect("a bot");
        for person in 0..4 {
            telegram.user(SARA + person, "Sara", "en");
            telegram.say(bot, SARA + person, "/help").expect("a chat");
        }
        Self { flow, telegram, bot }
    }
}

/// Gives every plan its price in Stars.
pub async fn take_stars(flow: &Flow) {
    let tx = flow.db.read().await.expect("a transaction");
    let plans = offers(&tx).await.expect("plans");
    drop(tx);
    let prices = plans.into_iter().map(|offer| (offer.plan.id, Currency::Xtr, Some(PRICE)));
    flow.switch_on("stars", prices.collect()).await;
}
