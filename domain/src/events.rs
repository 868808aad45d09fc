//! Small announcements inside one process: something of this tenant changed, look again.
//!
//! They carry identifiers only. A page that misses one shows the truth at its next look, so nothing
//! depends on them; publish after the commit.

use tokio::sync::broadcast;

use crate::ids::TenantId;

/// How many may wait for a slow listener before it loses the oldest.
const CAPACITY: usize = 256;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// A package payment or subscription.
    Billing,
    /// A line of the bot's or panel's check.
    Check,
    /// A step of the deployment.
    Deployment,
    /// A bot's state.
    Bot,
    /// Orders and users of the shop.
    Sale,
    /// What users ask the shop.
    Ticket,
    /// A message in an emulated chat.
    Chat,
}

/// One announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub tenant: TenantId,
    pub kind: EventKind,
    /// The row, where one is meant.
    pub id: Option<String>,
}

/// The process's announcements. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Events(broadcast::Sender<Event>);

impl Events {
    pub fn publish(&self, tenant: TenantId, kind: EventKind, id: Option<String>) {
        // Nobody listening is fine.
        drop(self.0.send(Event { tenant, kind, id }));
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }
}

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(CAPACITY).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_listener_hears_what_is_published() {
        let events = Events::default();
        let (mut one, mut two) = (events.subscribe(), events.subscribe());
        let tenant = TenantId::new();
        events.publish(tenant, EventKind::Bot, Some("7".into()));
        let heard = Event { tenant, kind: EventKind::Bot, id: Some("7".into()) };
        assert_eq!(one.recv().await.unwrap(), heard);
        assert_eq!(two.recv().await.unwrap(), heard);
    }
}
