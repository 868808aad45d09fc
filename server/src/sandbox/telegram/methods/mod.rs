//! What bots can call, one table: <https://core.telegram.org/bots/api#available-methods>.

mod callbacks;
mod chats;
mod media;
mod messages;
mod payments;
mod profile;
mod webhooks;

use serde_json::Value;

use super::{
    error::ApiError,
    params::Params,
    stars::Transaction,
    state::{Bot, Message, State},
    wire,
};

pub use self::{payments::ANSWERABLE_SECONDS, webhooks::allowed_updates};

/// How a method is run.
#[derive(Clone, Copy)]
pub enum Method {
    /// At once, under the lock.
    Now(fn(&mut Turn<'_>) -> Result<Value, ApiError>),
    /// getUpdates, which waits.
    Poll,
}

/// Every method, in its documented spelling; calls may use any case.
pub const METHODS: &[(&str, Method)] = &[
    ("answerCallbackQuery", Method::Now(callbacks::answer)),
    ("answerPreCheckoutQuery", Method::Now(payments::answer_pre_checkout_query)),
    ("close", Method::Now(profile::close)),
    ("createInvoiceLink", Method::Now(payments::create_invoice_link)),
    ("deleteMessage", Method::Now(messages::delete)),
    ("deleteMessages", Method::Now(messages::delete_many)),
    ("deleteMyCommands", Method::Now(profile::delete_commands)),
    ("deleteWebhook", Method::Now(webhooks::delete)),
    ("editMessageCaption", Method::Now(messages::edit_caption)),
    ("editMessageReplyMarkup", Method::Now(messages::edit_markup)),
    ("editMessageText", Method::Now(messages::edit_text)),
    ("editUserStarSubscription", Method::Now(payments::edit_user_star_subscription)),
    ("getChat", Method::Now(chats::get)),
    ("getChatMember", Method::Now(chats::get_member)),
    ("getChatMenuButton", Method::Now(profile::menu_button)),
    ("getFile", Method::Now(media::get_file)),
    ("getMe", Method::Now(profile::me)),
    ("getMyCommands", Method::Now(profile::commands)),
    ("getMyDescription", Method::Now(profile::description)),
    ("getMyName", Method::Now(profile::name)),
    ("getMyShortDescription", Method::Now(profile::short_description)),
    ("getMyStarBalance", Method::Now(payments::star_balance)),
    ("getStarTransactions", Method::Now(payments::star_transactions)),
    ("getUpdates", Method::Poll),
    ("getWebhookInfo", Method::Now(webhooks::info)),
    ("logOut", Method::Now(profile::log_out)),
    ("refundStarPayment", Method::Now(payments::refund_star_payment)),
    ("sendChatAction", Method::Now(chats::send_action)),
    ("sendDocument", Method::Now(media::send_document)),
    ("sendMessage", Method::Now(messages::send)),
    ("sendPhoto", Method::Now(media::send_photo)),
    ("setChatMenuButton", Method::Now(profile::set_menu_button)),
    ("setMyCommands", Method::Now(profile::set_commands)),
    ("setMyDescription", Method::Now(profile::set_description)),
    ("setMyName", Method::Now(profile::set_name)),
    ("setMyShortDescription", Method::Now(profile::set_short_description)),
    ("setWebhook", Method::Now(webhooks::set)),
];

/// One call, with the state in its hands.
pub struct Turn<'a> {
    pub state: &'a mut State,
    pub bot: i64,
    pub params: &'a Params,
    /// Unix time.
    pub now: i64,
    /// Goes beside the result; only webhook methods have one.
    pub description: Option<&'static str>,
    pub restart_delivery: bool,
    /// The checkout to which the bot agreed.
    pub paid: Option<String>,
    /// What went back to a payer.
    pub returned: Option<Transaction>,
    touched: Vec<i64>,
}

impl<'a> Turn<'a> {
    pub fn new(state: &'a mut State, bot: i64, params: &'a Params, now: i64) -> Self {
        Self {
            state,
            bot,
            params,
            now,
            description: None,
            restart_delivery: false,
            paid: None,
            returned: None,
            touched: Vec::new(),
        }
    }

    /// The chats that changed, the description, and whether webhook delivery begins anew.
    pub fn finish(self) -> (Vec<i64>, Option<&'static str>, bool) {
        (self.touched, self.description, self.restart_delivery)
    }

    fn own(&self) -> Result<&Bot, ApiError> {
        self.state.bots.get(&self.bot).ok_or_else(|| ApiError::new(401, "Unauthorized"))
    }

    fn own_mut(&mut self) -> Result<&mut Bot, ApiError> {
        self.state.bots.get_mut(&self.bot).ok_or_else(|| ApiError::new(401, "Unauthorized"))
    }

    fn touch(&mut self, chat: i64) {
        self.touched.push(chat);
    }

    /// A message as the bot sees it.
    fn show(&self, chat: i64, message: &Message) -> Result<Value, ApiError> {
        Ok(wire::message(self.state, self.own()?, chat, message))
    }
}
