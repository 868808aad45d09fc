//! The prover: the real code of the money's way on a real database, driven through random faults by a
//! seed. The same seed takes the same decisions.
//!
//! A run buys, pays, reports, refunds and disputes at random while the process crashes at its fault
//! points, the panel goes away, forgets or loses its answers, and webhooks come twice, late or never.
//! A second kind of run also pays with wallets, renews by itself, gives gifts and adds traffic; what
//! happens besides is drawn from random numbers of its own, so that a seed of the first kind keeps its
//! way. Then the world heals, time passes until no work is left, and every invariant has to hold. The
//! databases lie in memory where the system has a folder for that: the crashes here are a process's,
//! not a machine's.

mod by_itself;
mod check;
mod extras;
mod random;
pub(crate) mod relative;
mod run;
mod tests;
mod world;
