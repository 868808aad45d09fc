# Messages that nobody asked for: short, and with one button.

bot-notify-payment-ok-body =
    ✅ Получено { $amount }. { $plan }: подписка активна до { $until }.

    Заказ <code>{ $order }</code>
bot-notify-payment-ok-btn-connect = 🔑 Подключить
bot-notify-renewed-body =
    🔁 { $plan }: продлено автоматически, списано { $amount }, активно до { $until }.

    Выключить можно в профиле. Заказ <code>{ $order }</code>
bot-notify-renewal-refused-body = ❌ Тариф должен был продлиться сам, но списать { $amount } с сохранённой карты не удалось. Доступ действует до { $until }. До этого времени мы попробуем ещё раз; можно продлить и вручную.
bot-notify-renewal-short-body = ❌ Тариф должен был продлиться сам, но в кошельке не хватает на { $amount }, а карта не сохранена. Доступ действует до { $until }; продлите, пожалуйста, вручную.
bot-notify-renewal-price-body = 📈 Тариф теперь стоит { $now } вместо { $was }. На это вы не соглашались, поэтому ничего не списано, автопродление выключено. Доступ действует до { $until }; продлите вручную или включите автопродление снова по новой цене.
bot-notify-renewal-gone-body = Ваш тариф больше не продаётся, поэтому он не продлён, и ничего не списано. Доступ действует до { $until }; выберите, пожалуйста, другой тариф.
bot-notify-method-withdrawn-body = 💳 { $card }: списывать больше нельзя, мы её забыли. Чтобы снова сохранить карту, заплатите ею один раз с включённым автопродлением.
bot-notify-payment-failed-body =
    ❌ Платёж { $amount } за { $plan } не прошёл. Дважды деньги не списаны, заказ сохранён.

    Заказ <code>{ $order }</code>
bot-notify-payment-failed-btn-retry = 🔄 Попробовать ещё раз
bot-notify-referral-bonus-body = 🎁 { $friend }: покупка по вашему приглашению — вам начислено { $bonus }. Всего: { $total }.
bot-notify-referral-welcome-body = 🎁 Вас пригласил(а) { $friend }: к вашему доступу добавлено { $bonus }.
bot-notify-referral-reversed-body = ↩️ { $friend }: деньги возвращены, поэтому неиспользованный остаток бонуса за эту покупку снят.
