//! Which role may do what.

use crate::entities::master::membership::Role;

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// To look users up and see what they have.
    Users,
    /// To give time and plans for nothing.
    Give,
    /// To write to a user in the shop's name.
    Message,
    /// To write to many at once.
    Broadcasts,
    Ban,
    /// To be told of receipts and to look through them.
    Receipts,
    /// To put plans on sale and take them off.
    Plans,
    Promos,
    Tickets,
    Maintenance,
    Stats,
    Diagnose,
    /// To say who is staff.
    Staff,
}

impl Right {
    pub const ALL: [Self; 13] = [
        Self::Users,
        Self::Give,
        Self::Message,
        Self::Broadcasts,
        Self::Ban,
        Self::Receipts,
        Self::Plans,
        Self::Promos,
        Self::Tickets,
        Self::Maintenance,
        Self::Stats,
        Self::Diagnose,
        Self::Staff,
    ];
}

/// The roles that an owner can give.
pub const GIVEN: [Role; 3] = [Role::Manager, Role::Support, Role::Analyst];

/// Whether somebody in this role may do it. What moves money, sales or staff is not support's, and who
/// looks at figures sees nobody's name.
pub const fn may(role: Role, right: Right) -> bool {
    match role {
        Role::Owner => true,
        Role::Manager => !matches!(right, Right::Staff),
        Role::Support => {
            matches!(right, Right::Users | Right::Message | Right::Tickets | Right::Diagnose)
        }
        Role::Analyst => matches!(right, Right::Stats),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::owner(Role::Owner, &Right::ALL)]
    #[case::manager(Role::Manager, &Right::ALL[..12])]
    #[case::support(Role::Support, &[Right::Users, Right::Message, Right::Tickets, Right::Diagnose])]
    #[case::analyst(Role::Analyst, &[Right::Stats])]
    fn each_role_may_what_the_table_says(#[case] role: Role, #[case] rights: &[Right]) {
        for right in Right::ALL {
            assert_eq!(may(role, right), rights.contains(&right), "{role:?} {right:?}");
        }
    }

    #[test]
    fn only_the_owner_says_who_is_staff() {
        assert!(GIVEN.into_iter().all(|role| !may(role, Right::Staff)));
    }
}
