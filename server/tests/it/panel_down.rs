//! A panel that does not answer while somebody buys.

use chrono::Duration;
use domain::{clock::Clock as _, entities::tenant::order::OrderState};

use crate::support::{Database, Flow, until};

const SLOW: &str = "The server answers slowly at the moment";

#[tokio::test]
async fn what_was_paid_while_the_panel_was_down_is_delivered_within_a_minute_of_its_return() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        let panel = flow.sandbox().marzban.knobs(&flow.db.tenant().to_string()).unwrap();
        let link = chat.order_a_month().await;
        panel.set_down(true);
        flow.seller.pay_by_card(&link, "at_once").await;
        until("the user is told", async || chat.count(SLOW).await > 0).await;

        for _ in 0..20 {
            flow.advance(Duration::minutes(1)).await;
        }
        let order = flow.orders().await.remove(0);
        assert_eq!(order.state, OrderState::Paid, "it is kept");
        assert!(flow.accounts().is_empty());
        assert_eq!(chat.count(SLOW).await, 1, "told once");

        flow.rests().await;
        panel.set_down(false);
        let back = flow.db.clock().now();
        until("it is delivered", async || {
            flow.pass(Duration::seconds(5)).await;
            flow.orders().await[0].state == OrderState::Provisioned
        })
        .await;
        let order = flow.orders().await.remove(0);
        let provisioned = order.provisioned_at.unwrap();
        assert!(provisioned - back <= Duration::minutes(1), "{provisioned} {back}");
        let whole = (provisioned + Duration::days(30) - Duration::seconds(30)).timestamp();
        until("no day is lost", async || flow.accounts().remove(0).expire.unwrap() >= whole).await;
        // What delivered it may have been its own next try; the look at the panel is still to come.
        flow.advance(Duration::minutes(1)).await;
        flow.end().await;
    }
}

#[tokio::test]
async fn whoever_waits_for_a_trial_while_the_panel_is_down_is_told_once_and_gets_it_later() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        let panel = flow.sandbox().marzban.knobs(&flow.db.tenant().to_string()).unwrap();
        panel.set_down(true);
        chat.press("bot-menu-btn-trial").await;
        chat.press("bot-trial-offer-btn-start").await;
        until("the user is told", async || chat.count(SLOW).await > 0).await;
        for _ in 0..20 {
            flow.advance(Duration::minutes(1)).await;
        }
        assert_eq!(chat.count(SLOW).await, 1, "told once");
        flow.rests().await;
        panel.set_down(false);
        until("the trial is on", async || {
            flow.pass(Duration::seconds(5)).await;
            chat.count("Your free trial is on").await == 1
        })
        .await;
        assert_eq!(flow.accounts().len(), 1);
        flow.advance(Duration::minutes(1)).await;
        flow.end().await;
    }
}
