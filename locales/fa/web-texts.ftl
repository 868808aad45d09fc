# آنچه ربات می‌گوید، به زبان خود فروشگاه.

web-area-texts = متن‌ها
web-texts-title = متن‌ها
web-texts-lead = هر چه ربات می‌گوید اینجاست. هر متن را در هر زبان می‌توانید به زبان خودتان بنویسید؛ آنچه دست نزنید متن ما می‌ماند و با به‌روزرسانی‌های ما بهتر می‌شود.
web-texts-languages = زبان
web-texts-filters = کدام متن‌ها
web-texts-areas = بخش ربات
web-texts-areas-all = همه
web-texts-search = جستجو در کلیدها و متن‌ها
web-texts-find = جستجو
web-texts-filter-all = همه
web-texts-filter-changed = تغییریافته
web-texts-filter-missing = در این زبان نیست
web-texts-filter-long = بیش از حد بلند
web-texts-filter-ignored = بی‌استفاده
web-texts-none = متنی پیدا نشد
web-texts-none-text = واژه‌های دیگری جستجو کنید یا بخش دیگری از ربات را ببینید.
web-texts-more = متن‌های دیگری هم هست. برای دیدن آن‌ها بخشی از ربات را انتخاب یا جستجو کنید.
web-texts-changed = متن شما
web-texts-missing = فقط در زبان دیگر
web-texts-long = بیش از حد بلند
web-texts-ignored = بی‌استفاده
web-texts-one = یک متن
web-texts-ignored-text = متن شما به کار نمی‌رود و ربات متن ما را می‌گوید. آن را درست کنید یا به متن ما برگردید.
web-texts-own = متن شما
web-texts-markup = می‌توانید از <b>درشت</b>، <i>کج</i>، <code>برای کپی</code> و <a href="https://…">پیوند</a> استفاده کنید.
web-texts-no-markup = بدون <b> و نشانه‌های دیگر.
web-texts-limit = حداکثر { $count } نویسه، آن‌طور که نمایش داده می‌شود.
web-texts-values = مقدارهایی که پر می‌شوند:
web-texts-save = ذخیره
web-texts-preview = نمایش شکل آن
web-texts-looks = شکل آن با مقدارهای نمونه
web-texts-ours = متن ما
web-texts-restore = بازگشت به متن ما…
web-texts-restore-text = متن شما از بین می‌رود و ربات دوباره متن ما را می‌گوید.
web-texts-restore-yes = متن ما را بگذار
web-texts-file = متن‌ها در یک فایل
web-texts-file-lead = متن‌های خود به یک زبان را نگه دارید، به مترجم بدهید یا به فروشگاه دیگری ببرید.
web-texts-file-out = ذخیرهٔ متن‌های شما
web-texts-file-count = { $count ->
    [one] { $count } متن به { $language } از آن شماست.
   *[other] { $count } متن به { $language } از آن شماست.
}
web-texts-file-save = ذخیره در فایل
web-texts-file-in = خواندن فایل
web-texts-file-in-text = یک فایل Fluent (.ftl) تا { $size } کیلوبایت با متن‌هایی به { $language }. هر متن چنان بررسی می‌شود که گویی همین‌جا نوشته‌اید. آنچه در فایل نیست همان‌طور می‌ماند.
web-texts-file-choose = فایل
web-texts-file-read = خواندن
web-texts-file-refused = این متن‌ها پذیرفته نشدند:
web-texts-file-more = { $count ->
    [one] و { $count } متن دیگر.
   *[other] و { $count } متن دیگر.
}
web-flash-text-file = پذیرفته: { $changed }. مانند پیش: { $same }. پذیرفته‌نشده: { $refused }.
web-flash-text-saved = ذخیره شد. ربات از این پس همین را می‌گوید.
web-flash-text-restored = ربات دوباره متن ما را می‌گوید.
web-texts-area-start = آشنایی
web-texts-area-gate = کانال
web-texts-area-menu = منو
web-texts-area-common = همه‌جا
web-texts-area-help = راهنما
web-texts-area-id = شناسهٔ تلگرام
web-texts-area-terms = شرایط
web-texts-area-trial = دورهٔ آزمایشی
web-texts-area-buy = طرح‌ها
web-texts-area-pay = پرداخت
web-texts-area-card = کارت به کارت
web-texts-area-wallet = کیف پول
web-texts-area-gift = هدیه‌ها
web-texts-area-traffic = ترافیک بیشتر
web-texts-area-promo = کد تخفیف
web-texts-area-config = اتصال
web-texts-area-profile = پروفایل
web-texts-area-privacy = داده‌ها
web-texts-area-access = چند اشتراک
web-texts-area-renew = تمدید خودکار
web-texts-area-referral = دعوت دوستان
web-texts-area-support = پشتیبانی
web-texts-area-check = بررسی وی‌پی‌ان
web-texts-area-faq = پرسش‌ها
web-texts-area-settings = تنظیمات
web-texts-area-notices = نوع پیام‌ها
web-texts-area-quiet = ساعت‌های سکوت
web-texts-area-remind = یادآوری‌ها
web-texts-area-notify = پیام‌ها
web-texts-area-owner = برای شما
