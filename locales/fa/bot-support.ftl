# پرسش از آدم‌های فروشگاه.

bot-support-title =
    💬 <b>پشتیبانی</b>

    دربارهٔ هر چیزی که درست کار نمی‌کند به ما بنویسید. یک آدم در همین گفتگو پاسخ می‌دهد.
bot-support-btn-new = ✍️ پرسیدن سؤال
bot-support-btn-mine = 🗂 سؤال‌های من
bot-support-btn-contact = 👤 پیام مستقیم به ما
bot-support-btn-thread = 💬 نمایش گفتگو
bot-support-btn-reply = ✍️ پاسخ
bot-support-btn-again = ✍️ پرسیدن دوباره
bot-support-btn-solved = ✅ حل شد
bot-support-btn-newer = ➡️ جدیدتر
bot-support-btn-older = قدیمی‌تر ⬅️

bot-support-topics-title = 💬 موضوع چیست؟
bot-support-topic-connect = 🔌 وصل نمی‌شود
bot-support-topic-speed = 🐢 کند است
bot-support-topic-payment = 💳 پرداخت
bot-support-topic-account = 👤 حساب من
bot-support-topic-other = 💭 چیز دیگر

bot-support-ask-body =
    { $topic }

    همه چیز را در یک پیام بنویسید. عکس صفحه یا فایل کمک می‌کند: چه می‌بینید، از کی، روی کدام دستگاه؟

    اگر منصرف شدید: /cancel
bot-support-ask-more-body = ✍️ هر چه می‌خواهید به سؤال #{ $number } اضافه کنید بفرستید: متن، عکس یا فایل.
bot-support-sent-body =
    ✅ فرستاده شد. شمارهٔ سؤال شما #{ $number } است و پاسخ به همین گفتگو می‌آید.

    اگر چیزی جا مانده، همین حالا بفرستید تا اضافه شود.

bot-support-err-kind = من متن، عکس و فایل را می‌رسانم، اما این را نمی‌توانم. لطفاً به یکی از این شکل‌ها بفرستید.
bot-support-err-large = این فایل از ۲۰ مگابایت بزرگ‌تر است و تلگرام چنین فایلی را به هیچ رباتی نمی‌دهد. لطفاً فایل کوچک‌تری بفرستید.
bot-support-err-open-body =
    { $count ->
        [one] { $count } سؤال شما
       *[other] { $count } سؤال شما
    } هنوز باز است. به یکی از آن‌ها اضافه کنید یا آن را که حل شده ببندید.
bot-support-err-hour-body = در یک ساعت پیام‌های زیادی آمد و این یکی رسانده نشد. آنچه پیش از این نوشتید به دست ما رسیده است؛ لطفاً کمی صبر کنید و دوباره بفرستید.

bot-support-list-title = 🗂 <b>سؤال‌های من</b>
bot-support-list-empty = 🗂 هنوز چیزی نپرسیده‌اید.
bot-support-list-btn-ticket = #{ $number } · { $topic } · { $state }
bot-support-state-waiting = ⏳ در انتظار
bot-support-state-answered = 💬 پاسخ آمد
bot-support-state-closed = ✔️ بسته

bot-support-thread-title = <b>#{ $number }</b> · { $topic } · { $state }
bot-support-thread-rated =
    شما { $count ->
        [one] { $count } ستاره
       *[other] { $count } ستاره
    } دادید.
bot-support-thread-earlier = … پیام‌های قبلی نشان داده نمی‌شوند.
bot-support-thread-me =
    👤 <b>شما</b> · { $time }
    { $text }
bot-support-thread-shop =
    💬 <b>فروشگاه</b> · { $time }
    { $text }
bot-support-file-photo = 📷 عکس
bot-support-file-document = 📎 فایل

bot-support-answer-body =
    💬 <b>پاسخ به سؤال #{ $number }</b>

    { $text }
bot-support-closed-body =
    ✔️ سؤال #{ $number } بسته شد. کار ما چطور بود؟

    هر وقت خواستید می‌توانید دوباره در آن بنویسید.
bot-support-closed-shop-body =
    ✔️ ما سؤال #{ $number } را بستیم. کار ما چطور بود؟

    اگر حل نشده، دوباره بنویسید.
bot-support-rate-btn-star = { $count } ⭐
bot-support-rate-toast = سپاسگزاریم!

# برای صاحب فروشگاه.
bot-support-staff-body =
    💬 <b>#{ $number }</b> · { $topic }
    از { $user }

    { $text }
bot-support-staff-btn-answer = ✍️ پاسخ دادن
bot-support-staff-btn-more = ✍️ نوشتن بیشتر
bot-support-staff-btn-look = 🔎 باز کردن در پنل
bot-support-staff-btn-close = ✔️ بستن
bot-support-staff-ask-body = ✍️ پیام بعدی شما پاسخ سؤال #{ $number } است: متن، عکس یا فایل. برای ننوشتن: /cancel
bot-support-staff-answered-body = ✅ پاسخ شما به سؤال #{ $number } در راه است.
bot-support-staff-closed-body = ✔️ سؤال #{ $number } بسته شد. به کاربر خبر می‌رسد و نظرش پرسیده می‌شود.
