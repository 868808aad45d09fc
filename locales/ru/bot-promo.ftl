# Promo codes: entering one, what it gives, why it does not.

bot-promo-btn-enter = 🎟 Промокод
bot-promo-btn-off = ✖️ Убрать { $code }
bot-promo-btn-plans = 🛒 Выбрать тариф

bot-promo-ask-body =
    🎟 <b>Промокод</b>

    Пришлите код сообщением.
bot-promo-another-body = Можно прислать другой код или купить без него.
bot-promo-taken-body = ✅ Промокод <code>{ $code }</code> ваш: <b>{ $gift }</b>. Он сработает в следующем заказе.
bot-promo-ready-body = 🎟 Промокод <code>{ $code }</code> ждёт следующего заказа: <b>{ $gift }</b>.
bot-promo-changed-body = За это время условия изменились. Пожалуйста, посмотрите ещё раз перед оплатой.

bot-promo-gift-percent = скидка { $percent }%
bot-promo-gift-amount = скидка { $amount }
bot-promo-gift-days = { $period } в подарок
bot-promo-gift-traffic = { $traffic } трафика в подарок

bot-promo-term-until = ⏳ Действует до { $at }.
bot-promo-term-plans = 🧾 Для тарифов: { $plans }.
bot-promo-term-first = 🌱 Только для первой покупки.
bot-promo-separator-plans = {", "}

bot-promo-line-off = 🎟 <code>{ $code }</code>: скидка <b>{ $off }</b>; без промокода цена { $full }.
bot-promo-line-days = 🎟 <code>{ $code }</code>: <b>{ $period }</b> в подарок.
bot-promo-line-traffic = 🎟 <code>{ $code }</code>: <b>{ $traffic }</b> в подарок.
bot-promo-line-least = ℹ️ Меньше { $amount } оплатить нельзя, поэтому скидка не может быть больше.
bot-promo-line-not = 🎟 Промокод <code>{ $code }</code> в этом заказе не действует.

bot-promo-err-unknown = 🤔 Такого промокода нет. Проверьте, пожалуйста, все ли буквы верны.
bot-promo-err-off = ⌛️ Магазин отключил этот промокод.
bot-promo-err-not-yet = ⏳ Промокод начнёт действовать { $at }. Возвращайтесь к этому времени.
bot-promo-err-ended = ⌛️ Промокод действовал до { $at }.
bot-promo-err-used-up = 😔 Этот промокод уже использован столько раз, сколько можно.
bot-promo-err-used = ☑️ Вы уже использовали этот промокод.
bot-promo-err-first = 🌱 Промокод только для первой покупки, а вы уже покупали.
bot-promo-err-plan = 🧾 Этот промокод для других тарифов.
bot-promo-err-currency = 💱 Промокод даёт скидку { $amount }, а этот тариф в такой валюте не оплачивается.
bot-promo-err-least = ℹ️ Цена и так наименьшая, какую можно оплатить, скидку делать не с чего.
bot-promo-err-unpaid = ⏳ Вы начали несколько заказов с этим промокодом и не оплатили их. Новый можно начать после { $at }; открытые заказы можно оплатить и сейчас.
bot-promo-err-tries = ⏳ Слишком много несуществующих промокодов. Попробуйте, пожалуйста, снова в { $at }.
