# Promo codes: entering one, what it gives, why it does not.

bot-promo-btn-enter = 🎟 کد تخفیف
bot-promo-btn-off = ✖️ برداشتن { $code }
bot-promo-btn-plans = 🛒 انتخاب پلن

bot-promo-ask-body =
    🎟 <b>کد تخفیف</b>

    کد را همین‌جا برایم بفرستید.
bot-promo-another-body = می‌توانید کد دیگری بفرستید یا بدون کد خرید کنید.
bot-promo-taken-body = ✅ کد <code>{ $code }</code> برای شما ثبت شد: <b>{ $gift }</b>. در سفارش بعدی شما به کار می‌رود.
bot-promo-ready-body = 🎟 کد <code>{ $code }</code> برای سفارش بعدی شما آماده است: <b>{ $gift }</b>.
bot-promo-changed-body = شرایط در این فاصله تغییر کرد. لطفاً پیش از پرداخت دوباره نگاه کنید.

bot-promo-gift-percent = { $percent }٪ تخفیف
bot-promo-gift-amount = { $amount } تخفیف
bot-promo-gift-days = { $period } بیشتر
bot-promo-gift-traffic = { $traffic } حجم بیشتر

bot-promo-term-until = ⏳ اعتبار تا { $at }.
bot-promo-term-plans = 🧾 برای این پلن‌ها: { $plans }.
bot-promo-term-first = 🌱 فقط برای نخستین خرید.
bot-promo-separator-plans = {"، "}

bot-promo-line-off = 🎟 کد <code>{ $code }</code>: <b>{ $off }</b> تخفیف می‌گیرید؛ قیمت بدون کد { $full } است.
bot-promo-line-days = 🎟 کد <code>{ $code }</code>: <b>{ $period }</b> بیشتر، رایگان.
bot-promo-line-traffic = 🎟 کد <code>{ $code }</code>: <b>{ $traffic }</b> حجم بیشتر، رایگان.
bot-promo-line-least = ℹ️ کمتر از { $amount } را نمی‌شود پرداخت، برای همین کد بیش از این کم نمی‌کند.
bot-promo-line-not = 🎟 کد <code>{ $code }</code> در این سفارش به کار نمی‌رود.

bot-promo-err-unknown = 🤔 چنین کدی وجود ندارد. لطفاً ببینید همهٔ حرف‌ها درست است.
bot-promo-err-off = ⌛️ فروشگاه این کد را غیرفعال کرده است.
bot-promo-err-not-yet = ⏳ این کد از { $at } اعتبار دارد. لطفاً آن وقت برگردید.
bot-promo-err-ended = ⌛️ این کد تا { $at } اعتبار داشت.
bot-promo-err-used-up = 😔 ظرفیت این کد تمام شده است.
bot-promo-err-used = ☑️ شما پیش‌تر از این کد استفاده کرده‌اید.
bot-promo-err-first = 🌱 این کد برای نخستین خرید است و شما پیش‌تر خرید کرده‌اید.
bot-promo-err-plan = 🧾 این کد برای پلن‌های دیگر است.
bot-promo-err-currency = 💱 این کد { $amount } کم می‌کند و این پلن با آن واحد پول پرداخت نمی‌شود.
bot-promo-err-least = ℹ️ قیمت همین حالا کمترین مبلغی است که می‌شود پرداخت، پس چیزی برای کم کردن نیست.
bot-promo-err-unpaid = ⏳ شما چند سفارش با این کد شروع کرده و نپرداخته‌اید. از { $at } می‌توانید سفارش دیگری بدهید؛ سفارش‌هایی که هنوز بازند همین حالا قابل پرداخت‌اند.
bot-promo-err-tries = ⏳ چند کد نادرست پشت سر هم فرستادید. لطفاً ساعت { $at } دوباره تلاش کنید.
