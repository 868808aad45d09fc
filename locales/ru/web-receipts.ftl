# Receipts of transfers from card to card.

web-orders-chip-review = На проверке
web-orders-review = Проверить самый старый
web-orders-review-count = { $count ->
    [one] Вас ждёт { $count } чек.
    [few] Вас ждут { $count } чека.
    [many] Вас ждут { $count } чеков.
   *[other] Вас ждут { $count } чека.
}
web-order-state-review = На проверке
web-order-event-receipt-sent = Покупатель прислал чек
web-order-event-receipt-approved = Чек подтверждён
web-order-event-receipt-rejected = Чек отклонён

web-receipt-title = Чек
web-receipt-drawer = Чек { $order }
web-receipt-close = Закрыть
web-receipt-order = Всё об этом заказе
web-receipt-back = Назад
web-receipt-approve-title = Деньги пришли?
web-receipt-facts = Сравните
web-receipt-expected = Запрошенная сумма
web-receipt-arrived = Поступило
web-receipt-card = Карта
web-receipt-sent = Чек прислан
web-receipt-ordered = Время на оплату
web-receipt-between = { $from } – { $until }
web-receipt-before = { $count ->
    [0] первый заказ
    [one] раньше оплачен { $count } заказ
    [few] раньше оплачено { $count } заказа
    [many] раньше оплачено { $count } заказов
   *[other] раньше оплачено { $count } заказа
}
web-receipt-waiting = Чеки на проверке
web-receipt-place = { $at } из { $of }
web-receipt-previous = Предыдущий
web-receipt-next = Следующий
web-receipt-picture = Чек, который прислал покупатель
web-receipt-enlarge = Открыть в полном размере
web-receipt-fetching = Снимок загружается из Telegram.
web-receipt-picture-gone = В Telegram этого снимка больше нет. Посмотрите в своём банке или отклоните, чтобы попросить другой.
web-receipt-picture-too-large = Файл больше 2 МБ и не сохранён. Отклоните, чтобы попросить фото.
web-receipt-picture-none = Это не картинка. Отклоните, чтобы попросить фото.
web-receipt-picture-dropped = Снимок удалён через 180 дней после решения.
web-receipt-unseen = Такого снимка раньше не присылали.
web-receipt-seen = Такой же снимок уже присылали
web-receipt-twin = для { $order }, { $time }
web-receipt-others = Другие чеки этого заказа
web-receipt-somebody = кто-то
web-receipt-approved-by = Подтвердил { $by }, { $time }
web-receipt-rejected-by = Отклонил { $by }, { $time }: { $reason }
web-receipt-mismatch-text = Покупатель ничего не получил. Верните полученное из своего банка или договоритесь с покупателем.
web-receipt-approve = Подтвердить…
web-receipt-approve-after-all = Деньги всё-таки пришли…
web-receipt-approve-text = Вы увидели в своём банке, что { $amount } поступили на карту, которая кончается на { $card }. Покупатель сразу получит доступ.
web-receipt-came = Поступила другая сумма
web-receipt-came-hint = Пусто: ровно { $amount }. Если меньше, покупатель пока ничего не получит, и заказ будет ждать вас; лишнее ляжет в кошелёк покупателя.
web-receipt-approve-yes = Деньги пришли, дать доступ
web-receipt-reject = Отклонить…
web-receipt-reject-text = Покупатель прочтёт причину на своём языке и сможет прислать другой чек, всего три.
web-receipt-why = Причина
web-receipt-reason-not-arrived = Денег на моём счёте нет
web-receipt-reason-amount = Сумма не совпадает
web-receipt-reason-unreadable = Чек не читается
web-receipt-reason-used = На снимке другой платёж
web-receipt-reason-other = Другая причина (напишите ниже)
web-receipt-words = Своими словами
web-receipt-words-hint = Покупатель прочтёт это, как вы напишете.
web-receipt-reject-yes = Отклонить и сообщить покупателю

web-refund-record-title = Я вернул деньги…
web-refund-record-text = Сначала верните до { $amount } из своего банка, потом запишите здесь сколько. Та же доля неиспользованного времени и трафика будет забрана, покупатель узнает. Отменить это нельзя.
web-refund-record-yes = Я вернул

web-flash-receipt-approved = Подтверждено. Доступ уже настраивается.
web-flash-receipt-approved-wallet = Подтверждено. Деньги на кошельке покупателя.
web-flash-receipt-rejected = Отклонено. Покупатель узнает почему.
web-flash-refund-recorded = Записано. Время и трафик забраны, покупатель узнает.
web-flash-method-ready = Сохранено. Если всё верно, включите.

web-method-card-title = Перевод на карту
web-method-card-hint = Покупатели переводят деньги на вашу карту и присылают чек боту. Каждый чек вы смотрите на странице заказов и подтверждаете. У каждого заказа своя сумма, чтобы вы нашли её на счёте.
web-method-card-number = Номер карты
web-method-card-number-hint = Шестнадцать цифр. Его видит каждый покупатель.
web-method-card-holder = Имя на карте
web-method-card-bank = Банк (необязательно)
web-method-card-note = Примечание для покупателей (необязательно)
web-method-card-note-hint = Например, лимит вашего банка или когда вы смотрите чеки.

web-preview-picture = Отправить снимок, например чек
web-preview-picture-file = Снимок
web-preview-picture-send = Отправить снимок
web-preview-picture-sample = Отправить образец чека
web-preview-no-picture = Это не картинка PNG или JPEG.

error-card-number-length = В номере карты шестнадцать цифр. Перепишите с карты все.
error-card-number-checksum = Это не номер карты: одна цифра неверна, или две поменялись местами. Сравните с картой.
error-receipt-decided = Кто-то успел раньше. { $decision }
error-receipt-overtaken = По этому чеку решать уже нельзя: его место занял другой, или заказ закрыт.
error-receipt-amount = Сумма должна быть больше нуля и не в сто раз больше запрошенной.
error-receipt-words = Напишите причину, чтобы покупатель знал, что делать.
