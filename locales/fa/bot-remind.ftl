# آنچه کاربران بی‌آنکه بپرسند دربارهٔ اشتراک خود می‌شنوند، و آنچه در این باره برمی‌گزینند.

bot-notices-body =
    🔔 <b>اعلان‌ها</b>

    برای خاموش یا روشن کردن، روی هر کدام بزنید. پیامی که لینک تازهٔ شما در آن است همیشه می‌آید.
bot-notices-btn-on = ✅ { $name }
bot-notices-btn-off = ▫️ { $name }
bot-notices-name-trial-ending = پایان نزدیک دورهٔ آزمایشی
bot-notices-name-expiring = پایان نزدیک اشتراک
bot-notices-name-expired = پایان اشتراک
bot-notices-name-payment-ok = رسیدن پرداخت
bot-notices-name-payment-failed = پرداخت ناموفق
bot-notices-name-referral = هدیهٔ دعوت
bot-notices-name-traffic = رو به پایان بودن حجم
bot-notices-name-renewal-ahead = تمدید خودکار نزدیک
bot-notices-name-win-back = پیشنهاد بازگشت
bot-notices-toast-on = دوباره روشن شد
bot-notices-toast-off = خاموش شد؛ دیگر نمی‌آید

bot-quiet-body =
    🌙 <b>ساعت‌های سکوت</b>

    در این ساعت‌ها یادآوری نمی‌آید و پس از آن می‌رسد. خبر پرداخت‌ها بی‌درنگ می‌آید. ساعت فروشگاه { $now } است.
bot-quiet-line-set = سکوت از { $from } تا { $until }.
bot-quiet-btn-hours = { $from } تا { $until }
bot-quiet-btn-none = بدون ساعت سکوت
bot-quiet-toast-saved = ذخیره شد

bot-remind-trial-ending-body = ⏳ دورهٔ آزمایشی شما { $left } دیگر، در { $until }، تمام می‌شود. مصرف تا کنون: { $traffic }. یک پلن انتخاب کنید؛ لینک شما همان می‌ماند.
bot-remind-trial-ended-body = 🔴 دورهٔ آزمایشی شما در { $until } تمام شد. یک پلن انتخاب کنید تا همان لینک بی‌درنگ دوباره کار کند.
bot-remind-expiring-body = 📅 اشتراک <b>{ $plan }</b> { $left } دیگر، در { $until }، تمام می‌شود. اگر حالا تمدید کنید، روزها جمع می‌شوند.
bot-remind-last-day-body = ⚠️ اشتراک <b>{ $plan }</b> { $left } دیگر، در { $until }، تمام می‌شود. همین حالا تمدید کنید: روزها جمع می‌شوند و چیزی قطع نمی‌شود.
bot-remind-expired-body = 🔴 اشتراک <b>{ $plan }</b> در { $until } تمام شد. لینک شما نگه داشته شده است؛ با تمدید، بی‌درنگ دوباره کار می‌کند.
bot-remind-traffic-low-body = 📊 بیش از ۸۰٪ حجم شما مصرف شده است: { $traffic }. اگر زودتر تمدید کنید، حجم تازه به باقی‌مانده افزوده می‌شود.
bot-remind-traffic-gone-body = ⛔ حجم شما تمام شد: { $traffic }. با تمدید، همان لینک بی‌درنگ دوباره کار می‌کند.
bot-remind-charge-body = 🔁 اشتراک <b>{ $plan }</b> در { $at } خودکار تمدید می‌شود و <b>{ $amount }</b> برداشت می‌شود. لازم نیست کاری کنید. اگر نمی‌خواهید، پیش از آن تمدید خودکار را خاموش کنید؛ دسترسی شما تا پایانش کار می‌کند.
bot-remind-charge-stars-body = 🔁 اشتراک <b>{ $plan }</b> در { $at } تمدید می‌شود و تلگرام <b>{ $amount }</b> برمی‌دارد. تا آن زمان ستارهٔ کافی داشته باشید. اگر نمی‌خواهید، پیش از آن اشتراک را لغو کنید؛ دسترسی شما تا پایانش کار می‌کند.
bot-remind-win-back-body = 👋 اشتراک <b>{ $plan }</b> در { $until } تمام شد. لینک شما هنوز نگه داشته شده است؛ با تمدید، بی‌درنگ دوباره کار می‌کند.
bot-remind-win-back-trial-body = 👋 دورهٔ آزمایشی شما در { $until } تمام شد. اگر پسندیدید، یک پلن انتخاب کنید تا همان لینک بی‌درنگ دوباره کار کند.
bot-remind-btn-off = 🔕 دیگر از این‌ها نفرست
