# Traffic that is added to what is running.

bot-traffic-name = +{ $traffic }
bot-traffic-btn-add = ➕ Добавить трафик
bot-traffic-btn-pack = { $plan } · { $amount }
bot-traffic-body =
    ➕ <b>Больше трафика</b>

    Добавляется сразу, расходуется последним и сохраняется при продлении. Дата окончания не меняется.
bot-traffic-empty-body = Сейчас добавить нечего: ваш тариф без лимита, закончился, или магазин не продаёт дополнительный трафик. Подписку можно продлить.
bot-traffic-summary-body =
    🧾 <b>{ $plan }</b>

    📊 Ещё { $traffic } до конца подписки, а при продлении и после него
    💰 { $amount }
bot-traffic-added-body =
    ✅ Добавлено: { $plan }. Спасибо!

    📊 { $traffic }
    📅 До { $until }

    Заказ { $order }
