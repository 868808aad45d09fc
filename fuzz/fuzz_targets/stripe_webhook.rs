//! Bodies that are rightly signed.
#![no_main]

use std::sync::LazyLock;

use botyard_fuzz::{client, signed, verify};
use domain::ports::RefusedWebhook;
use libfuzzer_sys::fuzz_target;
use server::providers::payments::stripe::StripeGateway;

static GATEWAY: LazyLock<StripeGateway> = LazyLock::new(|| StripeGateway::new(client()));

fuzz_target!(|body: &[u8]| {
    let taken = verify(&*GATEWAY, &signed(body), body);
    assert!(!matches!(taken, Err(RefusedWebhook::Signature | RefusedWebhook::Timestamp)), "{taken:?}");
});
