# Where the last link of a mail leads.

web-mail-on-title = No more mail from { $shop }?
web-mail-on-text = { $shop } writes to { $address }. Press the button, and nothing comes there any more. You can change that in the bot, under Settings.
web-mail-off = No more mail
web-mail-off-title = No more mail comes
web-mail-off-text = { $shop } does not write to { $address } any more. You can switch it on again in the bot, under Settings.
web-mail-bot = Open the bot
web-mail-gone-title = This link is not valid any more
web-mail-gone-text = The address was changed or taken away in the bot, so nothing is sent by this link. What comes by mail you choose in the bot, under Settings.
