# What lies with the shop, filling it, and paying with it.

bot-wallet-title = 👛 <b>Кошелёк</b>
bot-wallet-line-balance = Баланс: <b>{ $amount }</b>
bot-wallet-empty-body = В кошельке пусто. Если вы когда-нибудь заплатите больше, чем нужно, остаток сохранится здесь.
bot-wallet-hint-on = Когда его хватает на тариф, можно заплатить из кошелька.
bot-wallet-hint-off = Сейчас магазин не принимает оплату из кошелька. Ваши деньги остаются здесь.
bot-wallet-history-title = 🧾 <b>Последние операции</b>
bot-wallet-history-in = { $date } · { $reason } · <b>+{ $amount }</b>
bot-wallet-history-out = { $date } · { $reason } · <b>−{ $amount }</b>
bot-wallet-reason-surplus = заплачено лишнее
bot-wallet-reason-surplus-back = возвращено туда, откуда пришло
bot-wallet-reason-paid = оплата заказа
bot-wallet-reason-refund = возврат за заказ
bot-wallet-line-held = Заморожено: { $amount } (возвращается вам или оспорено вашим банком)
bot-wallet-empty-fill-body = В кошельке пусто. Пополните его один раз, и следующие покупки займут одно касание; если вы когда-нибудь заплатите больше, чем нужно, остаток тоже сохранится здесь.
bot-wallet-reason-top-up = пополнение
bot-wallet-reason-top-up-back = возвращено вам
bot-wallet-btn-fill = ➕ Пополнить
bot-wallet-btn-other-amount = ✏️ Другая сумма

bot-wallet-confirm-body =
    👛 Оплатить <b>{ $amount }</b> ({ $plan }) из кошелька?

    Баланс: { $balance }
    Баланс после оплаты: <b>{ $left }</b>

    Заказ <code>{ $order }</code>
bot-wallet-confirm-btn-pay = ✅ Оплатить { $amount }
bot-wallet-short-body =
    👛 В кошельке { $balance }, а { $plan } стоит { $amount }. Ничего не списано; выберите, пожалуйста, другой способ оплаты.

    Заказ <code>{ $order }</code>

bot-wallet-top-up-title = Пополнение кошелька
bot-wallet-fill-body =
    ➕ <b>На сколько пополнить кошелёк?</b>

    Выберите сумму или просто напишите её, например <code>{ $example }</code>.
bot-wallet-fill-between = От { $least } до { $most }.
bot-wallet-fill-from = Не меньше { $least }.
bot-wallet-fill-err-number = ✏️ Не получилось прочитать сумму. Напишите, пожалуйста, только число.
bot-wallet-fill-err-min = ☝️ Это слишком мало: не меньше { $least }.
bot-wallet-fill-err-max = ☝️ Это слишком много за один раз: не больше { $most }.
bot-wallet-fill-ways-title = 💳 Пополнение на { $amount }. Как вам удобнее заплатить?
bot-wallet-fill-no-way-body = 😕 Сейчас ни один способ оплаты не принимает { $amount }. Попробуйте другую сумму.
bot-wallet-fill-closed-body = Сейчас магазин не принимает деньги на кошельки. То, что у вас есть, остаётся на месте.
bot-wallet-filled-body =
    ✅ { $amount } зачислено на ваш кошелёк.

    Теперь можно оплатить им тариф. Заказ <code>{ $order }</code>
