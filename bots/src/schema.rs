//! The whole tree of handlers of a shop's bot, on one page.

use std::{ops::ControlFlow, sync::Arc};

use dptree::{Handler, case, deps};
use teloxide::utils::command::BotCommands;

use crate::{
    callback::Callback,
    context::ShopCtx,
    error::BotError,
    incoming::Event,
    shop::{
        access, admin, card, check, closed, config, dialogue, faq, gate, gift, help, mail, menu, notices,
        owner, pay, plans, privacy, profile, promo, referral, renewal, settings, start, support, traffic,
        trial, waiting, wallet,
    },
};

type HandlerResult = Result<(), BotError>;
type Branch = Handler<'static, HandlerResult>;

/// The tree, shared by all bots.
pub type Schema = Arc<Branch>;

/// What a user can type.
#[derive(BotCommands, Clone, Debug, PartialEq, Eq)]
#[command(rename_rule = "lowercase")]
pub enum Command {
    Start(String),
    Menu,
    Buy,
    My,
    Config,
    Promo(String),
    Settings,
    Faq,
    Invite,
    Support,
    Help,
    Cancel,
    Id,
    Admin,
    Stats,
    Diag,
    PaySupport,
    Terms,
}

pub fn schema() -> Schema {
    let tree = dptree::entry()
        .branch(dptree::filter_map(owner::nonce_of).endpoint(owner::link))
        .branch(dptree::filter_map(admin::join::nonce_of).endpoint(admin::join::join))
        .branch(dptree::filter_async(closed::is_closed).endpoint(closed::show))
        .branch(dptree::filter_map(command).chain(always()))
        .branch(dptree::filter_map(button).chain(first_steps()))
        .branch(dptree::filter(start::is_unfinished).endpoint(start::resume))
        .branch(dptree::filter_map(command).chain(commands()))
        .branch(dptree::filter_map(button).chain(buttons()))
        .branch(dptree::filter(is_button).endpoint(menu::stale))
        .endpoint(dialogue::message);
    Arc::new(tree)
}

/// Runs the tree on one update.
///
/// # Errors
/// [`BotError`].
pub async fn dispatch(schema: &Schema, ctx: ShopCtx) -> HandlerResult {
    dialogue::step_aside(&ctx).await?;
    if gate::stops(&ctx).await? {
        return gate::show(ctx).await;
    }
    match schema.dispatch(deps![ctx]).await {
        ControlFlow::Break(result) => result,
        ControlFlow::Continue(_) => Err(BotError::Internal("no handler took the update".into())),
    }
}

/// What a newcomer can type as well.
fn always() -> Branch {
    dptree::entry()
        .branch(case![Command::Start(argument)].endpoint(start::command))
        .branch(case![Command::Help].endpoint(help::show))
        .branch(case![Command::Id].endpoint(help::id))
        .branch(case![Command::PaySupport].endpoint(help::pay_support))
        .branch(case![Command::Terms].endpoint(help::terms))
}

/// A newcomer's buttons.
fn first_steps() -> Branch {
    dptree::entry()
        .branch(case![Callback::StartLanguage(locale)].endpoint(start::language))
        .branch(case![Callback::RulesAccept].endpoint(start::accept))
        .branch(case![Callback::RulesDecline].endpoint(start::decline))
}

fn commands() -> Branch {
    dptree::entry()
        .branch(case![Command::Menu].endpoint(menu::show))
        .branch(case![Command::Buy].endpoint(plans::list))
        .branch(case![Command::My].endpoint(profile::show))
        .branch(case![Command::Config].endpoint(config::show))
        .branch(case![Command::Promo(code)].endpoint(promo::command))
        .branch(case![Command::Settings].endpoint(settings::show))
        .branch(case![Command::Faq].endpoint(faq::home))
        .branch(case![Command::Invite].endpoint(referral::show))
        .branch(case![Command::Support].endpoint(support::home))
        .branch(case![Command::Cancel].endpoint(menu::cancel))
        .branch(case![Command::Admin].endpoint(admin::command))
        .branch(case![Command::Stats].endpoint(admin::stats_command))
        .branch(case![Command::Diag].endpoint(admin::diag_command))
}

fn buttons() -> Branch {
    dptree::entry()
        .branch(case![Callback::Menu].endpoint(menu::show))
        .branch(case![Callback::GateCheck].endpoint(gate::joined))
        .branch(case![Callback::TrialOffer].endpoint(trial::offer))
        .branch(case![Callback::TrialClaim].endpoint(trial::claim))
        .branch(case![Callback::Plans].endpoint(plans::list))
        .branch(case![Callback::Plan(id)].endpoint(plans::summary))
        .branch(case![Callback::Buy { plan, seen }].endpoint(pay::buy))
        .branch(case![Callback::BuyWith { plan, provider, seen }].endpoint(pay::buy_with))
        .branch(case![Callback::BuyRepeated { plan, provider }].endpoint(pay::buy_repeated))
        .branch(case![Callback::OrderOpen(id)].endpoint(pay::reopen))
        .branch(case![Callback::OrderCheck(id)].endpoint(pay::check))
        .branch(case![Callback::ReceiptAsk(id)].endpoint(card::receipt::ask))
        .branch(case![Callback::WalletPay(id)].endpoint(wallet::pay))
        .branch(case![Callback::GiftBuy(plan)].endpoint(gift::choose))
        .branch(case![Callback::GiftWith { plan, provider }].endpoint(gift::buy_with))
        .branch(case![Callback::Gifts].endpoint(gift::list))
        .branch(case![Callback::GiftKeep(id)].endpoint(gift::ask_to_keep))
        .branch(case![Callback::GiftKept(id)].endpoint(gift::keep))
        .branch(case![Callback::Wallet].endpoint(wallet::show))
        .branch(case![Callback::TopUp].endpoint(wallet::top_up::ask))
        .branch(case![Callback::TopUpBy { minor }].endpoint(wallet::top_up::choose))
        .branch(case![Callback::TopUpWith { minor, provider }].endpoint(wallet::top_up::fill_with))
        .branch(case![Callback::RenewWith { plan, on }].endpoint(plans::renew_with))
        .branch(case![Callback::Renewal].endpoint(renewal::show))
        .branch(case![Callback::RenewalOn { minor }].endpoint(renewal::switch_on))
        .branch(case![Callback::RenewalOff].endpoint(renewal::switch_off))
        .branch(case![Callback::StandingOff].endpoint(renewal::standing_off))
        .branch(case![Callback::StandingOn].endpoint(renewal::standing_on))
        .branch(case![Callback::SavedForget].endpoint(renewal::ask_to_forget))
        .branch(case![Callback::SavedForgotten].endpoint(renewal::forget))
        .branch(case![Callback::Promo(plan)].endpoint(promo::ask))
        .branch(case![Callback::PromoOff(plan)].endpoint(promo::take_off))
        .branch(case![Callback::Traffic].endpoint(traffic::list))
        .branch(case![Callback::Accesses].endpoint(access::list))
        .branch(case![Callback::Access(id)].endpoint(access::choose))
        .branch(case![Callback::AccessRenew(id)].endpoint(access::renew))
        .branch(case![Callback::AccessTraffic(id)].endpoint(access::add_traffic))
        .branch(case![Callback::AccessMore].endpoint(access::one_more))
        .branch(case![Callback::Config].endpoint(config::show))
        .branch(case![Callback::ConfigQr].endpoint(config::qr))
        .branch(case![Callback::ConfigLinks].endpoint(config::links))
        .branch(case![Callback::ConfigApps].endpoint(config::apps))
        .branch(case![Callback::ConfigPlatform(platform)].endpoint(config::platform))
        .branch(case![Callback::ConfigConnected].endpoint(config::connected))
        .branch(case![Callback::ConfigCheck(step)].endpoint(config::check))
        .branch(case![Callback::ConfigRenew].endpoint(config::ask_to_renew))
        .branch(case![Callback::ConfigRenewed].endpoint(config::renew))
        .branch(case![Callback::Profile].endpoint(profile::show))
        .branch(case![Callback::Orders].endpoint(profile::orders))
        .branch(case![Callback::Settings].endpoint(settings::show))
        .branch(case![Callback::Languages].endpoint(settings::languages))
        .branch(case![Callback::Language(locale)].endpoint(settings::set_language))
        .branch(case![Callback::Calendar(calendar)].endpoint(settings::set_calendar))
        .branch(case![Callback::Privacy].endpoint(privacy::show))
        .branch(case![Callback::PrivacyExport].endpoint(privacy::export))
        .branch(case![Callback::PrivacyAsk].endpoint(privacy::ask))
        .branch(case![Callback::PrivacyErase].endpoint(privacy::erase))
        .branch(case![Callback::Notices].endpoint(notices::show))
        .branch(case![Callback::Notice { kind, on }].endpoint(notices::switch))
        .branch(case![Callback::QuietHours].endpoint(notices::quiet))
        .branch(case![Callback::Quiet(hours)].endpoint(notices::be_quiet))
        .branch(mails())
        .branch(case![Callback::Invite].endpoint(referral::show))
        .branch(case![Callback::InviteQr].endpoint(referral::qr))
        .branch(answers())
        .branch(tickets())
}

fn mails() -> Branch {
    dptree::entry()
        .branch(case![Callback::Mail].endpoint(mail::show))
        .branch(case![Callback::MailAsk].endpoint(mail::ask))
        .branch(case![Callback::MailAgain].endpoint(mail::again))
        .branch(case![Callback::MailWhen(when)].endpoint(mail::choose))
        .branch(case![Callback::MailRemove].endpoint(mail::remove))
}

fn answers() -> Branch {
    dptree::entry()
        .branch(case![Callback::Faq].endpoint(faq::home))
        .branch(case![Callback::FaqSearch].endpoint(faq::ask))
        .branch(case![Callback::FaqCategory(category)].endpoint(faq::category))
        .branch(case![Callback::FaqEntry(key)].endpoint(faq::entry))
        .branch(case![Callback::FaqVote { key, helpful }].endpoint(faq::vote))
}

fn tickets() -> Branch {
    dptree::entry()
        .branch(case![Callback::Support].endpoint(support::home))
        .branch(case![Callback::SupportNew].endpoint(support::topics))
        .branch(case![Callback::SupportAsk(topic)].endpoint(support::ask))
        .branch(case![Callback::Tickets(page)].endpoint(support::list))
        .branch(case![Callback::Ticket(id)].endpoint(support::thread))
        .branch(case![Callback::TicketReply(id)].endpoint(support::reply))
        .branch(case![Callback::TicketClose(id)].endpoint(support::close))
        .branch(case![Callback::TicketRate { ticket, stars }].endpoint(support::rate))
        .branch(case![Callback::TicketAnswer(id)].endpoint(support::staff::ask))
        .branch(case![Callback::TicketDone(id)].endpoint(support::staff::close))
        .branch(case![Callback::Wait].endpoint(waiting::wait))
        .branch(case![Callback::Check].endpoint(check::run))
        .branch(case![Callback::CheckReport].endpoint(check::report))
        .branch(case![Callback::Staff(act)].endpoint(admin::pressed))
}

pub(crate) fn command(ctx: ShopCtx) -> Option<Command> {
    match ctx.event() {
        Event::Message { text: Some(text), .. } => Command::parse(text, &ctx.bot().username).ok(),
        _ => None,
    }
}

pub(crate) fn button(ctx: ShopCtx) -> Option<Callback> {
    match ctx.event() {
        Event::Pressed { data, .. } => Callback::decode(data),
        _ => None,
    }
}

fn is_button(ctx: ShopCtx) -> bool {
    matches!(ctx.event(), Event::Pressed { .. })
}

#[cfg(test)]
mod tests {
    use dptree::{Type, di::DependencyMap};
    use rstest::rstest;

    use super::*;

    #[test]
    fn every_handler_gets_what_it_asks_for() {
        dptree::type_check(schema().sig(), &DependencyMap::new(), &[Type::of::<ShopCtx>()]);
    }

    #[rstest]
    #[case("/start", Some(Command::Start(String::new())))]
    #[case("/start own_abc", Some(Command::Start("own_abc".into())))]
    #[case("/menu@fastline_bot", Some(Command::Menu))]
    #[case("/menu@other_bot", None)]
    #[case("/admin", Some(Command::Admin))]
    #[case("/paysupport", Some(Command::PaySupport))]
    #[case("/terms", Some(Command::Terms))]
    #[case("/promo", Some(Command::Promo(String::new())))]
    #[case("/promo welcome 10", Some(Command::Promo("welcome 10".into())))]
    #[case("/nothing", None)]
    #[case("hello", None)]
    fn commands_are_read(#[case] text: &str, #[case] command: Option<Command>) {
        assert_eq!(Command::parse(text, "fastline_bot").ok(), command);
    }
}
