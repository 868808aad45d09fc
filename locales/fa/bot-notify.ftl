# Messages that nobody asked for: short, and with one button.

bot-notify-payment-ok-body =
    ✅ مبلغ { $amount } دریافت شد. { $plan } تا { $until } فعال است.

    سفارش <code>{ $order }</code>
bot-notify-payment-ok-btn-connect = 🔑 اتصال
bot-notify-renewed-body =
    🔁 { $plan } خودبه‌خود تمدید شد: { $amount } کسر شد و تا { $until } فعال است.

    در پروفایل می‌توانید خاموشش کنید. سفارش <code>{ $order }</code>
bot-notify-renewal-refused-body = ❌ پلن شما باید خودبه‌خود تمدید می‌شد، ولی { $amount } از کارت ذخیره‌شده کسر نشد. دسترسی شما تا { $until } برقرار است. تا آن زمان دوباره تلاش می‌کنیم؛ خودتان هم می‌توانید تمدید کنید.
bot-notify-renewal-short-body = ❌ پلن شما باید خودبه‌خود تمدید می‌شد، ولی موجودی کیف پول به { $amount } نمی‌رسد و کارتی ذخیره نشده است. دسترسی شما تا { $until } برقرار است؛ لطفاً خودتان تمدید کنید.
bot-notify-renewal-price-body = 📈 قیمت پلن شما اکنون { $now } است و پیش‌تر { $was } بود. با این موافقت نکرده بودید، پس مبلغی کسر نشد و تمدید خودکار خاموش شد. دسترسی شما تا { $until } برقرار است؛ خودتان تمدید کنید یا با قیمت تازه دوباره روشنش کنید.
bot-notify-renewal-gone-body = پلن شما دیگر فروخته نمی‌شود، پس تمدید نشد و مبلغی کسر نشد. دسترسی شما تا { $until } برقرار است؛ لطفاً پلن دیگری انتخاب کنید.
bot-notify-method-withdrawn-body = 💳 دیگر نمی‌توان از { $card } کسر کرد و فراموش شد. برای ذخیرهٔ دوباره، یک بار با تمدید خودکارِ روشن با کارت بپردازید.
bot-notify-payment-failed-body =
    ❌ پرداخت { $amount } برای { $plan } انجام نشد. مبلغی دو بار کسر نشده و سفارش شما محفوظ است.

    سفارش <code>{ $order }</code>
bot-notify-payment-failed-btn-retry = 🔄 دوباره تلاش کنید
bot-notify-referral-bonus-body = 🎁 { $friend } خرید کرد و { $bonus } به شما رسید. مجموع: { $total }.
bot-notify-referral-welcome-body = 🎁 { $friend } شما را دعوت کرده بود: { $bonus } به دسترسی شما افزوده شد.
bot-notify-referral-reversed-body = ↩️ پول { $friend } برگشت داده شد، پس آنچه از هدیهٔ شما برای آن خرید مانده بود پس گرفته شد.
