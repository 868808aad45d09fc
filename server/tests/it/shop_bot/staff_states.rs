//! What a helper of the shop reads when there is nothing to show, or nothing can be done.

use bots::callback::{Act, Callback};
use chrono::Duration;
use domain::{
    args,
    db::Conn as _,
    entities::{
        master::{membership::Role, package},
        tenant::{panel, user},
    },
    ids::UserId,
    locale::{self, Locale},
    shop::{
        staff::{acts::Seen, log::Actor, service as staff},
        stat::period::Period,
        user::service as users,
    },
    testing,
};
use sea_orm::{EntityTrait as _, sea_query::Expr};

use super::{
    scene::SARA,
    states::{State, reads},
};

/// Sara helps to run the shop; the other is a user of it.
async fn hire(state: &State) -> UserId {
    let tx = state.scene.db.write().await.unwrap();
    let owner = Actor { by: "owner".into(), name: "owner".into() };
    let invite = staff::invite(&tx, &owner, state.scene.row.id, Role::Manager).await.unwrap().unwrap();
    let sara = users::find_by_telegram(&tx, SARA).await.unwrap().unwrap();
    staff::join(&tx, &sara, state.scene.row.id, &invite.nonce).await.unwrap();
    let other = users::seen(&tx, &testing::person(SARA + 500), Locale::En).await.unwrap();
    tx.commit().await.unwrap();
    other.id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_on_which_nothing_happened_has_nothing_to_count() {
    for state in State::each().await {
        hire(&state).await;
        state
            .meanwhile(async |tx| {
                let earlier = Expr::value(tx.now() - Duration::days(9));
                let all = user::Entity::update_many().col_expr(user::Column::CreatedAt, earlier);
                all.exec(tx.raw()).await.unwrap();
            })
            .await;
        let shown = state.press(Callback::Staff(Act::Stats(Period::Today))).await;
        reads(&shown, "bot-stats-empty-body", &args![]);
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_without_a_panel_is_told_that_nothing_can_be_delivered() {
    for state in State::each().await {
        hire(&state).await;
        state
            .meanwhile(async |tx| {
                panel::Entity::delete_many().exec(tx.raw()).await.unwrap();
            })
            .await;
        let shown = state.press(Callback::Staff(Act::Diagnose)).await;
        reads(&shown, "bot-diag-panel-none", &args![]);
        state.scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_without_room_gives_no_gift_to_a_newcomer_and_says_why() {
    for state in State::each().await {
        let other = hire(&state).await;
        let none = Expr::value(Some(0));
        let full = package::Entity::update_many().col_expr(package::Column::MaxUsers, none);
        full.exec(state.scene.store.master().raw()).await.unwrap();
        let (plan, _) = state.offer().await;
        let gift = Act::Gift { user: other, plan: plan.id, seen: Seen::of(None) };
        state.scene.bring_press(SARA, 9_001, &Callback::Staff(gift).encode()).await;
        let said = locale::plain(Locale::En, "bot-admin-toast-full", &args![]);
        assert_eq!(state.scene.answers(SARA, 9_001), [said]);
        state.scene.end().await;
    }
}
