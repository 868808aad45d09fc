# From the order to the money.

bot-pay-summary-body =
    🧾 <b>Your order</b>

    Plan: <b>{ $plan }</b>
    Time: { $period }
    Traffic: { $traffic }
    To pay: <b>{ $amount }</b>
bot-pay-summary-btn-pay = 💳 Pay { $amount }

bot-pay-methods-title = 💳 How would you like to pay { $amount }?
bot-pay-methods-repeat-hint = 🔁 With the second button Telegram takes the same price every 30 days by itself. You can cancel at any time, here or in Telegram.
bot-pay-methods-btn-repeat = 🔁 Subscribe: { $amount } every 30 days
bot-pay-methods-empty-body = There is no way to pay for this plan yet. Please ask the shop.
bot-pay-methods-btn-test = 💳 Test card
bot-pay-methods-btn-yookassa = 💳 Bank card (YooKassa)
bot-pay-methods-btn-cryptopay = 💎 Crypto (CryptoBot)
bot-pay-methods-btn-wata = 💳 Card or SBP (Wata)
bot-pay-methods-btn-stripe = 💳 Bank card (Stripe)
bot-pay-methods-btn-stars = ⭐️ Telegram Stars
bot-pay-methods-btn-wallet = 👛 My wallet

bot-pay-open-body =
    💳 <b>{ $amount }</b> for { $plan }

    Pay on the page behind the button and come back; we notice the payment by ourselves.
    The page is open until { $until }.

    Order <code>{ $order }</code>
bot-pay-open-btn-pay = 💳 Open the payment page
bot-pay-open-btn-check = 🔄 I have paid
bot-pay-open-stars-body =
    ⭐️ <b>{ $amount }</b> for { $plan }

    Telegram asks you once more when you press the button. Your Stars move only then, and we notice it by ourselves.
    You can pay until { $until }. Questions about a payment: /paysupport

    Order <code>{ $order }</code>
bot-pay-open-stars-btn-pay = ⭐️ Pay { $amount }
bot-pay-open-repeat-body =
    🔁 <b>{ $amount }</b> for { $plan }, and again every { $period } by itself

    Telegram asks you once more when you press the button. From then on it takes the same price each time until you cancel, in your profile here or in Telegram's settings; what is paid for stays.
    You can pay until { $until }. Questions about a payment: /paysupport

    Order <code>{ $order }</code>
bot-pay-open-repeat-btn-pay = 🔁 Subscribe for { $amount }

bot-pay-check-pending-note = ⏳ No payment yet as of { $time }. It can take a minute.
bot-pay-paid-body =
    ✅ { $amount } received, thank you!

    ⏳ Setting up { $plan }. Your link arrives here in a few seconds.

    Order <code>{ $order }</code>
bot-pay-slow-body =
    ✅ { $amount } received, thank you!

    ⏳ The server answers slowly at the moment. Your order is safe, and we keep trying: the link arrives here by itself, and no day of your time is lost.

    Order <code>{ $order }</code>
bot-pay-done-body =
    🎉 { $plan } is active until { $until }.

    Order <code>{ $order }</code>
bot-pay-failed-body =
    ❌ The payment of { $amount } did not go through. Your order is kept; you can try again.

    Order <code>{ $order }</code>
bot-pay-expired-body =
    ⌛️ The payment page has expired, and nothing was charged. You can order again with one tap.

    Order <code>{ $order }</code>
bot-pay-mismatch-body =
    🔎 A payment arrived, but it does not match the order. The order waits until the shop has looked at it; your money is not lost.

    Order <code>{ $order }</code>
bot-pay-refunded-body =
    ↩️ { $amount } has been paid back to you.

    Order <code>{ $order }</code>
bot-pay-refunded-wallet-body =
    ↩️ { $amount } is back in your wallet.

    Order <code>{ $order }</code>
bot-pay-provider-down-body = 😕 The payment service does not answer right now. Please try again in a few minutes; your order is kept.

bot-pay-checkout-err-closed = This order is no longer open, and nothing was charged. Choose the plan again with /buy.
bot-pay-checkout-err-foreign = This invoice is somebody else's, and nothing was charged. Order your own with /buy.
bot-pay-checkout-err-differs = This invoice is out of date, and nothing was charged. Choose the plan again with /buy.
bot-pay-checkout-err-busy = The shop is busy for a moment, and nothing was charged. Please try again in a minute.

bot-pay-support-body =
    🧾 <b>A question about a payment</b>

    1. Look at “My orders” first: whatever you paid arrives there by itself within minutes, and so do refunds.
    2. Is something still wrong? Write to { $shop } with the order's number and your Telegram ID: <code>{ $id }</code>.

    Telegram's own support cannot help with purchases made in this bot.
bot-pay-support-btn-channel = 📣 The shop's channel
bot-terms-body =
    📄 <b>Terms of { $shop }</b>

    • You buy access to a VPN for the time and traffic that the plan shows. It begins when the payment arrives.
    • The link is for you and your own devices. No spam, attacks or illegal content; for those access may be ended.
    • When access cannot be delivered, you get your money back. When a payment is refunded, the time and traffic that it bought and that are not used go with it.
    • We keep your Telegram ID, your orders and the used traffic, and do not log the sites you visit.
    • The shop answers questions about payments: /paysupport. Telegram is no party to the purchase.
