//! Rows of a tenant's database.

pub mod auto_renewal;
pub mod chat;
pub mod faq_entry;
pub mod faq_vote;
pub mod grant;
pub mod notice_choice;
pub mod notification;
pub mod order;
pub mod order_event;
pub mod panel;
pub mod panel_drift;
pub mod parked_update;
pub mod payment_method;
pub mod plan;
pub mod price;
pub mod promo_code;
pub mod promo_holder;
pub mod promo_redemption;
pub mod receipt;
pub mod receipt_picture;
pub mod referral;
pub mod referral_code;
pub mod refund;
pub mod renewal;
pub mod saved_method;
pub mod seen_update;
pub mod standing_payment;
pub mod subscription;
pub mod text;
pub mod ticket;
pub mod ticket_message;
pub mod trial_claim;
pub mod user;

pub use super::shared::*;
