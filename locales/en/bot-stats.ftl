# Figures of the shop, for its people.

bot-stats-title = 📈 <b>{ $period }</b>
bot-stats-period-today = Today
bot-stats-period-week = 7 days
bot-stats-period-month = 30 days
bot-stats-empty-body = There is nothing to count yet. Figures come with the first user.
bot-stats-line-revenue =
    { $count ->
        [one] 💰 Revenue: <b>{ $amount }</b>, { $count } sale
       *[other] 💰 Revenue: <b>{ $amount }</b>, { $count } sales
    }
bot-stats-line-new = 👋 New users: { $count }
bot-stats-line-active = 🟢 Active now: { $count }
bot-stats-line-trials = 🧪 Trials: { $count }, bought since: { $paid } ({ $percent })
bot-stats-line-churn = 🚪 Ended without renewal: { $count } ({ $percent })
bot-stats-line-success = 💳 Paid orders: { $paid } of { $count } ({ $percent })
bot-stats-line-top = 🏆 Bought most: { $plan } ({ $count })
bot-stats-btn-chart = 📊 As a picture
bot-stats-btn-daily = 📅 Daily report
bot-stats-btn-more = 📈 The last 7 days
bot-stats-daily-title = 📅 <b>{ $day }</b>: how the day went
bot-stats-report-on-body = 📅 The day's figures come at { $time } to the owner and to all staff who may see them: in the morning those of the day before.
bot-stats-report-off-body = 📅 Shall the day's figures come by themselves? Choose when; they go to the owner and to all staff who may see them.
bot-stats-report-btn-at = 🕘 { $time }
bot-stats-report-btn-off = 🔕 Switch off
bot-stats-chart-title = { $shop }: revenue by day
bot-stats-chart-total =
    { $count ->
        [one] { $amount } in { $count } day
       *[other] { $amount } in { $count } days
    }
