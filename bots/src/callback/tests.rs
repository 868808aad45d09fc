//! Buttons and their data, there and back.

use domain::{ids::FaqEntryId, shop::faq::rules::OURS};
use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn locale() -> impl Strategy<Value = Locale> {
    prop::sample::select(Locale::ALL.to_vec())
}

fn plan() -> impl Strategy<Value = PlanId> {
    any::<u128>().prop_map(|id| PlanId(Uuid::from_u128(id)))
}

fn access() -> impl Strategy<Value = SubscriptionId> {
    any::<u128>().prop_map(|id| SubscriptionId(Uuid::from_u128(id)))
}

fn order() -> impl Strategy<Value = OrderId> {
    any::<u128>().prop_map(|id| OrderId(Uuid::from_u128(id)))
}

fn ticket() -> impl Strategy<Value = TicketId> {
    any::<u128>().prop_map(|id| TicketId(Uuid::from_u128(id)))
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        prop::sample::select(OURS.to_vec()).prop_map(|(code, _)| Key::Ours(code)),
        any::<u128>().prop_map(|id| Key::Own(FaqEntryId(Uuid::from_u128(id)))),
    ]
}

fn of_tickets() -> impl Strategy<Value = Callback> {
    prop_oneof![
        prop::sample::select(Topic::ALL.to_vec()).prop_map(Callback::SupportAsk),
        any::<u16>().prop_map(Callback::Tickets),
        ticket().prop_map(Callback::Ticket),
        ticket().prop_map(Callback::TicketReply),
        ticket().prop_map(Callback::TicketClose),
        (ticket(), 1..=5u8).prop_map(|(ticket, stars)| Callback::TicketRate { ticket, stars }),
        ticket().prop_map(Callback::TicketAnswer),
        ticket().prop_map(Callback::TicketDone),
    ]
}

fn callback() -> impl Strategy<Value = Callback> {
    let fixed = prop::sample::select(vec![
        Callback::Menu,
        Callback::RulesAccept,
        Callback::RulesDecline,
        Callback::TrialOffer,
        Callback::TrialClaim,
        Callback::Plans,
        Callback::Traffic,
        Callback::Accesses,
        Callback::AccessMore,
        Callback::Gifts,
        Callback::Config,
        Callback::ConfigQr,
        Callback::ConfigLinks,
        Callback::ConfigApps,
        Callback::ConfigConnected,
        Callback::ConfigRenew,
        Callback::ConfigRenewed,
        Callback::Profile,
        Callback::Orders,
        Callback::Settings,
        Callback::Languages,
        Callback::GateCheck,
        Callback::Wait,
        Callback::Privacy,
        Callback::PrivacyExport,
        Callback::PrivacyAsk,
        Callback::PrivacyErase,
        Callback::Calendar(Calendar::Jalali),
        Callback::Calendar(Calendar::Gregorian),
        Callback::Wallet,
        Callback::TopUp,
        Callback::Renewal,
        Callback::RenewalOff,
        Callback::StandingOff,
        Callback::StandingOn,
        Callback::SavedForget,
        Callback::SavedForgotten,
        Callback::Notices,
        Callback::QuietHours,
        Callback::Quiet(None),
        Callback::Mail,
        Callback::MailAsk,
        Callback::MailAgain,
        Callback::MailRemove,
        Callback::Faq,
        Callback::FaqSearch,
        Callback::Invite,
        Callback::InviteQr,
        Callback::Support,
        Callback::SupportNew,
    ]);
    prop_oneof![
        fixed,
        locale().prop_map(Callback::StartLanguage),
        locale().prop_map(Callback::Language),
        plan().prop_map(Callback::Plan),
        (plan(), any::<u32>()).prop_map(|(plan, seen)| Callback::Buy { plan, seen }),
        (plan(), "[a-z0-9_]{1,16}", any::<u32>()).prop_map(|(plan, provider, seen)| Callback::BuyWith {
            plan,
            provider: Provider::new(&provider).unwrap(),
            seen,
        }),
        (plan(), "[a-z0-9_]{1,16}").prop_map(|(plan, provider)| Callback::BuyRepeated {
            plan,
            provider: Provider::new(&provider).unwrap(),
        }),
        prop::option::of(plan()).prop_map(Callback::Promo),
        prop::option::of(plan()).prop_map(Callback::PromoOff),
        order().prop_map(Callback::OrderOpen),
        order().prop_map(Callback::WalletPay),
        plan().prop_map(Callback::GiftBuy),
        (plan(), "[a-z0-9_]{1,16}").prop_map(|(plan, provider)| Callback::GiftWith {
            plan,
            provider: Provider::new(&provider).unwrap(),
        }),
        access().prop_map(Callback::Access),
        access().prop_map(Callback::AccessRenew),
        access().prop_map(Callback::AccessTraffic),
        order().prop_map(Callback::GiftKeep),
        order().prop_map(Callback::GiftKept),
        (0..i64::MAX).prop_map(|minor| Callback::TopUpBy { minor }),
        (0..i64::MAX, "[a-z0-9_]{1,16}").prop_map(|(minor, provider)| Callback::TopUpWith {
            minor,
            provider: Provider::new(&provider).unwrap(),
        }),
        (plan(), any::<bool>()).prop_map(|(plan, on)| Callback::RenewWith { plan, on }),
        (0..i64::MAX).prop_map(|minor| Callback::RenewalOn { minor }),
        order().prop_map(Callback::OrderCheck),
        order().prop_map(Callback::ReceiptAsk),
        (prop::sample::select(NoticeKind::ALL.to_vec()), any::<bool>())
            .prop_map(|(kind, on)| Callback::Notice { kind, on }),
        (0_u16..24, 0_u16..24).prop_map(|hours| Callback::Quiet(Some(hours))),
        of_tickets(),
        prop::sample::select(MailWhen::ALL.to_vec()).prop_map(Callback::MailWhen),
        prop::sample::select(Category::ALL.to_vec()).prop_map(Callback::FaqCategory),
        key().prop_map(Callback::FaqEntry),
        (key(), any::<bool>()).prop_map(|(key, helpful)| Callback::FaqVote { key, helpful }),
    ]
}

proptest! {
    #[test]
    fn every_button_survives_its_own_data_and_fits(callback in callback()) {
        let data = callback.encode();
        prop_assert!(data.len() <= DATA_LIMIT, "{data}");
        prop_assert_eq!(Callback::decode(&data), Some(callback));
    }

    #[test]
    fn no_data_breaks_the_decoder(data in ".{0,64}") {
        if let Some(callback) = Callback::decode(&data) {
            prop_assert_eq!(Callback::decode(&callback.encode()), Some(callback));
        }
    }
}

#[rstest]
#[case("")]
#[case("v0:menu:open")]
#[case("v1:menu:open:extra")]
#[case("v1:plans:show:short")]
#[case("v1:plans:show:zzzzzzzzzzzzzzzzzzzzzzzzz")]
#[case("v1:start:lang:fa-IR")]
#[case("v1:pay:with:0000000000000000000000000.UPPER.0")]
#[case("v1:pay:with:0000000000000000000000000.test")]
#[case("v1:support:rate:0000000000000000000000000.6")]
#[case("v1:support:rate:0000000000000000000000000.+5")]
#[case("v1:support:list:zzzz")]
fn data_of_another_form_is_stale(#[case] data: &str) {
    assert_eq!(Callback::decode(data), None);
}
