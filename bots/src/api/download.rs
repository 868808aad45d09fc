//! Files that people send: <https://core.telegram.org/bots/api#getfile>.

use futures::StreamExt as _;
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use serde_json::json;

use super::{ApiError, BotApi, PATIENCE};

/// Why a file is not here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DownloadError {
    #[error("the file is too large")]
    TooLarge,
    #[error(transparent)]
    Api(#[from] ApiError),
}

#[derive(Deserialize)]
struct File {
    file_size: Option<u64>,
    file_path: Option<String>,
}

impl BotApi {
    /// A file's content, if it has `at_most` bytes.
    ///
    /// # Errors
    /// [`DownloadError`].
    pub async fn download(&self, file_id: &str, at_most: usize) -> Result<Vec<u8>, DownloadError> {
        let file: File = match self.call("getFile", &json!({ "file_id": file_id })).await {
            Err(ApiError::BadRequest(text)) if text.contains("file is too big") => {
                return Err(DownloadError::TooLarge);
            }
            other => other?,
        };
        if file.file_size.is_some_and(|size| size > at_most as u64) {
            return Err(DownloadError::TooLarge);
        }
        let path = file.file_path.filter(|path| is_path(path));
        let path = path.ok_or_else(|| ApiError::Unavailable("the file has no path".into()))?;
        self.read_file(&path, at_most).await
    }

    async fn read_file(&self, path: &str, at_most: usize) -> Result<Vec<u8>, DownloadError> {
        let url = format!("{}/file/bot{}/{path}", self.base_url, self.token.expose_secret());
        let response = self.http.get(url).timeout(PATIENCE).send().await.map_err(ApiError::from)?;
        if !response.status().is_success() {
            return Err(ApiError::Unavailable(format!("the file, HTTP {}", response.status())).into());
        }
        let mut content = Vec::new();
        let mut parts = response.bytes_stream();
        while let Some(part) = parts.next().await {
            content.extend_from_slice(&part.map_err(ApiError::from)?);
            // Whatever was said before of its size.
            if content.len() > at_most {
                return Err(DownloadError::TooLarge);
            }
        }
        Ok(content)
    }
}

/// `photos/file_7.jpg`: nothing that leads elsewhere.
fn is_path(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'-' | b'.' | b'=');
    !path.is_empty()
        && path.bytes().all(plain)
        && !path.split('/').any(|part| part.is_empty() || part == "..")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::is_path;

    #[rstest]
    #[case("photos/file_7.jpg", true)]
    #[case("documents/AQAD-x_y=.png", true)]
    #[case("", false)]
    #[case("/etc/passwd", false)]
    #[case("photos/../../bot1:token/getMe", false)]
    #[case("photos//x", false)]
    #[case("photos/x?y", false)]
    #[case("photos/x#y", false)]
    #[case("photos/%2e%2e/x", false)]
    #[case("http://elsewhere.example/x", false)]
    fn a_path_leads_to_a_file_and_nowhere_else(#[case] path: &str, #[case] is_one: bool) {
        assert_eq!(is_path(path), is_one);
    }
}
