//! Bodies that are rightly signed, and the same with the body as the signature.
#![no_main]

use std::sync::{Arc, LazyLock};

use botyard_fuzz::{client, signed_by_token, verify};
use domain::{clock::MockClock, ports::RefusedWebhook};
use libfuzzer_sys::fuzz_target;
use server::providers::payments::cryptopay::CryptoPayGateway;

static GATEWAY: LazyLock<CryptoPayGateway> =
    LazyLock::new(|| CryptoPayGateway::new(client(), Arc::new(MockClock::new())));

fuzz_target!(|body: &[u8]| {
    let taken = verify(&*GATEWAY, &signed_by_token(body), body);
    assert!(!matches!(taken, Err(RefusedWebhook::Signature)), "{taken:?}");
    assert!(verify(&*GATEWAY, &String::from_utf8_lossy(body), body).is_err());
});
