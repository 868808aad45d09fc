# What every screen of a shop's bot shares.

bot-common-btn-back = ◀️ بازگشت
bot-common-btn-menu = 🏠 منو
bot-common-btn-retry = 🔄 دوباره تلاش کنید

bot-common-traffic = { $used } از { $limit }
bot-common-traffic-unlimited = { $used } مصرف شده، نامحدود
bot-common-unlimited = نامحدود

bot-common-toast-stale = این دکمه قدیمی شده است. دکمهٔ تازه را فرستادم.
bot-common-toast-error = مشکلی پیش آمد. لطفاً دوباره تلاش کنید.

bot-common-error-body =
    😕 مشکلی از سمت ما پیش آمد. چیزی از دست نرفته است؛ لطفاً یک دقیقهٔ دیگر دوباره تلاش کنید.

    اگر باز هم تکرار شد، این شماره را به فروشگاه بدهید: <code>{ $id }</code>
bot-common-cancelled-body = لغو شد. چیزی تغییر نکرد.
bot-common-unknown-body = متوجه نشدم. دکمه‌های زیر راه را نشان می‌دهند 👇
