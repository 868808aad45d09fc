//! Bodies about packages that are rightly signed.
#![no_main]

use std::sync::LazyLock;

use botyard_fuzz::{KEY, SECRET, client, now, signed};
use domain::ports::{BillingGateway as _, RefusedWebhook};
use libfuzzer_sys::fuzz_target;
use server::providers::billing::stripe::StripeBilling;

static GATEWAY: LazyLock<StripeBilling> = LazyLock::new(|| {
    drop(client());
    let base = "http://127.0.0.1:9/".parse().expect("an address");
    StripeBilling::new(&base, &KEY.into(), "4711", vec![SECRET.into()]).expect("a gateway")
});

fuzz_target!(|body: &[u8]| {
    let taken = GATEWAY.verify(Some(&signed(body)), body, now());
    assert!(!matches!(taken, Err(RefusedWebhook::Signature | RefusedWebhook::Timestamp)), "{taken:?}");
});
