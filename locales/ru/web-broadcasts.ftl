# Сообщения сразу многим: список, составление, ход отправки.

web-area-broadcasts = Рассылки
web-broadcasts-title = Рассылки
web-broadcasts-lead = Одно сообщение многим пользователям: каждому один раз и на его языке. Покупки и ответы всегда идут первыми.
web-broadcasts-new = Новая рассылка
web-broadcasts-none = Рассылок ещё не было
web-broadcasts-none-text = Расскажите пользователям о скидке, новом сервере или сбое. Вы решаете, кто получит сообщение, видите его до отправки и можете остановить в любой момент.
web-broadcasts-newer = Новее
web-broadcasts-older = Старее

web-broadcast-state-draft = Черновик
web-broadcast-state-scheduled = Запланирована
web-broadcast-state-sending = Отправляется
web-broadcast-state-paused = На паузе
web-broadcast-state-stopped = Остановлена
web-broadcast-state-done = Готово

web-broadcast-segment-all = Все пользователи
web-broadcast-segment-active = С действующим платным тарифом
web-broadcast-segment-trial = На пробном периоде
web-broadcast-segment-expiring = Закончится в течение 3 дней
web-broadcast-segment-expired = Доступ закончился
web-broadcast-segment-never = Ещё не покупали
web-broadcast-segment-count = { $segment } ({ $number })

web-broadcast-began-writing = Начата { $at }
web-broadcast-begins = Начнётся { $at }
web-broadcast-started = Началась { $at }
web-broadcast-ended = Закончилась { $at }
web-broadcast-arrived = Получили { $sent } из { $all }, начата { $at }

web-broadcast-draft = Рассылка
web-broadcast-segment = Кто получит
web-broadcast-segment-hint = Заблокированные и те, кто сам заблокировал бота, не учитываются. Состав определяется в момент начала.
web-broadcast-text = Текст: { $language }
web-broadcast-text-needed = Обязателен: его получит каждый, для чьего языка текста нет. Не больше 4096 знаков, а под картинкой 1024.
web-broadcast-text-hint = Если оставить пустым, эти пользователи тоже получат первый текст.
web-broadcast-button-first = Первая кнопка
web-broadcast-button-second = Вторая кнопка
web-broadcast-button-to = Куда ведёт
web-broadcast-button-link = Адрес ссылки
web-broadcast-button-label = Надпись: { $language }
web-broadcast-button-hint = У кнопки, ведущей на экран бота, есть своя надпись, если ничего не ввести.
web-broadcast-to-none = Без кнопки
web-broadcast-to-link = Ссылка
web-broadcast-save = Сохранить и посмотреть
web-broadcast-save-hint = Пока ничего не отправляется. Картинки, проба и время дальше.
web-broadcast-pictures = Картинки
web-broadcast-pictures-text = PNG или JPEG до 5 МБ стоит над текстом. Своя картинка языка важнее общей.
web-broadcast-picture-all = Для всех языков
web-broadcast-picture-alt = Картинка над текстом
web-broadcast-picture-put = Поставить картинку
web-broadcast-picture-remove = Убрать
web-broadcast-review = Предпросмотр
web-broadcast-preview = так это увидят пользователи
web-broadcast-reach-nobody = Сейчас в этой группе никого нет.
web-broadcast-reach = { $count ->
    [one] Сейчас получит { $count } пользователь, это займёт около { $time }.
    [few] Сейчас получат { $count } пользователя, это займёт около { $time }.
    [many] Сейчас получат { $count } пользователей, это займёт около { $time }.
   *[other] Сейчас получат { $count } пользователя, это займёт около { $time }.
}
web-broadcast-missing = Не написано на: { $languages }. Эти пользователи получат текст на языке { $shop }.
web-broadcast-test = Отправить пробу мне
web-broadcast-test-nobody = Проба уходит в Telegram владельца, а он пока не известен.
web-broadcast-test-connect = Подключить
web-broadcast-test-blocked = Бот не может вам написать: откройте его в Telegram, нажмите «Старт» и попробуйте снова.
web-broadcast-test-refused = Telegram не принял сообщение: { $reason }
web-broadcast-test-later = Telegram просит подождать или недоступен. Попробуйте через минуту.
web-broadcast-test-no-bot = Бот не работает, отправить ничего нельзя.
web-broadcast-schedule = Отправить позже
web-broadcast-day = День
web-broadcast-time = Время
web-broadcast-zone = По часам магазина ({ $zone }).
web-broadcast-schedule-yes = Запланировать
web-broadcast-now = Отправить сейчас
web-broadcast-now-text = Начнётся сразу. Рассылку можно приостановить и остановить, а отправленное удалить в течение 48 часов.
web-broadcast-now-yes = { $count ->
    [one] Отправить { $count } пользователю
    [few] Отправить { $count } пользователям
    [many] Отправить { $count } пользователям
   *[other] Отправить { $count } пользователя
}
web-broadcast-discard = Удалить черновик
web-broadcast-discard-text = Тексты и картинки пропадут навсегда.
web-broadcast-discard-yes = Удалить

web-broadcast-message = Сообщение
web-broadcast-progress = Получатели, с которыми всё решено
web-broadcast-figures = Получатели
web-broadcast-left = { $count ->
    [one] Остался { $count }, около { $time }.
    [few] Осталось { $count }, около { $time }.
    [many] Осталось { $count }, около { $time }.
   *[other] Осталось { $count }, около { $time }.
}
web-broadcast-waiting = Ждут
web-broadcast-in-hand = В пути
web-broadcast-sent = Отправлено
web-broadcast-blocked = Заблокировали бота
web-broadcast-not-taken = Не принято
web-broadcast-not-known = Неизвестно
web-broadcast-deleted = Удалено
web-broadcast-kept = Не удалось удалить
web-broadcast-call-off = Отменить и изменить
web-broadcast-pause = Приостановить
web-broadcast-resume = Продолжить
web-broadcast-stop = Остановить совсем
web-broadcast-stop-text = Кто ещё не получил сообщение, уже не получит. Отправленное останется в чатах, пока вы его не удалите.
web-broadcast-stop-yes = Остановить
web-broadcast-unknown = Неизвестно, дошло ли: { $number }
web-broadcast-unknown-text = Пока сообщения были в пути, сервер прервался или Telegram не ответил. Само по себе ничего не отправляется дважды.
web-broadcast-again-unknown-text = Кто всё-таки получил сообщение, получит его второй раз.
web-broadcast-failed = Telegram не принял: { $number }
web-broadcast-again-failed-text = Им отправляется ещё раз. Что не понравилось Telegram, сказано в таблице.
web-broadcast-again = Отправить им снова
web-broadcast-reasons = Что ответил Telegram
web-broadcast-became = Чем закончилось
web-broadcast-reason = Словами Telegram
web-broadcast-count = Пользователи
web-broadcast-deleting = Отправленное удаляется.
web-broadcast-delete-sent = Удалить отправленное
web-broadcast-delete-sent-text = Сообщения исчезнут из чатов. Telegram удаляет только то, чему меньше 48 часов.
web-broadcast-delete-sent-yes = Удалить { $number }
web-broadcast-halt-bot = Пауза: бот не может писать пользователям
web-broadcast-halt-bot-text = Он приостановлен, или его токен больше не действует. Запустите его или дайте новый токен на странице обзора, потом продолжите здесь.
web-broadcast-halt-refused = Пауза: Telegram не принимает сообщение ни для кого
web-broadcast-halt-refused-text = Почему, сказано в таблице ниже. Те, кто ждёт, ничего не потеряли.

web-flash-broadcast-saved = Сохранено. Вот как это выглядит.
web-flash-broadcast-tested = Проба в вашем чате с ботом.
web-flash-broadcast-begun = Рассылка отправляется.
web-flash-broadcast-scheduled = Рассылка запланирована.
web-flash-broadcast-called-off = Рассылка отменена, её можно изменить.
web-flash-broadcast-paused = Рассылка на паузе.
web-flash-broadcast-resumed = Рассылка продолжается.
web-flash-broadcast-stopped = Рассылка остановлена.
web-flash-broadcast-discarded = Черновик удалён.
web-flash-broadcast-again = Им отправляется снова.
web-flash-broadcast-deleting = Отправленное удаляется.

error-broadcast-gone = Этой рассылки больше нет.
error-broadcast-state = Этого уже нельзя сделать: состояние рассылки изменилось.
error-broadcast-no-text = Нужен текст на языке { $language }: его получит каждый, для кого нет другого.
error-broadcast-long = Слишком длинно: в сообщении не больше { $count } знаков.
error-broadcast-long-caption = Слишком длинно: под картинкой помещается { $count } знаков. Сократите текст или уберите картинку.
error-broadcast-label = Кнопке со ссылкой нужна надпись на каждом языке, на котором написано сообщение.
error-broadcast-label-long = На кнопке помещается не больше { $count } знаков.
error-broadcast-link = Нужен адрес, который начинается с https://.
error-broadcast-past = Это время уже прошло: выберите более позднее.
error-broadcast-time = Время вида 18:30, пожалуйста.
error-broadcast-picture = Выберите PNG или JPEG.
error-broadcast-picture-size = Картинка слишком большая: не больше 5 МБ.
error-broadcast-nobody = Больше нет никого, к кому это относится.
