# From the order to the money.

bot-pay-summary-body =
    🧾 <b>Ваш заказ</b>

    Тариф: <b>{ $plan }</b>
    Срок: { $period }
    Трафик: { $traffic }
    К оплате: <b>{ $amount }</b>
bot-pay-summary-btn-pay = 💳 Оплатить { $amount }

bot-pay-methods-title = 💳 К оплате { $amount }. Как вам удобнее?
bot-pay-methods-repeat-hint = 🔁 По второй кнопке Telegram сам списывает ту же цену каждые 30 дней. Отменить можно в любой момент, здесь или в Telegram.
bot-pay-methods-btn-repeat = 🔁 Подписка: { $amount } каждые 30 дней
bot-pay-methods-empty-body = Этот тариф пока нечем оплатить. Спросите, пожалуйста, у магазина.
bot-pay-methods-btn-test = 💳 Тестовая карта
bot-pay-methods-btn-yookassa = 💳 Банковская карта (ЮKassa)
bot-pay-methods-btn-cryptopay = 💎 Криптовалюта (CryptoBot)
bot-pay-methods-btn-wata = 💳 Карта или СБП (Wata)
bot-pay-methods-btn-stripe = 💳 Банковская карта (Stripe)
bot-pay-methods-btn-stars = ⭐️ Telegram Stars
bot-pay-methods-btn-wallet = 👛 Мой кошелёк

bot-pay-open-body =
    💳 <b>{ $amount }</b>, { $plan }

    Оплатите на странице за кнопкой и возвращайтесь, платёж мы заметим сами.
    Страница открыта до { $until }.

    Заказ <code>{ $order }</code>
bot-pay-open-btn-pay = 💳 Открыть страницу оплаты
bot-pay-open-btn-check = 🔄 Я оплатил
bot-pay-open-stars-body =
    ⭐️ <b>{ $amount }</b>, { $plan }

    После нажатия Telegram спросит ещё раз. Звёзды спишутся только тогда, и платёж мы заметим сами.
    Оплатить можно до { $until }. Вопросы об оплате: /paysupport

    Заказ <code>{ $order }</code>
bot-pay-open-stars-btn-pay = ⭐️ Оплатить { $amount }
bot-pay-open-repeat-body =
    🔁 <b>{ $amount }</b> ({ $plan }), и дальше само: раз в { $period }

    По кнопке Telegram спросит ещё раз. Потом он каждый раз списывает ту же цену, пока вы не отмените: здесь в профиле или в настройках Telegram. Оплаченное остаётся.
    Оплатить можно до { $until }. Вопросы об оплате: /paysupport

    Заказ <code>{ $order }</code>
bot-pay-open-repeat-btn-pay = 🔁 Подписаться за { $amount }

bot-pay-check-pending-note = ⏳ На { $time } платежа ещё нет. Это может занять минуту.
bot-pay-paid-body =
    ✅ Получено { $amount }, спасибо!

    ⏳ Настраиваю { $plan }. Ссылка придёт сюда через несколько секунд.

    Заказ <code>{ $order }</code>
bot-pay-slow-body =
    ✅ Получено { $amount }, спасибо!

    ⏳ Сервер сейчас отвечает медленно. Ваш заказ в сохранности, мы продолжаем попытки: ссылка придёт сюда сама, и ни один день не пропадёт.

    Заказ <code>{ $order }</code>
bot-pay-done-body =
    🎉 { $plan }: подписка активна до { $until }.

    Заказ <code>{ $order }</code>
bot-pay-failed-body =
    ❌ Платёж { $amount } не прошёл. Заказ сохранён, можно попробовать ещё раз.

    Заказ <code>{ $order }</code>
bot-pay-expired-body =
    ⌛️ Страница оплаты устарела, деньги не списаны. Заказать снова можно одним нажатием.

    Заказ <code>{ $order }</code>
bot-pay-mismatch-body =
    🔎 Платёж пришёл, но не совпадает с заказом. Заказ ждёт, пока магазин его проверит; ваши деньги не потеряны.

    Заказ <code>{ $order }</code>
bot-pay-refunded-body =
    ↩️ Вам возвращено { $amount }.

    Заказ <code>{ $order }</code>
bot-pay-refunded-wallet-body =
    ↩️ { $amount } снова в вашем кошельке.

    Заказ <code>{ $order }</code>
bot-pay-provider-down-body = 😕 Платёжный сервис сейчас не отвечает. Попробуйте через несколько минут, заказ сохранён.

bot-pay-checkout-err-closed = Этот заказ уже закрыт, ничего не списано. Выберите тариф ещё раз: /buy.
bot-pay-checkout-err-foreign = Этот счёт выставлен другому человеку, ничего не списано. Оформите свой заказ: /buy.
bot-pay-checkout-err-differs = Этот счёт устарел, ничего не списано. Выберите тариф ещё раз: /buy.
bot-pay-checkout-err-busy = Магазин сейчас занят, ничего не списано. Попробуйте ещё раз через минуту.

bot-pay-support-body =
    🧾 <b>Вопрос об оплате</b>

    1. Сначала загляните в «Мои заказы»: всё оплаченное появляется там само за несколько минут, возвраты тоже.
    2. Что-то всё ещё не так? Напишите магазину { $shop }, укажите номер заказа и ваш Telegram ID: <code>{ $id }</code>.

    Поддержка самого Telegram с покупками в этом боте не поможет.
bot-pay-support-btn-channel = 📣 Канал магазина
bot-terms-body =
    📄 <b>Условия { $shop }</b>

    • Вы покупаете доступ к VPN на срок и трафик, указанные в тарифе. Он начинается, когда приходит оплата.
    • Ссылка — для вас и ваших устройств. Спам, атаки и незаконный контент запрещены и могут прекратить доступ.
    • Если доступ выдать не удалось, деньги вернутся. При возврате снимаются неиспользованные срок и трафик этой покупки.
    • Мы храним ваш Telegram ID, заказы и израсходованный трафик и не записываем, какие сайты вы открываете.
    • На вопросы об оплате отвечает магазин: /paysupport. Telegram не участвует в этой покупке.
