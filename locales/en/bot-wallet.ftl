# What lies with the shop, and paying with it.

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

bot-wallet-confirm-body =
    👛 Pay <b>{ $amount }</b> for { $plan } from your wallet?

    Balance: { $balance }
    Balance afterwards: <b>{ $left }</b>

    Order <code>{ $order }</code>
bot-wallet-confirm-btn-pay = ✅ Pay { $amount }
bot-wallet-short-body =
    👛 Your wallet holds { $balance }, and { $plan } costs { $amount }. Nothing was charged; please choose another way to pay.

    Order <code>{ $order }</code>
