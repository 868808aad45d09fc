//! Two shops at the emulator, the real gateway, and a list of every call and webhook.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::HeaderMap,
    middleware::{self, Next},
    response::Response,
    routing::post,
};
use chrono::TimeDelta;
use domain::{
    clock::{Clock, MockClock},
    ids::{OrderId, RefundId, TenantId},
    money::{Currency, Money},
    ports::{
        CreatedPayment, GatewayAccount, GatewayEvent, NewPayment, PaymentGateway, RefundRequest,
        RefusedWebhook,
    },
};
use serde_json::Value;
use tokio::sync::mpsc;
use url::Url;

use super::{StripeEmulator, StripeSettings, api, form};
use crate::providers::{http, payments::stripe::StripeGateway};

/// A call as it went over the wire; its form as the tree that it spells.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub key: Option<String>,
    pub version: String,
    pub request: Value,
    pub status: u16,
    pub answer: Value,
}

pub(crate) struct Scene {
    pub clock: MockClock,
    pub emulator: StripeEmulator,
    pub gateway: StripeGateway,
    pub calls: Arc<Mutex<Vec<Call>>>,
    /// Signature and body.
    pub hooks: mpsc::UnboundedReceiver<(String, Vec<u8>)>,
    base: Url,
}

impl Scene {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let (client, clock) = (http::client().unwrap(), MockClock::new());
        let settings = StripeSettings {
            api_key: "sk_test_platform".into(),
            checkout_base: base.join("checkout").unwrap(),
            shops_base: base.join("pay").unwrap(),
            portal_base: base.join("portal").unwrap(),
            retry_after: Vec::new(),
        };
        let emulator = StripeEmulator::new(settings, Arc::new(clock.clone()), client.clone());
        let (sender, hooks) = mpsc::unbounded_channel();
        let endpoint = move |headers: HeaderMap, body: bytes::Bytes| async move {
            let signature = headers["stripe-signature"].to_str().unwrap().to_owned();
            sender.send((signature, body.to_vec())).unwrap();
        };
        let calls: Arc<Mutex<Vec<Call>>> = Arc::default();
        let list = calls.clone();
        let recorded =
            middleware::from_fn(move |request: Request, next: Next| record(list.clone(), request, next));
        let app =
            Router::new().route("/hook", post(endpoint)).nest("/stripe", emulator.router().layer(recorded));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let scene = Self { clock, emulator, gateway: StripeGateway::new(client), calls, hooks, base };
        scene.open("shop_a", "sk_test_a");
        scene.open("shop_b", "sk_test_b");
        scene
    }

    /// Gives a shop an account, whose webhooks its own secret signs.
    pub(crate) fn open(&self, shop: &str, key: &str) {
        let hook = (self.base.join("hook").unwrap(), &*format!("whsec_{shop}"));
        self.emulator.add_shop(shop, key, hook, Arc::new(self.clock.clone()));
    }

    pub(crate) fn account(&self, shop: &str) -> GatewayAccount {
        GatewayAccount {
            base_url: self.base.join(&format!("stripe/{shop}")).unwrap(),
            account_id: shop.to_owned(),
            api_key: shop.replace("shop", "sk_test").into(),
            webhook_secret: format!("whsec_{shop}").into(),
            settings: Value::Null,
        }
    }

    pub(crate) fn wanted(&self) -> NewPayment {
        NewPayment {
            tenant: TenantId::new(),
            order: OrderId::new(),
            amount: Money::new(1_500, Currency::Eur),
            description: "30 days, 100 GB — ".repeat(20),
            return_url: "https://t.me/shop_bot".parse().unwrap(),
            expires_at: self.clock.now() + TimeDelta::hours(1),
            keeps_method: false,
            repeats_every: None,
        }
    }

    /// One of the first shop.
    pub(crate) async fn created(&self) -> CreatedPayment {
        self.gateway.create(&self.account("shop_a"), &self.wanted()).await.unwrap()
    }

    pub(crate) async fn paid(&self) -> String {
        let id = self.created().await.provider_payment_id;
        self.emulator.pay(&id).unwrap();
        id
    }

    pub(crate) fn refund(&self, payment: &str, minor: i64) -> RefundRequest {
        RefundRequest {
            refund: RefundId::new(),
            provider_payment_id: payment.to_owned(),
            amount: Money::new(minor, Currency::Eur),
            paid: Money::new(1_500, Currency::Eur),
        }
    }

    /// What the next webhook says to a shop.
    pub(crate) async fn told(&mut self, shop: &str) -> Result<GatewayEvent, RefusedWebhook> {
        let (signature, body) = self.hooks.recv().await.unwrap();
        let (account, now) = (self.account(shop), self.clock.now());
        self.gateway.verify(&account, &|_| Some(signature.clone()), &body, now).await
    }
}

async fn record(calls: Arc<Mutex<Vec<Call>>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let sent = to_bytes(body, usize::MAX).await.unwrap();
    let query = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let header = |name: &str| parts.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    let mut call = Call {
        method: parts.method.to_string().to_lowercase(),
        path: api::without_shop(parts.uri.path()).to_owned(),
        query: query.into_owned().collect(),
        key: header("idempotency-key"),
        version: header("stripe-version").unwrap_or_default(),
        request: form::parse(&sent),
        status: 0,
        answer: Value::Null,
    };
    let answer = next.run(Request::from_parts(parts, Body::from(sent))).await;
    let (parts, body) = answer.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        // The emulator drops the connection.
        return crate::sandbox::knobs::abort();
    };
    call.status = parts.status.as_u16();
    call.answer = serde_json::from_slice(&bytes).unwrap_or_default();
    calls.lock().unwrap().push(call);
    Response::from_parts(parts, Body::from(bytes))
}
