# Plans and the order.

bot-buy-plans-title = 🛒 <b>یک پلن انتخاب کنید</b>
bot-buy-plans-renew-title =
    🔄 <b>تمدید</b>

    روزهای تازه به روزهای باقی‌مانده اضافه می‌شوند.
bot-buy-plans-btn-plan = { $plan } · { $amount }
bot-buy-plans-empty-body = فعلاً پلنی برای فروش نیست. لطفاً بعداً سر بزنید.
bot-buy-plan-gone-body = این پلن دیگر فروخته نمی‌شود. پلن‌های دیگر 👇
bot-buy-price-changed-body = قیمت در این فاصله تغییر کرد و حالا { $amount } است. لطفاً پیش از پرداخت دوباره نگاه کنید.
bot-buy-limit-body = 🙏 فروشگاه الان مشتری تازه نمی‌پذیرد؛ تمدیدها مثل همیشه انجام می‌شود. می‌خواهید وقتی جا باز شد همین‌جا خبرتان کنیم؟
bot-buy-limit-btn-wait = 🔔 خبرم کن
bot-buy-waiting-body = 🔔 در فهرست انتظار هستید. همین که جا باز شود این‌جا خبرتان می‌کنیم؛ جا برای کسی است که زودتر سفارش دهد.
bot-buy-room-body = 🎉 { $shop } دوباره جا دارد. جا برای کسی است که زودتر سفارش دهد.
bot-buy-summary-after-body = 🔁 الان { $plan } دارید و چیزی از آن از دست نمی‌رود: پس از پرداخت { $traffic } تا { $until } در اختیار دارید.
bot-buy-summary-change-body = 🔁 پلن شما از { $plan } عوض می‌شود. روزها و حجم باقی‌مانده‌اش می‌ماند و اضافه می‌شود: پس از پرداخت { $traffic } تا { $until } در اختیار دارید.
