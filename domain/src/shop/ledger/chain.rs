//! The chain of the books: each row's hash covers the row and the hash before it, so that a row that
//! was changed, removed or put in between is found.

use sha2::{Digest, Sha256};

use crate::entities::tenant::ledger_entry::Model;

/// The hash of `row` after `previous`; the first row follows an empty one.
pub fn link(previous: &str, row: &Model) -> String {
    let content = serde_json::json!([
        previous,
        row.seq,
        row.transaction_id.to_string(),
        row.order_ref,
        row.account,
        row.amount_minor,
        row.currency.code(),
        row.kind,
        row.provider_ref,
        // The databases keep different digits below.
        row.created_at.timestamp_millis(),
    ]);
    hex::encode(Sha256::digest(content.to_string()))
}

/// The first row at which the chain is broken. `rows` are all rows of the books in their order.
pub fn broken_at(rows: &[Model]) -> Option<&Model> {
    let mut previous = "";
    for (row, seq) in rows.iter().zip(1..) {
        if row.seq != seq || row.hash != link(previous, row) {
            return Some(row);
        }
        previous = &row.hash;
    }
    None
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration};
    use rstest::rstest;

    use super::*;
    use crate::{
        ids::{RowId, TransactionId},
        money::Currency,
    };

    fn books() -> Vec<Model> {
        let mut rows = Vec::new();
        let mut hash = String::new();
        for seq in 1..=4 {
            let mut row = Model {
                id: RowId::new(),
                seq,
                transaction_id: TransactionId::new(),
                order_ref: format!("order {seq}"),
                account: "revenue".into(),
                amount_minor: 5 * seq,
                currency: Currency::Usd,
                kind: "payment".into(),
                provider_ref: format!("p{seq}"),
                created_at: DateTime::UNIX_EPOCH + Duration::seconds(seq),
                hash: String::new(),
            };
            row.hash = link(&hash, &row);
            hash.clone_from(&row.hash);
            rows.push(row);
        }
        rows
    }

    #[test]
    fn whole_books_hold() {
        assert_eq!(broken_at(&books()), None);
        assert_eq!(broken_at(&[]), None);
    }

    #[rstest]
    #[case::amount(|rows: &mut Vec<Model>| rows[1].amount_minor += 1, 2)]
    #[case::account(|rows: &mut Vec<Model>| rows[2].account = "wallet".into(), 3)]
    #[case::time(|rows: &mut Vec<Model>| rows[0].created_at += Duration::milliseconds(1), 1)]
    #[case::removed(|rows: &mut Vec<Model>| drop(rows.remove(1)), 3)]
    #[case::swapped(|rows: &mut Vec<Model>| rows.swap(1, 2), 3)]
    #[case::hash(|rows: &mut Vec<Model>| rows[3].hash = rows[2].hash.clone(), 4)]
    fn a_change_is_found_at_its_row(#[case] change: fn(&mut Vec<Model>), #[case] seq: i64) {
        let mut rows = books();
        change(&mut rows);
        assert_eq!(broken_at(&rows).map(|row| row.seq), Some(seq));
    }

    #[test]
    fn a_row_whose_hash_was_made_anew_breaks_the_next_one() {
        let mut rows = books();
        rows[1].amount_minor = 1_000;
        rows[1].hash = link(&rows[0].hash.clone(), &rows[1].clone());
        assert_eq!(broken_at(&rows).map(|row| row.seq), Some(3));
    }
}
