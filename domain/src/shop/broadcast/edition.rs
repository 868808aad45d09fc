//! What a broadcast says, as it is sent.

use std::collections::HashMap;

use super::{letter::Letter, picture, service};
use crate::{
    db::{StoreError, TenantConn, TenantDb},
    ids::BroadcastId,
    locale::Locale,
    ports::{Edition, Picture},
    shop::text,
};

/// What it says, by language.
pub(super) async fn all(db: &TenantDb, id: BroadcastId) -> Result<HashMap<Locale, Edition>, StoreError> {
    let tx = db.read().await?;
    let Some(row) = service::find(&tx, id).await? else { return Ok(HashMap::new()) };
    let letter = service::letter_of(&row)?;
    let mut all = HashMap::new();
    for locale in letter.languages() {
        all.insert(locale, of(&tx, id, &letter, locale).await?);
    }
    Ok(all)
}

/// What a broadcast says in one language.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of(
    tx: &impl TenantConn,
    id: BroadcastId,
    letter: &Letter,
    locale: Locale,
) -> Result<Edition, StoreError> {
    let voice = text::service::voice(tx).await?;
    let picture = picture::above(tx, id, locale).await?;
    Ok(Edition {
        text: letter.text(locale).unwrap_or_default().to_owned(),
        picture: picture.map(|row| Picture { id: row.id, content: row.content.into() }),
        buttons: letter.buttons.iter().map(|row| (row.label(voice, locale), row.target.clone())).collect(),
    })
}
