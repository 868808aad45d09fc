//! The emulator's state as Telegram shows it: <https://core.telegram.org/bots/api#available-types>.

use serde_json::{Map, Value, json};

use super::{
    stars::Receipt,
    state::{Bot, Channel, Message, Person, State, StoredFile},
};

/// <https://core.telegram.org/bots/api#user>
pub fn person(person: &Person) -> Value {
    let mut user = json!({"id": person.id, "is_bot": false, "first_name": person.first_name});
    set(&mut user, "last_name", person.last_name.as_deref());
    set(&mut user, "username", person.username.as_deref());
    set(&mut user, "language_code", person.language_code.as_deref());
    user
}

/// <https://core.telegram.org/bots/api#user>, as others see a bot.
pub fn bot(bot: &Bot) -> Value {
    json!({"id": bot.id, "is_bot": true, "first_name": bot.name, "username": bot.username})
}

/// The answer of <https://core.telegram.org/bots/api#getme>.
pub fn me(own: &Bot) -> Value {
    let mut user = bot(own);
    for flag in [
        "can_join_groups",
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
        "has_topics_enabled",
        "allows_users_to_create_topics",
        "can_manage_bots",
        "supports_guest_queries",
        "supports_join_request_queries",
    ] {
        user[flag] = json!(flag == "can_join_groups");
    }
    user
}

/// <https://core.telegram.org/bots/api#chat>
pub fn chat(state: &State, id: i64) -> Value {
    if let Some(person) = state.users.get(&id) {
        let mut chat = json!({"id": id, "type": "private", "first_name": person.first_name});
        set(&mut chat, "last_name", person.last_name.as_deref());
        set(&mut chat, "username", person.username.as_deref());
        return chat;
    }
    let Some(channel) = state.channels.get(&id) else { return json!({"id": id, "type": "private"}) };
    let mut chat = json!({"id": id, "type": "channel", "title": channel.title});
    set(&mut chat, "username", channel.username.as_deref());
    chat
}

/// <https://core.telegram.org/bots/api#message>
pub fn message(state: &State, own: &Bot, chat_id: i64, kept: &Message) -> Value {
    let mut message = message_alone(state, own, chat_id, kept);
    let replied = kept.reply_to.and_then(|id| own.dialogs.get(&chat_id)?.messages.get(&id));
    if let Some(replied) = replied {
        message["reply_to_message"] = message_alone(state, own, chat_id, replied);
    }
    message
}

fn message_alone(state: &State, own: &Bot, chat_id: i64, kept: &Message) -> Value {
    let mut message = Map::new();
    let mut put = |name: &str, value: Value| drop(message.insert(name.to_owned(), value));
    put("message_id", json!(kept.id));
    let is_channel = state.channels.contains_key(&chat_id);
    if is_channel {
        put("sender_chat", chat(state, chat_id));
    } else if kept.from == own.id {
        put("from", bot(own));
    } else if let Some(sender) = state.users.get(&kept.from) {
        put("from", person(sender));
    }
    put("chat", chat(state, chat_id));
    put("date", json!(kept.date));
    if let Some(date) = kept.edit_date {
        put("edit_date", json!(date));
    }
    let sizes: Vec<Value> =
        kept.photo.iter().filter_map(|id| Some(photo_size(id, state.files.get(id)?))).collect();
    let media = kept.has_media();
    if !sizes.is_empty() {
        put("photo", Value::Array(sizes));
    }
    if let Some((id, file)) = kept.document.as_ref().and_then(|id| Some((id, state.files.get(id)?))) {
        put("document", document(id, file));
    }
    if let Some(album) = &kept.album {
        put("media_group_id", json!(album));
    }
    if !kept.content.text.is_empty() {
        put(if media { "caption" } else { "text" }, json!(kept.content.text));
    }
    if !kept.content.entities.is_empty() {
        put(if media { "caption_entities" } else { "entities" }, json!(kept.content.entities));
    }
    if media && kept.caption_above {
        put("show_caption_above_media", json!(true));
    }
    if media && kept.spoiler {
        put("has_media_spoiler", json!(true));
    }
    if kept.protected {
        put("has_protected_content", json!(true));
    }
    if let Some(preview) = &kept.link_preview {
        put("link_preview_options", preview.clone());
    }
    if let Some(receipt) = &kept.receipt {
        put(&receipt.kind, receipt_of(receipt));
    }
    if let Some(markup) = &kept.markup {
        put("reply_markup", markup.clone());
    }
    Value::Object(message)
}

/// <https://core.telegram.org/bots/api#successfulpayment>
fn receipt_of(receipt: &Receipt) -> Value {
    let made = &receipt.made;
    let mut payment = json!({
        "currency": "XTR",
        "total_amount": made.amount,
        "invoice_payload": made.payload,
        "telegram_payment_charge_id": made.id,
        "provider_payment_charge_id": made.user.to_string(),
    });
    if let Some(period) = made.period.filter(|_| !made.back) {
        payment["is_recurring"] = json!(true);
        payment["subscription_expiration_date"] = json!(period.until);
        if period.is_first {
            payment["is_first_recurring"] = json!(true);
        }
    }
    payment
}

/// <https://core.telegram.org/bots/api#photosize>
fn photo_size(id: &str, file: &StoredFile) -> Value {
    let (width, height) = file.size.unwrap_or_default();
    json!({
        "file_id": id,
        "file_unique_id": file.unique_id,
        "width": width,
        "height": height,
        "file_size": file.bytes.len(),
    })
}

/// <https://core.telegram.org/bots/api#document>
fn document(id: &str, file: &StoredFile) -> Value {
    json!({
        "file_id": id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "mime_type": file.mime,
        "file_size": file.bytes.len(),
    })
}

/// <https://core.telegram.org/bots/api#chatfullinfo>
pub fn chat_full_info(state: &State, id: i64) -> Value {
    let mut chat = chat(state, id);
    chat["accent_color_id"] = json!(id.rem_euclid(7));
    chat["max_reaction_count"] = json!(11);
    let gifts = state.users.contains_key(&id);
    chat["accepted_gift_types"] = json!({
        "unlimited_gifts": gifts,
        "limited_gifts": gifts,
        "unique_gifts": gifts,
        "premium_subscription": gifts,
        "gifts_from_channels": gifts,
    });
    if let Some(username) = chat.get("username").cloned() {
        chat["active_usernames"] = json!([username]);
    }
    chat
}

/// <https://core.telegram.org/bots/api#chatmember>: one of six shapes by its status.
pub fn chat_member(user: Value, status: &str) -> Value {
    let mut member = json!({"status": status, "user": user});
    match status {
        "creator" => member["is_anonymous"] = json!(false),
        "kicked" => member["until_date"] = json!(0),
        "administrator" => {
            member["can_be_edited"] = json!(false);
            member["is_anonymous"] = json!(false);
            for right in ADMINISTRATOR_RIGHTS {
                member[right] = json!(matches!(
                    right,
                    "can_manage_chat" | "can_post_messages" | "can_edit_messages" | "can_delete_messages"
                ));
            }
        }
        _ => {}
    }
    member
}

/// Every right that <https://core.telegram.org/bots/api#chatmemberadministrator> requires, and the
/// ones of channels.
const ADMINISTRATOR_RIGHTS: [&str; 13] = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_manage_direct_messages",
];

/// Someone's status in a channel; bots are found among bots.
pub fn channel_member(state: &State, channel: &Channel, id: i64) -> Option<Value> {
    let user = match (state.users.get(&id), state.bots.get(&id)) {
        (Some(user), _) => person(user),
        (None, Some(own)) => bot(own),
        (None, None) => return None,
    };
    let status = channel.members.get(&id).map_or("left", String::as_str);
    Some(chat_member(user, status))
}

fn set(object: &mut Value, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        object[name] = json!(value);
    }
}
