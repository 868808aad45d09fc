# Кого бот пускает.

web-area-entry = Вход
web-entry-title = Вход
web-entry-lead = Что идёт перед меню: канал, новые клиенты, правила. Того, кто заплатил, бот всегда впускает.
web-entry-channel-title = Канал
web-entry-channel-text = Люди вступают в ваш канал, прежде чем увидят меню. Продления, поддержка, открытые платежи и ссылки тех, кто заплатил, этого не ждут; если Telegram не показывает участников, бот пускает всех и сообщает вам.
web-entry-channel = Канал бота
web-entry-channel-hint = Публичное имя. Бот должен быть там администратором.
web-entry-required = Только для участников канала
web-entry-test = Проверить
web-entry-new-title = Новые клиенты
web-entry-new = Кто может начать
web-entry-open = Все
web-entry-invited = Только по ссылке клиента
web-entry-closed = Пока никто
web-entry-rules-title = Правила
web-entry-rules = Новые клиенты сначала принимают правила
web-entry-rules-text = Правила можно изложить своими словами.
web-entry-rules-edit = Изменить правила
web-entry-save = Сохранить
web-flash-entry-saved = Сохранено. Бот уже следует этому.
web-flash-entry-channel-ok = Бот видит участников { $channel }.
web-entry-sources-title = Откуда приходят
web-entry-sources-text = Дайте каждой рекламной площадке свою ссылку, с именем после src_:
web-entry-sources-none = По таким ссылкам ещё никто не пришёл.
web-entry-source = Ссылка
web-entry-came = Пользователи
