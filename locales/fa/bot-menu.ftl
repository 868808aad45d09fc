# The main menu: a card with the state of the subscription, and buttons.

bot-menu-card-none =
    <b>{ $shop }</b>

    { $name } عزیز، هنوز اشتراکی ندارید. یک پلن انتخاب کنید و تا یک دقیقهٔ دیگر وصل شوید.
bot-menu-card-trial =
    <b>{ $shop }</b>

    🧪 دورهٔ آزمایشی رایگان
    📅 تا { $until } ({ $left } مانده)
    📊 { $traffic }
bot-menu-card-active =
    <b>{ $shop }</b>

    🟢 { $plan }
    📅 تا { $until } ({ $left } مانده)
    📊 { $traffic }
bot-menu-card-expiring =
    <b>{ $shop }</b>

    🟡 { $plan } رو به پایان است
    📅 تا { $until }، فقط { $left } مانده
    📊 { $traffic }

    اگر حالا تمدید کنید، روزها جمع می‌شوند.
bot-menu-card-expired =
    <b>{ $shop }</b>

    🔴 { $plan } در { $until } تمام شد.

    با تمدید، همان لینک فوراً دوباره کار می‌کند.
bot-menu-card-limited =
    <b>{ $shop }</b>

    🟠 حجم { $plan } تمام شده است
    📅 تا { $until } ({ $left } مانده)
    📊 { $traffic }

    برای گرفتن حجم تازه، تمدید کنید.
bot-menu-card-disabled =
    <b>{ $shop }</b>

    ⚪️ فروشگاه { $plan } را غیرفعال کرده است.
bot-menu-card-pending =
    <b>{ $shop }</b>

    ⏳ { $plan } در حال آماده‌سازی است. لینک شما خودبه‌خود همین‌جا می‌رسد.

bot-menu-btn-buy = 🛒 خرید
bot-menu-btn-renew = 🔄 تمدید
bot-menu-btn-trial = 🧪 آزمایش رایگان
bot-menu-btn-connect = 🔑 اتصال
bot-menu-btn-profile = 👤 حساب من
bot-menu-btn-settings = ⚙️ تنظیمات
bot-menu-btn-faq = ❓ پرسش و پاسخ
bot-menu-btn-invite = 🎁 دعوت از دوستان
bot-menu-btn-support = 💬 پشتیبانی
