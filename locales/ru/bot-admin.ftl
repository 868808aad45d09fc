# What the shop's people do in the bot.

bot-command-admin = Управление магазином
bot-command-stats = Статистика магазина
bot-command-diag = Всё ли работает?
bot-menu-btn-admin = 🛠 Управление
bot-admin-title =
    🛠 <b>Управление</b>

    Ваша роль: { $role }.
bot-admin-role-owner = владелец
bot-admin-role-manager = менеджер
bot-admin-role-support = поддержка
bot-admin-role-analyst = аналитик
bot-admin-btn-users = 👤 Найти пользователя
bot-admin-btn-receipts = 🧾 Чеки: { $count }
bot-admin-btn-tickets = 💬 Вопросы: { $count }
bot-admin-btn-plans = 🗂 Тарифы
bot-admin-btn-promos = 🎟 Новый код
bot-admin-btn-stats = 📈 Статистика
bot-admin-btn-diag = 🩺 Диагностика
bot-admin-btn-maintenance = 🚧 Обслуживание
bot-admin-btn-web = 🌐 Открыть панель
bot-admin-btn-before = ⬅️ Назад
bot-admin-btn-after = Дальше ➡️
bot-admin-no-rights-body = 🔒 Ваша роль этого не позволяет. Владелец может изменить её в панели, в разделе «Команда».
bot-admin-toast-rights = Ваша роль этого не позволяет.
bot-admin-toast-already = Это уже сделано: { $name }, { $time }.
bot-admin-toast-changed = Тем временем что-то изменилось. Посмотрите ещё раз.
bot-admin-toast-nothing = Здесь не с чем это сделать.
bot-admin-toast-given = Готово. Пользователь получит сообщение.
bot-admin-toast-full = В вашем пакете больше нет места для новых пользователей. Продлевать доступ имеющимся можно.
bot-admin-toast-panel = Сейчас ни одна панель не принимает новые аккаунты.
bot-admin-toast-staff = Сотрудника нельзя заблокировать. Сначала уберите его из команды.
bot-admin-toast-banned = Пользователь заблокирован.
bot-admin-toast-unbanned = Доступ к боту возвращён.
bot-admin-toast-plan-on = Тариф в продаже.
bot-admin-toast-plan-off = Тариф снят с продажи.
bot-admin-toast-closed = Теперь пользователи видят ваш текст об обслуживании.
bot-admin-toast-opened = Пользователи снова обслуживаются.

bot-admin-join-body =
    🤝 Добро пожаловать в команду <b>{ $shop }</b>! Ваша роль: { $role }.

    Всё необходимое здесь: /admin.
bot-admin-join-before-body = ✅ Вы уже в команде <b>{ $shop }</b>, роль: { $role }. Ссылка осталась для другого человека.
bot-admin-join-refused-body = 🔗 Это приглашение в команду <b>{ $shop }</b> уже использовано или устарело. Попросите у владельца новое.

bot-admin-users-ask-body =
    👤 Кого вы ищете?

    Отправьте Telegram ID, @username, номер заказа (BY-…), имя аккаунта на панели или имя человека.
bot-admin-users-title = 👤 Подходят несколько человек. Кто нужен?
bot-admin-users-none-body = 👤 Никто не найден. Пользователь известен с того момента, как впервые открыл бота.
bot-admin-users-btn-user = { $name } · { $id }
bot-admin-users-btn-again = 🔍 Найти другого
bot-admin-user-title = 👤 <b>{ $name }</b>
bot-admin-user-line-seen = Последний визит: { $time }
bot-admin-user-line-account = Аккаунт: <code>{ $account }</code>
bot-admin-user-line-mail-confirmed = 📧 <code>{ $address }</code>, подтверждён
bot-admin-user-line-mail-unconfirmed = 📧 <code>{ $address }</code>, не подтверждён
bot-admin-user-line-mail-refused = 📧 <code>{ $address }</code>, не работает
bot-admin-user-line-orders-none = Заказов пока нет.
bot-admin-user-line-order = { $status } <code>{ $order }</code> · { $plan } · { $amount }
bot-admin-user-line-banned = 🚫 Заблокирован с { $time }
bot-admin-user-line-banned-by = 🚫 Заблокирован с { $time }, { $name }: { $reason }
bot-admin-user-btn-extend = ➕ Добавить дни
bot-admin-user-btn-gift = 🎁 Подарить тариф
bot-admin-user-btn-message = ✉️ Написать
bot-admin-user-btn-ban = 🚫 Заблокировать
bot-admin-user-btn-unban = ✅ Разблокировать
bot-admin-extend-ask-body = ➕ Сколько дней получит { $name }? Выберите или отправьте число от 1 до { $max }.
bot-admin-extend-none-body = У { $name } нет доступа, который можно продлить. Подарите тариф.
bot-admin-extend-err-days = Отправьте целое число от 1 до { $max }.
bot-admin-extend-confirm-body = { $name } получит { $period }. Всё верно?
bot-admin-extend-btn-days = ➕ { $period }
bot-admin-gift-ask-body = 🎁 Какой тариф { $name } получит бесплатно?
bot-admin-gift-none-body = 🎁 В продаже нет тарифов, дарить нечего.
bot-admin-gift-btn-plan = 🎁 { $plan }
bot-admin-gift-confirm-body = 🎁 { $name } бесплатно получит { $plan }: { $period }, { $traffic }. Всё верно?
bot-admin-gift-btn-give = ✅ Подарить
bot-admin-message-ask-body = ✉️ Ваше следующее сообщение получит { $name } от имени магазина. /cancel, если писать не нужно.
bot-admin-message-err-text = ✉️ Так можно отправить только текст. Напишите сообщение или /cancel.
bot-admin-message-err-long = ✉️ Это длиннее { $max } знаков. Сократите, пожалуйста.
bot-admin-message-sent-body = ✅ Сообщение отправляется.
bot-admin-ban-ask-body =
    🚫 Заблокировать { $name }? Бот перестанет отвечать этому человеку. Оплаченный доступ будет работать до конца срока.

    Выберите причину; её видит только команда.
bot-admin-ban-btn-reason = 🚫 { $reason }
bot-admin-ban-reason-fraud = Ложные платежи
bot-admin-ban-reason-sharing = Перепродаёт или раздаёт доступ
bot-admin-ban-reason-abuse = Оскорбления или спам
bot-admin-ban-reason-other = Другая причина
bot-admin-unban-ask-body = ✅ Разблокировать { $name }? Бот снова будет отвечать, как раньше.
bot-admin-unban-btn-sure = ✅ Да, разблокировать

bot-admin-receipts-title =
    { $count ->
        [one] 🧾 Вас ждёт <b>{ $count } чек</b>
        [few] 🧾 Вас ждут <b>{ $count } чека</b>
        [many] 🧾 Вас ждут <b>{ $count } чеков</b>
       *[other] 🧾 Вас ждут <b>{ $count } чека</b>
    }
bot-admin-receipts-empty-body = 🧾 Чеков на проверке нет. Когда придёт новый, вы узнаете.
bot-admin-receipts-item = <code>{ $order }</code> · { $plan } · { $amount } · { $time }
bot-admin-receipts-btn-open = 🔎 { $order } · { $amount }
bot-card-btn-decide = 🧾 Решить здесь
bot-admin-toast-approved = ✅ Зачтено. Покупатель получит оплаченное.
bot-admin-toast-rejected = Отклонено. Покупатель узнает причину.
bot-admin-toast-overtaken = С заказом тем временем что-то произошло. Посмотрите ещё раз.
bot-admin-receipt-body =
    🧾 <b>Чек</b> от { $user }

    Заказ <code>{ $order }</code>: { $plan }
    К оплате: <b>{ $amount }</b>
    Отправлен: { $time }

    Проверьте счёт в банке, а не только картинку.
bot-admin-receipt-btn-approve = ✅ Пришло { $amount }
bot-admin-receipt-btn-reject = ❌ Деньги не пришли
bot-admin-receipt-why-body = ❌ Почему чек на { $amount } не принят? Покупатель увидит причину и сможет отправить другой.
bot-admin-receipt-line-unseen = 📷 Картинки ещё нет, или её нельзя показать.
bot-admin-plans-title =
    🗂 <b>Тарифы</b>

    Нажмите на тариф, чтобы снять его с продажи или вернуть. Цены меняются в панели; условия оформленных заказов сохраняются.
bot-admin-plans-empty-body = 🗂 В магазине пока нет тарифов. Они создаются в панели.
bot-admin-plans-btn-on = 🟢 { $plan }
bot-admin-plans-btn-off = ⚪️ { $plan }: снят с продажи
bot-admin-promo-ask-body =
    🎟 <b>Новый код</b>: скидка на любой тариф, семь дней, один раз для каждого.

    Выберите или отправьте название и процент: <code>SUMMER 25</code>. Другие коды создаются в панели.
bot-admin-promo-btn-percent = Скидка { $percent }%
bot-admin-promo-btn-copy = 📋 Скопировать ссылку
bot-admin-promo-btn-more = 🎟 Ещё один
bot-admin-promo-err-form = 🎟 Отправьте название и процент, например <code>SUMMER 25</code>.
bot-admin-promo-made-body =
    🎟 <code>{ $code }</code> даёт скидку { $percent }% до { $until }.

    Ссылка, которая сразу применяет код: <code>{ $link }</code>
bot-admin-tickets-title = 💬 <b>Вопросы, которые ждут ответа</b>
bot-admin-tickets-empty-body = 💬 Никто не ждёт ответа.
bot-support-staff-btn-asker = 👤 { $name }
bot-support-staff-thread-user =
    👤 <b>{ $user }</b> · { $time }
    { $text }

bot-admin-maintenance-on-body = 🚧 <b>Идёт обслуживание.</b> Пользователи видят ваш текст; вас и команду бот обслуживает.
bot-admin-maintenance-off-body = 🟢 <b>Пользователи обслуживаются.</b>
bot-admin-maintenance-line-by = Последнее переключение: { $name }, { $time }
bot-admin-maintenance-line-text =
    Пользователи видят:
    <blockquote>{ $text }</blockquote>
bot-admin-maintenance-line-own = Пользователи видят наш стандартный текст. Можно написать свой.
bot-admin-maintenance-btn-close = 🚧 Начать обслуживание
bot-admin-maintenance-btn-open = 🟢 Снова обслуживать
bot-admin-maintenance-btn-sure = 🚧 Да, начать
bot-admin-maintenance-btn-text = ✍️ Написать текст
bot-admin-maintenance-btn-own = ↩️ Стандартный текст
bot-admin-maintenance-confirm-body = 🚧 Начать обслуживание? Пока вы его не закончите, пользователи не смогут покупать, продлевать и спрашивать. Их доступ работает, начатые платежи будут зачтены.
bot-admin-maintenance-ask-body = ✍️ Ваше следующее сообщение увидят пользователи во время обслуживания: до 1000 знаков. /cancel, чтобы ничего не менять.
bot-admin-maintenance-err-text = ✍️ Отправьте текст до 1000 знаков или /cancel.
bot-start-maintenance-own-body =
    🚧 <b>{ $shop }</b>

    { $text }
bot-reason-staff = Переключено сотрудником в боте

bot-notify-gift-body = 🎁 Магазин подарил вам время: доступ работает до { $until }.
bot-notify-message-body =
    ✉️ <b>{ $shop }</b> пишет:

    { $text }
bot-notify-message-btn-answer = 💬 Ответить

# Broadcasts from the chat.
bot-admin-btn-broadcasts = 📣 Рассылки
bot-admin-broadcast-none-body =
    📣 <b>Рассылки</b>

    Рассылок ещё не было. Одно сообщение получают многие, каждый по одному разу.
bot-admin-broadcast-list-body =
    📣 <b>Рассылки</b>

    Одно сообщение многим, каждому по одному разу. Несколько языков, кнопки и отложенное время есть в панели.
bot-admin-broadcast-btn-new = ✍️ Новая рассылка
bot-admin-broadcast-btn-one = { $mark } { $title }
bot-admin-broadcast-segments-body =
    📣 <b>Кому отправить?</b>

    Рядом указано, сколько человек получат её сейчас. Заблокированные и те, кто сам заблокировал бота, не учитываются.
bot-admin-broadcast-btn-segment = { $segment }: { $count }
bot-admin-broadcast-segment-all = Все пользователи
bot-admin-broadcast-segment-active = С платным тарифом
bot-admin-broadcast-segment-trial = На пробном периоде
bot-admin-broadcast-segment-expiring = Закончится за 3 дня
bot-admin-broadcast-segment-expired = Доступ закончился
bot-admin-broadcast-segment-never = Ещё не покупали
bot-admin-broadcast-ask-body =
    ✍️ <b>{ $segment }: { $count }</b>

    Отправьте сообщение так, как его должны прочитать: текст до { $text } знаков или одну картинку и под ней до { $caption } знаков. Пока ничего не уйдёт: сначала вы увидите его сами. /cancel, если писать не нужно.
bot-admin-broadcast-again-body = Отправьте ещё раз или /cancel.
bot-admin-broadcast-err-words = Разослать можно только текст или картинку с текстом под ней.
bot-admin-broadcast-err-album = Помещается только одна картинка: отправьте её отдельно, с текстом под ней.
bot-admin-broadcast-draft-title = 📝 <b>Готово и ещё не отправлено</b>
bot-admin-broadcast-scheduled-title = 🕒 <b>Ждёт своего времени</b>
bot-admin-broadcast-sending-title = 📤 <b>Отправляется</b>
bot-admin-broadcast-paused-title = ⏸ <b>Пауза</b>
bot-admin-broadcast-stopped-title = ⏹ <b>Остановлена</b>
bot-admin-broadcast-done-title = ✅ <b>Готово</b>
bot-admin-broadcast-line-to = Кому: { $segment }
bot-admin-broadcast-line-reach =
    { $count ->
        [one] Сейчас её получит { $count } пользователь.
        [few] Сейчас её получат { $count } пользователя.
        [many] Сейчас её получат { $count } пользователей.
       *[other] Сейчас её получат { $count } пользователей.
    }
bot-admin-broadcast-line-nobody = Сейчас в этой группе никого нет, поэтому отправить нельзя.
bot-admin-broadcast-line-at = Начало: { $time }. Отменить можно в панели.
bot-admin-broadcast-line-arrived = Дошло: { $count } из { $all }
bot-admin-broadcast-line-left = Осталось: { $count }
bot-admin-broadcast-line-blocked = Заблокировали бота: { $count }
bot-admin-broadcast-line-failed = Telegram не принял: { $count }
bot-admin-broadcast-line-unknown = Неизвестно, дошло ли: { $count }. Кто это, видно в панели.
bot-admin-broadcast-line-halt-bot = ⚠️ Пауза наступила сама: бот магазина не может писать пользователям. Проверьте его в панели и продолжите здесь.
bot-admin-broadcast-line-halt-refused = ⚠️ Пауза наступила сама: Telegram не принимает это сообщение ни для кого. Те, кто ждёт, ничего не потеряли.
bot-admin-broadcast-line-picture = 🖼 С картинкой над текстом
bot-admin-broadcast-line-text = <blockquote>{ $text }</blockquote>
bot-admin-broadcast-btn-test = 🧪 Отправить мне
bot-admin-broadcast-btn-send =
    { $count ->
        [one] 📣 Отправить: { $count } пользователь
        [few] 📣 Отправить: { $count } пользователя
        [many] 📣 Отправить: { $count } пользователей
       *[other] 📣 Отправить: { $count } пользователей
    }
bot-admin-broadcast-btn-sure = ✅ Да, отправить
bot-admin-broadcast-btn-discard = 🗑 Выбросить
bot-admin-broadcast-btn-refresh = 🔄 Как идёт?
bot-admin-broadcast-btn-pause = ⏸ Пауза
bot-admin-broadcast-btn-resume = ▶️ Продолжить
bot-admin-broadcast-btn-stop = ⏹ Остановить
bot-admin-broadcast-btn-stop-sure = ⏹ Да, остановить
bot-admin-broadcast-tested-body = 🧪 Сообщение выше и есть то, что они получат.
bot-admin-broadcast-test-refused-body =
    🧪 Telegram не принял его и не примет ни для кого: { $reason }

    Выбросьте черновик и отправьте другую картинку.
bot-admin-broadcast-confirm-body =
    { $count ->
        [one] 📣 Отправить сейчас? { $segment }: { $count } получатель. Рассылку можно приостановить и остановить, но ушедшее не вернуть.
        [few] 📣 Отправить сейчас? { $segment }: { $count } получателя. Рассылку можно приостановить и остановить, но ушедшее не вернуть.
        [many] 📣 Отправить сейчас? { $segment }: { $count } получателей. Рассылку можно приостановить и остановить, но ушедшее не вернуть.
       *[other] 📣 Отправить сейчас? { $segment }: { $count } получателей. Рассылку можно приостановить и остановить, но ушедшее не вернуть.
    }
bot-admin-broadcast-stop-body = ⏹ Остановить совсем? Кто ещё не получил сообщение, уже не получит. Отправленное останется в чатах; удалить его можно в панели.
bot-admin-toast-broadcast-sent = Рассылка началась.
bot-admin-toast-broadcast-paused = Пауза. То, что уже в пути, дойдёт.
bot-admin-toast-broadcast-resumed = Рассылка продолжается.
bot-admin-toast-broadcast-stopped = Остановлено.
bot-admin-toast-broadcast-discarded = Черновика больше нет.
