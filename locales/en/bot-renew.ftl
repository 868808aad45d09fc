# Renewing by itself.

bot-renew-title = 🔁 <b>Automatic renewal</b>
bot-renew-off-body =
    It is off: your access ends on { $until }, and nothing is charged.

    If you switch it on, <b>{ $amount }</b> for { $plan } is charged about a day before the end, from { $at } on, and { $period } are added; then again before each end. If the price rises, nothing is charged and you are asked first. You can switch it off at any time.
bot-renew-on-body =
    It is on: about a day before your access ends ({ $until }), from { $at } on, <b>{ $amount }</b> for { $plan } is charged and { $period } are added.

    If the price rises, nothing is charged and you are asked first. You can switch it off until then.
bot-renew-gone-body = Your plan is not on sale any more, so it cannot be renewed by itself. Your access ends on { $until }.
bot-renew-none-body = There is nothing to renew yet. Choose a plan; before you pay you can switch automatic renewal on.
bot-renew-source-wallet = 👛 Your wallet pays: it holds { $balance }.
bot-renew-source-saved = 💳 { $card } pays.
bot-renew-source-saved-or-wallet = 💳 { $card } pays, or your wallet if it covers the price by then.
bot-renew-source-short = ⚠️ At the moment nothing would pay: your wallet holds { $balance }, and no card is saved. A card is saved when you pay with it next time while automatic renewal is on.
bot-renew-source-none = ⚠️ At the moment nothing would pay: no card is saved. A card is saved when you pay with it next time while automatic renewal is on.
bot-renew-elsewhere-body = Another access of yours is renewed automatically. Switched on here, it is switched off there.
bot-renew-btn-on = ✅ Switch on · { $amount }
bot-renew-btn-off = ⏹ Switch off
bot-renew-btn-forget = 🗑 Forget { $card }
bot-renew-btn-forget-yes = 🗑 Yes, forget it
bot-renew-forget-body = Forget { $card }? It will not be charged any more. To save it again you would have to pay with it once more.
bot-renew-toast-on = Automatic renewal is on
bot-renew-toast-off = Automatic renewal is off; nothing more is charged
bot-renew-toast-forgotten = Forgotten

bot-renew-summary-body = 🔁 Renewed automatically: about a day before each end <b>{ $amount }</b> is charged, from your wallet if it covers the price, else from the card that you pay with now; the payment service keeps it for that. If the price rises, you are asked first. You can switch it off in your profile at any time.
bot-renew-summary-btn-on = 🔁 Renew automatically: off
bot-renew-summary-btn-off = 🔁 Renew automatically: on

bot-renew-standing-on-body =
    ⭐️ <b>Subscription in Telegram Stars</b>

    { $plan }: Telegram takes { $amount } every { $period } by itself, next on { $until }. Please keep enough Stars; you can also cancel in Telegram's settings.
bot-renew-standing-off-body =
    ⭐️ The subscription for { $plan } ({ $amount } every { $period }) is cancelled: nothing more is taken. What is paid for stays. Until { $until } you can let it go on.
bot-renew-standing-allowed-body =
    ⭐️ The subscription for { $plan } ({ $amount } every { $period }) may go on. Now switch it on in Telegram itself: Settings → My Stars, choose this bot and renew, before { $until }. Until you do, nothing is taken.
bot-renew-btn-standing-off = ⏹ Cancel the subscription
bot-renew-btn-standing-on = ▶️ Let it go on
bot-renew-toast-stopped = Cancelled. Nothing more is taken.
bot-renew-toast-resumed = Now switch it on in Telegram: Settings → My Stars.
bot-renew-toast-over = Its time is over. You can subscribe anew.
