//! Pages that exist on a sandbox server only: the places of Stripe, shops' payment providers and
//! BotFather, the knobs that make them fail, and the levers that move the clocks.

mod botfather;
mod checkout;
mod clock;
mod faults;
mod hosted;
mod mailbox;
mod webhook_timing;

use super::Routes;

pub fn routes() -> Routes {
    Routes::new()
        .form("/sandbox/stripe/checkout/{session}", checkout::get, checkout::post)
        .form("/sandbox/pay/{provider}/{id}", hosted::get, hosted::post)
        .form("/sandbox/botfather", botfather::get, botfather::post)
        .page("/sandbox/mail", mailbox::get)
        .form("/sandbox/faults", faults::get, faults::post)
        .act("/sandbox/clock", clock::post)
        .act("/sandbox/platform-clock", clock::post_platform)
}
