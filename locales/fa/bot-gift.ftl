# Plans that are bought for somebody else.

bot-gift-btn-buy = 🎁 به‌عنوان هدیه
bot-gift-btn-way = { $way } · { $amount }
bot-gift-methods-body =
    🎁 <b>{ $plan } برای کس دیگر</b>

    پس از پرداخت لینکی می‌گیرید که بفرستید. هر کس اول بازش کند پلن از آن اوست. تا آن وقت خودتان هم می‌توانید استفاده کنید.
bot-gift-ready-body =
    🎁 <b>هدیهٔ شما آماده است: { $plan }</b>

    این لینک را برای او بفرستید. یک بار کار می‌کند:
    <code>{ $link }</code>

    سفارش { $order }
bot-gift-btn-share = 📤 فرستادن برای کسی
bot-gift-btn-keep = 🙋 خودم استفاده می‌کنم
bot-gift-btn-keep-order = 🙋 { $plan } برای خودم
bot-gift-btn-list = 🎁 هدیه‌های من
bot-gift-given-body = 🎁 هدیهٔ شما { $plan } باز شد. سفارش { $order }
bot-gift-gone-body = 🎁 پول این هدیه برگشته و لینکش کار نمی‌کند. سفارش { $order }
bot-gift-list-title = 🎁 <b>هدیه‌های شما</b>
bot-gift-list-empty-body = هنوز هدیه‌ای نخریده‌اید. یک پلن و بعد «به‌عنوان هدیه» را انتخاب کنید.
bot-gift-item-waiting =
    ⏳ { $plan } · هنوز باز نشده
    <code>{ $link }</code>
bot-gift-item-opened = ✅ { $plan } · باز شده
bot-gift-item-gone = ↩️ { $plan } · پول برگشت
bot-gift-keep-body = 🙋 <b>{ $plan } برای خودتان؟</b> به اشتراک شما اضافه می‌شود و لینک از کار می‌افتد.
bot-gift-keep-btn-yes = ✅ بله، برای خودم
bot-gift-own-body = 🎁 این هدیهٔ خود شماست. لینک را برای کس دیگری بفرستید یا خودتان استفاده کنید.
bot-gift-done-body = 🎁 هدیه از آن شماست! در حال آماده‌سازی است و لینک شما تا چند لحظهٔ دیگر می‌رسد.
bot-gift-yours-body = 🎁 این هدیه را پیش‌تر باز کرده‌اید؛ از آن شماست.
bot-gift-taken-body = 🎁 این هدیه را کس دیگری باز کرده است؛ هر هدیه یک بار کار می‌کند.
bot-gift-unpaid-body = 🎁 پول این هدیه هنوز پرداخت نشده است. همین که پرداخت شود لینکش کار می‌کند.
bot-gift-refunded-body = 🎁 پول این هدیه برگشته و لینکش دیگر کار نمی‌کند. لطفاً از کسی که آن را فرستاده بپرسید.
bot-gift-room-body = 🎁 فروشگاه الان نمی‌تواند دسترسی بدهد. هدیه منتظر شماست؛ کمی بعد دوباره لینک را باز کنید.
bot-gift-none-body = 🎁 چنین هدیه‌ای نیست. لطفاً از کسی که لینک را فرستاده بپرسید.
bot-gift-opened-body =
    🎁 هدیه‌ای برای شما: { $plan }

    📅 تا { $until }
