# First contact.

bot-start-language-title =
    🌐 زبان خود را انتخاب کنید
    Choose your language
    Выберите язык

bot-start-rules-body =
    📄 <b>پیش از شروع</b>

    • لینک فقط برای خود شما و دستگاه‌های شماست.
    • هرزنامه، حمله و محتوای غیرقانونی ممنوع است.
    • ما فقط آنچه لازم است نگه می‌داریم: شناسهٔ تلگرام، سفارش‌ها و حجم مصرفی. سایت‌هایی را که می‌بینید ثبت نمی‌کنیم.

    موافق هستید؟
bot-start-rules-btn-accept = ✅ موافقم
bot-start-rules-btn-decline = نه، ممنون
bot-start-rules-declined-body = باشد. هر وقت نظرتان عوض شد، /start را بزنید.

bot-start-welcome-body =
    👋 { $name } عزیز، به <b>{ $shop }</b> خوش آمدید!

    اتصال سریع و امن روی گوشی و کامپیوتر. یک پلن انتخاب کنید تا لینک شما چند ثانیه بعد برسد.
bot-start-welcome-trial-body =
    👋 { $name } عزیز، به <b>{ $shop }</b> خوش آمدید!

    اتصال سریع و امن روی گوشی و کامپیوتر. { $period } رایگان امتحان کنید ({ $traffic })؛ بدون هیچ پرداختی.
bot-start-returning-body = 👋 { $name } عزیز، خوشحالیم که برگشتید!
bot-start-closed-body =
    🚪 <b>{ $shop }</b> فعلاً مشتری تازه نمی‌پذیرد.

    روز دیگری دوباره امتحان کنید: /start را بزنید.
bot-start-invited-body =
    ✉️ <b>{ $shop }</b> مشتری تازه را فقط با دعوت می‌پذیرد.

    از کسی که اینجاست لینک شخصی بخواهید و آن را باز کنید.
bot-start-setup-body = 🚧 <b>{ $shop }</b> در حال راه‌اندازی است و به‌زودی باز می‌شود.
bot-start-maintenance-body =
    🛠 <b>{ $shop }</b> در حال به‌روزرسانی است و به‌زودی برمی‌گردد.

    اشتراک شما همچنان کار می‌کند.
bot-start-paused-body =
    ⏸ <b>{ $shop }</b> فعلاً فروش ندارد.

    آنچه خریده‌اید همچنان کار می‌کند.
bot-start-banned-body = ⛔ فروشگاه دسترسی شما به این ربات را بسته است.
