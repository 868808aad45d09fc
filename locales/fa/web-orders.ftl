# Orders and ways to pay.

## Orders

web-orders-title = سفارش‌ها
web-orders-states = وضعیت
web-orders-chip-all = همه
web-orders-chip-attention = نیازمند شما
web-orders-chip-paid = پرداخت‌شده
web-orders-chip-pending = در انتظار
web-orders-chip-failed = ناموفق
web-orders-chip-refunded = برگشت‌خورده
web-orders-search = شمارهٔ سفارش، @نام کاربری یا شناسهٔ تلگرام
web-orders-search-go = جستجو
web-orders-nothing = سفارشی پیدا نشد
web-orders-nothing-text = شماره یا نام را بررسی کنید یا وضعیت دیگری انتخاب کنید. نام باید کامل باشد.
web-orders-show-all = نمایش همهٔ سفارش‌ها
web-orders-none = هنوز سفارشی نیست
web-orders-none-text = به محض این که کسی روش پرداخت را انتخاب کند، سفارش این‌جا می‌آید.
web-orders-overview = رفتن به نمای کلی
web-orders-pages = صفحه‌ها
web-orders-newer = تازه‌تر
web-orders-older = قدیمی‌تر
web-orders-strange = پولی آمده که هیچ سفارشی منتظرش نبوده است. آن را نزد درگاه پیدا کنید و اگر از آنِ شما نیست همان‌جا برگردانید.
web-orders-strange-one = { $amount } با { $method }، { $time }: پرداخت { $payment }
web-orders-check-holds = حساب‌ها { $time } بررسی شد: همه‌چیز می‌خواند، هم این‌جا و هم نزد درگاه‌ها و پنل‌ها.
web-orders-check-silent = حساب‌ها { $time } بررسی شد: همه‌چیز می‌خواند. { $silent ->
    [one] { $silent } درگاه یا پنل پاسخ نداد
   *[other] { $silent } درگاه یا پنل پاسخ نداد
 } و امشب دوباره پرسیده می‌شود.
web-orders-check-broken = حساب‌ها { $time } بررسی شد: { $count ->
    [one] { $count } مورد نمی‌خواند
   *[other] { $count } مورد نمی‌خواند
 }. گردانندهٔ این سرور خبر دارد.
web-order-state-new = تازه
web-order-state-pending = در انتظار پرداخت
web-order-state-paid = در حال ساخت
web-order-state-provisioned = تحویل شد
web-order-state-failed = ناموفق
web-order-state-expired = منقضی
web-order-state-mismatch = مغایرت دارد
web-order-state-refunded = برگشت‌خورده
web-order-state-disputed = مورد اعتراض
web-order-state-won = اعتراض رد شد
web-order-state-lost = اعتراض پذیرفته شد

## One order

web-order-title = سفارش { $order }
web-order-payment = پرداخت
web-order-access = دسترسی
web-order-refunds = بازپرداخت‌ها
web-order-timeline = چه گذشت
web-order-method = روش پرداخت
web-order-telegram-id = شناسهٔ تلگرام
web-order-refunded = برگشت داده‌شده
web-order-account = حساب نزد درگاه
web-order-payment-id = شناسهٔ پرداخت
web-order-placed = زمان سفارش
web-order-paid = زمان پرداخت
web-order-open-until = مهلت پرداخت
web-order-given = داده‌شده
web-order-taken-back = پس گرفته‌شده
web-order-access-until = پایان دسترسی
web-order-panel-account = حساب روی پنل
web-order-look = بررسی دوباره
web-order-look-text = همین حالا از درگاه پرداخت می‌پرسد و منتظر خبرش نمی‌ماند.
web-order-mismatch-text = به خریدار چیزی داده نشده است. پرداخت را نزد درگاه مقایسه کنید، سپس همان‌جا برگردانید یا با خریدار به توافق برسید.
web-order-disputed-text = بانک خریدار پول را پس می‌خواهد. پیش از مهلت، نزد درگاه پاسخ دهید؛ تا تصمیم نهایی دسترسی می‌ماند.
web-order-differs-currency = به { $came } پرداخت شده، نه { $wanted }.
web-order-differs-amount = به جای { $wanted } مبلغ { $came } رسیده است.
web-order-differs-account = پول به حسابی غیر از حساب فروشگاه در زمان سفارش رفته است.
web-order-differs-order = پرداخت برای سفارش دیگری است.
web-order-differs-second = پرداخت دوم برای همین سفارش است.
web-order-event-placed = سفارش داده شد
web-order-event-new = تازه
web-order-event-pending = صفحهٔ پرداخت باز شد
web-order-event-paid = پرداخت شد
web-order-event-provisioned = دسترسی تحویل شد
web-order-event-failed = پرداخت ناموفق بود
web-order-event-expired = در مهلت پرداخت نشد
web-order-event-mismatch = پرداخت مغایرت دارد
web-order-event-differs = مغایرت
web-order-event-refunded = همهٔ مبلغ برگشت
web-order-event-disputed = بانک اعتراض کرد
web-order-event-won = اعتراض رد شد
web-order-event-lost = اعتراض پذیرفته شد
web-order-event-illegal-step = گزارش نابجا، نادیده گرفته شد
web-order-event-surplus-to-wallet = اضافه‌پرداخت به کیف پول رفت
web-order-event-webhook-refused = گزارشی پذیرفته نشد
web-order-event-refund-requested = درخواست بازپرداخت
web-order-event-refund = برگشت داده شد
web-order-event-refund-failed = درگاه بازپرداخت را نپذیرفت
web-refund-requested = در راه
web-refund-done = انجام شد
web-refund-failed = رد شد
web-refund-title = بازپرداخت…
web-refund-text = تا { $amount } از همان راهی که آمده برمی‌گردد. همان سهم از زمان و ترافیک مصرف‌نشده پس گرفته می‌شود. این کار برگشت ندارد.
web-refund-amount = مبلغ
web-refund-amount-hint = خالی: همه، { $amount }.
web-refund-reason = دلیل
web-refund-reason-hint = برای خودتان؛ خریدار نمی‌بیند.
web-refund-yes = پول را برگردان
web-refund-by-hand = بازپرداخت دستی
web-refund-by-hand-text = این درگاه از این‌جا پول برنمی‌گرداند. در حساب خودتان نزد درگاه یا مستقیم به خریدار برگردانید؛ دسترسی تغییر نمی‌کند.

## Ways to pay

web-methods-title = روش‌های پرداخت
web-methods-lead = مشتری‌ها به همین ترتیب می‌بینند. هر روش برای پلن‌هایی است که به یکی از واحدهای پولش قیمت دارند.
web-methods-none = هنوز روش پرداختی نیست
web-methods-none-text = تا یکی روشن نشود کسی نمی‌تواند بخرد. یکی را تنظیم، آزمایش و روشن کنید.
web-methods-on = روشن
web-methods-off = خاموش
web-methods-switch-on = روشن کردن
web-methods-switch-off = خاموش کردن
web-methods-up = بالا
web-methods-down = پایین
web-methods-set-up = تنظیم
web-methods-others = روش‌های دیگر
web-methods-collects = دریافت به { $currencies }
web-methods-no-price = عرضه نمی‌شود: هیچ پلنی به واحد پولش قیمت ندارد
web-methods-no-price-text = هیچ پلنی به واحدهای پول این روش ({ $currencies }) قیمت ندارد، پس به کسی پیشنهاد نمی‌شود.
web-methods-between = از { $min } تا { $max }
web-methods-from = از { $min }
web-methods-up-to = تا { $max }
web-methods-kept = ذخیره شده است. برای نگه داشتن خالی بگذارید.
web-methods-sealed = کلیدها مهروموم ذخیره می‌شوند و دیگر نمایش داده نمی‌شوند.
web-methods-labels = نام روی دکمه (خالی: نام ما)
web-methods-label-en = به انگلیسی
web-methods-label-fa = به فارسی
web-methods-label-ru = به روسی
web-methods-limits = محدودهٔ مبلغ
web-methods-limits-hint = به { $currency }. بیرون از این محدوده این روش پیشنهاد نمی‌شود.
web-methods-min = کمترین مبلغ
web-methods-max = بیشترین مبلغ
web-methods-save = ذخیره
web-methods-webhook = نشانی اعلان‌ها
web-methods-webhook-text = آن را جایی که درگاه نشانی webhook یا اعلان می‌خواهد بگذارید.
web-methods-test = آزمایش
web-methods-test-text = با کلیدهای ذخیره‌شده یک تماس بی‌خطر می‌گیرد. پولی جابه‌جا نمی‌شود.
web-methods-remove = حذف این روش
web-methods-remove-text = کلیدهایش فراموش می‌شوند. تا وقتی سفارش بازی ممکن است با آن پرداخت شود، فقط می‌توان خاموشش کرد.
web-methods-remove-yes = حذف کن
web-methods-field-account = شناسهٔ حساب
web-methods-field-key = کلید API
web-methods-field-secret = رمز webhook
web-method-test-title = کارت آزمایشی
web-method-test-hint = صفحهٔ کارت محیط آزمایشی. پولی جابه‌جا نمی‌شود.
web-method-yookassa-title = یوکاسا (YooKassa)
web-method-yookassa-hint = هر دو در پنل فروشندهٔ YooKassa هستند: shopId در Settings، Shop؛ کلید مخفی در Integration، API keys.
web-method-yookassa-account_id = shopId
web-method-yookassa-api_key = کلید مخفی
web-method-cryptopay-title = Crypto Pay
web-method-cryptopay-hint = در تلگرام @CryptoBot را باز کنید: Crypto Pay، Create App، سپس API Token.
web-method-cryptopay-account_id = شناسهٔ برنامه
web-method-cryptopay-api_key = توکن API
web-method-wata-title = Wata
web-method-wata-hint = در حساب فروشندهٔ Wata: پایانهٔ خود، ساخت توکن. فقط یک بار نمایش داده می‌شود.
web-method-wata-account_id = شناسهٔ ترمینال
web-method-wata-api_key = توکن دسترسی (JWT)
