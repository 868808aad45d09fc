# What lies with the shop, filling it, and paying with it.

bot-wallet-title = 👛 <b>Wallet</b>
bot-wallet-line-balance = Balance: <b>{ $amount }</b>
bot-wallet-empty-body = There is nothing in your wallet. If you ever pay more than something costs, the rest is kept here for you.
bot-wallet-hint-on = When it covers the price of a plan, you can pay with it.
bot-wallet-hint-off = The shop takes no payments from wallets at the moment. Your money stays here.
bot-wallet-history-title = 🧾 <b>Latest movements</b>
bot-wallet-history-in = { $date } · { $reason } · <b>+{ $amount }</b>
bot-wallet-history-out = { $date } · { $reason } · <b>−{ $amount }</b>
bot-wallet-reason-surplus = paid too much
bot-wallet-reason-surplus-back = sent back where it came from
bot-wallet-reason-paid = paid for an order
bot-wallet-reason-refund = order paid back
bot-wallet-line-held = Held: { $amount } (on its way back, or called back by your bank)
bot-wallet-empty-fill-body = There is nothing in your wallet. Put money into it once, and the next purchases take one tap; if you ever pay more than something costs, the rest is kept here too.
bot-wallet-reason-top-up = you filled it
bot-wallet-reason-top-up-back = sent back to you
bot-wallet-btn-fill = ➕ Add money
bot-wallet-btn-other-amount = ✏️ Another amount

bot-wallet-confirm-body =
    👛 Pay <b>{ $amount }</b> for { $plan } from your wallet?

    Balance: { $balance }
    Balance afterwards: <b>{ $left }</b>

    Order <code>{ $order }</code>
bot-wallet-confirm-btn-pay = ✅ Pay { $amount }
bot-wallet-short-body =
    👛 Your wallet holds { $balance }, and { $plan } costs { $amount }. Nothing was charged; please choose another way to pay.

    Order <code>{ $order }</code>

bot-wallet-top-up-title = Wallet top-up
bot-wallet-fill-body =
    ➕ <b>How much would you like to put into your wallet?</b>

    Choose an amount, or just write one, for example <code>{ $example }</code>.
bot-wallet-fill-between = From { $least } to { $most }.
bot-wallet-fill-from = At least { $least }.
bot-wallet-fill-err-number = ✏️ I could not read that as an amount. Please write the number alone.
bot-wallet-fill-err-min = ☝️ That is too little: at least { $least }.
bot-wallet-fill-err-max = ☝️ That is too much at once: at most { $most }.
bot-wallet-fill-ways-title = 💳 How would you like to pay in { $amount }?
bot-wallet-fill-no-way-body = 😕 No way to pay takes { $amount } at the moment. Please try another amount.
bot-wallet-fill-closed-body = The shop takes no money into wallets at the moment. What is in yours stays there.
bot-wallet-filled-body =
    ✅ { $amount } is in your wallet.

    You can pay for a plan with it now. Order <code>{ $order }</code>
