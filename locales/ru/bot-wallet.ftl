# What lies with the shop, and paying with it.

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

bot-wallet-confirm-body =
    👛 Оплатить <b>{ $amount }</b> ({ $plan }) из кошелька?

    Баланс: { $balance }
    Баланс после оплаты: <b>{ $left }</b>

    Заказ <code>{ $order }</code>
bot-wallet-confirm-btn-pay = ✅ Оплатить { $amount }
bot-wallet-short-body =
    👛 В кошельке { $balance }, а { $plan } стоит { $amount }. Ничего не списано; выберите, пожалуйста, другой способ оплаты.

    Заказ <code>{ $order }</code>
