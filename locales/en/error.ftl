# Errors shown to people: what is wrong, and what to do about it.

## Any form

error-required = Please fill this in.
error-choice = Please choose one of the options.
error-number-range = Write a number from { $min } to { $max }.
error-money = Write an amount, for example 4.90.
error-conflict = Somebody changed this in the meantime. Have a look at the current state and try again.

## Account

error-email = This does not look like an e-mail address. It should be like name@example.com.
error-email-taken = There is already an account with this e-mail address. Log in instead.
error-password-short = Use at least { $count ->
    [one] { $count } character
   *[other] { $count } characters
}. A few words in a row are easy to remember.
error-password-long = Use at most { $count ->
    [one] { $count } character
   *[other] { $count } characters
}.
error-password-common = Many people use this password, so it is guessed first. Please choose another.
error-password-personal = Please do not use your e-mail address or name as the password.
error-login = The e-mail address or the password is wrong.
error-login-many = Too many attempts. Please try again in { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}.
error-signup-many = Too many accounts were made from this network. Please try again in { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}, or log in if you have one already.
error-origin-title = This came from another site
error-origin = This form was sent from another site, so we did not accept it. Open the page again and retry.

## Shop

error-shop-name = Give your shop a name of 2 to 40 characters.
error-language = Choose a language that the bot speaks.
error-currency = Choose a currency from the list.
error-time-zone = Choose a time zone from the list.
error-pack-fixed = Your shop has been live, so its starter pack and currency stay. Change the plans themselves instead.
error-plan-name = Give the plan a name of 2 to 40 characters.
error-plan-days = Write the number of days, from 1 to 3650.
error-plan-traffic = Write the traffic in GB, from 1 to 100,000.
error-plans-none = Your shop needs at least one plan on sale.
error-package-needed = Choose a package first. The trial needs no card.
error-limit-bots = { $count ->
    [one] Your package includes { $count } bot
   *[other] Your package includes { $count } bots
}. Choose a larger package to connect another.
error-limit-panels = { $count ->
    [one] Your package includes { $count } panel
   *[other] Your package includes { $count } panels
}. Choose a larger package to connect another.

## Texts

error-text-syntax = The text cannot be read in line { $line }. Each { "{" } needs its { "}" }; a brace that is meant as one is written { "{\"{\"}" }.
error-text-braces = These are more than { $limit } braces.
error-text-further = Only values can be filled in here, no functions and no other texts.
error-text-unknown = There is no value { $name } in this text.
error-text-missing = { $name } has to be somewhere in the text, or its readers lack what they need.
error-text-forms = The plural lacks the forms { $forms }.
error-text-markup = Telegram would not take this: only <b>, <i>, <code>, <pre>, <blockquote> and <a href="…"> are known, and each has to be closed. A < that is meant as one is written &lt;.
error-text-no-markup = Marks such as <b> are not shown here.
error-text-long = That is { $length } characters with long values; at most { $limit } fit.
error-text-gone = The bot does not say this any more.
error-text-twice = It stands in the file twice: the first one was taken.
error-text-file-none = Choose a file first.
error-text-file-large = The file is larger than { $size } KB, so nothing of it was taken.
error-text-file-kind = This is not a text in UTF-8, so nothing of it was taken.
error-text-file-empty = There is no text in this file.
error-text-file-syntax = The file cannot be read in line { $line }, so nothing of it was taken. Each { "{" } needs its { "}" }, and further lines of a text begin with a blank.
error-text-file-braces = The text that begins in line { $line } has more than { $limit } braces, so nothing of the file was taken.

## Bot token

error-token-format = This is not a bot token. A token is a number, a colon and 35 characters; copy the whole line from @BotFather.
error-token-chat-id = This looks like a chat ID. The token is the longer line that @BotFather sends, with a colon in the middle.
error-token-revoked = Telegram did not accept this token. It was probably revoked; get a new one from @BotFather with /token.
error-token-taken = This bot already belongs to another shop on Botyard. Remove it there first, or create a new bot with @BotFather.
error-token-conflict = Another program is running this bot. Stop it, or get a new token with /revoke in @BotFather; the other program loses access then.
error-token-other-bot = This token belongs to { $bot }, not to your bot. Take the token of the same bot.
error-bot-subscribed = Users have subscriptions with this bot; they are being cancelled at Telegram now. Try again in a minute.
error-bot-name = This is not the bot's name. Type it as it stands above.
error-telegram-unreachable = Telegram does not answer right now. Nothing is lost; please try again in a minute.
error-link-owner-unknown = Not sent: the bot does not know its owner yet. Open the owner link on the page of your bot.
error-link-not-reached = Not sent: the owner has blocked the bot or has never written to it. Share the link from this page.
error-telegram-id = A Telegram ID is a number, for example 123456789. Send /id to your bot to see yours.
error-channel-format = Write the channel's public name, for example @my_channel.
error-channel-unknown = Telegram knows no channel of this name, or the bot may not see it.
error-channel-admin = The bot must be an administrator of the channel. Add it there and try again.

## Panel

error-panel-url = Write the panel's address, for example https://panel.example.com:8000.
error-panel-scheme = The address must start with https://.
error-panel-host = The address has no host name. Example: https://panel.example.com:8000
error-panel-credentials-in-url = Leave user and password out of the address; there are fields for them.
error-panel-private = This address is inside a private network, so we may not connect to it. Use the panel's public address.
error-panel-form = We cannot use an address of this form. Write it without user, question mark and #, for example https://panel.example.com:8000.
error-panel-unencrypted = This address is not encrypted: the panel's password would travel in clear text. Give the panel a certificate and write https://.
error-panel-port = We may not connect to this port. Let the panel listen on 443, or on a port from 1024 up, for example 8000.
error-panel-dns = There is no server of this name. Check the spelling, or wait until the domain is known everywhere.
error-panel-connect = The server does not accept connections on this port. Check the address and the firewall.
error-panel-tls = There is no secure connection: the certificate is missing, expired or for another name.
error-panel-timeout = The panel did not answer in time. Check that it is running and that the firewall lets us in.
error-panel-login = The panel refused this user and password. Use those of the panel's administrator.
error-panel-forbidden = This user may not manage accounts on the panel. Use an administrator.
error-panel-not-marzban = Something answers at this address, but it is not Marzban. Check the port and the path.
error-panel-version = The panel runs version { $version }. We know Marzban 0.8: it works so far, but update or watch the first sales.
error-panel-no-inbounds = The panel has no VLESS inbound. Add one in the panel's core settings and try again.
error-panel-account-taken = The panel already has an account of this name that is not ours.
error-panel-not-held = The panel took the account and shows another state when asked again. Look at its log, and whether another program changes its accounts.
error-panel-refused = The panel refused the request (status { $status }). Its log says why.
error-panel-name = Give the panel a name of 2 to 40 characters.
error-panel-weight = Write the weight as a whole number from 1 to 1,000.
error-panel-capacity = Write how many accounts it may hold, from 1 to 1,000,000, or leave it empty.
error-panel-known = Your shop uses this panel already. Its page is in the list.
error-panel-away = The panel does not answer or refuses our login, so it cannot be compared now.

## Refunds and ways to pay

error-refund-changed = Another refund of this order was made meanwhile or is on its way, and one goes back after the other. Look at the list and try again if it is still right.
error-refund-not-paid = There is nothing to send back: the order was not paid, or its money is gone already.
error-refund-amount = The amount must be more than nothing and not more than is left.
error-refund-whole = This provider sends back the whole payment only.
error-refund-spent = The buyer has spent it meanwhile. Only what is still in their wallet can go back.
error-refund-by-hand = We cannot send money back at this provider. Do it in the provider's own account.
error-order-unknown = The provider knows no such payment.
error-order-no-answer = The provider could not be asked: it does not answer, or refuses the shop's keys. Test them under Payments; we also keep trying.
error-method-gone = The shop no longer has this way to pay.
error-method-letters = Only Latin letters, digits and signs can be in it. Copy it again, whole, from the provider’s account.
error-method-limits = The least amount is more than the most.
error-method-in-use = Open orders may still be paid with this account, so it must stay. Switch it off; seven days after the last open order it can be removed or changed.
error-method-credentials = The provider refuses these keys. Copy them again, whole, from its account.
error-method-unavailable = The provider does not answer right now. Try again in a minute.
error-method-refused = The provider answers but refuses the request. Check that the account is active and that the keys belong to it.

## Whole pages and requests

error-bad-request-title = We could not read that
error-bad-request = The request was incomplete. Go back, check the form and send it again.
error-too-large-title = That is too large
error-too-large = At most { $limit } can be sent at once.
error-payment-provider = The payment service does not answer right now. You were not charged; please try again in a minute.
error-internal-retry = Something went wrong on our side. Nothing is lost, and it is tried again.

error-promo-gone = This code is no longer there.
error-promo-form = A code has { $min } to { $max } Latin letters and digits; - and _ may stand in it.
error-promo-taken = There is a code of this name already.
error-promo-percent = From 1 to { $max } percent: a payment of nothing cannot be made, and no provider could confirm it.
error-promo-value = More than nothing, and at most { $days } days or { $traffic }.
error-promo-dates = It has to end after it begins.
error-promo-limit = A limit is at least one use; leave it empty for none.
error-promo-number = A whole number, please.
error-promo-day = A day like 2026-12-31, please.
error-support-contact = Neither a name at Telegram (like @fastline_help) nor an address that begins with https://.
error-support-long = That is too long: { $count } characters are the most.
error-faq-full = A shop has { $count } answers of its own in one language at the most. Remove one first.
