# Figures of the shop, for its people.

bot-stats-title = 📈 <b>{ $period }</b>
bot-stats-period-today = امروز
bot-stats-period-week = ۷ روز
bot-stats-period-month = ۳۰ روز
bot-stats-empty-body = هنوز چیزی برای شمردن نیست. با نخستین کاربر آمار می‌آید.
bot-stats-line-revenue =
    { $count ->
        [one] 💰 درآمد: <b>{ $amount }</b>، { $count } فروش
       *[other] 💰 درآمد: <b>{ $amount }</b>، { $count } فروش
    }
bot-stats-line-new = 👋 کاربران تازه: { $count }
bot-stats-line-active = 🟢 فعال در این لحظه: { $count }
bot-stats-line-trials = 🧪 آزمایشی: { $count }، سپس خریدند: { $paid } ({ $percent })
bot-stats-line-churn = 🚪 پایان بدون تمدید: { $count } ({ $percent })
bot-stats-line-success = 💳 سفارش‌های پرداخت‌شده: { $paid } از { $count } ({ $percent })
bot-stats-line-top = 🏆 پرفروش‌ترین: { $plan } ({ $count })
bot-stats-btn-chart = 📊 به صورت تصویر
bot-stats-btn-daily = 📅 گزارش روزانه
bot-stats-btn-more = 📈 ۷ روز گذشته
bot-stats-daily-title = 📅 <b>{ $day }</b>: روز چگونه گذشت
bot-stats-report-on-body = 📅 آمار روز ساعت { $time } برای مالک و همکارانی که اجازهٔ دیدن دارند می‌آید؛ صبح‌ها آمار روز پیش.
bot-stats-report-off-body = 📅 آمار روز خودبه‌خود بیاید؟ ساعت را انتخاب کنید؛ برای مالک و همکارانی که اجازهٔ دیدن دارند فرستاده می‌شود.
bot-stats-report-btn-at = 🕘 { $time }
bot-stats-report-btn-off = 🔕 خاموش
bot-stats-chart-title = { $shop }: درآمد روزانه
bot-stats-chart-total =
    { $count ->
        [one] { $amount } در { $count } روز
       *[other] { $amount } در { $count } روز
    }
