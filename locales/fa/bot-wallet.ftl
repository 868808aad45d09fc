# What lies with the shop, and paying with it.

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

bot-wallet-confirm-body =
    👛 مبلغ <b>{ $amount }</b> برای { $plan } از کیف پولتان پرداخت شود؟

    موجودی: { $balance }
    موجودی پس از پرداخت: <b>{ $left }</b>

    سفارش <code>{ $order }</code>
bot-wallet-confirm-btn-pay = ✅ پرداخت { $amount }
bot-wallet-short-body =
    👛 موجودی کیف پول شما { $balance } است و قیمت { $plan } { $amount }. مبلغی کسر نشد؛ لطفاً راه دیگری برای پرداخت انتخاب کنید.

    سفارش <code>{ $order }</code>
