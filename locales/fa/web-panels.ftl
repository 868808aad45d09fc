# The shop's panels: where accounts live, how new ones are shared, what is different.

## All panels

web-area-panels = پنل‌ها
web-nav-sell = فروش
web-nav-set-up = تنظیمات
web-nav-run = اداره
web-panels-title = پنل‌ها
web-panels-lead = اکانت‌های تازه به نسبت وزن میان پنل‌ها پخش می‌شوند. هر اکانت روی همان پنلی می‌ماند که ساخته شده است.
web-panels-none = هنوز پنلی نیست
web-panels-none-text = بدون پنل کسی دسترسی نمی‌گیرد. پنل مرزبان خود را اضافه کنید؛ پیش از استفاده امتحان می‌شود.
web-panels-add = افزودن پنل
web-panels-state-up = پاسخ می‌دهد
web-panels-state-down = در دسترس نیست
web-panels-state-refused = ورود ما را نمی‌پذیرد
web-panels-down-since = از { $time } پاسخ نداده است. هر ۱۵ ثانیه نگاه می‌کنیم.
web-panels-refused-since = از { $time } ورود ما را نمی‌پذیرد.
web-panels-waiting = { $count ->
    [one] { $count } اکانت منتظر آن است
   *[other] { $count } اکانت منتظر آن هستند
}.
web-panels-open = اکانت تازه می‌گیرد
web-panels-closed = فروش متوقف است
web-panels-accounts = اکانت‌ها
web-panels-held-of = { $held } از { $capacity }
web-panels-no-limit = بدون سقف
web-panels-share = سهم از اکانت‌های تازه
web-panels-share-none = هیچ
web-panels-by-weight = وزن { $weight }
web-panels-full = پر است
web-panels-differences = مغایرت‌ها
web-panels-compared = مقایسه در { $time }
web-panels-not-compared = هنوز مقایسه نشده است
web-panels-new-lead = پنل اول امتحان می‌شود و اگر همهٔ بررسی‌ها درست بود نگه داشته می‌شود. از آن پس اکانت‌های تازه میان پنل‌ها پخش می‌شوند.

## One panel

web-panel-check-now = همین حالا بررسی کن
web-panel-settings = تنظیمات
web-panel-name = نام
web-panel-weight = وزن
web-panel-weight-hint = در برابر پنل‌های دیگر: پنلی با ۲۰۰ دو برابر پنلی با ۱۰۰ اکانت تازه می‌گیرد.
web-panel-capacity = ظرفیت
web-panel-capacity-hint = چند اکانت جا دارد. خالی: بدون سقف.
web-panel-enabled-text = برای توقف فروش روی این پنل خاموشش کنید. اکانت‌هایی که روی آن هستند کار می‌کنند و تمدید می‌شوند.
web-panel-save = ذخیرهٔ تنظیمات
web-panel-login = تغییر نام و رمز ورود
web-panel-login-text = نام و رمز تازه اول امتحان می‌شود. تا همهٔ بررسی‌ها درست نباشد، همان قبلی به کار می‌رود.
web-panel-login-check = بررسی و استفاده
web-panel-report = چه چیزی روی پنل فرق دارد
web-panel-report-text = همهٔ اکانت‌های پنل هر دو ساعت، و هر وقت بخواهید، با آنچه فروخته‌اید مقایسه می‌شوند. مقایسه چیزی را تغییر نمی‌دهد.
web-panel-compare = همین حالا مقایسه کن
web-panel-compare-later = وقتی پاسخ بدهد دوباره مقایسه می‌شود.
web-panel-comparing = در حال مقایسه…
web-panel-broken-off = مقایسهٔ { $time } ناتمام ماند: پنل تا آخر پاسخ نداد. تا دو ساعت دیگر دوباره امتحان می‌شود.
web-panel-same = تا { $time } هیچ مغایرتی نیست.
web-panel-repairable = قابل اصلاح
web-panel-repairable-text = این‌ها با یک دکمه درست می‌شوند.
web-panel-by-hand = نیازمند بررسی شما
web-panel-by-hand-text = معلوم نیست این اکانت‌ها از آن کیست، پس به آن‌ها دست نمی‌زنیم. روی پنل نگاهشان کنید و آنچه لازم نیست را همان‌جا تغییر نام دهید یا حذف کنید.
web-panel-repair = اصلاح…
web-panel-repair-text = { $count ->
    [one] { $count } اکانت
   *[other] { $count } اکانت
} به همان چیزی برمی‌گردد که فروخته شده است. هیچ چیز حذف نمی‌شود و آنچه نیازمند بررسی شماست همان‌طور می‌ماند.
web-panel-repair-yes = اصلاح کن
web-drift-account = اکانت
web-drift-kind = مغایرت
web-drift-wanted = فروخته‌شده
web-drift-found = روی پنل
web-drift-time = زمان
web-drift-more = { $count ->
    [one] و { $count } مورد دیگر.
   *[other] و { $count } مورد دیگر.
}
web-drift-kind-missing = اکانت نیست
web-drift-kind-expire = زمان پایانش فرق دارد
web-drift-kind-data_limit = سقف ترافیکش فرق دارد
web-drift-kind-status = وضعیتش فرق دارد
web-drift-kind-disabled_by_hand = کسی خاموشش کرده است
web-drift-kind-foreign = این نام برای اکانت کس دیگری است
web-drift-kind-unknown = می‌گوید از ماست ولی ما نمی‌شناسیمش
web-drift-is-there = یک اکانت
web-drift-is-nothing = بدون اکانت
web-drift-is-ours = اکانت ما
web-drift-is-foreign = اکانت کس دیگر
web-drift-is-never = بدون پایان
web-drift-is-unlimited = بدون سقف
web-drift-is-active = فعال
web-drift-is-on_hold = در انتظار اولین استفاده
web-drift-is-disabled = خاموش
web-drift-is-limited = ترافیک تمام شده
web-drift-is-expired = منقضی
web-problem-panel-down-action = دیدن پنل
web-flash-panel-compare = در حال مقایسه است. مغایرت‌ها پایین همین صفحه می‌آیند.
web-flash-panel-repaired = { $count ->
    [one] { $count } اکانت
   *[other] { $count } اکانت
} در حال اصلاح است. یک دقیقهٔ دیگر دوباره مقایسه می‌شود.
web-flash-panel-repaired-none = چیزی برای اصلاح نمانده بود.
