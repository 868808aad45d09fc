# Words of every page: header, menus, checks, errors.

## Product and header

web-product-name = بات‌یارد
web-skip-to-content = پرش به محتوا
web-language = زبان
web-theme-dark = پوستهٔ تیره
web-theme-light = پوستهٔ روشن
web-nav-main = اصلی
web-nav-menu = منو
web-nav-close = بستن
web-nav-quick = میان‌برها
web-nav-more = بیشتر
web-nav-how = روش کار
web-nav-packages = بسته‌ها
web-nav-faq = پرسش‌ها
web-nav-login = ورود
web-nav-start = شروع رایگان
web-nav-my-shop = فروشگاه من
web-nav-logout = خروج
web-footer-about = ربات فروشگاهی برای فروشندگان وی‌پی‌ان. مشتری، پنل و قیمت از شما؛ روشن نگه‌داشتن ربات از ما.
web-footer-independent = بات‌یارد وابسته به تلگرام یا مرزبان نیست.
web-area-home = همهٔ ربات‌ها
web-area-overview = نمای کلی
web-area-orders = سفارش‌ها
web-area-promos = کدهای تخفیف
web-area-notices = اعلان‌ها
web-area-methods = پرداخت‌ها
web-area-preview = تلفن

## Actions

web-continue = ادامه
web-copy = کپی
web-copied = کپی شد
web-field-email = ایمیل
web-field-password = گذرواژه
web-form-errors = پیش از ذخیره چند مورد را درست کنید
web-number-1 = ۱
web-number-2 = ۲
web-number-3 = ۳
web-list-separator = {"، "}

## Checks: said to screen readers beside the mark

web-check-waiting = هنوز نه
web-check-running = در حال انجام
web-check-yours = منتظر شما
web-check-passed = انجام شد
web-check-warned = انجام شد، با یک نکته
web-check-failed = ناموفق
web-live-paused = به‌روزرسانی زنده متوقف شد.
web-live-refresh = تازه کردن

## Chart

web-chart-view = نما
web-chart-chart = نمودار
web-chart-table = جدول
web-chart-full-day = روز کامل
web-chart-today = امروز تا این لحظه
web-chart-caption = درآمد روزانه
web-chart-day = روز
web-chart-revenue = درآمد
web-chart-sales = فروش

## Phone

web-phone-bot = ربات
web-phone-log = گفت‌وگو
web-phone-empty = برای شروع /start را بزنید
web-phone-photo = تصویری که ربات فرستاد
web-phone-edited = ویرایش‌شده
web-phone-message = پیام
web-phone-placeholder = پیام یا فرمان
web-phone-send = ارسال
web-phone-reset = از نو
web-phone-pay-title = پرداخت در تلگرام
web-phone-pay = پرداخت { $amount }
web-phone-pay-every = هر ۳۰ روز دوباره، به‌طور خودکار، تا وقتی لغو کنید.
web-phone-reactivate = تنظیمات تلگرام، استارزهای من: ادامهٔ اشتراک
web-phone-pay-cancel = انصراف
web-phone-pay-silent = ربات به‌موقع پاسخ نداد و چیزی کم نشد.

## Sandbox

web-sandbox-label = محیط آزمایشی
web-sandbox-strip = هیچ‌چیز این‌جا واقعی نیست و چیزی از این سرور بیرون نمی‌رود.
web-sandbox-botfather = BotFather نمایشی
web-sandbox-faults = خراب‌کاری آزمایشی
web-sandbox-mail = ایمیل‌ها

## Errors

web-error-not-found = این صفحه وجود ندارد
web-error-not-found-text = شاید نشانی اشتباه نوشته شده یا آنچه این‌جا بود حذف شده است.
web-error-forbidden = اجازهٔ باز کردن این صفحه را ندارید
web-error-forbidden-text = وارد شده‌اید، اما این صفحه مال فروشگاه دیگری است یا نقش دیگری می‌خواهد.
web-error-too-many = تلاش بیش از حد
web-error-too-many-text = چند دقیقه صبر کنید و دوباره امتحان کنید. چیزی از دست نرفته است.
web-error-internal = مشکلی از سمت ما پیش آمد
web-error-internal-text = این خطا ثبت شد. ربات‌های شما کار می‌کنند و پرداخت‌ها محفوظ‌اند. کمی بعد دوباره امتحان کنید.
web-error-unavailable = سرور لحظه‌ای شلوغ است
web-error-unavailable-text = سرور در حال راه‌اندازی است یا کار زیادی دارد. پیام‌های ربات‌ها نگه داشته می‌شود. چند ثانیه بعد دوباره امتحان کنید.
web-error-home = رفتن به آغاز
web-error-again = تلاش دوباره
web-error-id = شناسهٔ خطا: { $id }

## Wizard frame

web-step-shop = فروشگاه
web-step-package = بسته
web-step-bot = ربات
web-step-panel = پنل
web-step-plans = پلن‌ها
web-step-live = روشن شدن
web-wizard-steps = مراحل
web-wizard-position = مرحلهٔ { $number } از { $of }: { $step }
web-wizard-saved = ذخیره شد؛ روی دستگاه دیگر هم می‌توانید ادامه دهید.
web-wizard-preview = پیش‌نمایش
web-wizard-preview-caption = آنچه مشتری می‌بیند

## Flash messages

web-flash-saved = ذخیره شد.
web-flash-welcome = حساب شما آماده است.
web-flash-session-expired = دوباره وارد شوید؛ نشست شما تمام شده است.
web-flash-trial-started = ۱۴ روز رایگان شما شروع شد.
web-flash-token-replaced = توکن تازه به کار افتاد.
web-flash-bot-paused = ربات متوقف شد.
web-flash-bot-resumed = ربات دوباره روشن شد.
web-flash-bot-maintained = ربات در حال تعمیر است.
web-flash-bot-restarted = ربات از نو راه‌اندازی شد.
web-flash-bot-deleted = { $bot } حذف شد.
web-flash-clock-moved = ساعت فروشگاه حالا { $now } است.
web-flash-platform-clock-moved = ساعت سکو حالا { $now } را نشان می‌دهد.
web-flash-bot-created = ربات ساخته شد. توکنش را کپی کنید.
web-flash-token-revoked = توکن قبلی دیگر کار نمی‌کند.
web-flash-fault-set = همان‌طور که گفتید خراب می‌شود.
web-flash-faults-cleared = همه چیز دوباره کار می‌کند.
web-flash-order-looked = سفارش با درگاه هماهنگ است.
web-flash-order-pending = درگاه هنوز پرداختی ندارد.
web-flash-refund-requested = پول در راه برگشت است. خط زمان نشان می‌دهد کی رسید.
web-flash-method-on = روشن شد.
web-flash-method-off = خاموش شد. پرداخت‌های باز هنوز به حساب می‌آیند.
web-flash-method-saved = ذخیره شد. آزمایش و سپس روشن کنید.
web-flash-method-tested = درگاه این کلیدها را می‌پذیرد.
web-flash-method-removed = حذف شد.
