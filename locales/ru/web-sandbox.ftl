# Pages that stand in for others' in the sandbox.

web-pay-title = Учебная оплата
web-pay-imitates-stripe = Эта страница изображает Stripe. Ничего не списывается и не уходит с сервера.
web-pay-imitates-provider = Эта страница изображает платёжный сервис. Ничего не списывается и не уходит с сервера.
web-pay-subscribe = Подписка «{ $product }»
web-pay-due = К оплате сегодня
web-pay-next = Что дальше?
web-pay-webhook = Сообщение от провайдера
web-pay-webhook-at-once = приходит сразу
web-pay-webhook-twice = приходит дважды
web-pay-webhook-late = приходит через 30 секунд
web-pay-webhook-never = не приходит
web-pay-filled-in = Тестовая карта уже вписана
web-pay-by-card = Оплата картой
web-pay-card = Номер карты
web-pay-card-hint = Настоящие карты здесь не принимаются.
web-pay-expires = Срок
web-pay-cvc = Код CVC
web-pay-submit = Оплатить { $amount } (тест)
web-pay-outcomes = Или другой исход
web-pay-decline = Отказ
web-pay-close = Закрыть вкладку
web-pay-production-stripe = В рабочей версии это страница самого Stripe. Botyard не видит номер карты.
web-pay-production-provider = В рабочей версии это страница провайдера, которого выбрал магазин.
web-pay-result-paid = Оплачено
web-pay-result-paid-text = Вернитесь к боту: конфиг уже там или вот-вот появится.
web-pay-result-declined = Карта отклонена
web-pay-result-declined-text = Ничего не списано. Вернитесь к боту и попробуйте ещё раз.
web-pay-result-closed = Этот платёж завершён
web-pay-result-closed-text = Ничего не списано. Вернитесь к боту, чтобы заказать снова.
web-pay-back = Назад в магазин
web-botfather-title = Учебный BotFather
web-botfather-lead = Создаёт ботов в учебном Telegram этого сервера. Токены больше нигде не работают, поэтому их можно показать.
web-botfather-name = Имя бота
web-botfather-name-hint = Его видят люди.
web-botfather-username = Юзернейм
web-botfather-username-hint = Оканчивается на bot, например fastline_bot.
web-botfather-create = Создать бота
web-botfather-bots = Ваши боты
web-botfather-empty = Ботов пока нет
web-botfather-empty-text = Создайте бота выше и вставьте его токен в мастере.
web-botfather-revoke = Новый токен
web-botfather-back = Назад
web-botfather-bad-username = Имя пользователя: от 5 до 32 латинских букв, цифр и подчёркиваний, в конце «bot».
web-botfather-taken = Это имя пользователя занято. Попробуйте другое.
web-botfather-bad-name = Имя бота: от 1 до 64 символов.
web-faults-title = Устроить сбой
web-faults-lead = Что сломается дальше у сервисов, которые изображает песочница. Посмотрите глазами покупателя и убедитесь, что ничего не теряется. После перезапуска всё снова в порядке.
web-faults-emulator = Где
web-faults-telegram = Telegram
web-faults-panel = Ваша VPN-панель
web-faults-stripe = Stripe
web-faults-bank = Банк магазинов
web-faults-mail = Почта
web-faults-fault = Что сломается
web-faults-down = Не отвечает (выключено)
web-faults-fail = Отвечает ошибкой
web-faults-delay = Отвечает поздно
web-faults-lose-answer = Выполняет, но ответ теряется
web-faults-duplicate = Сообщение приходит дважды
web-faults-reorder = Сообщения меняются местами
web-faults-lose = Сообщение не приходит
web-faults-pattern = Какие вызовы или сообщения
web-faults-pattern-hint = Метод или адрес, например sendMessage, PUT /api/user/* или webhook:*. Звёздочка заменяет что угодно.
web-faults-times = Сколько раз
web-faults-times-hint = Пусто: пока не отмените.
web-faults-seconds = Задержка в секундах
web-faults-seconds-hint = Только для позднего ответа.
web-faults-set = Включить
web-faults-now = Включено сейчас
web-faults-none = Всё работает.
web-faults-left = { $count ->
    [one] ещё { $count } раз
    [few] ещё { $count } раза
    [many] ещё { $count } раз
   *[other] ещё { $count } раза
}
web-faults-until-cleared = пока не отмените
web-faults-clear = Починить

## The platform's clock

web-faults-clock = Часы платформы
web-faults-clock-lead = По этим часам идут пробный период и оплаченные пакеты. Вход и работа магазина не меняются: у магазина свои часы рядом с телефоном.
web-faults-clock-day = На 1 день вперёд
web-faults-clock-week = На 7 дней вперёд
web-faults-clock-month = На 30 дней вперёд

## Почтовый ящик

web-mailbox-title = Письма
web-mailbox-lead = Что ваши пользователи получили бы по почте. Ничто не покидает этот сервер; адреса на .invalid не принимаются, как и адреса, которых нет.
web-mailbox-empty = Писем пока нет
web-mailbox-empty-text = Укажите адрес в настройках бота: код подтверждения придёт сюда.
web-mailbox-to = Кому: { $address }
web-mailbox-unsubscribe = Отключить эти письма
