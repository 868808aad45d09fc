# Messages that nobody asked for: short, and with one button.

bot-notify-payment-ok-body =
    ✅ Получено { $amount }. { $plan }: подписка активна до { $until }.

    Заказ <code>{ $order }</code>
bot-notify-payment-ok-btn-connect = 🔑 Подключить
bot-notify-payment-failed-body =
    ❌ Платёж { $amount } за { $plan } не прошёл. Дважды деньги не списаны, заказ сохранён.

    Заказ <code>{ $order }</code>
bot-notify-payment-failed-btn-retry = 🔄 Попробовать ещё раз
