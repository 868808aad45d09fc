//! Puts the parts together: from settings to a running server.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use domain::{
    clock::{Clock, SystemClock},
    db::{self, MasterDb, Tables, TenantStore, load_or_create_key},
    events::{EventKind, Events},
    jobs::Workers,
    platform::{account::Passwords, billing, package},
};
use tokio::{net::TcpListener, sync::broadcast::error::RecvError, task::JoinHandle};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    config::{Config, Mode},
    jobs::Jobs,
    outside::{Outside, Surroundings},
    providers::http,
    router::router,
    sandbox::{accounts, panels, store::Sandbox},
    session_store::SessionStore,
    shutdown,
    state::{Addresses, AppState, Parts},
    web::{links::limits::LinkLimits, live::Streams},
};

/// What a server starts from.
#[derive(Clone, Debug)]
pub struct Start {
    pub config: Config,
    pub mode: Mode,
    /// Real time; a mock in tests.
    pub clock: Arc<dyn Clock>,
}

impl Start {
    pub fn new(config: Config, mode: Mode) -> Self {
        Self { config, mode, clock: Arc::new(SystemClock) }
    }
}

/// A running server.
pub struct Server;

/// A server that runs until it is told to stop.
pub struct Handle {
    pub address: SocketAddr,
    pub state: AppState,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Opens the data, binds the address and serves in the background.
    ///
    /// # Errors
    /// With a sentence for whoever starts the server.
    pub async fn start(start: Start) -> anyhow::Result<Handle> {
        let Start { config, mode, clock } = start;
        config.check(mode)?;
        let listener = TcpListener::bind(config.server.listen)
            .await
            .with_context(|| format!("Cannot listen on {}", config.server.listen))?;
        let address = listener.local_addr()?;
        let state = assemble(config, mode, clock, address).await?;
        begin_work(&state);
        let service = router(&state).into_make_service_with_connect_info::<SocketAddr>();
        let stopping = state.stopping.clone();
        let serving = tokio::spawn(async move {
            axum::serve(listener, service).with_graceful_shutdown(stopping.cancelled_owned()).await
        });
        tracing::info!(%address, "listening");
        Ok(Handle { address, state, serving })
    }
}

impl Handle {
    /// Ends streams at once, waits for requests and workers, and closes.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn stop(self) -> anyhow::Result<()> {
        let Self { state, mut serving, .. } = self;
        let at_most = state.config.limits.shutdown();
        shutdown::drain(&state.stopping, &state.tasks, at_most).await;
        match tokio::time::timeout(Duration::from_secs(2), &mut serving).await {
            Ok(ended) => Ok(ended??),
            Err(_) => {
                serving.abort();
                Ok(())
            }
        }
    }

    /// Serves until the process is asked to end.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn run(mut self) -> anyhow::Result<()> {
        tokio::select! {
            () = shutdown::asked() => {
                tracing::info!("stopping");
                self.stop().await
            }
            ended = &mut self.serving => {
                ended??;
                anyhow::bail!("The server ended by itself")
            }
        }
    }
}

/// Opens the databases and makes what speaks to the outside world.
async fn assemble(
    config: Config,
    mode: Mode,
    clock: Arc<dyn Clock>,
    listening: SocketAddr,
) -> anyhow::Result<AppState> {
    let store = open_data(&config, clock.clone()).await?;
    package::service::seed(store.master()).await?;
    let addresses = Addresses::with(listening, &config);
    let stopping = CancellationToken::new();
    let tasks = TaskTracker::new();
    let sandbox = match (mode, &config.sandbox.emulators) {
        (Mode::Production, _) | (Mode::Sandbox, Some(_)) => None,
        (Mode::Sandbox, None) => {
            let own = addresses.local();
            let hosted = Addresses::hosted(&own);
            let folder = config.data.state_dir().join("sandbox");
            let sandbox = Sandbox::open(&folder, &own, &hosted, clock.clone(), http::emulator_client()?)
                .context("Cannot take up the emulators' state")?;
            panels::take_up_clocks(&sandbox.marzban, &store).await?;
            billing::clock::take_up(store.master()).await?;
            sandbox.keep(&tasks, stopping.clone());
            Some(sandbox)
        }
    };
    let sessions = SessionStore::new(store.master().clone(), &config.sessions);
    let parallel = std::thread::available_parallelism().map_or(1, usize::from);
    let events = Events::default();
    let Outside { billing, panels, probe, providers, open_orders, mailer, bots } = Outside::new(
        Surroundings { config: &config, mode, addresses: &addresses, sandbox: sandbox.as_ref() },
        &store,
        clock,
        events.clone(),
    )?;
    if let Some(sandbox) = &sandbox {
        accounts::take_up(sandbox, &providers, &store).await?;
    }
    Ok(AppState::new(Parts {
        billing,
        panels,
        probe,
        providers,
        open_orders,
        mailer,
        bots,
        link_limits: LinkLimits::default(),
        passwords: Passwords::new(parallel)?,
        events,
        streams: Streams::new(config.limits.event_streams),
        config,
        mode,
        addresses,
        store,
        sessions,
        sandbox,
        stopping,
        tasks,
    }))
}

/// Opens both kinds of database with the server's key.
///
/// # Errors
/// With a sentence for whoever starts the server.
pub async fn open_data(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<TenantStore> {
    let key_file = config.data.key_file();
    if !key_file.exists() {
        let found = db::inspect(&config.data.settings()).await.context("Cannot look at the data")?;
        anyhow::ensure!(
            found.platform == Tables::Missing,
            "There is data in {:?}, but not the key {} that opens its secrets. Bring it back from your backup, or \
             set `data.key_file`.",
            config.data.settings().url,
            key_file.display()
        );
    }
    let key = load_or_create_key(&key_file)
        .with_context(|| format!("Cannot use the key file {}", key_file.display()))?;
    let settings = config.data.settings();
    let master =
        MasterDb::open(&settings, key, clock).await.context("Cannot open the platform's database")?;
    TenantStore::open_all(&settings, master).await.context("Cannot open the tenants' databases")
}

/// As [`open_data`], for commands that look: where there is no data, none is made.
///
/// # Errors
/// With a sentence for the operator.
pub async fn open_existing(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<TenantStore> {
    let settings = config.data.settings();
    let found = db::inspect(&settings).await.context("Cannot look at the data")?;
    anyhow::ensure!(
        found.platform != Tables::Missing,
        "There is no data in {:?}: check `--data` and `--config`. A new place is made by `botyard serve` and \
         `botyard sandbox`.",
        settings.url
    );
    open_data(config, clock).await
}

/// Brings every shop's tables up to date; otherwise each is when it is first opened. Answers how many
/// there are.
///
/// # Errors
/// Naming the shop whose database does not open.
pub async fn migrate_shops(store: &TenantStore) -> anyhow::Result<usize> {
    let shops = store.ids().await?;
    for shop in &shops {
        store.open(*shop).await.with_context(|| format!("Cannot bring shop {shop} up to date"))?;
        store.close(*shop).await;
    }
    Ok(shops.len())
}

/// Starts what runs besides answering requests.
fn begin_work(state: &AppState) {
    if state.config.roles.web {
        let (state, tasks) = (state.clone(), &state.tasks);
        tasks.spawn(sweep_sessions(state));
    }
    if state.config.roles.bots {
        let (bots, stopping) = (state.bots.clone(), state.stopping.clone());
        state.tasks.spawn(async move { bots.run(stopping).await });
        state.tasks.spawn(poke_bots(state.clone()));
    }
    if state.config.roles.jobs {
        let workers = Workers::new(state.store.clone(), Arc::new(jobs_of(state)));
        state.tasks.spawn(workers.run(state.stopping.clone()));
    }
}

fn jobs_of(state: &AppState) -> Jobs {
    Jobs {
        store: state.store.clone(),
        providers: state.providers.clone(),
        panel: state.panels.clone(),
        notifier: Arc::new(state.bots.clone()),
        mailer: state.mailer.clone(),
        mode: state.mode,
        pages: state.addresses.public(),
        files: Arc::new(state.bots.clone()),
        broadcasts: Arc::new(state.bots.clone()),
        billing: state.billing.clone(),
        bots: Arc::new(state.bots.clone()),
        events: state.events.clone(),
    }
}

/// Bots read their rows every few seconds; when this process changed one, at once.
async fn poke_bots(state: AppState) {
    let mut events = state.events.subscribe();
    while let Some(heard) = state.stopping.run_until_cancelled(events.recv()).await {
        match heard {
            Ok(event) if event.kind != EventKind::Bot => {}
            Ok(_) | Err(RecvError::Lagged(_)) => state.bots.poke(),
            Err(RecvError::Closed) => return,
        }
    }
}

async fn sweep_sessions(state: AppState) {
    while state.stopping.run_until_cancelled(tokio::time::sleep(Duration::from_secs(600))).await.is_some() {
        if let Err(error) = state.sessions.sweep().await {
            tracing::warn!(%error, "old sessions could not be removed");
        }
    }
}
