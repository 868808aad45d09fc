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
    let error = match run::run(around, deployment).await {
        // A failed step is on the page, with what the customer can do.
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    if job.row.attempts >= job.row.max_attempts
        && let Err(error) = run::give_up(around, deployment, &error).await
    {
        tracing::error!(%deployment, %error, "a deployment whose job is dead could not be marked failed");
    }
    match error {
        RunError::Retry { reason, .. } => Err(JobError::retry(reason)),
        RunError::Internal(error) => Err(error.into()),
    }
}
