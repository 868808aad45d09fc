//! Guessing: who tries too many codes that do not exist is asked to wait. Codes that exist and do not
//! work here and now are no guesses.

use chrono::{DateTime, Duration, Utc};

/// So many wrong codes within [`WITHIN`], and there is a pause.
pub const TRIES: i32 = 5;
/// How long a wrong code is remembered.
pub const WITHIN: Duration = Duration::hours(1);
/// How long the pause is.
pub const PAUSE: Duration = Duration::minutes(30);

/// A user's wrong tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    pub wrong: i32,
    /// When the first of them was.
    pub since: Option<DateTime<Utc>>,
    pub barred_until: Option<DateTime<Utc>>,
}

impl Tries {
    /// Until when no code is taken, not even a right one: else guessing would go on.
    pub fn barred(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.barred_until.filter(|until| *until > now)
    }

    /// One more.
    #[must_use]
    pub fn after_wrong(self, now: DateTime<Utc>) -> Self {
        let since = self.since.filter(|since| now - *since < WITHIN);
        let wrong = if since.is_some() { self.wrong + 1 } else { 1 };
        if wrong >= TRIES {
            return Self { wrong: 0, since: None, barred_until: Some(now + PAUSE) };
        }
        Self { wrong, since: since.or(Some(now)), barred_until: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::minutes(minute)
    }

    #[test]
    fn five_wrong_codes_in_an_hour_are_followed_by_half_an_hour_of_none() {
        let four = (0..4).fold(Tries::default(), |tries, minute| tries.after_wrong(at(minute)));
        assert_eq!((four.wrong, four.barred(at(4))), (4, None));
        let five = four.after_wrong(at(5));
        assert_eq!(five.barred(at(5)), Some(at(35)));
        assert_eq!((five.barred(at(34)), five.barred(at(35))), (Some(at(35)), None));
        // Then it begins anew.
        assert_eq!(five.after_wrong(at(36)).wrong, 1);
    }

    #[test]
    fn what_was_tried_long_ago_is_forgotten() {
        let four = (0..4).fold(Tries::default(), |tries, minute| tries.after_wrong(at(minute)));
        let later = four.after_wrong(at(60));
        assert_eq!((later.wrong, later.barred(at(60))), (1, None));
    }
}
