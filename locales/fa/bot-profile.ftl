# Who am I, what do I have.

bot-profile-title = 👤 <b>{ $name }</b>
bot-profile-line-id = شناسه: <code>{ $id }</code>
bot-profile-line-since = همراه ما از { $date }
bot-profile-line-plan = پلن: { $plan }
bot-profile-line-status = وضعیت: { $status }
bot-profile-line-until = تا { $until } ({ $left } مانده)
bot-profile-line-ended = پایان: { $until }
bot-profile-line-traffic =
    حجم: { $traffic }
    { $bar } { $percent }
bot-profile-line-traffic-unlimited = حجم: { $traffic }
bot-profile-line-synced = آخرین به‌روزرسانی: { $time }
bot-profile-line-none = هنوز اشتراکی نیست.
bot-profile-line-wallet = 👛 کیف پول: { $amount }

bot-profile-status-trial = 🧪 آزمایش رایگان
bot-profile-status-active = 🟢 فعال
bot-profile-status-expiring = 🟡 رو به پایان
bot-profile-status-limited = 🟠 حجم تمام شده
bot-profile-status-expired = 🔴 تمام شده
bot-profile-status-disabled = ⚪️ غیرفعال
bot-profile-status-pending = ⏳ در حال آماده‌سازی

bot-profile-btn-change = 🔁 تمدید یا تغییر پلن
bot-profile-btn-orders = 🧾 سفارش‌های من
bot-profile-btn-wallet = 👛 کیف پول
bot-profile-btn-renewal-on = 🔁 تمدید خودکار: روشن
bot-profile-btn-renewal-off = 🔁 تمدید خودکار: خاموش
bot-profile-orders-title = 🧾 <b>سفارش‌های من</b>
bot-profile-orders-empty-body = هنوز سفارشی ندارید.
bot-profile-orders-item =
    { $status } { $plan } · { $amount }
    { $date } · <code>{ $order }</code>
bot-profile-order-status-open = ⏳ پرداخت‌نشده
bot-profile-order-status-paid = ⚙️ در حال آماده‌سازی
bot-profile-order-status-done = ✅ انجام‌شده
bot-profile-order-status-failed = ❌ ناموفق
bot-profile-order-status-expired = ⌛️ منقضی
bot-profile-order-status-review = 🔎 در حال بررسی
bot-profile-order-status-refunded = ↩️ بازپرداخت‌شده
