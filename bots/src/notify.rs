//! Messages that no update asked for: texts of the reader's language, with one thing to do.

use async_trait::async_trait;
use chrono::{NaiveTime, Offset as _, Utc};
use domain::{
    args,
    clock::Clock as _,
    db::{StoreError, TenantDb},
    entities::{
        master::tenant::TenantKind,
        tenant::{
            order::{self as order_row, For},
            subscription as subscription_row, user as user_row,
        },
    },
    ids::{BotId, PlanId, TenantId},
    locale::{Locale, Voice, format},
    money::Money,
    platform::{bot::service as bots, tenant::service as tenants},
    ports::{Delivery, Notice, Notifier, NotifyError},
    shop::{
        chat,
        gift::service as gifts,
        link::service::{self as links, Given},
        order, plan,
        receipt::{
            rules::{Sending, sending},
            service as receipts,
        },
        referral::{list as friends, service as referrals},
        renewal,
        stat::period,
        subscription,
        support::service as support,
        text, traffic, user,
    },
};

use url::Url;

use crate::{
    api::ApiError,
    callback::Callback,
    keyboard::{Keyboard, Style},
    manager::BotManager,
    outbound::{Lane, To},
    reader::Reader,
    running::{RunningBot, Shop, TokenOf},
    screen::Screen,
    shop::{
        admin, card, config, gate, gift, notices, pay, referral::view as invites, support::view as tickets,
        waiting, wallet,
    },
};

#[async_trait]
impl Notifier for BotManager {
    async fn notify(
        &self,
        tenant: TenantId,
        bot: BotId,
        telegram_id: i64,
        notice: &Notice,
    ) -> Result<Delivery, NotifyError> {
        let RunningBot { shop, api, secret_epoch, username, .. } =
            match self.client(bot).await.map_err(retry)? {
                Some(found) if found.tenant == tenant => found,
                _ => return Err(NotifyError::Failed("the bot is gone or has no token".into())),
            };
        let db = self.services().store.open(tenant).await.map_err(retry)?;
        let pages = &self.services().public_url;
        let Some(screen) =
            screen(&db, &shop, pages, (bot, &username, telegram_id), notice).await.map_err(retry)?
        else {
            return Err(NotifyError::Failed("what the notice is about does not exist".into()));
        };
        let to = To { bot, api: &api, chat: telegram_id, lane: Lane::Notice };
        match self.services().outbound.send(to, &screen).await {
            Ok(message_id) => Ok(Delivery::Sent { message_id }),
            Err(ApiError::Forbidden(_)) => {
                mark_blocked(&db, bot, telegram_id).await.map_err(retry)?;
                Ok(Delivery::Unreachable)
            }
            Err(ApiError::RetryAfter(seconds)) => Err(NotifyError::Retry {
                reason: "Telegram asks to wait".into(),
                after_seconds: Some(seconds),
            }),
            Err(ApiError::Unauthorized) => {
                self.services().report_revoked(TokenOf { bot, secret_epoch });
                Err(NotifyError::Failed("the token is not valid".into()))
            }
            Err(ApiError::BadRequest(reason)) => Err(NotifyError::Failed(reason)),
            Err(ApiError::Unavailable(reason)) => Err(NotifyError::Unknown(reason)),
            Err(error) => Err(retry(error)),
        }
    }

    /// Needs no token: a bot that Telegram took away still knows what to say.
    async fn wording(
        &self,
        tenant: TenantId,
        bot: BotId,
        telegram_id: i64,
        notice: &Notice,
    ) -> Result<Option<String>, NotifyError> {
        let master = self.services().store.master();
        let row = tenants::find(master, tenant).await.map_err(retry)?;
        let Some(row) = row else { return Ok(None) };
        let own = bots::find_of(master, tenant, bot).await.map_err(retry)?;
        let username = own.and_then(|own| own.username).unwrap_or_default();
        let db = self.services().store.open(tenant).await.map_err(retry)?;
        let (shop, pages) = (Shop::of(&row), &self.services().public_url);
        let said = screen(&db, &shop, pages, (bot, &username, telegram_id), notice).await;
        Ok(said.map_err(retry)?.map(|screen| screen.text))
    }
}

/// What the notice says; `None` when its order or subscription is gone.
async fn screen(
    db: &TenantDb,
    shop: &Shop,
    pages: &Url,
    (bot, username, telegram_id): (BotId, &str, i64),
    notice: &Notice,
) -> Result<Option<Screen>, StoreError> {
    let tx = db.read().await?;
    let person = user::service::find_by_telegram(&tx, telegram_id).await?;
    let reader = reader(shop, text::service::voice(&tx).await?, person.as_ref());
    // Telegram takes no button that leads to this machine.
    let is_taken = db.kind() != TenantKind::Live || pages.scheme() == "https";
    let page = |path: &str| {
        let page = pages.join(&format!("/app/b/{bot}/{path}")).ok();
        page.filter(|_| is_taken).map(String::from)
    };
    let screen = match notice {
        Notice::ShopLive { link } => Some(shop_live(reader, shop, link)),
        Notice::TrialProvisioned { subscription } => {
            match subscription::service::find(&tx, *subscription).await? {
                Some(row) => {
                    drop(tx);
                    let given = links::given(db, pages, &row).await?;
                    return Ok(Some(trial_ready(reader, &row, given.as_ref())));
                }
                None => None,
            }
        }
        Notice::TrialDelayed { subscription } => {
            subscription::service::find(&tx, *subscription).await?.map(|_| trial_slow(reader))
        }
        Notice::TrialEnding { subscription, .. }
        | Notice::Expiring { subscription, .. }
        | Notice::Expired { subscription, .. }
        | Notice::WinBack { subscription, .. }
        | Notice::TrafficUsed { subscription, .. } => {
            match subscription::service::find(&tx, *subscription).await? {
                Some(row) => {
                    let plan = plan::service::find(&tx, row.plan_id).await?;
                    let plan = plan.map(|plan| plan::service::name_in(&plan.names, reader.locale));
                    let sells_traffic = !traffic::service::offers_for(&tx, row.user_id).await?.is_empty();
                    let about = (plan.unwrap_or_default(), sells_traffic);
                    notices::view::reminder(reader, notice, &row, (&about.0, about.1), db.clock().now())
                }
                None => None,
            }
        }
        Notice::RenewalAhead { subscription, .. } => {
            match subscription::service::find(&tx, *subscription).await? {
                Some(row) => {
                    let plan = plan::service::find(&tx, row.plan_id).await?;
                    let plan = plan.map(|plan| plan::service::name_in(&plan.names, reader.locale));
                    let coming = renewal::ahead::coming(&tx, &row).await?;
                    coming.map(|coming| notices::view::charge(reader, &coming, &plan.unwrap_or_default()))
                }
                None => None,
            }
        }
        Notice::OrderProvisioned { order, subscription } => {
            let row = subscription::service::find(&tx, *subscription).await?;
            let order = order::service::find(&tx, *order).await?;
            let by_itself = match &order {
                Some(order) if order.repeats.is_some() => true,
                Some(order) => renewal::service::of_order(&tx, order.id).await?.is_some(),
                None => false,
            };
            match order.zip(row) {
                Some((order, row)) => {
                    drop(tx);
                    let given = links::given(db, pages, &row).await?;
                    return Ok(Some(order_ready(reader, &order, &row, (given.as_ref(), by_itself))));
                }
                None => None,
            }
        }
        Notice::GiftReady { order } => {
            let gift = gifts::of_order(&tx, *order).await?;
            let order = order::service::find(&tx, *order).await?;
            gift.zip(order).map(|(gift, order)| gift::view::bought(reader, &gift, &order, username))
        }
        Notice::GiftOpened { order } => order::service::find(&tx, *order).await?.map(|order| {
            let text = reader.html("bot-gift-given-body", &pay::view::values(reader, &order));
            Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))
        }),
        Notice::WalletFilled { order } => {
            order::service::find(&tx, *order).await?.map(|order| wallet::view::filled(reader, &order))
        }
        Notice::OrderDelayed { order } => order::service::find(&tx, *order).await?.map(|order| {
            let text = reader.html("bot-pay-slow-body", &pay::view::values(reader, &order));
            Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))
        }),
        Notice::PaymentFailed { order } => {
            order::service::find(&tx, *order).await?.map(|order| payment_failed(reader, &order))
        }
        Notice::PaymentRefunded { order, minor } => order::service::find(&tx, *order).await?.map(|order| {
            let values = pay::view::values(reader, &order).with("amount", Money::new(*minor, order.currency));
            Screen::new(
                reader.html(pay::view::refunded(&order), &values),
                reader.way_back(Keyboard::new(), Callback::Menu),
            )
        }),
        Notice::ReceiptRejected { order, receipt } => {
            let sent = receipts::of_order(&tx, *order).await?;
            let found = sent.iter().find(|row| row.id == *receipt);
            let order = order::service::find(&tx, *order).await?;
            let states: Vec<_> = sent.iter().map(|row| row.state).collect();
            order.zip(found).map(|(order, receipt)| {
                let can_send = sending(order.state, &states) == Sending::Taken;
                card::view::rejected(reader, &order, receipt, can_send)
            })
        }
        Notice::ReceiptSent { order } => order::service::find(&tx, *order)
            .await?
            .map(|order| card::view::sent(reader, &order, page(&format!("orders/{}", order.id)))),
        Notice::ReferralBonus { referral, referrer } => match referrals::find(&tx, *referral).await? {
            Some(row) => {
                let grant = if *referrer { row.referrer_grant_id } else { row.referee_grant_id };
                let seconds = subscription::service::seconds_of(&tx, grant).await?;
                let friend =
                    user::service::find(&tx, if *referrer { row.referee_id } else { row.referrer_id });
                let figures = friends::figures(&tx, Some(row.referrer_id)).await?;
                Some(invites::bonus(reader, *referrer, friend.await?.as_ref(), seconds, figures))
            }
            None => None,
        },
        Notice::ReferralReversed { referral } => match referrals::find(&tx, *referral).await? {
            Some(row) => {
                let friend = user::service::find(&tx, row.referee_id).await?;
                Some(invites::reversed(reader, friend.as_ref()))
            }
            None => None,
        },
        Notice::TicketWritten { ticket, message } => {
            let found = support::find(&tx, *ticket).await?.zip(support::find_message(&tx, *message).await?);
            match found {
                Some((ticket, row)) => {
                    let asker = user::service::find(&tx, ticket.user_id).await?;
                    let own = page(&format!("tickets/{}", ticket.id));
                    Some(tickets::written(reader, bot, &ticket, &row, asker.as_ref(), own))
                }
                None => None,
            }
        }
        Notice::TicketAnswered { ticket, message } => {
            let found = support::find(&tx, *ticket).await?.zip(support::find_message(&tx, *message).await?);
            found.map(|(ticket, row)| tickets::answer(reader, bot, &ticket, &row))
        }
        Notice::TicketClosed { ticket } => {
            support::find(&tx, *ticket).await?.map(|ticket| tickets::closed_by_shop(reader, &ticket))
        }
        Notice::RoomFree => Some(waiting::view::room(reader, &shop.name)),
        Notice::StaffGave { subscription, until } => {
            match subscription::service::find(&tx, *subscription).await? {
                Some(row) => {
                    drop(tx);
                    let given = links::given(db, pages, &row).await?;
                    let text = reader.html("bot-notify-gift-body", &args!["until" => reader.date(*until)]);
                    return Ok(Some(with_link(reader, text, &row, given.as_ref())));
                }
                None => None,
            }
        }
        Notice::StaffSays { text } => {
            let text = reader.html("bot-notify-message-body", &args!["shop" => &shop.name, "text" => text]);
            let answer = reader.button("bot-notify-message-btn-answer", Callback::Support);
            Some(Screen::new(text, reader.way_back(Keyboard::new().row(answer), Callback::Menu)))
        }
        Notice::DailyReport { day } => {
            let figures = period::on_day(&tx, shop.zone, shop.currency, *day).await?;
            let noon = (day.and_time(NaiveTime::MIN) + chrono::Duration::hours(12)).and_utc();
            let day = format::date(reader.locale, noon, Utc.fix());
            Some(admin::view::daily(reader, day, &figures))
        }
        Notice::PaymentMismatch { order } => order::service::find(&tx, *order).await?.map(|order| {
            let text = reader.html("bot-pay-mismatch-body", &pay::view::values(reader, &order));
            Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))
        }),
        Notice::RenewalFailed { subscription, amount, refused } => {
            subscription::service::find(&tx, *subscription).await?.map(|row| {
                let key = match refused {
                    true => "bot-notify-renewal-refused-body",
                    false => "bot-notify-renewal-short-body",
                };
                let values = args!["amount" => *amount, "until" => reader.date_time(row.target_expire)];
                renew_by_hand(reader, reader.html(key, &values), row.plan_id)
            })
        }
        Notice::RenewalPriceRose { subscription, plan, was, now } => {
            subscription::service::find(&tx, *subscription).await?.map(|row| {
                let until = reader.date_time(row.target_expire);
                let values = args!["was" => *was, "now" => *now, "until" => until];
                renew_by_hand(reader, reader.html("bot-notify-renewal-price-body", &values), *plan)
            })
        }
        Notice::RenewalPlanGone { subscription } => {
            subscription::service::find(&tx, *subscription).await?.map(|row| {
                let values = args!["until" => reader.date_time(row.target_expire)];
                let renew = reader.button("bot-menu-btn-renew", Callback::Plans).style(Style::Primary);
                let keyboard = reader.way_back(Keyboard::new().row(renew), Callback::Menu);
                Screen::new(reader.html("bot-notify-renewal-gone-body", &values), keyboard)
            })
        }
        Notice::GateLost { channel } => Some(gate::view::lost(reader, channel)),
        Notice::SavedMethodWithdrawn { title } => {
            let text = reader.html("bot-notify-method-withdrawn-body", &args!["card" => title]);
            let look = reader.button("bot-settings-btn-renewal", Callback::Renewal).style(Style::Primary);
            Some(Screen::new(text, reader.way_back(Keyboard::new().row(look), Callback::Menu)))
        }
    };
    Ok(screen)
}

fn reader(shop: &Shop, voice: Voice, person: Option<&user_row::Model>) -> Reader {
    let own = person.and_then(|person| Locale::from_code(&person.locale));
    Reader {
        locale: own.unwrap_or(shop.locale),
        zone: shop.zone,
        voice,
        calendar: person.and_then(|person| person.calendar),
    }
}

fn shop_live(reader: Reader, shop: &Shop, link: &str) -> Screen {
    let text = reader.html("bot-owner-live-body", &args!["shop" => &shop.name, "link" => link]);
    Screen::new(text, Keyboard::new())
}

fn trial_ready(reader: Reader, row: &subscription_row::Model, given: Option<&Given>) -> Screen {
    let values = args![
        "until" => reader.date(row.target_expire),
        "traffic" => reader.volume(row.target_data_limit),
    ];
    with_link(reader, reader.html("bot-trial-ok-body", &values), row, given)
}

fn trial_slow(reader: Reader) -> Screen {
    let text = reader.html("bot-trial-slow-body", &args![]);
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))
}

/// The first order brings the link along; a renewal keeps the one that the user has.
fn order_ready(
    reader: Reader,
    order: &order_row::Model,
    row: &subscription_row::Model,
    (given, by_itself): (Option<&Given>, bool),
) -> Screen {
    let values = pay::view::values(reader, order).with("until", reader.date(row.target_expire));
    let key = match order.is_for() {
        _ if order.user_id != row.user_id => "bot-gift-opened-body",
        For::Plan(bought) if bought.is_traffic() => "bot-traffic-added-body",
        _ if by_itself => "bot-notify-renewed-body",
        _ => "bot-notify-payment-ok-body",
    };
    let values = values.with("traffic", reader.traffic(row.used_traffic, row.target_data_limit));
    let text = reader.html(key, &values);
    if row.created_at >= order.created_at {
        return with_link(reader, text, row, given);
    }
    let connect = reader.button("bot-notify-payment-ok-btn-connect", Callback::Config);
    let keyboard = Keyboard::new().row(connect.style(Style::Primary));
    Screen::new(text, reader.way_back(keyboard, Callback::Menu))
}

/// Nobody is charged: what is left is to buy the plan as ever, or to say so anew.
fn renew_by_hand(reader: Reader, text: String, plan: PlanId) -> Screen {
    let renew = reader.button("bot-menu-btn-renew", Callback::Plan(plan)).style(Style::Primary);
    let look = reader.button("bot-settings-btn-renewal", Callback::Renewal);
    Screen::new(text, reader.way_back(Keyboard::new().row(renew).row(look), Callback::Menu))
}

fn payment_failed(reader: Reader, order: &order_row::Model) -> Screen {
    let text = reader.html("bot-notify-payment-failed-body", &pay::view::values(reader, order));
    let retry = reader.button("bot-notify-payment-failed-btn-retry", pay::view::start_of(order));
    let keyboard = Keyboard::new().row(retry.style(Style::Primary));
    Screen::new(text, reader.way_back(keyboard, Callback::Menu))
}

fn with_link(reader: Reader, text: String, row: &subscription_row::Model, given: Option<&Given>) -> Screen {
    match given {
        Some(given) => {
            let text = format!("{text}\n\n{}", config::view::link_text(reader, row, given));
            Screen::new(text, config::view::link_keyboard(reader, given))
        }
        None => {
            let connect = reader.button("bot-menu-btn-connect", Callback::Config).style(Style::Primary);
            Screen::new(text, reader.way_back(Keyboard::new().row(connect), Callback::Menu))
        }
    }
}

async fn mark_blocked(db: &TenantDb, bot: BotId, telegram_id: i64) -> Result<(), StoreError> {
    let tx = db.write().await?;
    let chat = chat::service::open(&tx, bot, telegram_id).await?;
    chat::service::mark_blocked(&tx, chat.id).await?;
    tx.commit().await
}

fn retry(error: impl std::fmt::Display) -> NotifyError {
    NotifyError::Retry { reason: error.to_string(), after_seconds: None }
}
