# The shop's promo codes: the list, and the form of one.

web-promos-title = کدهای تخفیف
web-promos-lead = کاربران کد را در بات وارد می‌کنند یا روی لینکش می‌زنند. هر سفارش با شرایط زمان ثبتش می‌ماند، هر چه این‌جا تغییر دهید.
web-promos-new = کد تازه
web-promos-none = هنوز کد تخفیفی ندارید
web-promos-none-text = کد از قیمت کم می‌کند یا روز و حجم اضافه می‌دهد. آن را به یک کانال، یک دوست یا کسی که مدتی خرید نکرده بدهید.

web-promos-state-works = فعال
web-promos-state-not-yet = هنوز نه
web-promos-state-ended = پایان یافته
web-promos-state-used-up = ظرفیت تمام
web-promos-state-off = خاموش
web-promos-switch-on = روشن کردن
web-promos-switch-off = خاموش کردن

web-promos-uses = { $paid } پرداخت شده، { $open } در انتظار پرداخت
web-promos-uses-of = { $paid } پرداخت شده و { $open } در انتظار پرداخت، از { $max }
web-promos-term-from = از { $at }
web-promos-term-until = تا { $at }
web-promos-term-per-user = { $count ->
    [one] یک بار برای هر کاربر
   *[other] { $count } بار برای هر کاربر
}
web-promos-term-first = برای نخستین خرید
web-promos-term-plans = برای: { $plans }
web-promos-term-no-plan = برای پلن‌هایی که در فروش نیستند

web-promos-link-text = لینک بات که کد را همراه می‌برد
web-promos-code = کد
web-promos-code-hint = حروف لاتین و رقم؛ بزرگ و کوچک فرقی ندارد. خالی بگذارید تا ما یکی بسازیم.
web-promos-kind = چه می‌دهد
web-promos-kind-percent = درصدی از قیمت کم می‌کند
web-promos-kind-amount = مبلغی از قیمت کم می‌کند
web-promos-kind-days = روز بیشتر
web-promos-kind-traffic = حجم بیشتر
web-promos-value = چه مقدار
web-promos-value-hint = درصد، مبلغ، روز یا گیگابایت؛ بسته به آنچه می‌دهد.
web-promos-currency = واحد پول مبلغ
web-promos-currency-hint = فقط برای مبلغ: جایی کم می‌شود که کاربر با این واحد پول بپردازد.
web-promos-least-hint = کد هیچ خریدی را رایگان نمی‌کند: پرداخت صفر ممکن نیست و هیچ درگاهی نمی‌تواند تأییدش کند. اگر کمتر از حداقل یک روش پرداخت بماند، کاربر همان حداقل را می‌پردازد.
web-promos-limits = محدودیت‌ها
web-promos-from = نخستین روز
web-promos-until = آخرین روز
web-promos-until-hint = تا پایان این روز به وقت فروشگاه شما کار می‌کند.
web-promos-max = تعداد کل استفاده
web-promos-per-user = تعداد استفادهٔ هر کاربر
web-promos-empty-hint = برای بدون محدودیت خالی بگذارید.
web-promos-first = فقط برای نخستین خرید
web-promos-plans = پلن‌ها
web-promos-plans-hint = برای پلن‌هایی که علامت بزنید کار می‌کند؛ برای همه هیچ‌کدام را علامت نزنید.
web-promos-save = ذخیره
web-promos-change-hint = سفارش‌های ثبت‌شده با همان شرایط می‌مانند.
web-promos-delete = حذف این کد
web-promos-delete-text = دیگر کسی نمی‌تواند از آن استفاده کند و برای کسی هم آماده نمی‌ماند. سفارش‌هایی که با آن ثبت شده‌اند قیمت خود را نگه می‌دارند.
web-promos-delete-yes = حذف شود

web-flash-promo-made = کد { $code } آماده است.
web-flash-promo-on = کد روشن شد.
web-flash-promo-off = کد خاموش شد. سفارش‌هایی که با آن ثبت شده‌اند قیمت خود را نگه می‌دارند.
web-flash-promo-deleted = کد حذف شد.
