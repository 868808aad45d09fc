//! Has every tenant looked into.

use domain::{
    db::{MasterDb, wakeup},
    jobs::JobError,
};

pub async fn run(master: &MasterDb) -> Result<(), JobError> {
    Ok(wakeup::hint_all(master).await?)
}
