# From card to card: where to send the money, and the receipt.

bot-pay-methods-btn-card = 💳 کارت به کارت
bot-card-open-amount =
    💳 دقیقاً <b>{ $amount }</b> برای { $plan } واریز کنید

    رقم‌های آخر فقط مال همین سفارش است و فروشگاه با همان‌ها پول شما را پیدا می‌کند. لطفاً مبلغ را تغییر ندهید.
bot-card-open-rial = در برنامهٔ بانک که مبلغ به ریال است: <b>{ $rial }</b> ریال
bot-card-open-number = به کارت: <code>{ $number }</code>
bot-card-open-bank = بانک: { $bank }
bot-card-open-holder = به نام: <b>{ $holder }</b>
bot-card-open-note = ℹ️ { $note }
bot-card-open-todo =
    پس از واریز، تصویر رسید را تا { $until } همین‌جا بفرستید. یک نفر آن را بررسی می‌کند و بعد لینک شما همین‌جا می‌رسد.

    سفارش <code>{ $order }</code>
bot-card-open-todo-wallet =
    پس از پرداخت، عکس رسید را تا { $until } همین‌جا بفرستید. یک نفر آن را بررسی می‌کند و بعد پول در کیف شماست.

    سفارش <code>{ $order }</code>
bot-card-btn-copy-number = 📋 کپی شماره کارت
bot-card-btn-copy-amount = 📋 کپی مبلغ
bot-card-btn-copy-rial = 📋 به ریال
bot-card-btn-copy-toman = 📋 به تومان
bot-card-btn-send = 🧾 واریز کردم: ارسال رسید

bot-card-ask-body =
    🧾 حالا تصویر رسید { $amount } را بفرستید: عکس یا اسکرین‌شات برنامهٔ بانک که مبلغ، زمان و شمارهٔ پیگیری در آن خوانا باشد.

    سفارش <code>{ $order }</code>
bot-card-err-text =
    🖼 به تصویر نیاز دارم. 📎 را بزنید، عکس یا اسکرین‌شات رسید { $amount } را انتخاب کنید و بفرستید.

    سفارش <code>{ $order }</code>
bot-card-err-file =
    🖼 فقط تصویر را می‌توانم نشان بدهم. از رسید { $amount } اسکرین‌شات بگیرید و به شکل عکس بفرستید.

    سفارش <code>{ $order }</code>
bot-card-err-large =
    🖼 حجم این فایل زیاد است. رسید { $amount } را به شکل عکس بفرستید نه فایل؛ تلگرام خودش آن را کوچک می‌کند.

    سفارش <code>{ $order }</code>
bot-card-which-body = 🧾 چند سفارش شما منتظر رسید است. آن را که پرداخت کرده‌اید انتخاب کنید و تصویر را یک بار دیگر بفرستید.
bot-card-btn-which = { $plan } · { $amount }
bot-card-review-body =
    🔎 ممنون، رسید { $amount } رسید. یک نفر دارد آن را بررسی می‌کند.

    سفارش شما محفوظ است و در این مدت مهلتی تمام نمی‌شود. جواب همین‌جا می‌آید.

    سفارش <code>{ $order }</code>
bot-card-expired-body =
    ⌛️ مهلت پرداخت { $amount } تمام شد. با یک لمس می‌توانید از نو شروع کنید.

    پول را واریز کرده‌اید؟ رسید را باز هم بفرستید؛ از دست نرفته است.

    سفارش <code>{ $order }</code>
bot-card-btn-again = 🔄 شروع دوباره
bot-card-btn-late = 🧾 واریز کردم: ارسال رسید
bot-card-too-many-body =
    🙏 سه رسید این سفارش تأیید نشد و فرستادن تصویر دیگر کمکی نمی‌کند. اگر واریز کرده‌اید، به فروشگاه پیام بدهید و شمارهٔ <code>{ $order }</code> را بگویید.
bot-card-rejected-body =
    ❌ فروشگاه نتوانست رسید { $amount } شما را تأیید کند.

    { $reason }

    سفارش <code>{ $order }</code>
bot-card-btn-send-another = 🧾 ارسال رسید دیگر
bot-card-reason-not-arrived = پول به کارت فروشگاه نرسیده است.
bot-card-reason-amount = مبلغی که رسیده با مبلغ خواسته‌شده فرق دارد.
bot-card-reason-unreadable = رسید خوانا نیست.
bot-card-reason-used = تصویر مربوط به پرداخت دیگری است.
bot-card-all-taken-body = ⏳ همین حالا خیلی‌ها کارت به کارت می‌کنند. لطفاً چند دقیقهٔ دیگر دوباره تلاش کنید یا راه پرداخت دیگری انتخاب کنید.

bot-card-sent-body =
    🧾 رسیدی منتظر شماست: { $amount } برای { $plan }.

    سفارش <code>{ $order }</code>
bot-card-btn-look = 🔎 دیدن رسید
