//! Which panel gets a new account.

use std::cmp::Ordering;

use crate::ids::PanelId;

/// A panel as a place for one more account.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub id: PanelId,
    /// The owner lets it take new accounts, and it lets us in.
    pub is_open: bool,
    pub is_up: bool,
    pub weight: i32,
    pub capacity: Option<i32>,
    /// Accounts that it has.
    pub held: u64,
}

impl Candidate {
    fn has_room(&self) -> bool {
        self.capacity.is_none_or(|capacity| self.held < u64::try_from(capacity).unwrap_or(0))
    }

    /// By the accounts for each unit of weight, with the new one.
    fn compare_load(&self, other: &Self) -> Ordering {
        let weight = |of: &Self| u128::from(of.weight.max(1).unsigned_abs());
        let loaded = |of: &Self| u128::from(of.held) + 1;
        (loaded(self) * weight(other)).cmp(&(loaded(other) * weight(self)))
    }
}

/// The open one with room that has the smallest share of what its weight says; of equals the first. One
/// that answers goes before all that do not.
pub(super) fn pick(candidates: &[Candidate]) -> Option<PanelId> {
    lightest(candidates.iter().filter(|candidate| candidate.is_open && candidate.has_room()))
}

/// How many more accounts the open ones have room for.
pub(super) fn room(candidates: &[Candidate]) -> u64 {
    let open = candidates.iter().filter(|candidate| candidate.is_open);
    let of = |one: &Candidate| match one.capacity {
        Some(capacity) => u64::try_from(capacity).unwrap_or(0).saturating_sub(one.held),
        None => u64::MAX,
    };
    open.map(of).fold(0, u64::saturating_add)
}

/// As [`pick`], but what was paid for goes onto a full panel sooner than nowhere, and waits for one that
/// is closed sooner than it is lost.
pub(super) fn pick_for_paid(candidates: &[Candidate]) -> Option<PanelId> {
    pick(candidates)
        .or_else(|| lightest(candidates.iter().filter(|candidate| candidate.is_open)))
        .or_else(|| lightest(candidates.iter()))
}

/// What part of the new accounts each gets in the long run, in percent: none that is closed, is full, or
/// is away while another one answers.
pub(super) fn shares(candidates: &[Candidate]) -> Vec<Option<u64>> {
    let has_place = |candidate: &Candidate| candidate.is_open && candidate.has_room();
    let any_up = candidates.iter().any(|candidate| has_place(candidate) && candidate.is_up);
    let takes = |candidate: &Candidate| has_place(candidate) && (candidate.is_up || !any_up);
    let weight = |of: &Candidate| u64::from(of.weight.max(1).unsigned_abs());
    let total: u64 = candidates.iter().filter(|candidate| takes(candidate)).map(weight).sum();
    let share = |candidate: &Candidate| (weight(candidate) * 100 + total / 2) / total.max(1);
    candidates.iter().map(|candidate| takes(candidate).then(|| share(candidate))).collect()
}

fn lightest<'a>(candidates: impl Iterator<Item = &'a Candidate>) -> Option<PanelId> {
    let best = candidates.min_by(|a, b| b.is_up.cmp(&a.is_up).then_with(|| a.compare_load(b)));
    best.map(|candidate| candidate.id)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    type Row = (bool, i32, Option<i32>, u64);

    fn candidates(rows: &[Row]) -> Vec<Candidate> {
        let candidate = |&(is_up, weight, capacity, held): &Row| {
            let id = PanelId::new();
            Candidate { id, is_open: true, is_up, weight, capacity, held }
        };
        rows.iter().map(candidate).collect()
    }

    fn place(of: &[Candidate], id: Option<PanelId>) -> Option<usize> {
        of.iter().position(|candidate| Some(candidate.id) == id)
    }

    #[rstest]
    #[case::of_equals_the_first(&[(true, 100, None, 5), (true, 100, None, 5)], Some(0))]
    #[case::the_one_with_less(&[(true, 100, None, 5), (true, 100, None, 4)], Some(1))]
    #[case::by_weight(&[(true, 100, None, 5), (true, 300, None, 11)], Some(1))]
    #[case::a_full_one_is_passed_over(&[(true, 100, Some(3), 3), (true, 1, None, 900)], Some(1))]
    #[case::one_that_is_down_is_passed_over(&[(false, 100, None, 0), (true, 1, None, 900)], Some(1))]
    #[case::when_all_are_down_it_waits(&[(false, 100, Some(1), 1), (false, 100, None, 9)], Some(1))]
    #[case::nothing_has_room(&[(true, 100, Some(1), 1), (false, 100, Some(0), 0)], None)]
    #[case::no_panel(&[], None)]
    fn a_new_account_goes(#[case] rows: &[Row], #[case] to: Option<usize>) {
        let candidates = candidates(rows);
        assert_eq!(place(&candidates, pick(&candidates)), to);
    }

    #[rstest]
    #[case::onto_one_with_room(&[(true, Some(0)), (true, None)], Some(1))]
    #[case::onto_a_full_one_sooner_than_a_closed_one(&[(false, None), (true, Some(0))], Some(1))]
    #[case::onto_a_closed_one_sooner_than_nowhere(&[(false, None)], Some(0))]
    #[case::nowhere(&[], None)]
    fn what_was_paid_for_goes(#[case] rows: &[(bool, Option<i32>)], #[case] to: Option<usize>) {
        let candidate = |&(is_open, capacity): &(bool, Option<i32>)| {
            let id = PanelId::new();
            Candidate { id, is_open, is_up: true, weight: 100, capacity, held: 0 }
        };
        let candidates: Vec<_> = rows.iter().map(candidate).collect();
        assert_eq!(place(&candidates, pick_for_paid(&candidates)), to);
    }

    #[rstest]
    #[case::alone(&[(true, 100, None, 5)], &[Some(100)])]
    #[case::by_weight(&[(true, 100, None, 5), (true, 300, None, 0)], &[Some(25), Some(75)])]
    #[case::rounded(&[(true, 1, None, 0), (true, 2, None, 0)], &[Some(33), Some(67)])]
    #[case::a_full_one_gets_none(&[(true, 100, Some(3), 3), (true, 100, None, 0)], &[None, Some(100)])]
    #[case::nor_one_that_is_away(&[(false, 100, None, 0), (true, 1, None, 0)], &[None, Some(100)])]
    #[case::unless_all_are(&[(false, 100, None, 0), (false, 100, None, 0)], &[Some(50), Some(50)])]
    #[case::no_panel(&[], &[])]
    fn the_share_of_new_accounts_is(#[case] rows: &[Row], #[case] shared: &[Option<u64>]) {
        assert_eq!(shares(&candidates(rows)), shared);
    }

    #[test]
    fn nothing_is_given_away_on_a_closed_panel() {
        let mut candidates = candidates(&[(true, 100, None, 0)]);
        candidates[0].is_open = false;
        assert_eq!(pick(&candidates), None);
    }

    proptest! {
        #[test]
        fn accounts_are_shared_by_weight(weights in prop::collection::vec(1..50_i32, 1..6)) {
            let rows: Vec<Row> = weights.iter().map(|weight| (true, *weight, None, 0)).collect();
            let mut candidates = candidates(&rows);
            let total: i32 = weights.iter().sum();
            for _ in 0..total {
                let chosen = pick(&candidates);
                let index = place(&candidates, chosen).unwrap();
                candidates[index].held += 1;
            }
            for candidate in &candidates {
                prop_assert_eq!(candidate.held, u64::from(candidate.weight.unsigned_abs()));
            }
        }
    }
}
