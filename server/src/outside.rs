//! Everything that speaks to the outside world, made once from the settings. In the sandbox the same
//! adapters get the emulators' addresses.

use std::sync::Arc;

use anyhow::Context as _;
use bots::{ApiProbe, BotDeps, BotManager, BotSettings, Updates};
use domain::{
    clock::Clock,
    db::TenantStore,
    entities::master::tenant::TenantKind,
    events::Events,
    ports::{BillingGateway, PaymentGateway, TelegramProbe, VpnPanel},
    shop::payment::{Provider, Providers},
};
use url::Url;

use crate::{
    config::{Config, Endpoint, UpdateMode},
    providers::{
        billing::{stripe::StripeBilling, unconfigured::Unconfigured},
        http::{self, PanelAddressRules, PanelHttp},
        panels::marzban::Marzban,
        payments::{
            cryptopay::CryptoPayGateway,
            stripe::StripeGateway,
            test::TestGateway,
            wata::{OpenOrders, WataGateway},
            yookassa::YooKassa,
        },
    },
    sandbox::store::{STRIPE_ACCOUNT, Sandbox},
    state::Addresses,
};

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
    pub bots: BotManager,
}

impl Outside {
    /// # Errors
    /// A key or address cannot be used.
    pub fn new(
        config: &Config,
        addresses: &Addresses,
        store: &TenantStore,
        clock: Arc<dyn Clock>,
        events: Events,
        sandbox: Option<&Sandbox>,
    ) -> anyhow::Result<Self> {
        let http = http::bot_client()?;
        let telegram = telegram_url(config, addresses, sandbox);
        let panels = Arc::new(Marzban::new(panel_http(config, addresses, sandbox)?, clock.clone()));
        let open_orders = OpenOrders::default();
        let providers = providers(config, addresses, clock, open_orders.clone(), sandbox.is_some())?;
        let settings = BotSettings {
            telegram_url: telegram.clone(),
            sandbox_telegram_url: sandbox.map(|_| telegram.clone()),
            public_url: addresses.public(),
            updates: match config.telegram.mode {
                UpdateMode::Webhook if sandbox.is_none() => Updates::Webhook,
                UpdateMode::Webhook | UpdateMode::Polling => Updates::Polling,
            },
            starts_per_minute: sandbox.is_none().then_some(config.telegram.ramp_per_minute),
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
        Ok(Self {
            billing: billing(config, addresses, sandbox)?,
            panels,
            probe,
            providers,
            open_orders,
            bots,
        })
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
    Addresses::new(config.server.listen, config.server.public_url.clone())
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
    let all: [(Arc<dyn PaymentGateway>, &Endpoint); 4] = [
        (Arc::new(YooKassa::new(http.clone())), &live.yookassa),
        (Arc::new(CryptoPayGateway::new(http.clone(), clock.clone())), &live.cryptopay),
        (Arc::new(WataGateway::new(http.clone(), clock, open_orders)), &live.wata),
        (Arc::new(StripeGateway::new(http.clone())), &live.stripe),
    ];
    let providers: Vec<Provider> = if is_emulated {
        let test: Arc<dyn PaymentGateway> = Arc::new(TestGateway::new(http));
        let all = all.into_iter().map(|(gateway, _)| gateway).chain([test]);
        let emulated = all.map(|gateway| {
            let base_url = emulator(addresses, gateway.name())?;
            Ok(Provider { gateway, base_url, emulated: true })
        });
        emulated.collect::<anyhow::Result<_>>()?
    } else {
        let real = |(gateway, live): (_, &Endpoint)| Provider {
            gateway,
            base_url: live.base_url.clone(),
            emulated: false,
        };
        all.into_iter().map(real).collect()
    };
    Ok(Providers::new(addresses.public(), providers))
}

fn billing(
    config: &Config,
    addresses: &Addresses,
    sandbox: Option<&Sandbox>,
) -> anyhow::Result<Arc<dyn BillingGateway>> {
    if let Some(sandbox) = sandbox {
        let base = emulator(addresses, "stripe")?;
        let secrets = vec![sandbox.stripe_webhook_secret.clone()];
        return Ok(Arc::new(StripeBilling::new(&base, &sandbox.stripe_key(), STRIPE_ACCOUNT, secrets)?));
    }
    let stripe = &config.stripe;
    match (&stripe.api_key, &stripe.webhook_secret, &stripe.account) {
        (Some(key), Some(secret), Some(account)) => {
            let gateway = StripeBilling::new(&stripe.base_url, key, account, vec![secret.clone()])
                .context("Stripe's key or address cannot be used")?;
            Ok(Arc::new(gateway))
        }
        _ => Ok(Arc::new(Unconfigured)),
    }
}

fn telegram_url(config: &Config, addresses: &Addresses, sandbox: Option<&Sandbox>) -> String {
    let url = match sandbox {
        Some(_) => format!("{}emulator/telegram", addresses.local()),
        None => config.telegram.base_url.to_string(),
    };
    url.trim_end_matches('/').to_owned()
}

fn emulator(addresses: &Addresses, name: &str) -> anyhow::Result<Url> {
    Ok(addresses.local().join(&format!("emulator/{name}/"))?)
}

fn panel_http(
    config: &Config,
    addresses: &Addresses,
    sandbox: Option<&Sandbox>,
) -> anyhow::Result<PanelHttp> {
    let http = PanelHttp::new(panel_rules(config))?;
    Ok(match sandbox {
        Some(_) => http.with_emulator(emulator(addresses, "marzban")?),
        None => http,
    })
}

fn panel_rules(config: &Config) -> PanelAddressRules {
    PanelAddressRules {
        allow_private: config.panels.allow_private.clone(),
        ports: config.panels.ports.iter().map(|range| range.first..=range.last).collect(),
        allow_http: config.panels.allow_http,
    }
}
