# Messages that nobody asked for: short, and with one button.

bot-notify-payment-ok-body =
    ✅ مبلغ { $amount } دریافت شد. { $plan } تا { $until } فعال است.

    سفارش <code>{ $order }</code>
bot-notify-payment-ok-btn-connect = 🔑 اتصال
bot-notify-payment-failed-body =
    ❌ پرداخت { $amount } برای { $plan } انجام نشد. مبلغی دو بار کسر نشده و سفارش شما محفوظ است.

    سفارش <code>{ $order }</code>
bot-notify-payment-failed-btn-retry = 🔄 دوباره تلاش کنید
