//! Everything that speaks to the outside world, made once from the settings. In the sandbox the same
//! adapters get the emulators' addresses.

use std::sync::Arc;

use anyhow::Context as _;
use bots::{ApiProbe, BotDeps, BotManager, BotSettings, Updates, outbound::Pace};
use domain::{
    clock::Clock,
    db::TenantStore,
    entities::master::tenant::TenantKind,
    events::Events,
    ports::{BillingGateway, Mailer, PaymentGateway, TelegramProbe, VpnPanel},
    shop::payment::{Provider, Providers},
};
use url::Url;

use crate::{
    config::{Config, Endpoint, Mode, UpdateMode},
    providers::{
        billing::{stripe::StripeBilling, unconfigured::Unconfigured},
        http::{self, PanelAddressRules, PanelHttp},
        mail::{EmulatedMailer, SmtpMailer},
        panels::marzban::Marzban,
        payments::{
            cryptopay::CryptoPayGateway,
            stars::StarsGateway,
            stripe::StripeGateway,
            test::TestGateway,
            wata::{OpenOrders, WataGateway},
            yookassa::YooKassa,
        },
    },
    sandbox::store::{STRIPE_ACCOUNT, STRIPE_KEY, Sandbox},
    state::Addresses,
};

/// Where the adapters are made.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    pub config: &'a Config,
    pub mode: Mode,
    pub addresses: &'a Addresses,
    /// The emulators, when they run in this process.
    pub sandbox: Option<&'a Sandbox>,
}

/// The adapters.
pub struct Outside {
    /// How customers pay for packages.
    pub billing: Arc<dyn BillingGateway>,
    pub panels: Arc<dyn VpnPanel>,
    /// Asks Telegram with tokens that are not stored yet.
    pub probe: Arc<dyn TelegramProbe>,
    /// How users pay in shops.
    pub providers: Providers,
    /// What Wata asks about before payments.
    pub open_orders: OpenOrders,
    /// `None`: no mail is configured.
    pub mailer: Option<Arc<dyn Mailer>>,
    pub bots: BotManager,
}

impl Outside {
    /// # Errors
    /// A key or address cannot be used.
    pub fn new(
        around: Surroundings<'_>,
        store: &TenantStore,
        clock: Arc<dyn Clock>,
        events: Events,
    ) -> anyhow::Result<Self> {
        let Surroundings { config, addresses, .. } = around;
        let is_emulated = around.mode == Mode::Sandbox;
        let http = http::bot_client()?;
        let telegram = telegram_url(around);
        let panels = Arc::new(Marzban::new(panel_http(around)?, clock.clone()));
        let open_orders = OpenOrders::default();
        let mailer = mailer(around, clock.clone())?;
        let providers = providers(config, addresses, clock, open_orders.clone(), is_emulated)?;
        let settings = BotSettings {
            telegram_url: telegram.clone(),
            sandbox_telegram_url: is_emulated.then(|| telegram.clone()),
            public_url: addresses.public(),
            updates: match config.telegram.mode {
                UpdateMode::Webhook if !is_emulated => Updates::Webhook,
                UpdateMode::Webhook | UpdateMode::Polling => Updates::Polling,
            },
            mail: mailer.is_some(),
            starts_per_minute: (!is_emulated).then_some(config.telegram.ramp_per_minute),
            pace: Pace::of(config.telegram.messages_per_second),
        };
        let bots = BotManager::new(BotDeps {
            store: store.clone(),
            http: http.clone(),
            providers: providers.clone(),
            panel: panels.clone(),
            events,
            settings,
        });
        let probe = Arc::new(ApiProbe::new(http, telegram));
        Ok(Self { billing: billing(around)?, panels, probe, providers, open_orders, mailer, bots })
    }
}

/// Panels and providers, for a command beside the server: emulated ones are asked where the settings say
/// that the server listens.
pub struct Beside {
    pub panels: Marzban,
    pub providers: ProvidersByKind,
}

impl Beside {
    /// # Errors
    /// The settings lead to no usable client.
    pub fn new(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let addresses = addresses_beside(config);
        let of =
            |is_emulated| providers(config, &addresses, clock.clone(), OpenOrders::default(), is_emulated);
        let providers = ProvidersByKind { live: of(false)?, emulated: of(true)? };
        Ok(Self { panels: panels_beside(config, clock.clone())?, providers })
    }
}

/// The providers of live shops and those of all others.
pub struct ProvidersByKind {
    live: Providers,
    emulated: Providers,
}

impl ProvidersByKind {
    pub fn of(&self, kind: TenantKind) -> &Providers {
        if kind == TenantKind::Live { &self.live } else { &self.emulated }
    }
}

/// As [`Beside`], the panels alone.
///
/// # Errors
/// The settings lead to no usable client.
pub fn panels_beside(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<Marzban> {
    let http = PanelHttp::new(panel_rules(config))?;
    Ok(Marzban::new(http.with_emulator(emulator(&addresses_beside(config), "marzban")?), clock))
}

fn addresses_beside(config: &Config) -> Addresses {
    Addresses::with(config.server.listen, config)
}

/// The payment providers that shops can choose. The test card exists among emulated ones only.
fn providers(
    config: &Config,
    addresses: &Addresses,
    clock: Arc<dyn Clock>,
    open_orders: OpenOrders,
    is_emulated: bool,
) -> anyhow::Result<Providers> {
    let (http, live) = (http::client()?, &config.providers);
    let stars: Arc<dyn PaymentGateway> = Arc::new(StarsGateway::new(http.clone()));
    let all: [(Arc<dyn PaymentGateway>, &Endpoint); 4] = [
        (Arc::new(YooKassa::new(http.clone())), &live.yookassa),
        (Arc::new(CryptoPayGateway::new(http.clone(), clock.clone())), &live.cryptopay),
        (Arc::new(WataGateway::new(http.clone(), clock, open_orders)), &live.wata),
        (Arc::new(StripeGateway::new(http.clone())), &live.stripe),
    ];
    let providers: Vec<Provider> = if is_emulated {
        let test: Arc<dyn PaymentGateway> = Arc::new(TestGateway::new(http));
        let all = all.into_iter().map(|(gateway, _)| gateway).chain([test]);
        let named = all.map(|gateway| (gateway.name(), gateway)).chain([("telegram", stars)]);
        let emulated = named.map(|(emulated_by, gateway)| {
            let base_url = emulator(addresses, emulated_by)?;
            Ok(Provider { gateway, base_url, emulated: true })
        });
        emulated.collect::<anyhow::Result<_>>()?
    } else {
        let real = |(gateway, live): (_, &Endpoint)| Provider {
            gateway,
            base_url: live.base_url.clone(),
            emulated: false,
        };
        // Telegram's address is a setting of its own.
        let base_url = config.telegram.base_url.clone();
        let stars = Provider { gateway: stars, base_url, emulated: false };
        all.into_iter().map(real).chain([stars]).collect()
    };
    Ok(Providers::new(addresses.public(), providers))
}

fn billing(around: Surroundings<'_>) -> anyhow::Result<Arc<dyn BillingGateway>> {
    if around.mode == Mode::Sandbox {
        let base = emulator(around.addresses, "stripe")?;
        // An emulator elsewhere tells the server that it is mounted on.
        let secrets = around.sandbox.map(|sandbox| sandbox.stripe_webhook_secret.clone());
        let secrets = secrets.into_iter().collect();
        return Ok(Arc::new(StripeBilling::new(&base, &STRIPE_KEY.into(), STRIPE_ACCOUNT, secrets)?));
    }
    let stripe = &around.config.stripe;
    match (&stripe.api_key, &stripe.webhook_secret, &stripe.account) {
        (Some(key), Some(secret), Some(account)) => {
            let gateway = StripeBilling::new(&stripe.base_url, key, account, vec![secret.clone()])
                .context("Stripe's key or address cannot be used")?;
            Ok(Arc::new(gateway))
        }
        _ => Ok(Arc::new(Unconfigured)),
    }
}

fn mailer(around: Surroundings<'_>, clock: Arc<dyn Clock>) -> anyhow::Result<Option<Arc<dyn Mailer>>> {
    if around.mode == Mode::Sandbox {
        let url = emulator(around.addresses, "mail")?;
        return Ok(Some(Arc::new(EmulatedMailer::new(http::client()?, url))));
    }
    let Some(server) = around.config.mail.server() else { return Ok(None) };
    let mailer = SmtpMailer::new(server, clock).context("The mail server's settings cannot be used")?;
    Ok(Some(Arc::new(mailer)))
}

fn telegram_url(around: Surroundings<'_>) -> String {
    let url = match around.mode {
        Mode::Sandbox => format!("{}emulator/telegram", around.addresses.emulators()),
        Mode::Production => around.config.telegram.base_url.to_string(),
    };
    url.trim_end_matches('/').to_owned()
}

fn emulator(addresses: &Addresses, name: &str) -> anyhow::Result<Url> {
    Ok(addresses.emulators().join(&format!("emulator/{name}/"))?)
}

fn panel_http(around: Surroundings<'_>) -> anyhow::Result<PanelHttp> {
    let http = PanelHttp::new(panel_rules(around.config))?;
    Ok(match around.mode {
        Mode::Sandbox => http.with_emulator(emulator(around.addresses, "marzban")?),
        Mode::Production => http,
    })
}

fn panel_rules(config: &Config) -> PanelAddressRules {
    PanelAddressRules {
        allow_private: config.panels.allow_private.clone(),
        ports: config.panels.ports.iter().map(|range| range.first..=range.last).collect(),
        allow_http: config.panels.allow_http,
    }
}
