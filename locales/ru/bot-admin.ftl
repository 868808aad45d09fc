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
