//! The outside world of a sandbox server: every emulator, mounted on the server itself, and their
//! states on disk, so that a restart keeps chats, accounts and checkout sessions.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::Router;
use domain::{clock::Clock, faults};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use url::Url;

use super::{
    cardpage::CardEmulator,
    cryptopay::CryptoPayEmulator,
    desk::DeskSettings,
    hosted::HostedPayments,
    mailbox::Mailbox,
    marzban::MarzbanEmulator,
    stripe::{StripeEmulator, StripeSettings},
    telegram::{self, TelegramEmulator},
    wata::WataEmulator,
    yookassa::YooKassaEmulator,
};

/// How often changed states are written.
const WRITE_EVERY: Duration = Duration::from_secs(1);

/// The key that the emulated Stripe takes. Opens nothing outside of it.
pub const STRIPE_KEY: &str = "sk_test_sandbox";

/// The account at the emulated Stripe.
pub const STRIPE_ACCOUNT: &str = "acct_sandbox";

/// Every emulator. Clones share them.
#[derive(Clone, Debug)]
pub struct Sandbox {
    pub telegram: TelegramEmulator,
    pub marzban: MarzbanEmulator,
    /// Packages, and the payment method `stripe` of the shops.
    pub stripe: StripeEmulator,
    /// The payment method `test` of the shops.
    pub card: CardEmulator,
    pub yookassa: YooKassaEmulator,
    pub cryptopay: CryptoPayEmulator,
    pub wata: WataEmulator,
    /// Takes what would leave by mail.
    pub mailbox: Mailbox,
    /// Signs the emulated Stripe's events.
    pub stripe_webhook_secret: SecretString,
    folder: PathBuf,
    /// The states that are on disk.
    written: Arc<Mutex<BTreeMap<&'static str, Value>>>,
}

impl Sandbox {
    /// Takes up the states in `folder`. `own` is the address at which this server reaches itself and
    /// `hosted` the one under which hosted pages are shown. Runs in a tokio runtime.
    ///
    /// # Errors
    /// A state on disk cannot be read, or is not ours.
    pub fn open(
        folder: &Path,
        own: &Url,
        hosted: &Url,
        clock: Arc<dyn Clock>,
        client: reqwest::Client,
    ) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let telegram =
            TelegramEmulator::persisted(clock.clone(), client.clone(), &folder.join("telegram.json"))
                .map_err(io::Error::other)?;
        let own = own.as_str().trim_end_matches('/');
        let marzban = MarzbanEmulator::new(&format!("{own}/emulator/marzban"));
        if let Some(state) = read(&folder.join("marzban.json"))? {
            marzban.restore(&state, clock.clone())?;
        }
        let retry_after: Vec<Duration> = [1, 2, 4, 8, 15, 30].map(Duration::from_secs).into();
        let settings = StripeSettings {
            api_key: STRIPE_KEY.into(),
            checkout_base: page(hosted, "sandbox/stripe/checkout/")?,
            shops_base: page(hosted, "sandbox/pay/stripe/")?,
            portal_base: page(hosted, "sandbox/stripe/portal/")?,
            retry_after: retry_after.clone(),
        };
        let desk = |provider: &str| -> io::Result<_> {
            let page_base = page(hosted, &format!("sandbox/pay/{provider}/"))?;
            Ok(DeskSettings {
                page_base,
                real: clock.clone(),
                client: client.clone(),
                retry_after: retry_after.clone(),
            })
        };
        let card = CardEmulator::new(desk("test")?);
        let yookassa = YooKassaEmulator::new(desk("yookassa")?);
        let cryptopay = CryptoPayEmulator::new(desk("cryptopay")?);
        let wata = WataEmulator::new(desk("wata")?);
        let mailbox = Mailbox::new(clock.clone());
        if let Some(state) = read(&folder.join("mail.json"))? {
            mailbox.restore(&state)?;
        }
        let stripe = StripeEmulator::new(settings, clock, client);
        let stripe_webhook_secret = SecretString::from(format!("whsec_{}", random()?));
        let target = page(&Url::parse(own).map_err(io::Error::other)?, "webhooks/stripe")?;
        stripe.set_webhook(target, &[stripe_webhook_secret.expose_secret()]);
        let sandbox = Self {
            telegram,
            marzban,
            stripe,
            card,
            yookassa,
            cryptopay,
            wata,
            mailbox,
            stripe_webhook_secret,
            folder: folder.to_owned(),
            written: Arc::default(),
        };
        for payments in sandbox.payments() {
            if let Some(state) = read(&folder.join(format!("{}.json", payments.provider())))? {
                payments.restore(&state)?;
            }
        }
        Ok(sandbox)
    }

    /// Everything under `/emulator`.
    pub fn router(&self) -> Router {
        let router = Router::new()
            .nest_service("/telegram", telegram::router(self.telegram.clone()))
            .nest_service("/marzban", self.marzban.router())
            .nest_service("/mail", self.mailbox.router());
        self.payments().iter().fold(router, |router, payments| {
            router.nest_service(&format!("/{}", payments.provider()), payments.router())
        })
    }

    /// The providers whose payers pay on a page of theirs.
    pub fn payments(&self) -> [Arc<dyn HostedPayments>; 5] {
        [
            Arc::new(self.card.clone()),
            Arc::new(self.yookassa.clone()),
            Arc::new(self.cryptopay.clone()),
            Arc::new(self.wata.clone()),
            Arc::new(self.stripe.clone()),
        ]
    }

    /// Writes changed states until the server stops, and once more then; what is due at Telegram by then is
    /// taken.
    pub fn keep(&self, tasks: &TaskTracker, stopping: CancellationToken) {
        let sandbox = self.clone();
        faults::outlive(move || {
            sandbox.telegram.write_snapshot();
            sandbox.note(sandbox.write());
        });
        let sandbox = self.clone();
        tasks.spawn(async move {
            loop {
                let stops = tokio::select! {
                    () = tokio::time::sleep(WRITE_EVERY) => false,
                    () = stopping.cancelled() => true,
                };
                sandbox.telegram.renew_stars();
                sandbox.note(sandbox.write());
                if stops {
                    return;
                }
            }
        });
    }

    fn note(&self, written: io::Result<()>) {
        if let Err(error) = written {
            tracing::error!(%error, "the emulators' state could not be written");
        }
    }

    fn write(&self) -> io::Result<()> {
        // Locked before the states are taken, so that no older one follows a newer.
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let mut states: Vec<_> =
            self.payments().iter().map(|payments| (payments.provider(), payments.snapshot())).collect();
        states.push(("marzban", self.marzban.snapshot()));
        states.push(("mail", self.mailbox.snapshot()));
        for (name, state) in states {
            if written.get(name) != Some(&state) {
                let new = self.folder.join(format!("{name}.json.new"));
                fs::write(&new, state.to_string())?;
                fs::rename(new, self.folder.join(format!("{name}.json")))?;
                written.insert(name, state);
            }
        }
        Ok(())
    }
}

fn read(path: &Path) -> io::Result<Option<Value>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn page(base: &Url, path: &str) -> io::Result<Url> {
    base.join(path).map_err(io::Error::other)
}

fn random() -> io::Result<String> {
    crate::session_store::random_hex().map_err(io::Error::other)
}
