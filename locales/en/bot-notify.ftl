# Messages that nobody asked for: short, and with one button.

bot-notify-payment-ok-body =
    ✅ { $amount } received. { $plan } is active until { $until }.

    Order <code>{ $order }</code>
bot-notify-payment-ok-btn-connect = 🔑 Connect
bot-notify-payment-failed-body =
    ❌ The payment of { $amount } for { $plan } did not go through. You were not charged twice, and the order is saved.

    Order <code>{ $order }</code>
bot-notify-payment-failed-btn-retry = 🔄 Try again
