# Whether everything works: for the shop's people, and for a user whose VPN does not connect.

bot-diag-title-ok = 🩺 <b>همه چیز کار می‌کند</b>
bot-diag-title-warn = 🩺 <b>کار می‌کند، اما این را ببینید</b>
bot-diag-title-fail = 🩺 <b>چیزی کار نمی‌کند</b>
bot-diag-line = { $mark } { $text }
bot-diag-token-ok = تلگرام ربات را با نام { $bot } می‌شناسد.
bot-diag-token-revoked = تلگرام توکن را نمی‌پذیرد. توکن تازه را در پنل وارد کنید.
bot-diag-telegram-silent = تلگرام به ما پاسخ نمی‌دهد.
bot-diag-updates-polling = ما خودمان پیام‌ها را از تلگرام می‌گیریم.
bot-diag-updates-webhook = تلگرام پیام‌ها را بی خطا به ما می‌رساند.
bot-diag-updates-failing = تلگرام در یک ساعت گذشته در رساندن پیام‌ها به ما مشکل داشته است.
bot-diag-pending =
    { $count ->
        [one] { $count } پیام نزد تلگرام منتظر است.
       *[other] { $count } پیام نزد تلگرام منتظر است.
    }
bot-diag-last = آخرین کار کاربران در اینجا: { $time }.
bot-diag-last-none = هنوز کسی اینجا کاری نکرده است.
bot-diag-answers-unknown =
    { $count ->
        [one] تلگرام نگفت که { $count } پاسخ ساعت گذشته رسیده است یا نه. دوباره فرستاده نشد؛ هر که پاسخ نگرفته، منو را باز کند.
       *[other] تلگرام نگفت که { $count } پاسخ ساعت گذشته رسیده است یا نه. دوباره فرستاده نشد؛ هر که پاسخ نگرفته، منو را باز کند.
    }
bot-diag-panel-none = هیچ پنلی وصل نیست، پس چیزی تحویل داده نمی‌شود.
bot-diag-panel-ok = پنل { $panel } در { $ms } میلی‌ثانیه پاسخ می‌دهد.
bot-diag-panel-slow = پنل { $panel } کند است: { $ms } میلی‌ثانیه.
bot-diag-panel-refused = پنل { $panel } ورود ما را نمی‌پذیرد. گذرواژهٔ آن را دوباره وارد کنید.
bot-diag-panel-silent = پنل { $panel } پاسخ نمی‌دهد. سفارش‌های پرداخت‌شده منتظر آن می‌مانند و گم نمی‌شوند.
bot-diag-pay-ok = همهٔ خبرهای پرداخت رسیدگی شده‌اند.
bot-diag-pay-waiting =
    { $count ->
        [one] { $count } خبر پرداخت بیش از ۱۰ دقیقه منتظر است.
       *[other] { $count } خبر پرداخت بیش از ۱۰ دقیقه منتظر است.
    }
bot-diag-pay-refused =
    { $count ->
        [one] امروز { $count } خبر پرداخت پذیرفته نشد: کلید درگاه را بررسی کنید.
       *[other] امروز { $count } خبر پرداخت پذیرفته نشد: کلید درگاه را بررسی کنید.
    }
bot-diag-queue-ok = هیچ کاری عقب نیفتاده است.
bot-diag-queue-late =
    { $count ->
        [one] { $count } کار بیش از ۱۰ دقیقه عقب افتاده است.
       *[other] { $count } کار بیش از ۱۰ دقیقه عقب افتاده است.
    }
bot-diag-queue-dead =
    { $count ->
        [one] { $count } کار ناتمام ماند و منتظر یک آدم است.
       *[other] { $count } کار ناتمام ماند و منتظر یک آدم است.
    }
bot-diag-version = نسخهٔ { $version }
bot-diag-btn-again = 🔁 بررسی دوباره
bot-diag-btn-mend = 🔧 ثبت دوباره در تلگرام
bot-diag-mended-webhook-ok = تلگرام نشانی ما را دوباره پذیرفت.
bot-diag-mended-webhook-failed = تلگرام نشانی ما را نپذیرفت: { $reason }
bot-diag-mended-polling = نشانی‌ای برای ثبت نیست: پیام‌ها را خودمان می‌گیریم و همین فشار دکمه هم رسید.
bot-diag-mended-commands-ok = تلگرام فهرست دستورها را دوباره پذیرفت.
bot-diag-mended-commands-failed = تلگرام فهرست دستورها را نپذیرفت: { $reason }
bot-diag-mended-reason-wait = می‌خواهد { $seconds } ثانیه صبر کنیم.
bot-diag-mended-reason-token = توکن را رد می‌کند.
bot-diag-mended-reason-silent = به ما پاسخ نمی‌دهد.

bot-support-btn-check = 🩺 وی‌پی‌ان کار نمی‌کند
bot-check-title = 🩺 <b>اتصال شما</b>
bot-check-result-none = هنوز اشتراکی ندارید، پس چیزی برای وصل شدن نیست. یک پلن انتخاب کنید یا آزمایش رایگان بگیرید.
bot-check-result-pending = اشتراک شما در حال آماده‌سازی است. لینک خودبه‌خود می‌رسد و چیزی گم نشده است.
bot-check-result-expired = زمان شما تمام شده است. تمدید کنید تا همان لینک فوراً کار کند.
bot-check-result-limited = حجم شما تمام شده است. برای حجم بیشتر تمدید کنید؛ لینک همان می‌ماند.
bot-check-result-disabled = فروشگاه اشتراک شما را غیرفعال کرده است. گزارش را بفرستید و دلیل را بپرسید.
bot-check-result-panel = سرور ما در این لحظه پاسخ نمی‌دهد. مشکل از ماست، نه از شما: چند دقیقهٔ دیگر دوباره تلاش کنید.
bot-check-result-fine = حساب شما درست است. اشتراک را در برنامه به‌روز کنید، سرور دیگری انتخاب کنید، یا لینک را از نو وارد کنید.
bot-check-btn-again = 🔁 بررسی دوباره
bot-check-btn-report = 📨 فرستادن گزارش به پشتیبانی
bot-check-report-none = 🩺 بررسی: اشتراکی نیست.
bot-check-report-pending = 🩺 بررسی: اشتراک هنوز آماده نشده است.
bot-check-report-expired = 🩺 بررسی: زمان تمام شده است.
bot-check-report-limited = 🩺 بررسی: حجم تمام شده است.
bot-check-report-disabled = 🩺 بررسی: اشتراک غیرفعال است.
bot-check-report-panel = 🩺 بررسی: پنل پاسخ نداد.
bot-check-report-fine = 🩺 بررسی: حساب درست است، با این حال وصل نمی‌شود.
bot-check-report-account = { $plan } · { $account } · تا { $until } · { $traffic } · پنل: { $panel }
