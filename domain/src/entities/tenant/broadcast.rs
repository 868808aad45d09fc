//! A message to many users.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{BotId, BroadcastId, JobId, UserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "broadcasts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BroadcastId,
    /// The bot on whose page it was written. Each user gets it through the one that he used last.
    pub bot_id: BotId,
    pub segment: Segment,
    pub state: BroadcastState,
    /// `shop::broadcast::letter::Letter`.
    #[sea_orm(column_type = "JsonBinary")]
    pub letter: Json,
    pub send_at: Option<DateTimeUtc>,
    /// The last user of whom it was decided whether he is a recipient.
    pub frozen_to: Option<UserId>,
    /// From then on nobody becomes a recipient.
    pub frozen_at: Option<DateTimeUtc>,
    /// The job that sends, and its epoch: what another one left in hand has no known end.
    pub run_job: Option<JobId>,
    pub run_epoch: Option<i64>,
    /// Why it paused by itself.
    pub halt: Option<Halt>,
    /// What was sent is being deleted.
    pub deleting: bool,
    pub started_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// To whom of the shop's users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    #[sea_orm(string_value = "all")]
    All,
    /// With a plan that runs.
    #[sea_orm(string_value = "active")]
    Active,
    /// With nothing but a trial that runs.
    #[sea_orm(string_value = "trial")]
    Trial,
    /// Whose access ends within three days.
    #[sea_orm(string_value = "expiring")]
    Expiring,
    /// Whose access has ended.
    #[sea_orm(string_value = "expired")]
    Expired,
    /// Who has never paid for a plan.
    #[sea_orm(string_value = "never")]
    Never,
}

impl Segment {
    pub const ALL: [Self; 6] =
        [Self::All, Self::Active, Self::Trial, Self::Expiring, Self::Expired, Self::Never];

    /// As it is stored and named in texts.
    pub fn code(self) -> String {
        sea_orm::ActiveEnum::to_value(&self)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|segment| segment.code() == code)
    }
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum BroadcastState {
    #[sea_orm(string_value = "draft")]
    Draft,
    #[sea_orm(string_value = "scheduled")]
    Scheduled,
    #[sea_orm(string_value = "sending")]
    Sending,
    #[sea_orm(string_value = "paused")]
    Paused,
    /// By a person, for good.
    #[sea_orm(string_value = "stopped")]
    Stopped,
    #[sea_orm(string_value = "done")]
    Done,
}

/// Why a broadcast paused by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Halt {
    /// A bot has no token that works, or does not run.
    #[sea_orm(string_value = "bot")]
    Bot,
    /// Telegram takes the message from nobody.
    #[sea_orm(string_value = "refused")]
    Refused,
}
