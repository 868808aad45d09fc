# Figures of the shop, for its people.

bot-stats-title = 📈 <b>{ $period }</b>
bot-stats-period-today = Сегодня
bot-stats-period-week = 7 дней
bot-stats-period-month = 30 дней
bot-stats-empty-body = Считать пока нечего. Цифры появятся с первым пользователем.
bot-stats-line-revenue =
    { $count ->
        [one] 💰 Выручка: <b>{ $amount }</b>, { $count } продажа
        [few] 💰 Выручка: <b>{ $amount }</b>, { $count } продажи
        [many] 💰 Выручка: <b>{ $amount }</b>, { $count } продаж
       *[other] 💰 Выручка: <b>{ $amount }</b>, { $count } продажи
    }
bot-stats-line-new = 👋 Новые пользователи: { $count }
bot-stats-line-active = 🟢 Активны сейчас: { $count }
bot-stats-line-trials = 🧪 Пробные: { $count }, купили потом: { $paid } ({ $percent })
bot-stats-line-churn = 🚪 Закончились без продления: { $count } ({ $percent })
bot-stats-line-success = 💳 Оплаченные заказы: { $paid } из { $count } ({ $percent })
bot-stats-line-top = 🏆 Чаще всего покупают: { $plan } ({ $count })
bot-stats-btn-chart = 📊 Картинкой
bot-stats-btn-daily = 📅 Отчёт за день
bot-stats-btn-more = 📈 Последние 7 дней
bot-stats-daily-title = 📅 <b>{ $day }</b>: как прошёл день
bot-stats-report-on-body = 📅 Итоги дня приходят в { $time } владельцу и всем сотрудникам, которым они доступны; утром это итоги вчерашнего дня.
bot-stats-report-off-body = 📅 Присылать итоги дня? Выберите время; их получат владелец и все сотрудники, которым они доступны.
bot-stats-report-btn-at = 🕘 { $time }
bot-stats-report-btn-off = 🔕 Выключить
bot-stats-chart-title = { $shop }: выручка по дням
bot-stats-chart-total =
    { $count ->
        [one] { $amount } за { $count } день
        [few] { $amount } за { $count } дня
        [many] { $amount } за { $count } дней
       *[other] { $amount } за { $count } дня
    }
