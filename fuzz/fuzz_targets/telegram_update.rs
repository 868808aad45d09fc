//! An update as it is read, stored while it waits, and read again.
#![no_main]

use bots::incoming::Incoming;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let Ok(raw) = serde_json::from_slice(body) else { return };
    let Some(incoming) = Incoming::read(raw) else { return };
    let stored = serde_json::to_value(&incoming).expect("it can be stored");
    assert_eq!(serde_json::from_value::<Incoming>(stored).expect("it can be read again"), incoming);
});
