//! Headers that nobody signed with the secret.
#![no_main]

use std::sync::LazyLock;

use botyard_fuzz::{client, verify};
use libfuzzer_sys::fuzz_target;
use server::providers::payments::stripe::StripeGateway;

static GATEWAY: LazyLock<StripeGateway> = LazyLock::new(|| StripeGateway::new(client()));

fuzz_target!(|header: &str| {
    assert!(verify(&*GATEWAY, header, b"{}").is_err());
});
