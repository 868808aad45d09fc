//! Every button of the bot, pressed in every language, and written down.

mod beginning;
mod kinds;
mod transcript;
mod ways;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bots::{
    callback::{Act, Callback, DATA_LIMIT},
    outbound::Pace,
};
use domain::{
    args,
    entities::master::bot_instance::BotState,
    locale::{self, Locale},
    shop::payment::{
        House, Way,
        method::{self, Typed},
    },
    testing,
};
use server::sandbox::telegram::{ButtonAction, ChatMessage, contract::Contract};

pub use self::beginning::asked;
use self::{
    beginning::{beginning, get_mail, hold_a_code},
    kinds::{KINDS, kind},
    transcript::Transcript,
    ways::Ways,
};
use super::{
    is_unfinished,
    scene::{SARA, Scene, Setup},
};

/// Limits of a text and of a picture's caption (<https://core.telegram.org/bots/api#sendmessage>), of a
/// toast (<https://core.telegram.org/bots/api#answercallbackquery>).
const TEXT: usize = 4_096;
const CAPTION: usize = 1_024;
const TOAST: usize = 200;
/// From the menu to anywhere, and from anywhere to the menu.
const TAPS: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn every_button_is_answered_once_and_every_screen_leads_on() {
    let mut crawls = Vec::new();
    for locale in Locale::ALL {
        // A shop for each, so that none sees what another one did.
        let setup = Setup { pace: Pace::RUSH, ..Setup::webhook(BotState::Live) };
        crawls.extend(Scene::each(setup).await.into_iter().map(|scene| crawl(scene, locale)));
    }
    futures::future::join_all(crawls).await;
}

async fn crawl(scene: Scene, locale: Locale) {
    let tx = scene.db.write().await.unwrap();
    method::save(&tx, Way::House(House::Wallet), &Typed::default()).await.unwrap();
    method::switch(&tx, House::Wallet.name(), true).await.unwrap();
    tx.commit().await.unwrap();

    scene.settle_quietly(SARA, locale).await;
    hold_a_code(&scene, SARA).await;
    get_mail(&scene, SARA).await;
    let mut waiting = VecDeque::from(beginning(&scene, SARA, locale).await);
    let mut crawl = Crawl::new(&scene, locale);
    // Last, because he is somebody else afterwards.
    let erase = Callback::PrivacyErase.encode();
    while let Some(data) = waiting.pop_front() {
        if data != erase && !crawl.ways.know(&data) {
            waiting.extend(crawl.press(&data).await);
        }
    }
    crawl.press(&erase).await;
    crawl.end();
    check_calls(&scene);
    scene.end().await;
}

/// Everything that was asked of Telegram is as its documentation says.
fn check_calls(scene: &Scene) {
    let Some(path) = testing::contracts::find("telegram-bot-api.json") else { return };
    let contract = Contract::load(&path).unwrap();
    for call in scene.telegram.calls(scene.bot) {
        contract.check_call(&call.method, &call.params).unwrap();
    }
}

/// One person's way through everything.
struct Crawl<'a> {
    scene: &'a Scene,
    locale: Locale,
    presses: i64,
    kinds: BTreeSet<usize>,
    ways: Ways,
    transcript: Transcript,
}

impl<'a> Crawl<'a> {
    fn new(scene: &'a Scene, locale: Locale) -> Self {
        let (kinds, ways, transcript) = (BTreeSet::new(), Ways::default(), Transcript::default());
        Self { scene, locale, presses: 0, kinds, ways, transcript }
    }

    /// Presses a button, and says which there are then.
    async fn press(&mut self, data: &str) -> Vec<String> {
        let (scene, locale) = (self.scene, self.locale);
        let callback = Callback::decode(data).unwrap_or_else(|| panic!("{data}: no button of ours"));
        self.presses += 1;
        let screen = scene.bring_press(SARA, self.presses, data).await;
        let answers = scene.answers(SARA, self.presses);
        let [toast] = &answers[..] else { panic!("{locale:?} {data}: {answers:?}") };
        assert!(toast.chars().count() <= TOAST, "{locale:?} {data}");
        check(&screen, locale, data);
        let next = callbacks(&screen);
        self.kinds.insert(kind(&callback));
        self.transcript.add(&callback, data, toast, &screen);
        self.ways.add(data, &next);
        if callback == Callback::TrialClaim {
            scene.work().await;
        }
        next
    }

    fn end(self) {
        let Self { locale, kinds, ways, transcript, .. } = self;
        assert_eq!(kinds, (0..KINDS).collect(), "{locale:?}: a kind of button was never pressed");
        let menu = Callback::Menu.encode();
        let (there, back) = (ways.from(&menu), ways.to(&menu));
        let is_near = |taps: Option<&usize>| taps.is_some_and(|taps| *taps <= TAPS);
        let far: Vec<_> = ways.all().filter(|data| !is_near(back.get(*data))).collect();
        assert!(far.is_empty(), "{locale:?}: too far from the menu: {far:?}");
        let mut nearest = BTreeMap::new();
        for (data, taps) in &there {
            let callback = Callback::decode(data).unwrap();
            if !goes_on(&callback) {
                let least = nearest.entry(kind(&callback)).or_insert((*taps, data));
                *least = (*taps, data).min(*least);
            }
        }
        nearest.retain(|_, (taps, _)| *taps > TAPS);
        assert!(nearest.is_empty(), "{locale:?}: too far behind the menu: {nearest:?}");
        insta::assert_snapshot!(format!("crawl-{}", locale.code()), transcript.write(&there));
    }
}

/// Whether it goes on with something that the person has begun, so that its taps are answers. Gifts and
/// running broadcasts are nearer once there are some; a user of the shop is found by typing.
const fn goes_on(callback: &Callback) -> bool {
    match callback {
        Callback::TicketRate { .. } | Callback::Gifts | Callback::GiftKeep(_) | Callback::GiftKept(_) => true,
        Callback::Staff(act) => matches!(
            act,
            Act::Extend(_)
                | Act::ExtendBy { .. }
                | Act::Gifts(_)
                | Act::GiftAsk { .. }
                | Act::Gift { .. }
                | Act::Write(_)
                | Act::BanAsk(_)
                | Act::Ban { .. }
                | Act::UnbanAsk(_)
                | Act::Unban(_)
                | Act::BroadcastSend(_)
                | Act::BroadcastPause(_)
                | Act::BroadcastResume(_)
                | Act::BroadcastStopAsk(_)
                | Act::BroadcastStop(_)
                | Act::BroadcastDiscard(_)
        ),
        _ => false,
    }
}

fn check(screen: &ChatMessage, locale: Locale, data: &str) {
    let limit = if screen.photo.is_some() || screen.document.is_some() { CAPTION } else { TEXT };
    let length = screen.text.encode_utf16().count();
    assert!((1..=limit).contains(&length), "{locale:?} {data}: {length}");
    assert!(!is_unfinished(&screen.text), "{locale:?} {data}: {}", screen.text);
    let error = locale::plain(locale, "bot-common-error-body", &args!["id" => "x"]);
    let sorry: String = error.chars().take(12).collect();
    assert!(!screen.text.starts_with(&sorry), "{locale:?} {data}: {}", screen.text);
    assert!(!callbacks(screen).is_empty(), "{locale:?} {data} leads nowhere: {}", screen.text);
    for button in screen.keyboard.iter().flatten() {
        assert!(!button.text.is_empty() && button.text.chars().count() <= 64, "{locale:?}: {}", button.text);
    }
}

/// What the screen's buttons say when they are pressed. Other languages are another crawl's, and so is
/// what would close the shop for them.
fn callbacks(screen: &ChatMessage) -> Vec<String> {
    let buttons = screen.keyboard.iter().flatten();
    let data = buttons.filter_map(|button| match &button.action {
        ButtonAction::Callback(data) => Some(data.clone()),
        _ => None,
    });
    data.inspect(|data| assert!(data.len() <= DATA_LIMIT, "{data}"))
        .filter(|data| {
            let is_for_others = |callback: Callback| match callback {
                Callback::StartLanguage(_) | Callback::Language(_) => true,
                Callback::Staff(Act::Plan { on, .. }) => !on,
                Callback::Staff(Act::Maintain(on)) => on,
                _ => false,
            };
            !Callback::decode(data).is_some_and(is_for_others)
        })
        .collect()
}
