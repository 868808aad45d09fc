# What the shop keeps of the reader.

bot-privacy-body =
    🔒 <b>What the shop keeps</b>

    { $shop } keeps your Telegram ID and name, your language and settings, your orders, the traffic that you used, and what you wrote to the shop. Which sites you visit is not kept.

    You can have a copy of it as a file. To have it removed, write to the shop.
bot-privacy-btn-export = 📥 Send me my data
bot-privacy-export-caption = 📥 Everything that the shop keeps of you, as of now. Your link is in it, so do not pass the file on.
