# Messages that nobody asked for: short, and with one button.

bot-notify-payment-ok-body =
    ✅ { $amount } received. { $plan } is active until { $until }.

    Order <code>{ $order }</code>
bot-notify-payment-ok-btn-connect = 🔑 Connect
bot-notify-renewed-body =
    🔁 { $plan } was renewed by itself: { $amount } charged, active until { $until }.

    You can switch this off in your profile. Order <code>{ $order }</code>
bot-notify-renewal-refused-body = ❌ Your plan was to be renewed by itself, but { $amount } could not be charged from your saved card. Your access stays until { $until }. We try again before then; you can also renew by hand.
bot-notify-renewal-short-body = ❌ Your plan was to be renewed by itself, but your wallet does not cover { $amount }, and no card is saved. Your access stays until { $until }; please renew by hand.
bot-notify-renewal-price-body = 📈 Your plan costs { $now } now instead of { $was }. You did not agree to that, so nothing was charged, and automatic renewal is off. Your access stays until { $until }; renew by hand, or switch it on again at the new price.
bot-notify-renewal-gone-body = Your plan is not on sale any more, so it was not renewed by itself, and nothing was charged. Your access stays until { $until }; please choose another plan.
bot-notify-method-withdrawn-body = 💳 { $card } cannot be charged any more and is forgotten. To save a card again, pay with it once while automatic renewal is on.
bot-notify-payment-failed-body =
    ❌ The payment of { $amount } for { $plan } did not go through. You were not charged twice, and the order is saved.

    Order <code>{ $order }</code>
bot-notify-payment-failed-btn-retry = 🔄 Try again
bot-notify-referral-bonus-body = 🎁 { $friend } bought a plan, and you got { $bonus }. Total: { $total }.
bot-notify-referral-welcome-body = 🎁 You were invited by { $friend }: { $bonus } were added to your access.
bot-notify-referral-reversed-body = ↩️ { $friend } was paid back, so what was left of your bonus for that purchase was taken back.
