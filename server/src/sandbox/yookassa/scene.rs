//! Two shops at the emulator, the real gateway, and a list of every call and notification.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    middleware::{self, Next},
    response::Response,
    routing::post,
};
use chrono::TimeDelta;
use domain::{
    clock::{Clock, MockClock},
    ids::{OrderId, RefundId, TenantId},
    money::{Currency, Money},
    ports::{CreatedPayment, GatewayAccount, Kept, NewPayment, PaymentGateway, RefundRequest, SavedCharge},
};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use tokio::sync::mpsc;
use url::Url;

use super::YooKassaEmulator;
use crate::{
    providers::{http, payments::yookassa::YooKassa},
    sandbox::{
        desk::{Account, DeskSettings},
        hosted::HostedPayments,
    },
};

/// A call as it went over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub key: Option<String>,
    pub request: Value,
    pub status: u16,
    pub answer: Value,
}

pub(crate) struct Scene {
    pub clock: MockClock,
    pub emulator: YooKassaEmulator,
    pub gateway: YooKassa,
    pub calls: Arc<Mutex<Vec<Call>>>,
    pub hooks: mpsc::UnboundedReceiver<Vec<u8>>,
    base: Url,
}

impl Scene {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let client = http::client().unwrap();
        let clock = MockClock::new();
        let emulator = YooKassaEmulator::new(DeskSettings {
            page_base: base.join("pay/").unwrap(),
            real: Arc::new(clock.clone()),
            client: client.clone(),
            retry_after: Vec::new(),
        });
        for shop in ["100001", "100002"] {
            emulator.open_account(Account {
                shop: shop.to_owned(),
                id: shop.to_owned(),
                key: format!("test_{shop}"),
                secret: String::new(),
                webhook_url: base.join("hook").unwrap(),
                clock: Arc::new(clock.clone()),
            });
        }
        let (sender, hooks) = mpsc::unbounded_channel();
        let endpoint = move |body: bytes::Bytes| async move { sender.send(body.to_vec()).unwrap() };
        let calls: Arc<Mutex<Vec<Call>>> = Arc::default();
        let list = calls.clone();
        let recorded =
            middleware::from_fn(move |request: Request, next: Next| record(list.clone(), request, next));
        let app = Router::new().route("/hook", post(endpoint)).nest("/v3", emulator.router().layer(recorded));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { clock, emulator, gateway: YooKassa::new(client), calls, hooks, base }
    }

    pub(crate) fn account(&self, shop: &str) -> GatewayAccount {
        GatewayAccount {
            base_url: self.base.join(&format!("v3/{shop}")).unwrap(),
            account_id: shop.to_owned(),
            api_key: format!("test_{shop}").into(),
            webhook_secret: String::new().into(),
            settings: Value::Null,
        }
    }

    pub(crate) fn wanted(&self) -> NewPayment {
        NewPayment {
            tenant: TenantId::new(),
            order: OrderId::new(),
            amount: Money::new(29_950, Currency::Rub),
            description: "30 дней, 100 ГБ — ".repeat(20),
            return_url: "https://t.me/shop_bot".parse().unwrap(),
            expires_at: self.clock.now() + TimeDelta::hours(1),
            keeps_method: false,
            repeats_every: None,
        }
    }

    /// One of the first shop.
    pub(crate) async fn created(&self) -> CreatedPayment {
        self.gateway.create(&self.account("100001"), &self.wanted()).await.unwrap()
    }

    pub(crate) async fn paid(&self) -> String {
        let id = self.created().await.provider_payment_id;
        self.emulator.pay(&id).await.unwrap();
        id
    }

    /// The name of a card that a payer of the first shop let us keep.
    pub(crate) async fn kept(&self) -> String {
        let account = self.account("100001");
        let wanted = NewPayment { keeps_method: true, ..self.wanted() };
        let payment = self.gateway.create(&account, &wanted).await.unwrap().provider_payment_id;
        self.emulator.pay(&payment).await.unwrap();
        match self.gateway.kept(&account, &payment).await.unwrap() {
            Kept::Saved(method) => method.token.expose_secret().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn charge(&self, token: &str) -> SavedCharge {
        SavedCharge {
            tenant: TenantId::new(),
            order: OrderId::new(),
            amount: Money::new(29_950, Currency::Rub),
            description: "30 дней, 100 ГБ — ".repeat(20),
            token: token.into(),
        }
    }

    pub(crate) fn refund(&self, payment: &str, minor: i64) -> RefundRequest {
        RefundRequest {
            refund: RefundId::new(),
            provider_payment_id: payment.to_owned(),
            amount: Money::new(minor, Currency::Rub),
            paid: Money::new(29_950, Currency::Rub),
        }
    }
}

async fn record(calls: Arc<Mutex<Vec<Call>>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let sent = to_bytes(body, usize::MAX).await.unwrap();
    let query = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
    // Below the shop's address.
    let path = parts.uri.path().splitn(3, '/').nth(2).unwrap_or_default();
    let mut call = Call {
        method: parts.method.to_string().to_lowercase(),
        path: format!("/{path}"),
        query: query.into_owned().collect(),
        key: parts.headers.get("idempotence-key").map(|key| key.to_str().unwrap().to_owned()),
        request: serde_json::from_slice(&sent).unwrap_or_default(),
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
