//! Payments in Telegram Stars, as Telegram tells a bot of them: the question before, which is answered
//! at once from one row, and the message after, which is stored before it is acknowledged. Neither
//! grants anything: the payment is read from Telegram by a job.

use std::time::Duration;

use domain::{
    args,
    db::StoreError,
    error::Explain as _,
    ids::OrderId,
    locale::{Locale, Voice},
    money::{Currency, Money},
    ports::GatewayEvent,
    shop::{
        payment::{
            checkout::{self, Checkout, CheckoutRefused},
            intake,
        },
        update, user,
    },
};
use serde_json::json;

use crate::{
    api::ApiError,
    context::Services,
    incoming::{Bill, Person},
    queue::Handled,
    runner::Work,
    running::RunningBot,
};

/// The provider's name in rows.
const PROVIDER: &str = "stars";
/// How long the shop's database may take. Telegram waits ten seconds, the payer looks at a spinner.
const READING: Duration = Duration::from_millis(600);
/// How long one try to answer may take, and how many there are.
const ANSWERING: Duration = Duration::from_secs(2);
const TRIES: u32 = 3;

/// Answers whether somebody may pay now. Whatever is in the way, there is an answer in time: who reads
/// "try again" has lost nothing.
pub(crate) async fn checkout(
    services: &Services,
    bot: &RunningBot,
    from: &Person,
    query: &str,
    bill: &Bill,
) -> Handled {
    let verdict = tokio::time::timeout(READING, judge(services, bot, from, bill)).await;
    let guess = from.language_code.as_deref().and_then(Locale::from_code).unwrap_or(bot.shop.locale);
    let (locale, refused) = match verdict {
        Ok(Ok((locale, verdict))) => (locale.unwrap_or(guess), verdict.err()),
        Ok(Err(error)) => (guess, Some(error.into())),
        Err(_late) => (guess, Some(StoreError::Busy(bot.tenant).into())),
    };
    let mut params = json!({ "pre_checkout_query_id": query, "ok": refused.is_none() });
    if let Some(refused) = refused {
        tracing::info!(bot = %bot.id, order = bill.payload, %refused, "a payment is not let through");
        let (key, args) = refused.explain().unwrap_or(("bot-pay-checkout-err-busy", args![]));
        params["error_message"] = Voice::of(bot.tenant).plain(locale, key, &args).into();
    }
    for _ in 0..TRIES {
        match bot.api.call_within::<bool>("answerPreCheckoutQuery", &params, ANSWERING).await {
            Ok(_) => break,
            Err(
                ApiError::Unavailable(reason) | ApiError::NoConnection(reason) | ApiError::Trouble(reason),
            ) => {
                tracing::warn!(bot = %bot.id, reason, "a payer is still to be answered");
            }
            // Its ten seconds are over, and the payer reads that it did not work.
            Err(error) => {
                tracing::warn!(bot = %bot.id, %error, "a payer could not be answered");
                break;
            }
        }
    }
    Handled::Done
}

/// Whether it may be paid, and the payer's language.
async fn judge(
    services: &Services,
    bot: &RunningBot,
    from: &Person,
    bill: &Bill,
) -> Result<(Option<Locale>, Result<(), CheckoutRefused>), StoreError> {
    let tx = services.store.open(bot.tenant).await?.read().await?;
    let payer = user::service::find_by_telegram(&tx, from.telegram_id).await?;
    let currency = bill.currency.parse::<Currency>().ok();
    let checkout = Checkout {
        provider: PROVIDER,
        account_id: &bot.telegram_id.to_string(),
        order: order_of(bill),
        amount: currency.map(|currency| Money::new(bill.total_amount, currency)),
        payer: from.telegram_id,
    };
    let verdict = checkout::check(&tx, &checkout).await;
    Ok((payer.and_then(|payer| Locale::from_code(&payer.locale)), verdict))
}

/// A message about money.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'a> {
    pub charge: &'a str,
    pub bill: &'a Bill,
    /// The money went back.
    pub back: bool,
}

/// Stores what Telegram says of a payment, and its work, in the transaction that knows the update: only
/// then it is acknowledged.
pub(crate) async fn hear(services: &Services, work: &Work, told: Told<'_>) -> Handled {
    match store(services, work, told).await {
        Ok(()) => Handled::Done,
        Err(error) => {
            tracing::error!(bot = %work.bot.id, %error, "a payment could not be stored; it is told again");
            Handled::Failed
        }
    }
}

async fn store(services: &Services, work: &Work, told: Told<'_>) -> Result<(), StoreError> {
    let Told { charge, bill, back } = told;
    let event = GatewayEvent {
        event_id: if back { format!("{charge}:back") } else { charge.to_owned() },
        account_id: work.bot.telegram_id.to_string(),
        provider_payment_id: charge.to_owned(),
        // What is repeated has an order of its own, which is made when the payment is read.
        order: order_of(bill).filter(|_| !bill.is_repetition()),
    };
    let body = json!({ "telegram_payment_charge_id": charge, "bill": bill, "back": back }).to_string();
    let tx = services.store.open(work.bot.tenant).await?.write().await?;
    if update::service::first_time(&tx, work.bot.id, work.incoming.update_id).await? {
        intake::hear(&tx, PROVIDER, &event, &body).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What we named when we asked for the payment.
fn order_of(bill: &Bill) -> Option<OrderId> {
    bill.payload.parse().ok()
}
