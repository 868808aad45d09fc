//! The kinds of VPN panel.

pub mod marzban;
