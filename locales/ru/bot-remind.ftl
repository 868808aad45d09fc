# Что пользователи узнают о своих подписках сами собой, и что они об этом выбирают.

bot-notices-body =
    🔔 <b>Уведомления</b>

    Нажмите, чтобы выключить или включить. Сообщение с новой ссылкой приходит всегда.
bot-notices-btn-on = ✅ { $name }
bot-notices-btn-off = ▫️ { $name }
bot-notices-name-trial-ending = Пробный период кончается
bot-notices-name-expiring = Подписка кончается
bot-notices-name-expired = Подписка закончилась
bot-notices-name-payment-ok = Платёж пришёл
bot-notices-name-payment-failed = Платёж не прошёл
bot-notices-name-referral = Подарок за приглашение
bot-notices-name-traffic = Трафик кончается
bot-notices-name-renewal-ahead = Подписка скоро продлится сама
bot-notices-name-win-back = Предложение вернуться
bot-notices-toast-on = Снова включено
bot-notices-toast-off = Выключено: больше не придёт

bot-quiet-body =
    🌙 <b>Тихие часы</b>

    В эти часы напоминания не приходят, они придут потом. О платежах сообщаем сразу. На часах магазина { $now }.
bot-quiet-line-set = Тихо с { $from } до { $until }.
bot-quiet-btn-hours = { $from } – { $until }
bot-quiet-btn-none = Без тихих часов
bot-quiet-toast-saved = Сохранено

bot-remind-trial-ending-body = ⏳ Пробный период закончится через { $left }, { $until }. Израсходовано: { $traffic }. Выберите тариф: ссылка останется прежней.
bot-remind-trial-ended-body = 🔴 Пробный период закончился { $until }. Выберите тариф, и та же ссылка сразу заработает.
bot-remind-expiring-body = 📅 <b>{ $plan }</b> закончится через { $left }, { $until }. Продлите сейчас: дни прибавятся.
bot-remind-last-day-body = ⚠️ <b>{ $plan }</b> закончится через { $left }, { $until }. Продлите сейчас: дни прибавятся, и ничего не прервётся.
bot-remind-expired-body = 🔴 <b>{ $plan }</b> закончилась { $until }. Ссылка сохранена: продлите, и она сразу заработает.
bot-remind-traffic-low-body = 📊 Израсходовано больше 80 % трафика: { $traffic }. Продлите заранее, и новый трафик прибавится к остатку.
bot-remind-traffic-gone-body = ⛔ Трафик закончился: { $traffic }. Продлите, и та же ссылка сразу заработает.
bot-remind-charge-body = 🔁 <b>{ $plan }</b> продлится сама { $at }: тогда спишется <b>{ $amount }</b>. Делать ничего не нужно. Если не хотите, выключите автопродление до этого времени: доступ доработает до своего конца.
bot-remind-charge-stars-body = 🔁 <b>{ $plan }</b> продлится { $at }: Telegram спишет <b>{ $amount }</b>. К этому времени нужно достаточно звёзд. Если не хотите, отмените подписку до этого времени: доступ доработает до своего конца.
bot-remind-win-back-body = 👋 <b>{ $plan }</b> закончилась { $until }. Ссылка всё ещё сохранена: продлите, и она сразу заработает.
bot-remind-win-back-trial-body = 👋 Пробный период закончился { $until }. Если понравилось, выберите тариф, и та же ссылка сразу заработает.
bot-remind-btn-off = 🔕 Больше не присылать
