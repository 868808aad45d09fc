# Traffic that is added to what is running.

bot-traffic-name = { $traffic } اضافه
bot-traffic-btn-add = ➕ افزودن حجم
bot-traffic-btn-pack = { $plan } · { $amount }
bot-traffic-body =
    ➕ <b>حجم بیشتر</b>

    فوراً به حجم شما اضافه می‌شود، آخر از همه مصرف می‌شود و با تمدید باقی می‌ماند. تاریخ پایان عوض نمی‌شود.
bot-traffic-empty-body = الان چیزی برای افزودن نیست: پلن شما محدودیت حجم ندارد، تمام شده است، یا فروشگاه حجم اضافه نمی‌فروشد. می‌توانید تمدید کنید.
bot-traffic-summary-body =
    🧾 <b>{ $plan }</b>

    📊 { $traffic } بیشتر تا پایان پلن، و اگر تمدید کنید پس از آن هم
    💰 { $amount }
bot-traffic-added-body =
    ✅ { $plan } افزوده شد. سپاسگزاریم!

    📊 { $traffic }
    📅 تا { $until }

    سفارش { $order }
