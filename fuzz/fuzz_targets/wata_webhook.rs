//! What Wata asks and tells, before anybody has checked who says it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use server::providers::payments::wata;

fuzz_target!(|body: &[u8]| {
    let _ = wata::hook(body);
});
