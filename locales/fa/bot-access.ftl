# چند دسترسی برای یک نفر.

bot-access-btn-list = 🗂 اشتراک‌های من
bot-access-body =
    🗂 <b>اشتراک‌های شما</b>

    هر کدام لینک خودش را دارد، برای گوشی دیگر یا شخص دیگر. منو اشتراک انتخاب‌شده را نشان می‌دهد و تمدید هم برای همان است.
bot-access-empty-body = هنوز اشتراکی ندارید. برای شروع یک پلن انتخاب کنید.
bot-access-item =
    { $n }. <b>{ $plan }</b>
    { $status } · تا { $until }
bot-access-item-present =
    👉 { $n }. <b>{ $plan }</b>
    { $status } · تا { $until }
bot-access-btn-choose = { $n }. { $plan } · { $until }
bot-access-btn-more = ➕ یک اشتراک دیگر
bot-access-btn-together = 🔄 به همان که دارم اضافه شود
bot-access-toast-chosen = منو حالا این اشتراک را نشان می‌دهد
bot-access-place = 🗂 اشتراک { $n } از { $of }
bot-access-separate-body = ➕ این پلن <b>یک اشتراک جدا</b> با لینک دیگر می‌شود. آنچه دارید همان‌طور می‌ماند.
bot-access-enough-body = شما { $n } اشتراک دارید و اینجا هر نفر بیشتر از این نمی‌تواند داشته باشد. برای تمدید یکی از آن‌ها را انتخاب کنید.
