//! Links to contents that are good for one reader and for about an hour.

use chrono::TimeDelta;

use super::ObjectKey;
use crate::delivery::Delivery;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{OrganizationId, UserId};

/// Links change once in so many seconds, so that answers that show them stay the same in between.
const STEP: i64 = 30 * 60;

/// What a link says: who may follow it to which object, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub object: ObjectKey,
    /// Who may follow it.
    pub reader: UserId,
    /// Their organization.
    pub organization: OrganizationId,
    /// Until when, in whole seconds.
    pub expires_at: Moment,
}

impl Link {
    /// A link for somebody: good for 60 to 90 minutes, and the same for 30.
    pub fn to(object: &ObjectKey, reader: &Actor, now: Moment) -> Self {
        let began = now.timestamp().div_euclid(STEP) * STEP;
        let expires_at = Moment::UNIX_EPOCH + TimeDelta::seconds(began + 3 * STEP);
        Self { object: object.clone(), reader: reader.user, organization: reader.organization, expires_at }
    }

    /// A link that somebody gives away: good for as long as a message is tried, and as long again.
    pub fn given(object: &ObjectKey, by: &Actor, now: Moment) -> Self {
        let expires_at = Moment::UNIX_EPOCH + TimeDelta::seconds(now.timestamp()) + Delivery::PATIENCE * 2;
        Self { object: object.clone(), reader: by.user, organization: by.organization, expires_at }
    }

    /// Whether it may still be followed.
    pub fn is_live(&self, now: Moment) -> bool {
        now < self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{a_customer, minutes};

    #[test]
    fn a_link_stays_the_same_for_half_an_hour_and_is_good_for_an_hour_at_least() {
        let link = |minute| Link::to(&ObjectKey::default_image(), &a_customer(), minutes(minute));
        assert_eq!(link(0), link(29));
        assert_ne!(link(29), link(30));
        assert!(link(29).is_live(minutes(89)));
        assert!(!link(29).is_live(minutes(90)));
    }
}
