//! How much of the work this process has in hand, and for whom.
//!
//! A shop has at most [`PER_SHOP`] jobs running here and all shops together [`AT_ONCE`], so that a
//! panel that keeps its callers waiting holds up nobody but its own shop. The platform has as many as
//! a shop, and they do not count among the shops'.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{db::wakeup::Bell, ids::TenantId};

/// Jobs of one shop that run at once.
pub const PER_SHOP: usize = 8;
/// Jobs of all shops that run at once. They mostly wait for the network.
pub const AT_ONCE: usize = 256;

/// The platform's place among the shops.
pub(super) const PLATFORM: TenantId = TenantId(uuid::Uuid::nil());

#[derive(Debug)]
pub(super) struct Load {
    counts: Mutex<Counts>,
    /// Rung when there is room again where there was none.
    bell: Bell,
}

#[derive(Debug, Default)]
struct Counts {
    /// Of shops.
    running: usize,
    desks: HashMap<TenantId, Desk>,
}

#[derive(Debug, Default)]
struct Desk {
    looked_into: bool,
    running: usize,
}

/// The right to look for a shop's due jobs, which one task has at a time.
#[derive(Debug)]
pub(super) struct Look {
    load: Arc<Load>,
    whose: TenantId,
}

/// Room for one running job.
#[derive(Debug)]
pub(super) struct Slot {
    load: Arc<Load>,
    whose: TenantId,
    work: Work,
}

/// What a slot was taken up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    Nothing,
    Job,
    /// A job in a lane, for whose end others may wait while the shop has places left.
    InLane,
}

impl Load {
    pub(super) fn new(bell: Bell) -> Arc<Self> {
        Arc::new(Self { counts: Mutex::default(), bell })
    }

    /// `None` while somebody else looks.
    pub(super) fn look(self: &Arc<Self>, whose: TenantId) -> Option<Look> {
        let mut counts = self.counts();
        let desk = counts.desks.entry(whose).or_default();
        if desk.looked_into {
            return None;
        }
        desk.looked_into = true;
        Some(Look { load: self.clone(), whose })
    }

    /// The shops into which a look would be of no use now; `None` when that is all of them.
    pub(super) fn occupied(&self) -> Option<Vec<TenantId>> {
        let counts = self.counts();
        let occupied =
            |(id, desk): (&TenantId, &Desk)| (desk.looked_into || desk.running >= PER_SHOP).then_some(*id);
        (counts.running < AT_ONCE).then(|| counts.desks.iter().filter_map(occupied).collect())
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Look {
    /// All the room that the shop has.
    pub(super) fn slots(&self) -> Vec<Slot> {
        let mut counts = self.load.counts();
        let total = if self.whose == PLATFORM { 0 } else { counts.running };
        let desk = counts.desks.entry(self.whose).or_default();
        let free = PER_SHOP.saturating_sub(desk.running).min(AT_ONCE.saturating_sub(total));
        desk.running += free;
        if self.whose != PLATFORM {
            counts.running += free;
        }
        (0..free).map(|_| Slot { load: self.load.clone(), whose: self.whose, work: Work::Nothing }).collect()
    }
}

impl Slot {
    pub(super) fn take_up(&mut self, work: Work) {
        self.work = work;
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        let mut counts = self.load.counts();
        if let Some(desk) = counts.desks.get_mut(&self.whose) {
            desk.looked_into = false;
        }
        counts.forget_idle(self.whose);
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut counts = self.load.counts();
        let mut rings = self.work == Work::InLane;
        if self.whose != PLATFORM {
            rings |= counts.running >= AT_ONCE;
            counts.running -= 1;
        }
        if let Some(desk) = counts.desks.get_mut(&self.whose) {
            // Each look takes all the room there is: what it gives back unused is no news to this shop,
            // and ringing for it would have the idle look again and again.
            rings |= desk.running >= PER_SHOP && self.work != Work::Nothing;
            desk.running -= 1;
        }
        counts.forget_idle(self.whose);
        drop(counts);
        if rings {
            self.load.bell.ring();
        }
    }
}

impl Counts {
    fn forget_idle(&mut self, whose: TenantId) {
        if self.desks.get(&whose).is_some_and(|desk| !desk.looked_into && desk.running == 0) {
            self.desks.remove(&whose);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn a_shop_has_its_own_share_and_all_together_have_one() {
        let load = Load::new(Bell::default());
        let shops: Vec<_> = (0..AT_ONCE / PER_SHOP).map(|_| TenantId::new()).collect();
        let mut held: Vec<_> =
            shops.iter().map(|shop| load.look(*shop).map(|look| look.slots()).unwrap_or_default()).collect();
        assert!(held.iter().all(|slots| slots.len() == PER_SHOP));
        assert_eq!(load.occupied(), None, "there is no room left");
        assert!(load.look(TenantId::new()).is_some_and(|look| look.slots().is_empty()));
        assert!(load.look(PLATFORM).is_some_and(|look| look.slots().len() == PER_SHOP), "the platform waits");

        held[0].pop();
        let mut occupied = load.occupied().unwrap_or_default();
        occupied.sort();
        assert_eq!(occupied, shops[1..]);
        drop(held);
        assert!(load.counts().desks.is_empty() && load.counts().running == 0);
    }

    #[test]
    fn only_the_end_of_work_brings_the_next_look() {
        let bell = Bell::default();
        let load = Load::new(bell.clone());
        let shop = TenantId::new();
        let slots = || load.look(shop).map(|look| look.slots()).unwrap_or_default();
        drop(slots());
        assert!(bell.rung().now_or_never().is_none(), "there was nothing to do");

        let mut held = slots();
        held[0].take_up(Work::InLane);
        held[1].take_up(Work::Job);
        held.truncate(2);
        assert!(bell.rung().now_or_never().is_none(), "two work, and the others are given back");
        held.pop();
        assert!(bell.rung().now_or_never().is_none(), "the shop had places left");
        held.pop();
        assert!(bell.rung().now_or_never().is_some(), "the lane has room");

        let mut full = slots();
        full.iter_mut().for_each(|slot| slot.take_up(Work::Job));
        full.pop();
        assert!(bell.rung().now_or_never().is_some(), "the shop has room again");
    }

    #[test]
    fn two_do_not_look_into_one_shop() {
        let (load, shop) = (Load::new(Bell::default()), TenantId::new());
        let first = load.look(shop);
        assert!(first.is_some() && load.look(shop).is_none());
        assert_eq!(load.occupied(), Some(vec![shop]));
        drop(first);
        assert!(load.look(shop).is_some());
    }
}
