//! The web panel's pages: plain view models, the components that show them, and a few islands.
//!
//! A model *is* its page: the server fills the struct (no database here) and hands it over.
//!
//! ```ignore
//! let page = SignUpPage { form: FormState::default(), next: None };
//! app::ssr::render(ctx, StatusCode::OK, page)
//! // GET ?fragment=checks, asked for by the live island:
//! app::ssr::render_fragment(ctx, page, "checks")
//! ```
//!
//! `PageContext` carries what every page needs (locale, theme, nonce, flash, who is signed in).
//! Times, sums of time and money that a model holds as `String` are already formatted in the
//! reader's language; everything else is translated here, from `locales/*/web-*.ftl`.
//!
//! Every form posts to its page's own URL and works without JavaScript. After a refused POST the
//! server answers 303 and keeps typed values and errors in a `FormState` for the next GET; secrets
//! are never put into it.
//!
//! | URL | page | fields; `act` values (`act` is the name of the button pressed) |
//! |---|---|---|
//! | `/` (`?cycle=year`) | `public::LandingPage` | none |
//! | `/signup` (`?package=CODE&cycle=year`) | `auth::SignUpPage` | `email` `password` `package` `cycle` |
//! | `/login` | `auth::LoginPage` | `email` `password` `next` |
//! | `POST /logout` | | none |
//! | `POST /lang/{code}`, `POST /theme` | | `return_to`; `theme` = `light` `dark` |
//! | `/start/shop` | `start::ShopPage` | `name` `language` `currency` `time_zone` `pack` |
//! | `/start/package` | `start::PackagePage` | `package` `cycle`; act `trial` `pay` |
//! | `/start/package/return` | `start::ReturnPage` | act `again`; fragment `payment` |
//! | `/start/bot` | `start::BotPage` | `token` `owner_id` `channel`; act `token` `replace` `owner` `channel` `continue`; fragment `checks` |
//! | `/start/panel` | `start::PanelPage` | `url` `username` `password` `inbound` (repeated); act `check` `sandbox` `inbounds` `replace` `continue`; fragment `checks` |
//! | `/start/plans` | `start::PlansPage` | `name_N` `days_N` `traffic_N` `price_N` `on_N`, `trial` `trial_days` `trial_traffic` |
//! | `/start/live` | `start::LivePage` | act `start` `retry`; fragment `deployment` |
//! | `/app` | `dashboard::HomePage` | none |
//! | `/app/b/{bot}` | `dashboard::OverviewPage` | `token` `owner_id` `confirm`; act `pause` `maintain` `resume` `restart` `rotate_token` `owner` `delete`; fragment `live` |
//! | `/app/b/{bot}/panels` | `dashboard::PanelsPage` | none; fragment `panels` |
//! | `/app/b/{bot}/panels/new` (`?check=ID`) | `dashboard::NewPanelPage` | `url` `username` `password`; act `check` `sandbox`; fragment `checks` |
//! | `/app/b/{bot}/panels/{id}` (`?watch=1`) | `dashboard::ShopPanelPage` | `name` `weight` `capacity` `enabled`, `inbound` (repeated), `username` `password`; act `save` `inbounds` `login` `check` `compare` `repair`; fragment `panel` |
//! | `/app/b/{bot}/preview` | `dashboard::PreviewPage` | `text`; `message` + `press` = `row:column`; `persona`; act `reset`; query `start`; fragment `phone` |
//! | `/app/b/{bot}/orders` (`?state=CODE&q=TEXT`) | `dashboard::OrdersPage` | query `before` `after`; fragment `orders` |
//! | `/app/b/{bot}/orders/{id}` | `dashboard::OrderPage` | `left` `amount` `reason`; act `look` `refund`; fragment `order` |
//! | `/app/b/{bot}/tickets` (`?state=CODE&page=N`) | `dashboard::TicketsPage` | `contact`; act `contact`; fragment `tickets` |
//! | `/app/b/{bot}/tickets/{id}` | `dashboard::TicketPage` | `answer` `key`; act `answer` `answer_and_close` `close`; fragment `thread` |
//! | `/app/b/{bot}/traffic` | `dashboard::TrafficPage` | `gigabytes` `price` `pack`; act `save` `on` `off` |
//! | `/app/b/{bot}/faq` (`?lang=CODE`) | `dashboard::FaqPage` | none |
//! | `/app/b/{bot}/faq/{key}` (`?lang=CODE`) | `dashboard::FaqEntryPage` | `category` `question` `answer`; act `save` `hide` `show` `remove` |
//! | `/app/b/{bot}/invites` | `dashboard::InvitesPage` | `referrer_days` `referee_days` `friends`; act `save` `on` `off` |
//! | `/app/b/{bot}/methods` | `dashboard::MethodsPage` | posts to the page of the method |
//! | `/app/b/{bot}/methods/{provider}` | `dashboard::MethodPage` | the provider's own, `label_en` `label_fa` `label_ru` `min` `max` `from`; act `save` `test` `on` `off` `up` `down` `remove` |
//! | `POST /sandbox/clock` | | `advance` = `1h` `1d` `30d`, `return_to` |
//! | `POST /sandbox/platform-clock` | | `advance` = `1d` `7d` `30d` |
//! | hosted checkout (own origin) | `sandbox::CheckoutPage` | `email` `card` `expires` `cvc` `webhook`; act `pay` `decline` `close` |
//! | payment page of a provider (own origin) | `sandbox::HostedPage` | `card` `expires` `cvc` `webhook`; act `pay` `decline` `close` |
//! | `/sandbox/botfather` | `sandbox::BotFatherPage` | `name` `username` `bot`; act `create` `revoke` |
//! | `/sandbox/faults` | `sandbox::FaultsPage` | `emulator` `fault` `pattern` `times` `seconds`; act `set` `clear` |
//! | `/s/{token}` | `public::SubscriptionPage` | none |
//! | `/i/{app}/{token}` | `public::ImportPage` | none |
//! | any error | `public::ErrorPage` | none |
//!
//! `webhook` is `at_once`, `twice`, `late` or `never`. `cycle` is `month` or `year`. Live pages take
//! `events`, the address of an event stream: each message makes the island fetch the fragment again.

#![recursion_limit = "256"]

pub mod islands;

#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod ssr;

#[cfg(feature = "ssr")]
pub use context::{AccountSummary, Assets, BotSummary, Flash, FormState, PageContext, SandboxStrip, Theme};
#[cfg(feature = "ssr")]
pub use ssr::{Head, Page};
