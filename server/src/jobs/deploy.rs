//! Runs the automatic steps of a deployment.

use domain::{
    jobs::{Claimed, JobError},
    platform::deployment::{
        go_live::Deploy,
        run::{self, RunError, Surroundings},
    },
};

pub async fn run(around: Surroundings<'_>, job: &Claimed) -> Result<(), JobError> {
    let Deploy { deployment } = job.payload()?;
    match run::run(around, deployment).await {
        // A failed step is on the page, with what the customer can do.
        Ok(_) => Ok(()),
        Err(RunError::Retry(reason)) => Err(JobError::retry(reason)),
        Err(RunError::Internal(error)) => Err(error.into()),
    }
}
