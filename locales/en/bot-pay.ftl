# From the order to the money.

bot-pay-summary-body =
    🧾 <b>Your order</b>

    Plan: <b>{ $plan }</b>
    Time: { $period }
    Traffic: { $traffic }
    To pay: <b>{ $amount }</b>
bot-pay-summary-btn-pay = 💳 Pay { $amount }

bot-pay-methods-title = 💳 How would you like to pay { $amount }?
bot-pay-methods-empty-body = There is no way to pay for this plan yet. Please ask the shop.
bot-pay-methods-btn-test = 💳 Test card
bot-pay-methods-btn-yookassa = 💳 Bank card (YooKassa)
bot-pay-methods-btn-cryptopay = 💎 Crypto (CryptoBot)
bot-pay-methods-btn-wata = 💳 Card or SBP (Wata)
bot-pay-methods-btn-stripe = 💳 Bank card (Stripe)
bot-pay-methods-btn-wallet = 👛 My wallet

bot-pay-open-body =
    💳 <b>{ $amount }</b> for { $plan }

    Pay on the page behind the button and come back; we notice the payment by ourselves.
    The page is open until { $until }.

    Order <code>{ $order }</code>
bot-pay-open-btn-pay = 💳 Open the payment page
bot-pay-open-btn-check = 🔄 I have paid

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
