//! What a user reads when there is nothing to show, or when something has changed meanwhile.

use std::sync::atomic::{AtomicI64, Ordering};

use bots::{callback::Callback, outbound::Pace};
use chrono::Duration;
use domain::{
    args,
    db::{Conn as _, TenantTx},
    entities::{
        master::bot_instance::BotState,
        tenant::{
            order::{self, OrderState},
            panel, plan,
            subscription::{self, TargetState},
        },
    },
    locale::{self, Args, Locale},
    money::Money,
    shop::{
        faq::{self, rules::Key},
        payment::method,
        plan::service::{name_of, offers, put_price},
        promo::rules::mark,
    },
    units::Bytes,
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, sea_query::Expr};
use server::sandbox::telegram::{ButtonAction, ChatMessage};

use super::scene::{SARA, Scene, Setup};

/// A shop that Sara knows.
pub(super) struct State {
    pub(super) scene: Scene,
    updates: AtomicI64,
}

impl State {
    pub(super) async fn each() -> Vec<Self> {
        let setup = Setup { pace: Pace::RUSH, ..Setup::webhook(BotState::Live) };
        let mut states = Vec::new();
        for scene in Scene::each(setup).await {
            scene.settle_quietly(SARA, Locale::En).await;
            states.push(Self { scene, updates: AtomicI64::new(1) });
        }
        states
    }

    pub(super) async fn press(&self, callback: Callback) -> ChatMessage {
        let update = self.updates.fetch_add(1, Ordering::Relaxed);
        self.scene.bring_press(SARA, update, &callback.encode()).await
    }

    /// The plan that is sold first, with its price.
    pub(super) async fn offer(&self) -> (plan::Model, Money) {
        let tx = self.scene.db.read().await.unwrap();
        let offer = offers(&tx).await.unwrap().remove(0);
        (offer.plan, offer.price)
    }

    /// Something else happens to the shop.
    pub(super) async fn meanwhile(&self, change: impl AsyncFnOnce(&TenantTx)) {
        let tx = self.scene.db.write().await.unwrap();
        change(&tx).await;
        tx.commit().await.unwrap();
    }

    pub(super) async fn have_a_trial(&self) {
        self.press(Callback::TrialClaim).await;
        self.scene.work().await;
    }

    /// Sara's access becomes another.
    async fn access(&self, change: subscription::ActiveModel) {
        self.meanwhile(async |tx| {
            let row = subscription::Entity::find().one(tx.raw()).await.unwrap().expect("an access");
            subscription::ActiveModel { id: Set(row.id), ..change }.update(tx.raw()).await.unwrap();
        })
        .await;
    }

    async fn order(&self) -> order::Model {
        let (plan, price) = self.offer().await;
        self.press(Callback::Buy { plan: plan.id, seen: mark(price, None) }).await;
        let tx = self.scene.db.read().await.unwrap();
        order::Entity::find().one(tx.raw()).await.unwrap().expect("an order")
    }
}

#[track_caller]
pub(super) fn reads(shown: &ChatMessage, key: &str, values: &Args) {
    let text = locale::html(Locale::En, key, values);
    assert!(shown.html.contains(&text), "{text:?} is not in {:?}", shown.html);
}

fn leads_to(shown: &ChatMessage, callback: &Callback) -> bool {
    let data = callback.encode();
    let mut buttons = shown.keyboard.iter().flatten();
    buttons.any(|button| matches!(&button.action, ButtonAction::Callback(to) if *to == data))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_without_plans_asks_to_look_in_later() {
    for state in State::each().await {
        let off = plan::Entity::update_many().col_expr(plan::Column::Active, Expr::value(false));
        state
            .meanwhile(async |tx| {
                off.exec(tx.raw()).await.unwrap();
            })
            .await;
        reads(&state.press(Callback::Plans).await, "bot-buy-plans-empty-body", &args![]);
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_went_off_sale_meanwhile_is_named_so_above_the_others() {
    for state in State::each().await {
        let (plan, price) = state.offer().await;
        state.press(Callback::Plan(plan.id)).await;
        let id = plan.id;
        state
            .meanwhile(async |tx| {
                let off = plan::ActiveModel { id: Set(id), active: Set(false), ..Default::default() };
                off.update(tx.raw()).await.unwrap();
            })
            .await;
        for press in [Callback::Plan(id), Callback::Buy { plan: id, seen: mark(price, None) }] {
            let shown = state.press(press).await;
            reads(&shown, "bot-buy-plan-gone-body", &args![]);
            assert!(
                !leads_to(&shown, &Callback::Plan(id)) && shown.keyboard.len() > 1,
                "{:?}",
                shown.keyboard
            );
        }
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_changed_meanwhile_is_shown_before_it_is_paid() {
    for state in State::each().await {
        let (plan, price) = state.offer().await;
        state.press(Callback::Plan(plan.id)).await;
        let more = Money::new(price.minor + 100, price.currency);
        let id = plan.id;
        state.meanwhile(async |tx| put_price(tx, id, more.currency, Some(more.minor)).await.unwrap()).await;
        let shown = state.press(Callback::Buy { plan: id, seen: mark(price, None) }).await;
        reads(&shown, "bot-buy-price-changed-body", &args!["amount" => more]);
        assert!(leads_to(&shown, &Callback::Buy { plan: id, seen: mark(more, None) }));
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_shop_takes_nobody_new_and_says_that_renewals_go_on() {
    for state in State::each().await {
        let (plan, price) = state.offer().await;
        let full = panel::Entity::update_many().col_expr(panel::Column::Capacity, Expr::value(0));
        state
            .meanwhile(async |tx| {
                full.exec(tx.raw()).await.unwrap();
            })
            .await;
        let shown = state.press(Callback::Buy { plan: plan.id, seen: mark(price, None) }).await;
        reads(&shown, "bot-buy-limit-body", &args![]);
        let shown = state.press(Callback::TrialClaim).await;
        reads(&shown, "bot-trial-limit-body", &args![]);
        assert!(leads_to(&shown, &Callback::Plans) && leads_to(&shown, &Callback::Wait));
        reads(&state.press(Callback::Wait).await, "bot-buy-waiting-body", &args![]);
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_nothing_yet_reads_so_on_every_screen_and_how_to_begin() {
    for state in State::each().await {
        let shown = state.press(Callback::Config).await;
        reads(&shown, "bot-config-none-body", &args![]);
        assert!(leads_to(&shown, &Callback::Plans));
        let empty = [
            (Callback::Profile, "bot-profile-line-none"),
            (Callback::Orders, "bot-profile-orders-empty-body"),
            (Callback::Accesses, "bot-access-empty-body"),
            (Callback::Gifts, "bot-gift-list-empty-body"),
            (Callback::Tickets(0), "bot-support-list-empty"),
            (Callback::Check, "bot-check-result-none"),
        ];
        for (press, key) in empty {
            let shown = state.press(press).await;
            reads(&shown, key, &args![]);
            assert!(!shown.keyboard.is_empty(), "{key}");
        }
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_that_ended_is_used_up_or_switched_off_says_which_and_what_helps() {
    for state in State::each().await {
        state.have_a_trial().await;
        let tx = state.scene.db.read().await.unwrap();
        let row = subscription::Entity::find().one(tx.raw()).await.unwrap().unwrap();
        let trial = plan::Entity::find_by_id(row.plan_id).one(tx.raw()).await.unwrap().unwrap();
        drop(tx);
        let name = name_of(&trial, Locale::En);
        let same = <subscription::ActiveModel as Default>::default;
        let past = row.target_expire - Duration::days(30);
        let states = [
            (
                subscription::ActiveModel { used_traffic: Set(Bytes::gigabytes(5)), ..same() },
                "is used up",
                true,
            ),
            (
                subscription::ActiveModel { target_status: Set(TargetState::Disabled), ..same() },
                "switched off",
                false,
            ),
            (
                subscription::ActiveModel {
                    target_status: Set(TargetState::Active),
                    target_expire: Set(past),
                    ..same()
                },
                "ended on",
                true,
            ),
        ];
        for (change, said, renews) in states {
            state.access(change).await;
            let shown = state.press(Callback::Config).await;
            assert!(shown.text.contains(said) && shown.text.contains(&name), "{said}: {}", shown.text);
            assert_eq!(leads_to(&shown, &Callback::Plans), renews, "{said}");
            let menu = state.press(Callback::Menu).await;
            assert!(menu.text.contains(&name) && leads_to(&menu, &Callback::Plans), "{}", menu.text);
        }
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_whose_link_the_panel_has_not_told_says_that_it_is_safe_and_looks_again() {
    for state in State::each().await {
        state.have_a_trial().await;
        state.access(subscription::ActiveModel { subscription_url: Set(None), ..Default::default() }).await;
        let shown = state.press(Callback::Config).await;
        reads(&shown, "bot-config-unreachable-empty-body", &args![]);
        assert!(leads_to(&shown, &Callback::Config));
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_that_is_being_made_says_that_its_link_comes_by_itself() {
    for state in State::each().await {
        state.press(Callback::TrialClaim).await;
        reads(&state.press(Callback::Config).await, "bot-config-pending-body", &args![]);
        reads(&state.press(Callback::Check).await, "bot-check-result-pending", &args![]);
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_ran_out_or_failed_begins_again_with_one_tap_and_a_wrong_sum_waits_for_the_shop() {
    for state in State::each().await {
        let order = state.order().await;
        let of = args![
            "order" => order.id.short(),
            "amount" => Money::new(order.amount_minor, order.currency),
        ];
        let ends = [
            (OrderState::Expired, "bot-pay-expired-body", true),
            (OrderState::Failed, "bot-pay-failed-body", true),
            (OrderState::Mismatch, "bot-pay-mismatch-body", false),
        ];
        for (end, key, begins_again) in ends {
            state
                .meanwhile(async |tx| {
                    let row = order::ActiveModel { id: Set(order.id), state: Set(end), ..Default::default() };
                    row.update(tx.raw()).await.unwrap();
                })
                .await;
            let shown = state.press(Callback::OrderOpen(order.id)).await;
            reads(&shown, key, &of);
            assert_eq!(leads_to(&shown, &Callback::Plan(order.plan_id.unwrap())), begins_again, "{end:?}");
        }
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_takes_no_money_asks_to_be_asked() {
    for state in State::each().await {
        let (plan, price) = state.offer().await;
        state
            .meanwhile(async |tx| {
                for method in method::list(tx).await.unwrap() {
                    method::switch(tx, &method.provider, false).await.unwrap();
                }
            })
            .await;
        let shown = state.press(Callback::Buy { plan: plan.id, seen: mark(price, None) }).await;
        reads(&shown, "bot-pay-methods-empty-body", &args![]);
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_does_not_answer_keeps_the_order_and_offers_another_try() {
    for state in State::each().await {
        state.scene.provider.silent.store(true, Ordering::SeqCst);
        let order = state.order().await;
        let shown = state.press(Callback::OrderOpen(order.id)).await;
        reads(&shown, "bot-pay-provider-down-body", &args![]);
        assert!(leads_to(&shown, &Callback::OrderOpen(order.id)));
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_not_translated_come_in_the_shops_language_and_without_any_the_shop_is_asked() {
    for state in State::each().await {
        let hide = async |locale| {
            state
                .meanwhile(async |tx| {
                    for entry in faq::service::all(tx, locale).await.unwrap() {
                        faq::service::hide(tx, locale, entry.key, true).await.unwrap();
                    }
                })
                .await;
        };
        hide(Locale::Ru).await;
        let masha = SARA + 1;
        state.scene.settle_quietly(masha, Locale::Ru).await;
        let entry = Callback::FaqEntry(Key::Ours("start")).encode();
        let shown = state.scene.bring_press(masha, 9_001, &entry).await;
        let language = args!["language" => Locale::En.native_name()];
        let note = locale::html(Locale::Ru, "bot-faq-other-language", &language);
        assert!(shown.html.contains(&note), "{}", shown.html);

        hide(Locale::En).await;
        let shown = state.press(Callback::Faq).await;
        reads(&shown, "bot-faq-empty", &args![]);
        assert!(leads_to(&shown, &Callback::SupportNew));
        state.scene.end().await;
    }
}
