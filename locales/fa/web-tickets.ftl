# آنچه کاربران از فروشگاه می‌پرسند.

web-area-tickets = پشتیبانی
web-tickets-title = پشتیبانی
web-tickets-states = وضعیت
web-tickets-all = همه
web-tickets-none = هنوز کسی چیزی نپرسیده است
web-tickets-none-text = آنچه کاربران در بخش «پشتیبانی» ربات می‌نویسند اینجا می‌آید. در همین صفحه می‌توانید پاسخ دهید؛ صاحب ربات در خود ربات هم می‌تواند پاسخ دهد.
web-tickets-try = پرسیدن چیزی روی تلفن
web-tickets-nothing = در این وضعیت چیزی نیست
web-tickets-nothing-text = در وضعیت‌های دیگر سؤال هست.
web-tickets-show-all = نمایش همهٔ سؤال‌ها
web-tickets-previous = قبلی
web-tickets-next = بعدی
web-tickets-contact = راه تماس دیگر
web-tickets-contact-label = نام در تلگرام یا لینک
web-tickets-contact-hint = در ربات کنار سؤال‌ها و در آغاز /paysupport نشان داده می‌شود. خالی: راه تماس دیگری نیست.
web-tickets-contact-save = ذخیره
web-ticket-number = سؤال
web-ticket-topic = موضوع
web-ticket-moved = آخرین تغییر
web-ticket-state-waiting = در انتظار شما
web-ticket-state-answered = پاسخ داده شده
web-ticket-state-closed = بسته
web-ticket-topic-connect = وصل نمی‌شود
web-ticket-topic-speed = کند است
web-ticket-topic-payment = پرداخت
web-ticket-topic-account = حساب
web-ticket-topic-other = چیز دیگر
web-ticket-rating = { $count } از ۵ ستاره
web-ticket-title = سؤال { $number }
web-ticket-user = کاربر
web-ticket-shop = فروشگاه، در ربات
web-ticket-picture = عکس این پیام
web-ticket-file = فایل
web-ticket-cut = فقط جدیدترین پیام‌ها نشان داده می‌شوند.
web-ticket-answer = پاسخ شما
web-ticket-answer-hint = کاربر بی‌درنگ آن را در ربات می‌گیرد.
web-ticket-answer-reopens = سؤال بسته است. پاسخ آن را دوباره باز می‌کند و کاربر آن را در ربات می‌گیرد.
web-ticket-send = فرستادن
web-ticket-send-and-close = فرستادن و بستن
web-ticket-close = بستن
web-flash-ticket-answered = پاسخ شما در راه است.
web-flash-ticket-closed = سؤال بسته شد. به کاربر خبر می‌رسد و نظرش پرسیده می‌شود.
web-problem-tickets =
    { $count ->
        [one] { $count } سؤال
       *[other] { $count } سؤال
    } در انتظار پاسخ شماست.
web-problem-tickets-action = پاسخ دادن
