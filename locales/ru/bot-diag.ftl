# Whether everything works: for the shop's people, and for a user whose VPN does not connect.

bot-diag-title-ok = 🩺 <b>Всё работает</b>
bot-diag-title-warn = 🩺 <b>Работает, но обратите внимание</b>
bot-diag-title-fail = 🩺 <b>Что-то не работает</b>
bot-diag-line = { $mark } { $text }
bot-diag-token-ok = Telegram знает бота как { $bot }.
bot-diag-token-revoked = Telegram не принимает токен. Введите новый в панели.
bot-diag-telegram-silent = Telegram нам не отвечает.
bot-diag-updates-polling = Мы сами забираем сообщения из Telegram.
bot-diag-updates-webhook = Telegram доставляет нам сообщения без ошибок.
bot-diag-updates-failing = За последний час Telegram не всегда мог доставить нам сообщения.
bot-diag-pending =
    { $count ->
        [one] В Telegram ждёт { $count } сообщение.
        [few] В Telegram ждут { $count } сообщения.
        [many] В Telegram ждут { $count } сообщений.
       *[other] В Telegram ждут { $count } сообщения.
    }
bot-diag-last = Последнее действие пользователя: { $time }.
bot-diag-last-none = Здесь ещё никто ничего не делал.
bot-diag-answers-unknown =
    { $count ->
        [one] Telegram не сообщил, дошёл ли { $count } ответ за последний час. Повторно он не отправлен; кто его не видит, пусть откроет меню.
        [few] Telegram не сообщил, дошли ли { $count } ответа за последний час. Повторно они не отправлены; кто не видит ответа, пусть откроет меню.
        [many] Telegram не сообщил, дошли ли { $count } ответов за последний час. Повторно они не отправлены; кто не видит ответа, пусть откроет меню.
       *[other] Telegram не сообщил, дошли ли { $count } ответа за последний час. Повторно они не отправлены; кто не видит ответа, пусть откроет меню.
    }
bot-diag-panel-none = Панель не подключена, выдавать доступ негде.
bot-diag-panel-ok = Панель { $panel } отвечает за { $ms } мс.
bot-diag-panel-slow = Панель { $panel } отвечает медленно: { $ms } мс.
bot-diag-panel-refused = Панель { $panel } не принимает наш вход. Введите её пароль заново.
bot-diag-panel-silent = Панель { $panel } не отвечает. Оплаченные заказы ждут её и не потеряются.
bot-diag-pay-ok = Все сообщения о платежах обработаны.
bot-diag-pay-waiting =
    { $count ->
        [one] { $count } сообщение о платеже ждёт больше 10 минут.
        [few] { $count } сообщения о платежах ждут больше 10 минут.
        [many] { $count } сообщений о платежах ждут больше 10 минут.
       *[other] { $count } сообщения о платежах ждут больше 10 минут.
    }
bot-diag-pay-refused =
    { $count ->
        [one] За сутки отклонено { $count } сообщение о платеже: проверьте секрет провайдера.
        [few] За сутки отклонены { $count } сообщения о платежах: проверьте секрет провайдера.
        [many] За сутки отклонено { $count } сообщений о платежах: проверьте секрет провайдера.
       *[other] За сутки отклонено { $count } сообщения о платежах: проверьте секрет провайдера.
    }
bot-diag-queue-ok = Задачи выполняются вовремя.
bot-diag-queue-late =
    { $count ->
        [one] { $count } задача опаздывает больше чем на 10 минут.
        [few] { $count } задачи опаздывают больше чем на 10 минут.
        [many] { $count } задач опаздывают больше чем на 10 минут.
       *[other] { $count } задачи опаздывают больше чем на 10 минут.
    }
bot-diag-queue-dead =
    { $count ->
        [one] { $count } задача не удалась и ждёт человека.
        [few] { $count } задачи не удались и ждут человека.
        [many] { $count } задач не удались и ждут человека.
       *[other] { $count } задачи не удались и ждут человека.
    }
bot-diag-version = Версия { $version }
bot-diag-btn-again = 🔁 Проверить ещё раз
bot-diag-btn-mend = 🔧 Зарегистрировать в Telegram заново
bot-diag-mended-webhook-ok = Telegram снова принял наш адрес.
bot-diag-mended-webhook-failed = Telegram не принял наш адрес: { $reason }
bot-diag-mended-polling = Регистрировать адрес не нужно: мы сами забираем сообщения, и ваше нажатие только что дошло.
bot-diag-mended-commands-ok = Telegram снова принял меню команд.
bot-diag-mended-commands-failed = Telegram не принял меню команд: { $reason }
bot-diag-mended-reason-wait = он просит подождать { $seconds } с.
bot-diag-mended-reason-token = он не принимает токен.
bot-diag-mended-reason-silent = он не отвечает нам.

bot-support-btn-check = 🩺 VPN не работает
bot-check-title = 🩺 <b>Ваше подключение</b>
bot-check-result-none = У вас ещё нет доступа, поэтому подключаться не к чему. Выберите тариф или возьмите пробный период.
bot-check-result-pending = Доступ ещё настраивается. Ссылка придёт сама; ничего не потеряно.
bot-check-result-expired = Срок закончился. Продлите, и та же ссылка сразу заработает.
bot-check-result-limited = Трафик закончился. Продлите, чтобы получить ещё; ссылка останется прежней.
bot-check-result-disabled = Магазин отключил ваш доступ. Отправьте отчёт и спросите почему.
bot-check-result-panel = Наш сервер сейчас не отвечает. Это на нашей стороне: попробуйте через несколько минут.
bot-check-result-fine = С аккаунтом всё в порядке. Обновите подписку в приложении, выберите там другой сервер или добавьте ссылку заново.
bot-check-btn-again = 🔁 Проверить ещё раз
bot-check-btn-report = 📨 Отправить отчёт в поддержку
bot-check-report-none = 🩺 Проверка: доступа нет.
bot-check-report-pending = 🩺 Проверка: доступ ещё не настроен.
bot-check-report-expired = 🩺 Проверка: срок закончился.
bot-check-report-limited = 🩺 Проверка: трафик закончился.
bot-check-report-disabled = 🩺 Проверка: доступ отключён.
bot-check-report-panel = 🩺 Проверка: панель не ответила.
bot-check-report-fine = 🩺 Проверка: с аккаунтом всё в порядке, но подключиться не удаётся.
bot-check-report-account = { $plan } · { $account } · до { $until } · { $traffic } · панель: { $panel }
