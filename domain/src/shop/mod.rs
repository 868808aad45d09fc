//! What happens in one tenant's shop. Everything here takes a [`TenantConn`](crate::db::TenantConn)
//! first, so that it cannot run without a tenant.

pub mod broadcast;
pub mod chat;
pub mod faq;
pub mod gate;
pub mod gift;
pub mod ledger;
pub mod link;
pub mod mail;
pub mod notification;
pub mod order;
pub mod panel;
pub mod payment;
pub mod plan;
pub mod privacy;
pub mod promo;
pub mod receipt;
pub mod referral;
pub mod refund;
pub mod renewal;
pub mod setting;
pub mod staff;
pub mod stat;
pub mod subscription;
pub mod support;
pub mod text;
pub mod traffic;
pub mod trial;
pub mod update;
pub mod user;
pub mod waiting;
pub mod wallet;
