//! The six digits by which somebody shows that an address is his.
//!
//! A code is kept nowhere: it is a keyed hash of a random seed, the user and the address, under the shop's
//! key, so a copy of the database tells nobody what it is, and a mail that is sent a second time says the
//! same.

use chrono::{DateTime, Duration, Utc};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::{db::TenantConn, entities::tenant::mail_address::Model, ids::UserId, locale::digits};

/// How long a code is good for.
pub const GOOD_FOR: Duration = Duration::minutes(15);
/// Wrong ones before it is void.
pub const TRIES: i32 = 5;
/// Between two codes.
pub const PAUSE: Duration = Duration::seconds(60);
/// Codes in a day: nobody is to fill others' mailboxes by way of us.
pub const A_DAY: i32 = 8;

const DIGITS: usize = 6;

/// What became of what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// So many tries are left.
    Wrong(i32),
    /// It came too late, or no code is open.
    Expired,
    /// Too many wrong ones: the code is void.
    Spent,
}

/// When another code may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Now,
    /// Not before.
    After(DateTime<Utc>),
}

/// The code that this seed stands for.
pub fn of(tx: &impl TenantConn, user: UserId, address: &str, seed: Uuid) -> String {
    let value = format!("{user}|{address}|{}", seed.as_simple());
    let hash = tx.sealer().fingerprint("mail-code", value.as_bytes());
    let number = hash.get(..15).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default();
    format!("{:0DIGITS$}", number % 1_000_000)
}

/// What to say to this text, which may hold blanks and any of our digits.
pub fn judge(expected: &str, typed: &str, row: &Model, now: DateTime<Utc>) -> Verdict {
    let is_open = row.code_asked_at.is_some_and(|asked| now < asked + GOOD_FOR);
    if row.code_tries >= TRIES {
        return Verdict::Spent;
    }
    if !is_open {
        return Verdict::Expired;
    }
    let typed: String =
        digits::western(typed).chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect();
    if bool::from(typed.as_bytes().ct_eq(expected.as_bytes())) {
        return Verdict::Right;
    }
    match TRIES - row.code_tries - 1 {
        0 => Verdict::Spent,
        left => Verdict::Wrong(left),
    }
}

/// Whether another code may go.
pub fn turn(row: &Model, now: DateTime<Utc>) -> Turn {
    let pause = row.code_asked_at.map(|asked| asked + PAUSE).filter(|until| now < *until);
    let day = row.codes_since.map(|since| since + Duration::days(1));
    let day = day.filter(|until| row.codes_asked >= A_DAY && now < *until);
    match day.or(pause) {
        Some(until) => Turn::After(until),
        None => Turn::Now,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::entities::tenant::mail_address::MailWhen;

    fn minute(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::minutes(minute)
    }

    fn row(tries: i32) -> Model {
        Model {
            user_id: UserId::new(),
            address: Some("sara@example.com".into()),
            comes: MailWhen::Instead,
            confirmed_at: None,
            refused_at: None,
            code_seed: Some(Uuid::now_v7()),
            code_asked_at: Some(minute(0)),
            code_tries: tries,
            codes_asked: 1,
            codes_since: Some(minute(0)),
            created_at: minute(0),
        }
    }

    #[rstest]
    #[case("042137", 0, 14, Verdict::Right)]
    #[case("۰۴۲ ۱۳۷", 4, 1, Verdict::Right)]
    #[case("٠٤٢-١٣٧\n", 0, 1, Verdict::Right)]
    #[case("42137", 0, 1, Verdict::Wrong(4))]
    #[case("", 3, 1, Verdict::Wrong(1))]
    #[case("0421370", 0, 1, Verdict::Wrong(4))]
    #[case("042138", 4, 1, Verdict::Spent)]
    #[case("042137", 5, 1, Verdict::Spent)]
    #[case("042137", 0, 15, Verdict::Expired)]
    fn a_code_is_judged_by_its_time_its_tries_and_its_digits(
        #[case] typed: &str,
        #[case] tries: i32,
        #[case] after: i64,
        #[case] verdict: Verdict,
    ) {
        assert_eq!(judge("042137", typed, &row(tries), minute(after)), verdict);
    }

    #[rstest]
    #[case(1, 0, Turn::After(minute(1)))]
    #[case(1, 1, Turn::Now)]
    #[case(A_DAY, 1, Turn::After(minute(24 * 60)))]
    #[case(A_DAY, 24 * 60, Turn::Now)]
    fn another_code_has_its_turn(#[case] asked: i32, #[case] now: i64, #[case] turn: Turn) {
        let row = Model { codes_asked: asked, ..row(0) };
        assert_eq!(super::turn(&row, minute(now)), turn);
    }
}
