# What lies with the shop, filling it, and paying with it.

bot-wallet-title = 👛 <b>کیف پول</b>
bot-wallet-line-balance = موجودی: <b>{ $amount }</b>
bot-wallet-empty-body = کیف پول شما خالی است. اگر زمانی بیشتر از مبلغ لازم بپردازید، مانده‌اش همین‌جا برای شما می‌ماند.
bot-wallet-hint-on = هر وقت موجودی به قیمت پلن برسد، می‌توانید با آن بپردازید.
bot-wallet-hint-off = فروشگاه فعلاً از کیف پول پرداخت نمی‌گیرد. پول شما همین‌جا می‌ماند.
bot-wallet-history-title = 🧾 <b>آخرین گردش‌ها</b>
bot-wallet-history-in = { $date } · { $reason } · <b>واریز { $amount }</b>
bot-wallet-history-out = { $date } · { $reason } · <b>برداشت { $amount }</b>
bot-wallet-reason-surplus = پرداخت بیش از مبلغ
bot-wallet-reason-surplus-back = برگشت به مبدأ پرداخت
bot-wallet-reason-paid = پرداخت سفارش
bot-wallet-reason-refund = برگشت پول سفارش
bot-wallet-line-held = بلوکه‌شده: { $amount } (در راه برگشت یا پس‌گرفته از سوی بانک شما)
bot-wallet-empty-fill-body = کیف پول شما خالی است. یک بار شارژش کنید تا خریدهای بعدی با یک لمس انجام شود؛ اگر زمانی بیشتر از مبلغ لازم بپردازید، مانده‌اش هم همین‌جا می‌ماند.
bot-wallet-reason-top-up = شارژ کیف پول
bot-wallet-reason-top-up-back = برگشت به شما
bot-wallet-btn-fill = ➕ شارژ کیف پول
bot-wallet-btn-other-amount = ✏️ مبلغ دیگر

bot-wallet-confirm-body =
    👛 مبلغ <b>{ $amount }</b> برای { $plan } از کیف پولتان پرداخت شود؟

    موجودی: { $balance }
    موجودی پس از پرداخت: <b>{ $left }</b>

    سفارش <code>{ $order }</code>
bot-wallet-confirm-btn-pay = ✅ پرداخت { $amount }
bot-wallet-short-body =
    👛 موجودی کیف پول شما { $balance } است و قیمت { $plan } { $amount }. مبلغی کسر نشد؛ لطفاً راه دیگری برای پرداخت انتخاب کنید.

    سفارش <code>{ $order }</code>

bot-wallet-top-up-title = شارژ کیف پول
bot-wallet-fill-body =
    ➕ <b>کیف پول را چقدر شارژ می‌کنید؟</b>

    یک مبلغ را انتخاب کنید یا خودتان بنویسید؛ مثلاً <code>{ $example }</code>.
bot-wallet-fill-between = از { $least } تا { $most }.
bot-wallet-fill-from = دست‌کم { $least }.
bot-wallet-fill-err-number = ✏️ این را به‌عنوان مبلغ متوجه نشدم. لطفاً فقط عدد را بنویسید.
bot-wallet-fill-err-min = ☝️ این مبلغ کم است؛ دست‌کم { $least }.
bot-wallet-fill-err-max = ☝️ این مبلغ برای یک بار زیاد است؛ حداکثر { $most }.
bot-wallet-fill-ways-title = 💳 شارژ { $amount } را چطور می‌پردازید؟
bot-wallet-fill-no-way-body = 😕 فعلاً هیچ راه پرداختی مبلغ { $amount } را نمی‌پذیرد. لطفاً مبلغ دیگری را امتحان کنید.
bot-wallet-fill-closed-body = فروشگاه فعلاً کیف پول را شارژ نمی‌کند. موجودی شما همان‌جا می‌ماند.
bot-wallet-filled-body =
    ✅ مبلغ { $amount } به کیف پول شما اضافه شد.

    حالا می‌توانید با آن پلن بخرید. سفارش <code>{ $order }</code>
