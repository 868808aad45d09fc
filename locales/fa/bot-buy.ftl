# Plans and the order.

bot-buy-plans-title = 🛒 <b>یک پلن انتخاب کنید</b>
bot-buy-plans-renew-title =
    🔄 <b>تمدید</b>

    روزهای تازه به روزهای باقی‌مانده اضافه می‌شوند.
bot-buy-plans-btn-plan = { $plan } · { $amount }
bot-buy-plans-empty-body = فعلاً پلنی برای فروش نیست. لطفاً بعداً سر بزنید.
bot-buy-plan-gone-body = این پلن دیگر فروخته نمی‌شود. پلن‌های دیگر 👇
bot-buy-price-changed-body = قیمت در این فاصله تغییر کرد و حالا { $amount } است. لطفاً پیش از پرداخت دوباره نگاه کنید.
bot-buy-limit-body = 🙏 فروشگاه در این لحظه مشتری تازه نمی‌پذیرد. لطفاً بعداً دوباره تلاش کنید؛ تمدیدها برقرار است.
