//! The customer's area: all bots, one bot's overview, its orders, promo codes,
//! panels and ways to pay, what its users ask and are written, its phone.

mod broadcast;
mod broadcasts;
mod entry;
mod faq;
mod home;
mod invites;
mod methods;
mod new_panel;
mod notices;
mod order;
mod orders;
mod overview;
mod panel;
mod panels;
mod preview;
mod promos;
mod staff;
mod texts;
mod texts_file;
mod ticket;
mod tickets;
mod traffic;

pub use broadcast::{BroadcastDraftPage, BroadcastPage, BroadcastReview, PictureSlot};
pub use broadcasts::{BroadcastRow, BroadcastsPage};
pub use entry::EntryPage;
pub use faq::{FaqEntryPage, FaqKind, FaqLanguage, FaqPage, FaqRow};
pub use home::{BotCard, HomePage};
pub use invites::{InviteRow, InvitesPage};
pub use methods::{AccountInput, MethodPage, MethodRow, MethodsPage, OtherMethod};
pub use new_panel::NewPanelPage;
pub use notices::{NoticeSwitch, NoticesPage};
pub use order::{
    Decision, EarlierReceipt, Fact, FactKind, Left, OrderPage, ReceiptDrawer, ReceiptPicture, ReceiptReview,
    RefundOffer, RefundProgress, RefundRow, Turns,
};
pub use orders::{OrderChip, OrderRow, OrdersCheck, OrdersPage, ReviewLink};
pub use overview::{BotState, Figures, OverviewPage};
pub use panel::{DriftReport, DriftRow, ShopPanelPage};
pub use panels::{PanelCard, PanelsPage};
pub use preview::PreviewPage;
pub use promos::{PromoPage, PromoRow, PromoState, PromosPage};
pub use staff::{StaffAct, StaffInvite, StaffPage, StaffRow};
pub use texts::{TextChip, TextPage, TextRow, TextState, TextsPage};
pub use texts_file::TextsFilePage;
pub use ticket::{TicketFile, TicketLine, TicketPage};
pub use tickets::{TicketRow, TicketsPage};
pub use traffic::{PackRow, TrafficPage};
