# From the order to the money.

bot-pay-summary-body =
    🧾 <b>سفارش شما</b>

    پلن: <b>{ $plan }</b>
    مدت: { $period }
    حجم: { $traffic }
    قابل پرداخت: <b>{ $amount }</b>
bot-pay-summary-btn-pay = 💳 پرداخت { $amount }

bot-pay-methods-title = 💳 مبلغ { $amount } را چطور می‌پردازید؟
bot-pay-methods-empty-body = هنوز راهی برای پرداخت این پلن نیست. لطفاً از فروشگاه بپرسید.
bot-pay-methods-btn-test = 💳 کارت آزمایشی
bot-pay-methods-btn-yookassa = 💳 کارت بانکی (YooKassa)
bot-pay-methods-btn-cryptopay = 💎 رمزارز (CryptoBot)
bot-pay-methods-btn-wata = 💳 کارت یا SBP (Wata)
bot-pay-methods-btn-stripe = 💳 کارت بانکی (Stripe)
bot-pay-methods-btn-stars = ⭐️ استارز تلگرام
bot-pay-methods-btn-wallet = 👛 کیف پول من

bot-pay-open-body =
    💳 <b>{ $amount }</b> برای { $plan }

    در صفحه‌ای که با دکمهٔ زیر باز می‌شود پرداخت کنید و برگردید؛ پرداخت را خودمان می‌بینیم.
    صفحه تا { $until } باز است.

    سفارش <code>{ $order }</code>
bot-pay-open-btn-pay = 💳 باز کردن صفحهٔ پرداخت
bot-pay-open-btn-check = 🔄 پرداخت کردم
bot-pay-open-stars-body =
    ⭐️ <b>{ $amount }</b> برای { $plan }

    دکمه را که بزنید تلگرام یک بار دیگر می‌پرسد. استارزها فقط بعد از تأیید شما منتقل می‌شوند و ما خودمان می‌بینیم.
    تا { $until } می‌توانید پرداخت کنید. پرسش دربارهٔ پرداخت: /paysupport

    سفارش <code>{ $order }</code>
bot-pay-open-stars-btn-pay = ⭐️ پرداخت { $amount }

bot-pay-check-pending-note = ⏳ تا { $time } پرداختی نرسیده است. شاید یک دقیقه طول بکشد.
bot-pay-paid-body =
    ✅ مبلغ { $amount } دریافت شد؛ ممنون!

    ⏳ { $plan } در حال آماده‌سازی است. لینک شما چند ثانیهٔ دیگر همین‌جا می‌رسد.

    سفارش <code>{ $order }</code>
bot-pay-slow-body =
    ✅ مبلغ { $amount } دریافت شد؛ ممنون!

    ⏳ سرور الان کند جواب می‌دهد. سفارش شما محفوظ است و همچنان تلاش می‌کنیم: لینک خودبه‌خود همین‌جا می‌رسد و هیچ روزی از مدت شما کم نمی‌شود.

    سفارش <code>{ $order }</code>
bot-pay-done-body =
    🎉 { $plan } تا { $until } فعال است.

    سفارش <code>{ $order }</code>
bot-pay-failed-body =
    ❌ پرداخت { $amount } انجام نشد. سفارش شما محفوظ است؛ می‌توانید دوباره تلاش کنید.

    سفارش <code>{ $order }</code>
bot-pay-expired-body =
    ⌛️ مهلت صفحهٔ پرداخت تمام شد و مبلغی کسر نشد. با یک لمس می‌توانید دوباره سفارش بدهید.

    سفارش <code>{ $order }</code>
bot-pay-mismatch-body =
    🔎 پرداختی رسید که با سفارش جور نیست. سفارش منتظر بررسی فروشگاه است؛ پول شما از دست نرفته است.

    سفارش <code>{ $order }</code>
bot-pay-refunded-body =
    ↩️ مبلغ { $amount } به شما برگردانده شد.

    سفارش <code>{ $order }</code>
bot-pay-refunded-wallet-body =
    ↩️ مبلغ { $amount } به کیف پول شما برگشت.

    سفارش <code>{ $order }</code>
bot-pay-provider-down-body = 😕 سرویس پرداخت الان جواب نمی‌دهد. لطفاً چند دقیقهٔ دیگر دوباره تلاش کنید؛ سفارش شما محفوظ است.

bot-pay-checkout-err-closed = این سفارش دیگر باز نیست و چیزی کم نشد. پلن را دوباره با /buy انتخاب کنید.
bot-pay-checkout-err-foreign = این صورت‌حساب برای شخص دیگری است و چیزی کم نشد. با /buy سفارش خودتان را ثبت کنید.
bot-pay-checkout-err-differs = این صورت‌حساب قدیمی است و چیزی کم نشد. پلن را دوباره با /buy انتخاب کنید.
bot-pay-checkout-err-busy = فروشگاه یک لحظه شلوغ است و چیزی کم نشد. لطفاً یک دقیقهٔ دیگر دوباره امتحان کنید.

bot-pay-support-body =
    🧾 <b>پرسش دربارهٔ یک پرداخت</b>

    ۱. اول «سفارش‌های من» را ببینید: هر پرداخت ظرف چند دقیقه خودش آنجا می‌رسد، بازپرداخت هم همین‌طور.
    ۲. هنوز مشکلی هست؟ به { $shop } پیام بدهید و شمارهٔ سفارش و شناسهٔ تلگرام خود را بفرستید: <code>{ $id }</code>.

    پشتیبانی خود تلگرام نمی‌تواند دربارهٔ خریدهای این ربات کمک کند.
bot-pay-support-btn-channel = 📣 کانال فروشگاه
bot-terms-body =
    📄 <b>شرایط { $shop }</b>

    • شما دسترسی به VPN را برای مدت و حجمی می‌خرید که پلن نشان می‌دهد. شروعش وقتی است که پرداخت برسد.
    • لینک برای خود شما و دستگاه‌های شماست. هرزنامه، حمله و محتوای غیرقانونی ممنوع است و می‌تواند دسترسی را پایان دهد.
    • اگر دسترسی تحویل داده نشود، پولتان برمی‌گردد. با بازپرداخت، مدت و حجم استفاده‌نشدهٔ همان خرید هم برداشته می‌شود.
    • ما شناسهٔ تلگرام، سفارش‌ها و حجم مصرف‌شده را نگه می‌داریم و سایت‌هایی را که می‌بینید ثبت نمی‌کنیم.
    • پاسخ‌گوی پرداخت‌ها فروشگاه است: /paysupport. تلگرام طرف این خرید نیست.
