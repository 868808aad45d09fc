# Pages that stand in for others' in the sandbox.

web-pay-title = Sandbox checkout
web-pay-imitates-stripe = This page imitates Stripe. Nothing is charged and nothing leaves this server.
web-pay-imitates-provider = This page imitates a payment provider. Nothing is charged and nothing leaves this server.
web-pay-subscribe = Subscribe to { $product }
web-pay-due = Due today
web-pay-next = What should happen next?
web-pay-webhook = The provider's message
web-pay-webhook-at-once = arrives at once
web-pay-webhook-twice = arrives twice
web-pay-webhook-late = arrives after 30 seconds
web-pay-webhook-never = never arrives
web-pay-filled-in = Test card filled in for you
web-pay-by-card = Pay by card
web-pay-card = Card number
web-pay-card-hint = Real card numbers are refused here.
web-pay-expires = Expires
web-pay-cvc = Security code
web-pay-submit = Pay { $amount } (test)
web-pay-outcomes = Or try another outcome
web-pay-decline = Decline
web-pay-close = Close the tab
web-pay-production-stripe = In production this is Stripe's own page. Botyard never sees a card number.
web-pay-production-provider = In production this is the page of the provider that the shop has chosen.
web-pay-result-paid = Paid
web-pay-result-paid-text = Go back to the bot: it has your config, or will in a moment.
web-pay-result-declined = The card was declined
web-pay-result-declined-text = Nothing was charged. Go back to the bot to try again.
web-pay-result-closed = This payment is over
web-pay-result-closed-text = Nothing was charged. Go back to the bot to order again.
web-pay-back = Back to the shop
web-botfather-title = Pretend BotFather
web-botfather-lead = It makes bots in this server's own pretend Telegram. Their tokens are worth nothing elsewhere, so they are shown.
web-botfather-name = Bot name
web-botfather-name-hint = What people see.
web-botfather-username = Username
web-botfather-username-hint = Ends in “bot”, for example fastline_bot.
web-botfather-create = Make the bot
web-botfather-bots = Your bots
web-botfather-empty = No bots yet
web-botfather-empty-text = Make one above and paste its token in the wizard.
web-botfather-revoke = New token
web-botfather-back = Back
web-botfather-bad-username = A username has 5 to 32 Latin letters, digits and underscores, and ends in “bot”.
web-botfather-taken = This username is taken. Try another.
web-botfather-bad-name = A bot's name has 1 to 64 characters.
web-faults-title = Make it fail
web-faults-lead = What goes wrong next at the services that this sandbox imitates. See what your buyers see, and that nothing is lost. A restart puts everything right.
web-faults-emulator = Where
web-faults-telegram = Telegram
web-faults-panel = Your VPN panel
web-faults-stripe = Stripe
web-faults-bank = The bank of the shops
web-faults-mail = E-mail
web-faults-fault = What goes wrong
web-faults-down = No answer (down)
web-faults-fail = Fails with an error
web-faults-delay = Answers late
web-faults-lose-answer = Does it, and the answer is lost
web-faults-duplicate = News arrive twice
web-faults-reorder = News change places
web-faults-lose = News never arrive
web-faults-pattern = Which calls or news
web-faults-pattern-hint = A method or address, for example sendMessage, PUT /api/user/* or webhook:*. A * stands for anything.
web-faults-times = How often
web-faults-times-hint = Empty: until you clear it.
web-faults-seconds = Seconds of delay
web-faults-seconds-hint = For a late answer only.
web-faults-set = Set
web-faults-now = Set now
web-faults-none = Everything works.
web-faults-left = { $count ->
    [one] { $count } more time
   *[other] { $count } more times
}
web-faults-until-cleared = until you clear it
web-faults-clear = Put right

## The platform's clock

web-faults-clock = Platform clock
web-faults-clock-lead = Trials and paid packages run by this clock. Sign-in and everything of your shop stay as they are; the shop has a clock of its own beside its phone.
web-faults-clock-day = 1 day on
web-faults-clock-week = 7 days on
web-faults-clock-month = 30 days on

## The mailbox

web-mailbox-title = Mail
web-mailbox-lead = What your users would have got by mail. Nothing leaves this server; addresses that end in .invalid are refused, as those of nobody are.
web-mailbox-empty = No mail yet
web-mailbox-empty-text = Give an address in the bot's settings: the code to confirm it comes here.
web-mailbox-to = To { $address }
web-mailbox-unsubscribe = Switch this mail off
