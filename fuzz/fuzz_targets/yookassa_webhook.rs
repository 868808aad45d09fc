//! YooKassa signs nothing: what is taken names a payment in the form of its ids, which becomes part of
//! an address.
#![no_main]

use std::sync::LazyLock;

use botyard_fuzz::{client, verify};
use libfuzzer_sys::fuzz_target;
use server::providers::payments::yookassa::YooKassa;

static GATEWAY: LazyLock<YooKassa> = LazyLock::new(|| YooKassa::new(client()));

fuzz_target!(|body: &[u8]| {
    if let Ok(event) = verify(&*GATEWAY, "", body) {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        assert!(event.provider_payment_id.bytes().all(is_plain), "{event:?}");
    }
});
