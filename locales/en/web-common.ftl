# Words of every page: header, menus, checks, errors.

## Product and header

web-product-name = Botyard
web-skip-to-content = Skip to content
web-language = Language
web-theme-dark = Dark theme
web-theme-light = Light theme
web-nav-main = Main
web-nav-menu = Menu
web-nav-close = Close
web-nav-quick = Quick links
web-nav-more = More
web-nav-how = How it works
web-nav-packages = Packages
web-nav-faq = Questions
web-nav-login = Log in
web-nav-start = Start free
web-nav-my-shop = My shop
web-nav-logout = Log out
web-footer-about = Shop bots for VPN sellers. Your customers, your panel, your prices; we keep the bot running.
web-footer-independent = Not affiliated with Telegram or Marzban.
web-area-home = All bots
web-area-overview = Overview
web-area-orders = Orders
web-area-promos = Promo codes
web-area-notices = Notifications
web-area-methods = Payments
web-area-preview = Phone

## Actions

web-continue = Continue
web-copy = Copy
web-copied = Copied
web-field-email = E-mail
web-field-password = Password
web-form-errors = Some fields need fixing before this can be saved
web-number-1 = 1
web-number-2 = 2
web-number-3 = 3
web-list-separator = {", "}

## Checks: said to screen readers beside the mark

web-check-waiting = not yet
web-check-running = running
web-check-yours = waiting for you
web-check-passed = done
web-check-warned = done, with a remark
web-check-failed = failed
web-live-paused = Live updates paused.
web-live-refresh = Refresh

## Chart

web-chart-view = View
web-chart-chart = Chart
web-chart-table = Table
web-chart-full-day = Full day
web-chart-today = Today so far
web-chart-caption = Revenue per day
web-chart-day = Day
web-chart-revenue = Revenue
web-chart-sales = Sales

## Phone

web-phone-bot = bot
web-phone-log = Conversation
web-phone-empty = Press /start to begin
web-phone-photo = Picture sent by the bot
web-phone-edited = edited
web-phone-message = Message
web-phone-placeholder = Message or /command
web-phone-send = Send
web-phone-reset = Start over
web-phone-pay-title = Payment in Telegram
web-phone-pay = Pay { $amount }
web-phone-pay-every = Again every 30 days by itself, until you cancel.
web-phone-reactivate = Telegram's settings, My Stars: let the subscription go on
web-phone-pay-cancel = Cancel
web-phone-pay-silent = The bot did not answer in time, and nothing was charged.

## Sandbox

web-sandbox-label = Sandbox
web-sandbox-strip = Nothing here is real, and nothing leaves this server.
web-sandbox-botfather = Pretend BotFather
web-sandbox-faults = Make it fail
web-sandbox-mail = Mail

## Errors

web-error-not-found = This page does not exist
web-error-not-found-text = The address may be mistyped, or what was here has been deleted.
web-error-forbidden = This page is not yours to open
web-error-forbidden-text = You are signed in, but this belongs to another shop or needs another role.
web-error-too-many = Too many tries
web-error-too-many-text = Wait a few minutes and try again. Nothing was lost.
web-error-internal = Something broke on our side
web-error-internal-text = It has been recorded. Your bots keep running, and payments are safe. Try again in a moment.
web-error-unavailable = Busy for a moment
web-error-unavailable-text = The server is starting or has too much to do. Your bots' updates are kept. Try again in a few seconds.
web-error-home = Go to the start
web-error-again = Try again
web-error-id = Error id: { $id }

## Wizard frame

web-step-shop = Shop
web-step-package = Package
web-step-bot = Bot
web-step-panel = Panel
web-step-plans = Plans
web-step-live = Go live
web-wizard-steps = Steps
web-wizard-position = Step { $number } of { $of }: { $step }
web-wizard-saved = Saved. You can finish on another device.
web-wizard-preview = Preview
web-wizard-preview-caption = What your customers will see

## Flash messages

web-flash-saved = Saved.
web-flash-welcome = Your account is ready.
web-flash-session-expired = Please log in again: your session has ended.
web-flash-trial-started = Your 14 free days have begun.
web-flash-token-replaced = The new token is in use.
web-flash-bot-paused = The bot is paused.
web-flash-bot-resumed = The bot is running again.
web-flash-bot-maintained = The bot is in maintenance.
web-flash-bot-restarted = The bot was restarted.
web-flash-bot-deleted = { $bot } is deleted.
web-flash-clock-moved = The shop's clock now says { $now }.
web-flash-platform-clock-moved = The platform's clock now says { $now }.
web-flash-bot-created = The bot is made. Copy its token.
web-flash-token-revoked = The old token no longer works.
web-flash-fault-set = It will go wrong as you said.
web-flash-faults-cleared = Everything works again.
web-flash-order-looked = The order is up to date with the provider.
web-flash-order-pending = The provider has no payment yet.
web-flash-refund-requested = The money is on its way back. The timeline shows when it has gone.
web-flash-method-on = It is switched on.
web-flash-method-off = It is switched off. Payments that are open still count.
web-flash-method-saved = Saved. Test it, then switch it on.
web-flash-method-tested = The provider accepts these keys.
web-flash-method-removed = It is removed.
