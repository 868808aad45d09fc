# Bringing friends.

bot-referral-rules =
    🎁 <b>Invite friends</b>

    Send your link to somebody who is new here. When he buys for the first time, you get <b>{ $own }</b> and he gets <b>{ $friends }</b> on top.
bot-referral-rules-referrer =
    🎁 <b>Invite friends</b>

    Send your link to somebody who is new here. When he buys for the first time, you get <b>{ $own }</b>.
bot-referral-rules-referee =
    🎁 <b>Invite friends</b>

    Send your link to somebody who is new here. When he buys for the first time, he gets <b>{ $friends }</b> on top.
bot-referral-link =
    Your link:
    <code>{ $link }</code>
bot-referral-none-yet = Nobody has come by your link yet.
bot-referral-figures =
    👥 Came by your link: { $count }
    🛒 Bought: { $buying }
    🎁 You got: { $days }
bot-referral-history-title = <b>Latest</b>
bot-referral-history-granted = { $date } · { $friend } bought · <b>+{ $bonus }</b>
bot-referral-history-without = { $date } · { $friend } bought
bot-referral-history-reversed = { $date } · { $friend } was paid back, and the bonus went
bot-referral-history-invited = { $date } · { $friend } came
bot-referral-btn-share = 📤 Send it to a friend
bot-referral-btn-copy = 📋 Copy the link
bot-referral-btn-qr = 🔳 QR code
bot-referral-btn-mine = 🎁 My invitations
bot-referral-share-text = I use { $shop }. Come by my link:
bot-referral-qr-body = 🔳 A friend scans this and is in { $shop }.
bot-referral-off-body = 🎁 The shop gives nothing for invitations at the moment.
bot-referral-own-body = 🎁 This is your own link. Send it to somebody who is new here.
bot-referral-invited = 🎁 { $friend } invited you: you get <b>{ $bonus }</b> on top of your first purchase.
bot-referral-invited-plain = 🎁 { $friend } invited you.
