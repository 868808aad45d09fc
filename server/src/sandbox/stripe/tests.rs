//! The emulator through the real client, and its events through the real parser.

use std::{sync::Arc, time::Duration};

use axum::{Router, http::HeaderMap, routing::post};
use domain::clock::{Clock, MockClock};
use serde_json::Value;
use stripe::{IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_billing::billing_portal_session::CreateBillingPortalSession;
use stripe_billing::subscription::RetrieveSubscription;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    CreateCheckoutSessionLineItemsPriceDataRecurring,
    CreateCheckoutSessionLineItemsPriceDataRecurringInterval, ExpireCheckoutSession, ProductData,
    RetrieveCheckoutSession,
};
use stripe_shared::{
    CheckoutSession, CheckoutSessionMode, CheckoutSessionPaymentStatus, CheckoutSessionStatus,
};
use stripe_webhook::{EventObject, Webhook};
use tokio::sync::mpsc;
use url::Url;

use super::{CheckoutError, SessionStatus, StripeEmulator, StripeSettings};
use crate::sandbox::knobs::Fault;

const SECRET: &str = "whsec_test";

struct Stripe {
    emulator: StripeEmulator,
    client: stripe::Client,
    http: reqwest::Client,
    base: Url,
    clock: MockClock,
    /// What the endpoint got: signature and body.
    hooks: mpsc::UnboundedReceiver<(String, String)>,
    /// What the endpoint answers next; 200 when there is nothing.
    answers: Arc<std::sync::Mutex<Vec<u16>>>,
}

impl Stripe {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let clock = MockClock::new();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let settings = StripeSettings {
            api_key: "sk_test_1".into(),
            checkout_base: base.join("checkout").unwrap(),
            shops_base: base.join("pay").unwrap(),
            portal_base: base.join("portal").unwrap(),
            retry_after: vec![Duration::from_millis(1); 3],
        };
        let emulator = StripeEmulator::new(settings, Arc::new(clock.clone()), http.clone());
        emulator.set_webhook(base.join("hook").unwrap(), &[SECRET]);
        let (sender, hooks) = mpsc::unbounded_channel();
        let answers: Arc<std::sync::Mutex<Vec<u16>>> = Arc::default();
        let endpoint = {
            let answers = answers.clone();
            move |headers: HeaderMap, body: String| async move {
                sender.send((headers["stripe-signature"].to_str().unwrap().to_owned(), body)).unwrap();
                axum::http::StatusCode::from_u16(answers.lock().unwrap().pop().unwrap_or(200)).unwrap()
            }
        };
        let app = Router::new().route("/hook", post(endpoint)).nest("/emulator/stripe", emulator.router());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let url = base.join("emulator/stripe/").unwrap();
        let client = stripe::ClientBuilder::new("sk_test_1").url(url).build().unwrap();
        Self { emulator, client, http, base, clock, hooks, answers }
    }

    async fn open(&self, mode: CheckoutSessionMode) -> CheckoutSession {
        self.request(mode, 5000).send(&self.client).await.unwrap()
    }

    fn request(&self, mode: CheckoutSessionMode, cents: i64) -> CreateCheckoutSession {
        let recurring = (mode == CheckoutSessionMode::Subscription).then(|| {
            CreateCheckoutSessionLineItemsPriceDataRecurring::new(
                CreateCheckoutSessionLineItemsPriceDataRecurringInterval::Month,
            )
        });
        let price = CreateCheckoutSessionLineItemsPriceData {
            product_data: Some(ProductData::new("Starter")),
            recurring,
            unit_amount: Some(cents),
            ..CreateCheckoutSessionLineItemsPriceData::new(stripe_types::Currency::USD)
        };
        let item = CreateCheckoutSessionLineItems {
            price_data: Some(price),
            quantity: Some(1),
            ..CreateCheckoutSessionLineItems::new()
        };
        CreateCheckoutSession::new()
            .mode(mode)
            .line_items(vec![item])
            .success_url("https://shop.example/ok?session={CHECKOUT_SESSION_ID}")
            .cancel_url("https://shop.example/no")
            .client_reference_id("payment-1")
            .customer_email("a@example.com")
    }

    async fn read(&self, id: &str) -> CheckoutSession {
        RetrieveCheckoutSession::new(id.to_owned()).send(&self.client).await.unwrap()
    }

    /// The next event, its signature checked by the real library.
    async fn event(&mut self) -> stripe_webhook::Event {
        let (signature, body) = self.hooks.recv().await.unwrap();
        let now = self.clock.now().timestamp();
        Webhook::construct_event_with_timestamp(&body, &signature, SECRET, now).unwrap()
    }
}

#[tokio::test]
async fn a_paid_subscription_checkout_tells_of_itself_in_three_events() {
    let mut stripe = Stripe::start().await;
    let session = stripe.open(CheckoutSessionMode::Subscription).await;
    assert_eq!(session.payment_status, CheckoutSessionPaymentStatus::Unpaid);
    assert!(session.url.unwrap().ends_with(session.id.as_str()));

    let back = stripe.emulator.pay(session.id.as_str()).unwrap();
    assert_eq!(back, format!("https://shop.example/ok?session={}", session.id));

    let EventObject::CheckoutSessionCompleted(completed) = stripe.event().await.data.object else { panic!() };
    assert_eq!(completed.client_reference_id.as_deref(), Some("payment-1"));
    assert_eq!(completed.amount_total, Some(5000));
    let EventObject::CustomerSubscriptionCreated(subscription) = stripe.event().await.data.object else {
        panic!()
    };
    let item = &subscription.items.data[0];
    assert_eq!(item.current_period_end, stripe.clock.now().timestamp() + 31 * 86_400, "January has 31 days");
    let EventObject::InvoicePaid(invoice) = stripe.event().await.data.object else { panic!() };
    assert_eq!((invoice.amount_paid, invoice.total), (5000, 5000));

    let read = stripe.read(session.id.as_str()).await;
    assert_eq!(read.status, Some(CheckoutSessionStatus::Complete));
    assert_eq!(read.payment_status, CheckoutSessionPaymentStatus::Paid);
    let id = read.subscription.unwrap().into_id();
    let read = RetrieveSubscription::new(id).send(&stripe.client).await.unwrap();
    assert_eq!(read.status, stripe_shared::SubscriptionStatus::Active);
}

#[tokio::test]
async fn a_paid_customer_can_open_the_portal() {
    let stripe = Stripe::start().await;
    let session = stripe.open(CheckoutSessionMode::Payment).await;
    stripe.emulator.pay(session.id.as_str()).unwrap();
    let customer = stripe.read(session.id.as_str()).await.customer.unwrap().into_id();
    let portal =
        CreateBillingPortalSession::new().customer(customer.as_str()).return_url("https://shop.example/");
    assert!(portal.send(&stripe.client).await.unwrap().url.contains("/portal/bps_"));
}

#[tokio::test]
async fn one_key_opens_one_session_and_refuses_other_parameters() {
    let stripe = Stripe::start().await;
    let send = |cents| {
        let request = stripe.request(CheckoutSessionMode::Payment, cents).customize();
        let key = RequestStrategy::Idempotent(IdempotencyKey::new("payment-1").unwrap());
        request.request_strategy(key).send(&stripe.client)
    };
    let (first, second) = (send(5000).await.unwrap(), send(5000).await.unwrap());
    assert_eq!(first.id, second.id);
    let Err(StripeError::Stripe(error, 400)) = send(6000).await else { panic!() };
    assert_eq!(error.type_, stripe_shared::ApiErrorsType::IdempotencyError);
}

#[tokio::test]
async fn errors_come_in_stripes_shape() {
    let stripe = Stripe::start().await;
    let missing = RetrieveCheckoutSession::new("cs_none".to_owned()).send(&stripe.client).await;
    let Err(StripeError::Stripe(error, 404)) = missing else { panic!() };
    assert_eq!(error.code.unwrap().as_str(), "resource_missing");
    let bare =
        CreateCheckoutSession::new().mode(CheckoutSessionMode::Payment).success_url("https://a.example");
    let Err(StripeError::Stripe(error, 400)) = bare.send(&stripe.client).await else { panic!() };
    assert_eq!(error.param.as_deref(), Some("line_items"));
    let url = stripe.base.join("emulator/stripe/").unwrap();
    let stranger = stripe::ClientBuilder::new("sk_test_2").url(url).build().unwrap();
    let refused = RetrieveCheckoutSession::new("cs_none".to_owned()).send(&stranger).await;
    assert!(matches!(refused, Err(StripeError::Stripe(_, 401))));
}

#[tokio::test]
async fn a_refused_card_leaves_the_page_open_and_a_day_closes_it() {
    let mut stripe = Stripe::start().await;
    let session = stripe.open(CheckoutSessionMode::Payment).await;
    let id = session.id.as_str();
    stripe.emulator.decline(id).unwrap();
    let page = stripe.emulator.session(id).unwrap();
    assert_eq!((page.status, page.declines, page.amount), (SessionStatus::Open, 1, 5000));
    stripe.clock.advance(chrono::Duration::hours(24));
    assert_eq!(stripe.emulator.pay(id), Err(CheckoutError::NotOpen));
    assert_eq!(stripe.read(id).await.status, Some(CheckoutSessionStatus::Expired));
    assert!(matches!(stripe.event().await.data.object, EventObject::CheckoutSessionExpired(_)));
    let again = ExpireCheckoutSession::new(id).send(&stripe.client).await;
    assert!(matches!(again, Err(StripeError::Stripe(_, 400))));
}

#[tokio::test]
async fn an_event_is_sent_again_until_it_is_taken() {
    let mut stripe = Stripe::start().await;
    stripe.answers.lock().unwrap().extend([503, 500]);
    let session = stripe.open(CheckoutSessionMode::Payment).await;
    stripe.emulator.pay(session.id.as_str()).unwrap();
    let ids = [stripe.event().await.id, stripe.event().await.id, stripe.event().await.id];
    assert!(ids.iter().all(|id| id == &ids[0]));
}

#[tokio::test]
async fn knobs_double_swap_and_lose_events() {
    let mut stripe = Stripe::start().await;
    stripe.emulator.knobs().reorder_next("webhook:checkout.session.completed");
    stripe.emulator.knobs().duplicate_next("webhook:invoice.paid", 1);
    let session = stripe.open(CheckoutSessionMode::Subscription).await;
    stripe.emulator.pay(session.id.as_str()).unwrap();
    let mut kinds = Vec::new();
    for _ in 0..4 {
        kinds.push(stripe.event().await.type_.as_str().to_owned());
    }
    let expected =
        ["customer.subscription.created", "checkout.session.completed", "invoice.paid", "invoice.paid"];
    assert_eq!(kinds, expected);

    stripe.emulator.knobs().lose_next("webhook:checkout.session.completed", 1);
    let session = stripe.open(CheckoutSessionMode::Payment).await;
    stripe.emulator.pay(session.id.as_str()).unwrap();
    let url = stripe.base.join("emulator/stripe/v1/events?delivery_success=false").unwrap();
    let request = stripe.http.get(url).bearer_auth("sk_test_1");
    let missed: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(missed["data"][0]["data"]["object"]["id"], session.id.as_str(), "a sweep finds it");
}

#[tokio::test]
async fn a_lost_answer_is_found_again_by_its_key() {
    let stripe = Stripe::start().await;
    stripe.emulator.knobs().set("POST /v1/checkout/sessions", Fault::LoseAnswer, Some(1));
    let send = || {
        let request = stripe.request(CheckoutSessionMode::Payment, 5000).customize();
        let key = RequestStrategy::Idempotent(IdempotencyKey::new("payment-1").unwrap());
        request.request_strategy(key).send(&stripe.client)
    };
    assert!(matches!(send().await, Err(StripeError::ClientError(_))));
    send().await.unwrap();
    assert_eq!(stripe.emulator.sessions().len(), 1);
}

#[tokio::test]
async fn refunds_never_exceed_what_was_paid() {
    let stripe = Stripe::start().await;
    let session = stripe.open(CheckoutSessionMode::Payment).await;
    stripe.emulator.pay(session.id.as_str()).unwrap();
    let intent = stripe.read(session.id.as_str()).await.payment_intent.unwrap().into_id();
    let refund = async |cents: &str| {
        let url = stripe.base.join("emulator/stripe/v1/refunds").unwrap();
        let form = [("payment_intent", intent.as_str()), ("amount", cents)];
        stripe.http.post(url).bearer_auth("sk_test_1").form(&form).send().await.unwrap().status()
    };
    assert_eq!(refund("3000").await, 200);
    assert_eq!(refund("3000").await, 400);
    assert_eq!(refund("2000").await, 200);
    assert_eq!(refund("1").await, 400);
}

#[tokio::test]
async fn a_restart_keeps_sessions_and_delivers_what_was_not() {
    let mut stripe = Stripe::start().await;
    let session = stripe.open(CheckoutSessionMode::Payment).await;
    stripe.emulator.knobs().lose_next("webhook:*", 1);
    stripe.emulator.pay(session.id.as_str()).unwrap();
    // The queue is in order: once this one is out, the lost one was lost.
    let other = stripe.open(CheckoutSessionMode::Payment).await;
    stripe.emulator.pay(other.id.as_str()).unwrap();
    let EventObject::CheckoutSessionCompleted(first) = stripe.event().await.data.object else { panic!() };
    assert_eq!(first.id, other.id);
    stripe.emulator.restore(stripe.emulator.snapshot()).unwrap();
    let EventObject::CheckoutSessionCompleted(second) = stripe.event().await.data.object else { panic!() };
    assert_eq!(second.id, session.id);
}
