//! Headers and keys: no header is a signature without a key, and no bytes are a key by accident.
#![no_main]

use std::sync::{Arc, LazyLock};

use botyard_fuzz::{client, verify};
use domain::clock::MockClock;
use libfuzzer_sys::fuzz_target;
use server::providers::payments::wata::{OpenOrders, WataGateway};

static GATEWAY: LazyLock<WataGateway> =
    LazyLock::new(|| WataGateway::new(client(), Arc::new(MockClock::new()), OpenOrders::default()));

fuzz_target!(|header: &str| {
    assert!(verify(&*GATEWAY, header, b"{}").is_err());
});
