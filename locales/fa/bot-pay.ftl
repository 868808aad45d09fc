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
bot-pay-methods-btn-wallet = 👛 کیف پول من

bot-pay-open-body =
    💳 <b>{ $amount }</b> برای { $plan }

    در صفحه‌ای که با دکمهٔ زیر باز می‌شود پرداخت کنید و برگردید؛ پرداخت را خودمان می‌بینیم.
    صفحه تا { $until } باز است.

    سفارش <code>{ $order }</code>
bot-pay-open-btn-pay = 💳 باز کردن صفحهٔ پرداخت
bot-pay-open-btn-check = 🔄 پرداخت کردم

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
