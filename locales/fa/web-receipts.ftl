# Receipts of transfers from card to card.

web-orders-chip-review = برای بررسی
web-orders-review = بررسی قدیمی‌ترین
web-orders-review-count = { $count ->
    [one] { $count } رسید منتظر شماست.
   *[other] { $count } رسید منتظر شماست.
}
web-order-state-review = برای بررسی
web-order-event-receipt-sent = خریدار رسید فرستاد
web-order-event-receipt-approved = رسید تأیید شد
web-order-event-receipt-rejected = رسید رد شد

web-receipt-title = رسید
web-receipt-drawer = رسید { $order }
web-receipt-close = بستن
web-receipt-order = همه چیز دربارهٔ این سفارش
web-receipt-back = بازگشت
web-receipt-approve-title = پول رسیده است؟
web-receipt-facts = مقایسه
web-receipt-expected = مبلغ خواسته‌شده
web-receipt-arrived = مبلغ رسیده
web-receipt-card = کارت
web-receipt-sent = زمان ارسال رسید
web-receipt-ordered = مهلت پرداخت
web-receipt-between = { $from } تا { $until }
web-receipt-before = { $count ->
    [0] اولین سفارش
    [one] { $count } سفارش پرداخت‌شدهٔ قبلی
   *[other] { $count } سفارش پرداخت‌شدهٔ قبلی
}
web-receipt-waiting = رسیدهای برای بررسی
web-receipt-place = { $at } از { $of }
web-receipt-previous = قبلی
web-receipt-next = بعدی
web-receipt-picture = رسیدی که خریدار فرستاده
web-receipt-enlarge = باز کردن در اندازهٔ کامل
web-receipt-fetching = تصویر در حال دریافت از تلگرام است.
web-receipt-picture-gone = تلگرام دیگر این تصویر را ندارد. حساب بانک خود را ببینید یا با رد کردن، از خریدار تصویر دیگری بخواهید.
web-receipt-picture-too-large = فایل بزرگ‌تر از ۲ مگابایت بود و نگه داشته نشد. با رد کردن، از خریدار عکس بخواهید.
web-receipt-picture-none = این فایل تصویر نیست. با رد کردن، از خریدار عکس بخواهید.
web-receipt-picture-dropped = تصویر ۱۸۰ روز پس از تصمیم پاک شده است.
web-receipt-unseen = این تصویر پیش‌تر فرستاده نشده است.
web-receipt-seen = همین تصویر پیش‌تر هم فرستاده شده
web-receipt-twin = برای { $order } در { $time }
web-receipt-others = رسیدهای دیگر این سفارش
web-receipt-somebody = یک نفر
web-receipt-approved-by = تأیید { $by }، { $time }
web-receipt-rejected-by = رد { $by }، { $time }: { $reason }
web-receipt-mismatch-text = به خریدار چیزی داده نشده است. آنچه رسیده را از بانک خودتان پس بدهید یا با خریدار تمامش کنید.
web-receipt-approve = تأیید…
web-receipt-approve-after-all = پول بالاخره رسیده است…
web-receipt-approve-text = در حساب بانک خود دیده‌اید که { $amount } به کارتی که به { $card } ختم می‌شود رسیده است. خریدار بی‌درنگ دسترسی می‌گیرد.
web-receipt-came = مبلغ دیگری رسیده
web-receipt-came-hint = خالی: دقیقاً { $amount }. اگر کمتر باشد، خریدار هنوز چیزی نمی‌گیرد و سفارش منتظر شما می‌ماند؛ بیشترِ آن به کیف پول خریدار می‌رود.
web-receipt-approve-yes = پول رسیده، دسترسی بده
web-receipt-reject = رد…
web-receipt-reject-text = خریدار دلیل را به زبان خودش می‌خواند و می‌تواند رسید دیگری بفرستد؛ روی هم سه بار.
web-receipt-why = دلیل
web-receipt-reason-not-arrived = در حساب من نیست
web-receipt-reason-amount = مبلغ نمی‌خواند
web-receipt-reason-unreadable = رسید خوانا نیست
web-receipt-reason-used = تصویر مال پرداخت دیگری است
web-receipt-reason-other = دلیل دیگر (در پایین بنویسید)
web-receipt-words = به زبان خودتان
web-receipt-words-hint = خریدار همین نوشته را می‌خواند.
web-receipt-reject-yes = رد کن و به خریدار بگو

web-refund-record-title = پول را پس داده‌ام…
web-refund-record-text = اول تا سقف { $amount } از بانک خودتان پس بدهید، بعد این‌جا بنویسید چقدر. همان سهم از زمان و ترافیک مصرف‌نشده پس گرفته می‌شود و به خریدار گفته می‌شود. این کار برگشت ندارد.
web-refund-record-yes = پس داده‌ام

web-flash-receipt-approved = تأیید شد. دسترسی در راه است.
web-flash-receipt-approved-wallet = تأیید شد. پول در کیف پول خریدار است.
web-flash-receipt-rejected = رد شد. دلیل به خریدار گفته می‌شود.
web-flash-refund-recorded = ثبت شد. زمان و ترافیک پس گرفته می‌شود و به خریدار گفته می‌شود.
web-flash-method-ready = ذخیره شد. اگر درست است، روشنش کنید.

web-method-card-title = کارت به کارت
web-method-card-hint = مشتریان پول را به کارت خودتان می‌ریزند و رسید را به ربات می‌فرستند. هر رسید را در صفحهٔ سفارش‌ها می‌بینید و تأیید می‌کنید. مبلغ هر سفارش یکتاست تا در حسابتان پیدایش کنید.
web-method-card-number = شماره کارت
web-method-card-number-hint = شانزده رقم. هر خریداری آن را می‌بیند.
web-method-card-holder = نام روی کارت
web-method-card-bank = بانک (اختیاری)
web-method-card-note = یادداشت برای پرداخت‌کننده (اختیاری)
web-method-card-note-hint = مثلاً سقف بانک شما یا ساعت بررسی رسیدها.

web-preview-picture = یک تصویر بفرستید، مثلاً رسید
web-preview-picture-file = تصویر
web-preview-picture-send = ارسال تصویر
web-preview-picture-sample = ارسال رسید نمونه
web-preview-no-picture = این تصویر PNG یا JPEG نیست.

error-card-number-length = شماره کارت شانزده رقم دارد. همه را از روی کارت بنویسید.
error-card-number-checksum = این شماره کارت نیست: یک رقم اشتباه است یا جای دو رقم عوض شده. با کارت مقایسه کنید.
error-receipt-decided = یک نفر زودتر تصمیم گرفت. { $decision }
error-receipt-overtaken = دربارهٔ این رسید دیگر نمی‌شود تصمیم گرفت: رسید دیگری جایش را گرفته یا سفارش بسته است.
error-receipt-amount = مبلغ باید بیشتر از صفر باشد و صد برابر مبلغ خواسته‌شده نباشد.
error-receipt-words = دلیل را بنویسید تا خریدار بداند چه کند.
