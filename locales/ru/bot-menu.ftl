# The main menu: a card with the state of the subscription, and buttons.

bot-menu-card-none =
    <b>{ $shop }</b>

    У вас пока нет подписки, { $name }. Выберите тариф, и через минуту вы в сети.
bot-menu-card-trial =
    <b>{ $shop }</b>

    🧪 Пробный период
    📅 До { $until } (осталось: { $left })
    📊 { $traffic }
bot-menu-card-active =
    <b>{ $shop }</b>

    🟢 { $plan }
    📅 До { $until } (осталось: { $left })
    📊 { $traffic }
bot-menu-card-expiring =
    <b>{ $shop }</b>

    🟡 { $plan } скоро закончится
    📅 До { $until }, осталось всего { $left }
    📊 { $traffic }

    Продлите сейчас, и дни прибавятся.
bot-menu-card-expired =
    <b>{ $shop }</b>

    🔴 { $plan }: подписка закончилась { $until }.

    Продлите её, и та же ссылка сразу заработает.
bot-menu-card-limited =
    <b>{ $shop }</b>

    🟠 { $plan }: трафик израсходован
    📅 До { $until } (осталось: { $left })
    📊 { $traffic }

    Продлите, чтобы получить новый объём.
bot-menu-card-disabled =
    <b>{ $shop }</b>

    ⚪️ { $plan }: подписка отключена магазином.
bot-menu-card-pending =
    <b>{ $shop }</b>

    ⏳ { $plan }: подписка настраивается. Ссылка придёт сюда сама.

bot-menu-btn-buy = 🛒 Купить
bot-menu-btn-renew = 🔄 Продлить
bot-menu-btn-trial = 🧪 Пробный период
bot-menu-btn-connect = 🔑 Подключить
bot-menu-btn-profile = 👤 Профиль
bot-menu-btn-settings = ⚙️ Настройки
bot-menu-btn-faq = ❓ Вопросы
bot-menu-btn-invite = 🎁 Пригласить друзей
bot-menu-btn-support = 💬 Поддержка
