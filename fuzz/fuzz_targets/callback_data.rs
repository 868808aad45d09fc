//! What a button says: whatever is understood says itself again.
#![no_main]

use bots::callback::Callback;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    if let Some(callback) = Callback::decode(data) {
        let encoded = callback.encode();
        assert!(encoded.len() <= 64, "{encoded}");
        assert_eq!(Callback::decode(&encoded), Some(callback));
    }
});
