# پیام به کاربران زیاد در یک نوبت: فهرست، نوشتن، پیشرفت.

web-area-broadcasts = پیام همگانی
web-broadcasts-title = پیام‌های همگانی
web-broadcasts-lead = یک پیام به کاربران زیاد؛ به هر کس یک بار و به زبان خودش. خریدها و پاسخ‌ها همیشه جلوترند.
web-broadcasts-new = پیام تازه
web-broadcasts-none = هنوز پیام همگانی نفرستاده‌اید
web-broadcasts-none-text = از حراج، سرور تازه یا قطعی به کاربران خبر دهید. شما می‌گویید چه کسانی بگیرند، پیش از فرستادن آن را می‌بینید و هر وقت بخواهید متوقف می‌کنید.
web-broadcasts-newer = تازه‌تر
web-broadcasts-older = قدیمی‌تر

web-broadcast-state-draft = پیش‌نویس
web-broadcast-state-scheduled = زمان‌بندی‌شده
web-broadcast-state-sending = در حال ارسال
web-broadcast-state-paused = مکث
web-broadcast-state-stopped = متوقف
web-broadcast-state-done = تمام

web-broadcast-segment-all = همهٔ کاربران
web-broadcast-segment-active = با پلن خریداری‌شدهٔ فعال
web-broadcast-segment-trial = در دورهٔ آزمایشی
web-broadcast-segment-expiring = تا ۳ روز دیگر تمام می‌شود
web-broadcast-segment-expired = دسترسی تمام شده
web-broadcast-segment-never = هرگز نخریده
web-broadcast-segment-count = { $segment } ({ $number })

web-broadcast-began-writing = نوشته‌شده از { $at }
web-broadcast-begins = آغاز در { $at }
web-broadcast-started = آغازشده در { $at }
web-broadcast-ended = پایان‌یافته در { $at }
web-broadcast-arrived = رسیده به { $sent } از { $all } نفر، آغازشده در { $at }

web-broadcast-draft = پیام همگانی
web-broadcast-segment = به چه کسانی
web-broadcast-segment-hint = کاربران مسدود و کسانی که ربات را بسته‌اند کنار گذاشته می‌شوند. اینکه چه کسانی می‌گیرند هنگام آغاز معلوم می‌شود.
web-broadcast-text = متن به { $language }
web-broadcast-text-needed = لازم است: هر که متنی به زبان خودش نداشته باشد این را می‌گیرد. حداکثر ۴٬۰۹۶ نویسه، یا ۱٬۰۲۴ نویسه زیر عکس.
web-broadcast-text-hint = اگر خالی بماند این کاربران هم متن نخست را می‌گیرند.
web-broadcast-button-first = دکمهٔ نخست
web-broadcast-button-second = دکمهٔ دوم
web-broadcast-button-to = به کجا می‌رود
web-broadcast-button-link = نشانی لینک
web-broadcast-button-label = برچسب به { $language }
web-broadcast-button-hint = دکمه‌ای که به صفحه‌ای از ربات می‌رود، اگر چیزی ننویسید، برچسب خودش را دارد.
web-broadcast-to-none = بدون دکمه
web-broadcast-to-link = لینک
web-broadcast-save = ذخیره و پیش‌نمایش
web-broadcast-save-hint = هنوز چیزی فرستاده نمی‌شود. عکس، آزمایش و زمان در گام بعد است.
web-broadcast-pictures = عکس‌ها
web-broadcast-pictures-text = یک PNG یا JPEG تا ۵ مگابایت بالای متن می‌آید. عکس هر زبان بر عکس همهٔ زبان‌ها مقدم است.
web-broadcast-picture-all = برای همهٔ زبان‌ها
web-broadcast-picture-alt = عکس بالای متن
web-broadcast-picture-put = گذاشتن عکس
web-broadcast-picture-remove = برداشتن
web-broadcast-review = پیش‌نمایش
web-broadcast-preview = همان‌طور که کاربران می‌بینند
web-broadcast-reach-nobody = اکنون کسی در این گروه نیست.
web-broadcast-reach = { $count ->
    [one] اکنون به { $count } کاربر می‌رسد و حدود { $time } طول می‌کشد.
   *[other] اکنون به { $count } کاربر می‌رسد و حدود { $time } طول می‌کشد.
}
web-broadcast-missing = به این زبان‌ها نوشته نشده: { $languages }. این کاربران متن { $shop } را می‌گیرند.
web-broadcast-test = فرستادن نمونه برای من
web-broadcast-test-nobody = نمونه به تلگرام صاحب ربات می‌رود که هنوز معلوم نیست.
web-broadcast-test-connect = وصل کردن
web-broadcast-test-blocked = ربات نمی‌تواند به شما بنویسد: آن را در تلگرام باز کنید، شروع را بزنید و دوباره امتحان کنید.
web-broadcast-test-refused = تلگرام آن را نپذیرفت: { $reason }
web-broadcast-test-later = تلگرام می‌گوید صبر کنید یا در دسترس نیست. یک دقیقهٔ دیگر دوباره امتحان کنید.
web-broadcast-test-no-bot = ربات کار نمی‌کند و چیزی فرستاده نمی‌شود.
web-broadcast-schedule = ارسال در زمانی دیگر
web-broadcast-day = روز
web-broadcast-time = ساعت
web-broadcast-zone = به ساعت فروشگاه ({ $zone }).
web-broadcast-schedule-yes = زمان‌بندی
web-broadcast-now = ارسال همین حالا
web-broadcast-now-text = بی‌درنگ آغاز می‌شود. می‌توانید مکث کنید یا متوقف کنید و آنچه را فرستاده شده تا ۴۸ ساعت حذف کنید.
web-broadcast-now-yes = { $count ->
    [one] ارسال به { $count } کاربر
   *[other] ارسال به { $count } کاربر
}
web-broadcast-discard = دور انداختن پیش‌نویس
web-broadcast-discard-text = متن‌ها و عکس‌ها برای همیشه از بین می‌روند.
web-broadcast-discard-yes = دور انداختن

web-broadcast-message = پیام
web-broadcast-progress = گیرندگانی که کارشان تمام است
web-broadcast-figures = گیرندگان
web-broadcast-left = { $count ->
    [one] { $count } نفر مانده، حدود { $time }.
   *[other] { $count } نفر مانده، حدود { $time }.
}
web-broadcast-waiting = در انتظار
web-broadcast-in-hand = در راه
web-broadcast-sent = فرستاده‌شده
web-broadcast-blocked = ربات را بسته‌اند
web-broadcast-not-taken = پذیرفته‌نشده
web-broadcast-not-known = نامعلوم
web-broadcast-deleted = حذف‌شده
web-broadcast-kept = حذف نشد
web-broadcast-call-off = لغو و تغییر
web-broadcast-pause = مکث
web-broadcast-resume = ادامه
web-broadcast-stop = توقف همیشگی
web-broadcast-stop-text = هر که هنوز نگرفته دیگر نمی‌گیرد. آنچه فرستاده شده در گفتگوها می‌ماند تا خودتان حذف کنید.
web-broadcast-stop-yes = توقف
web-broadcast-unknown = معلوم نیست رسیده باشد: { $number }
web-broadcast-unknown-text = وقتی این‌ها در راه بودند سرور قطع شد یا تلگرام پاسخ نداد. هیچ چیز خودبه‌خود دو بار فرستاده نمی‌شود.
web-broadcast-again-unknown-text = هر که در واقع آن را گرفته باشد، بار دوم هم می‌گیرد.
web-broadcast-failed = تلگرام نپذیرفت: { $number }
web-broadcast-again-failed-text = یک بار دیگر امتحان می‌شود. جدول می‌گوید تلگرام چه ایرادی گرفت.
web-broadcast-again = ارسال دوباره به آن‌ها
web-broadcast-reasons = تلگرام چه گفت
web-broadcast-became = نتیجه
web-broadcast-reason = به گفتهٔ تلگرام
web-broadcast-count = کاربران
web-broadcast-deleting = آنچه فرستاده شده در حال حذف است.
web-broadcast-delete-sent = حذف آنچه فرستاده شده
web-broadcast-delete-sent-text = از گفتگوها ناپدید می‌شود. تلگرام فقط پیام‌های ۴۸ ساعت گذشته را حذف می‌کند.
web-broadcast-delete-sent-yes = حذف { $number } پیام
web-broadcast-halt-bot = مکث: رباتی نمی‌تواند به کاربرانش بنویسد
web-broadcast-halt-bot-text = ربات در مکث است یا توکنش دیگر معتبر نیست. در نمای کلی آن را راه بیندازید یا توکن تازه بدهید و بعد اینجا ادامه دهید.
web-broadcast-halt-refused = مکث: تلگرام این پیام را برای هیچ‌کس نمی‌پذیرد
web-broadcast-halt-refused-text = جدول زیر می‌گوید چرا. کسانی که در انتظارند چیزی از دست نداده‌اند.

web-flash-broadcast-saved = ذخیره شد. این‌طور دیده می‌شود.
web-flash-broadcast-tested = در گفتگوی شما با ربات است.
web-flash-broadcast-begun = در حال ارسال است.
web-flash-broadcast-scheduled = زمان‌بندی شد.
web-flash-broadcast-called-off = لغو شد و می‌توان تغییرش داد.
web-flash-broadcast-paused = مکث کرد.
web-flash-broadcast-resumed = ادامه می‌یابد.
web-flash-broadcast-stopped = متوقف شد.
web-flash-broadcast-discarded = پیش‌نویس دور انداخته شد.
web-flash-broadcast-again = دوباره به آن‌ها فرستاده می‌شود.
web-flash-broadcast-deleting = آنچه فرستاده شده در حال حذف است.

error-broadcast-gone = این پیام همگانی دیگر نیست.
error-broadcast-state = دیگر نمی‌شود: وضعیت پیام در این میان عوض شده است.
error-broadcast-no-text = متن به { $language } لازم است: هر که متن دیگری نداشته باشد این را می‌گیرد.
error-broadcast-long = زیاد بلند است: پیام حداکثر { $count } نویسه دارد.
error-broadcast-long-caption = زیاد بلند است: زیر عکس جای { $count } نویسه هست. کوتاهش کنید یا عکس را بردارید.
error-broadcast-label = دکمه‌ای که به لینک می‌رود، به هر زبانی که پیام نوشته شده برچسب می‌خواهد.
error-broadcast-label-long = روی دکمه حداکثر { $count } نویسه جا می‌شود.
error-broadcast-link = نشانی‌ای که با https:// آغاز شود.
error-broadcast-past = این زمان گذشته است: زمان دیرتری انتخاب کنید.
error-broadcast-time = ساعتی مانند ۱۸:۳۰ بنویسید.
error-broadcast-picture = یک PNG یا JPEG انتخاب کنید.
error-broadcast-picture-size = عکس زیاد بزرگ است: حداکثر ۵ مگابایت.
error-broadcast-nobody = دیگر کسی نمانده که این برایش باشد.
