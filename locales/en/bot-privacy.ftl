# What the shop keeps of the reader.

bot-privacy-body =
    🔒 <b>What the shop keeps</b>

    { $shop } keeps your Telegram ID and name, your e-mail address if you gave one, your language and settings, your orders, the traffic that you used, and what you wrote to the shop. Which sites you visit is not kept.

    You can have a copy of it as a file, and you can have it deleted.
bot-privacy-btn-export = 📥 Send me my data
bot-privacy-export-caption = 📥 Everything that the shop keeps of you, as of now. Your link is in it, so do not pass the file on.
bot-privacy-btn-erase = 🗑 Delete my data
bot-privacy-btn-erase-yes = 🗑 Yes, delete it for good
bot-privacy-ask-body =
    🗑 <b>Delete your data?</b>

    <b>What goes:</b> your name, your Telegram ID, your e-mail address, your language and settings, what you wrote to the shop with its answers, pictures of receipts, saved ways to pay, and your account on the VPN server. Automatic renewal ends.

    <b>What stays:</b> orders and bookings with their amounts, dates and numbers, because the books of { $shop } need them. They name nobody any more. The numbers that payment services gave to your payments stay too, and an unreadable mark if you had a free trial, so that it is given once.

    This cannot be undone. Whoever comes back later begins anew.
bot-privacy-ask-line-access = ⚠️ Your access runs until { $until } and ends at once. Nothing is paid back for it.
bot-privacy-ask-line-staff = ⚠️ You help to run this shop: that ends too.
bot-privacy-held-body =
    ⏸ <b>Not yet</b>

    Your data cannot be deleted while money is under way, or it would be lost:
bot-privacy-held-line-order = 🧾 Order { $order } is not finished. Wait until it is, or ask the shop.
bot-privacy-held-line-refund = ↩️ Money of order { $order } is on its way back to you. Wait until it has arrived.
bot-privacy-held-line-wallet = 👛 Your wallet holds { $amount }. Spend it, or ask the shop to send it back.
bot-privacy-held-line-gift = 🎁 The gift of order { $order } has not been opened. Give its link to somebody, or keep it for yourself.
bot-privacy-erased-body = ✅ Your data is deleted. { $shop } does not know you any more. To begin anew, send /start.
