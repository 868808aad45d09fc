# From card to card: where to send the money, and the receipt.

bot-pay-methods-btn-card = 💳 Перевод на карту
bot-card-open-amount =
    💳 Переведите ровно <b>{ $amount }</b>, { $plan }

    Последние цифры есть только у этого заказа: по ним магазин найдёт ваши деньги. Пожалуйста, ничего не меняйте.
bot-card-open-rial = В приложении банка, где суммы в риалах: <b>{ $rial }</b>
bot-card-open-number = На карту: <code>{ $number }</code>
bot-card-open-bank = Банк: { $bank }
bot-card-open-holder = Получатель: <b>{ $holder }</b>
bot-card-open-note = ℹ️ { $note }
bot-card-open-todo =
    После перевода пришлите сюда снимок чека до { $until }. Его посмотрит человек, и ссылка придёт в этот чат.

    Заказ <code>{ $order }</code>
bot-card-open-todo-wallet =
    Когда заплатите, пришлите сюда снимок чека до { $until }. Его посмотрит человек, и деньги появятся в вашем кошельке.

    Заказ <code>{ $order }</code>
bot-card-btn-copy-number = 📋 Номер карты
bot-card-btn-copy-amount = 📋 Сумма
bot-card-btn-copy-rial = 📋 В риалах
bot-card-btn-copy-toman = 📋 В туманах
bot-card-btn-send = 🧾 Я перевёл: прислать чек

bot-card-ask-body =
    🧾 Пришлите снимок чека на { $amount }: фото или скриншот из приложения банка, на котором видны сумма, время и номер операции.

    Заказ <code>{ $order }</code>
bot-card-err-text =
    🖼 Нужна картинка. Нажмите 📎, выберите фото или скриншот чека на { $amount } и отправьте.

    Заказ <code>{ $order }</code>
bot-card-err-file =
    🖼 Показать я могу только картинку. Сделайте скриншот чека на { $amount } и отправьте его как фото.

    Заказ <code>{ $order }</code>
bot-card-err-large =
    🖼 Файл слишком большой. Отправьте чек на { $amount } как фото, а не как файл: Telegram сам его уменьшит.

    Заказ <code>{ $order }</code>
bot-card-which-body = 🧾 Чека ждут несколько ваших заказов. Выберите тот, который вы оплатили, и пришлите снимок ещё раз.
bot-card-btn-which = { $plan } · { $amount }
bot-card-review-body =
    🔎 Спасибо, чек на { $amount } получен. Его смотрит человек.

    Заказ сохранён, время сейчас не идёт. Ответ придёт в этот чат.

    Заказ <code>{ $order }</code>
bot-card-expired-body =
    ⌛️ Время на оплату { $amount } вышло. Начать заново можно одним нажатием.

    Уже перевели деньги? Пришлите чек всё равно: они не потеряны.

    Заказ <code>{ $order }</code>
bot-card-btn-again = 🔄 Начать заново
bot-card-btn-late = 🧾 Я перевёл: прислать чек
bot-card-too-many-body =
    🙏 Три чека по этому заказу подтвердить не удалось, и снимки здесь больше не помогут. Если вы перевели деньги, напишите магазину и назовите номер <code>{ $order }</code>.
bot-card-rejected-body =
    ❌ Магазин не смог подтвердить ваш чек на { $amount }.

    { $reason }

    Заказ <code>{ $order }</code>
bot-card-btn-send-another = 🧾 Прислать другой чек
bot-card-reason-not-arrived = Деньги на карту магазина не поступили.
bot-card-reason-amount = Поступила другая сумма.
bot-card-reason-unreadable = Чек не читается.
bot-card-reason-used = На снимке другой платёж.
bot-card-all-taken-body = ⏳ Прямо сейчас очень многие платят переводом на карту. Попробуйте через несколько минут или выберите другой способ оплаты.

bot-card-sent-body =
    🧾 Вас ждёт чек: { $amount }, { $plan }.

    Заказ <code>{ $order }</code>
bot-card-btn-look = 🔎 Посмотреть
