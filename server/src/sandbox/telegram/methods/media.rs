//! Files: <https://core.telegram.org/bots/api#sendphoto>, `#senddocument`, `#getfile`, and
//! `#sending-files` for limits; refusals as the Bot API server and tdlib/td, `td/telegram/files/`, give them.

use serde_json::{Value, json};

use super::Turn;
use crate::sandbox::telegram::{
    error::ApiError,
    params::{FileArgument, Upload},
    picture,
    state::StoredFile,
    text::{CAPTION, Formatted},
};

const MAX_PHOTO_BYTES: usize = 10 * 1024 * 1024;
const MAX_FILE_BYTES: usize = 50 * 1024 * 1024;
/// getFile gives out files of up to 20 MB.
const MAX_DOWNLOAD_BYTES: usize = 20 * 1024 * 1024;
/// Width and height together, and the ratio between them.
const MAX_PHOTO_SIDES: u32 = 10_000;
const MAX_PHOTO_RATIO: u32 = 20;

const PHOTO: &str = "AgAC";
const DOCUMENT: &str = "BQAC";

pub fn send_photo(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let content = Formatted::read(turn.params, CAPTION)?;
    let photo = match turn.file("photo", PHOTO)? {
        Given::Kept(id) => id,
        Given::New(upload) => {
            if upload.bytes.len() > MAX_PHOTO_BYTES {
                return Err(ApiError::new(413, "Request Entity Too Large"));
            }
            let (mime, size) = picture::inspect(&upload.bytes)
                .ok_or_else(|| ApiError::bad_request("IMAGE_PROCESS_FAILED"))?;
            check_sides(size)?;
            // Telegram keeps no names of photos, and makes JPEGs of them; the emulator leaves the bytes alone.
            let bot = turn.bot;
            let (name, mime) = ("photo".to_owned(), mime.to_owned());
            let file = StoredFile {
                bot,
                unique_id: String::new(),
                name,
                mime,
                size: Some(size),
                bytes: upload.bytes,
            };
            turn.destination()?;
            turn.state.keep_file(file, PHOTO)
        }
    };
    let (above, spoiler) = (turn.params.flag("show_caption_above_media"), turn.params.flag("has_spoiler"));
    turn.post(|message| {
        message.photo = vec![photo];
        message.content = content;
        message.caption_above = above;
        message.spoiler = spoiler;
    })
}

pub fn send_document(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let content = Formatted::read(turn.params, CAPTION)?;
    let document = match turn.file("document", DOCUMENT)? {
        Given::Kept(id) => id,
        Given::New(upload) => {
            let bot = turn.bot;
            let mime = upload.mime.unwrap_or_else(|| "application/octet-stream".to_owned());
            let file = StoredFile {
                bot,
                unique_id: String::new(),
                name: upload.name,
                mime,
                size: None,
                bytes: upload.bytes,
            };
            turn.destination()?;
            turn.state.keep_file(file, DOCUMENT)
        }
    };
    turn.post(|message| {
        message.document = Some(document);
        message.content = content;
    })
}

pub fn get_file(turn: &mut Turn<'_>) -> Result<Value, ApiError> {
    let id = turn.params.text("file_id").ok_or_else(|| ApiError::bad_request("file_id not specified"))?;
    let file = turn.state.files.get(&id).filter(|file| file.bot == turn.bot);
    let file = file.ok_or_else(|| ApiError::bad_request("invalid file_id"))?;
    if file.bytes.len() > MAX_DOWNLOAD_BYTES {
        return Err(ApiError::bad_request("file is too big"));
    }
    let (folder, extension) = match file.mime.as_str() {
        "image/png" => ("photos", "png"),
        "image/jpeg" => ("photos", "jpg"),
        _ => ("documents", file.name.rsplit_once('.').map_or("bin", |(_, extension)| extension)),
    };
    Ok(json!({
        "file_id": id,
        "file_unique_id": file.unique_id,
        "file_size": file.bytes.len(),
        "file_path": format!("{folder}/{id}.{extension}"),
    }))
}

enum Given {
    Kept(String),
    New(Upload),
}

impl Turn<'_> {
    fn file(&self, name: &str, kind: &str) -> Result<Given, ApiError> {
        match self.params.file(name) {
            None => {
                // The two texts of `get_input_file` in Client.cpp.
                let text = if name == "photo" {
                    "there is no photo in the request"
                } else {
                    "there is no document in the request"
                };
                Err(ApiError::bad_request(text))
            }
            Some(FileArgument::Url(_)) => Err(ApiError::bad_request("failed to get HTTP URL content")),
            Some(FileArgument::FileId(id)) => {
                let known = self.state.files.get(&id).is_some_and(|file| file.bot == self.bot);
                if !known {
                    return Err(ApiError::bad_request("wrong file identifier/HTTP URL specified"));
                }
                if !id.starts_with(kind) {
                    let (is, wanted) =
                        if kind == PHOTO { ("Document", "Photo") } else { ("Photo", "Document") };
                    return Err(ApiError::bad_request(format!("can't use file of type {is} as {wanted}")));
                }
                Ok(Given::Kept(id))
            }
            Some(FileArgument::Upload(upload)) if upload.bytes.is_empty() => {
                Err(ApiError::bad_request("file must be non-empty"))
            }
            Some(FileArgument::Upload(upload)) if upload.bytes.len() > MAX_FILE_BYTES => {
                Err(ApiError::new(413, "Request Entity Too Large"))
            }
            Some(FileArgument::Upload(upload)) => Ok(Given::New(upload)),
        }
    }
}

fn check_sides((width, height): (u32, u32)) -> Result<(), ApiError> {
    let (short, long) = (width.min(height), width.max(height));
    let fits =
        short > 0 && width.saturating_add(height) <= MAX_PHOTO_SIDES && long / short <= MAX_PHOTO_RATIO;
    if fits { Ok(()) } else { Err(ApiError::bad_request("PHOTO_INVALID_DIMENSIONS")) }
}
