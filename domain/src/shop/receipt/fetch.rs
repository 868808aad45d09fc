//! Bringing the picture here. Bots are deleted and tokens revoked; what somebody decided by has to stay.

use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, sea_query::OnConflict};
use sha2::{Digest, Sha256};

use super::service;
use crate::{
    db::{Conn, StoreError, TenantDb},
    entities::tenant::{
        receipt::{Model, Unread},
        receipt_picture,
    },
    ids::ReceiptId,
    jobs::JobError,
    ports::{FileError, FileSource},
};

/// The largest picture that is kept, in bytes. Telegram's own pictures have a tenth of it.
pub const LARGEST: usize = 2 * 1024 * 1024;

/// The job.
///
/// # Errors
/// [`JobError`].
pub async fn fetch(db: &TenantDb, files: &dyn FileSource, id: ReceiptId) -> Result<(), JobError> {
    let tx = db.read().await?;
    let found = service::find(&tx, id).await?;
    drop(tx);
    let Some(receipt) = found.filter(|receipt| receipt.sha256.is_none() && receipt.unread.is_none()) else {
        return Ok(());
    };
    match files.fetch(db.tenant(), receipt.bot_id, &receipt.file_id, LARGEST).await {
        Ok(content) => match kind(&content) {
            Some(mime) => keep(db, receipt, mime, content).await,
            None => give_up(db, receipt, Unread::NoPicture).await,
        },
        Err(FileError::TooLarge) => give_up(db, receipt, Unread::TooLarge).await,
        Err(FileError::Gone(reason)) => {
            tracing::warn!(receipt = %id, reason, "the picture of a receipt is gone");
            give_up(db, receipt, Unread::Gone).await
        }
        Err(FileError::Retry { reason, after_seconds: Some(seconds) }) => {
            return Err(JobError::retry_after(
                reason,
                Duration::seconds(i64::try_from(seconds).unwrap_or(60)),
            ));
        }
        Err(FileError::Retry { reason, after_seconds: None }) => return Err(JobError::retry(reason)),
    }
    .map_err(JobError::from)
}

async fn keep(db: &TenantDb, receipt: Model, mime: &str, content: Vec<u8>) -> Result<(), StoreError> {
    let tx = db.write().await?;
    let sha256 = hex::encode(Sha256::digest(&content));
    let picture = receipt_picture::ActiveModel { receipt_id: Set(receipt.id), content: Set(content) };
    let once = OnConflict::new().do_nothing().to_owned();
    receipt_picture::Entity::insert(picture).on_conflict(once).exec_without_returning(tx.raw()).await?;
    let mut row = receipt.into_active_model();
    row.sha256 = Set(Some(sha256));
    row.mime = Set(Some(mime.to_owned()));
    row.update(tx.raw()).await?;
    tx.commit().await
}

async fn give_up(db: &TenantDb, receipt: Model, why: Unread) -> Result<(), StoreError> {
    let tx = db.write().await?;
    let mut row = receipt.into_active_model();
    row.unread = Set(Some(why));
    row.update(tx.raw()).await?;
    tx.commit().await
}

/// What kind of picture it is by its first bytes, whatever its sender says; `None` for what no browser
/// shows as a picture alone (an SVG can run scripts).
pub fn kind(content: &[u8]) -> Option<&'static str> {
    match content {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::kind;

    #[rstest]
    #[case::jpeg(b"\xff\xd8\xff\xe0\0\x10JFIF", Some("image/jpeg"))]
    #[case::png(b"\x89PNG\r\n\x1a\n\0\0", Some("image/png"))]
    #[case::webp(b"RIFF\x24\0\0\0WEBPVP8 ", Some("image/webp"))]
    #[case::svg(b"<svg xmlns='http://www.w3.org/2000/svg'/>", None)]
    #[case::html(b"<!doctype html>", None)]
    #[case::another_riff(b"RIFF\x24\0\0\0WAVEfmt ", None)]
    #[case::cut_off(b"\xff\xd8", None)]
    #[case::empty(b"", None)]
    fn a_picture_is_known_by_its_first_bytes(#[case] content: &[u8], #[case] mime: Option<&str>) {
        assert_eq!(kind(content), mime);
    }
}
