# The steps from an account to a live bot.

## Shop

web-shop-title = فروشگاه شما
web-shop-lead = یک نام و یک بازار کافی است تا ربات بداند چطور حرف بزند و چه بفروشد.
web-shop-name = نام فروشگاه
web-shop-name-hint = مشتری آن را در هر پیام می‌بیند. بعداً هم می‌شود عوضش کرد.
web-shop-pack = بستهٔ آماده
web-shop-pack-iran = ایران
web-shop-pack-iran-text = اول فارسی، قیمت به تومان، تاریخ شمسی، ساعت تهران
web-shop-pack-russia = روسیه
web-shop-pack-russia-text = اول روسی، قیمت به روبل، ساعت مسکو
web-shop-pack-international = بین‌المللی
web-shop-pack-international-text = اول انگلیسی، قیمت به دلار، ساعت UTC
web-shop-pack-refills = بسته یا واحد پول دیگر، پلن‌های خودش را جای پلن‌های شما می‌گذارد.
web-shop-adjust = تنظیم زبان، واحد پول و منطقهٔ زمانی
web-shop-as-pack = مثل بسته
web-shop-language = زبان اصلی
web-shop-language-hint = مشتری می‌تواند به دو زبان دیگر برود.
web-shop-currency = واحد پول
web-shop-currency-hint = قیمت پلن‌ها با همین واحد است؛ چیزی تبدیل نمی‌شود.
web-shop-time-zone = منطقهٔ زمانی

## Package

web-choose-title = بسته را انتخاب کنید
web-choose-lead = ۱۴ روز با سقف بستهٔ شروع امتحان کنید یا همین حالا بپردازید. بسته را هر وقت بخواهید عوض می‌کنید.
web-choose-trial = شروع ۱۴ روز رایگان
web-choose-trial-text = بدون کارت. در پایان خودتان بسته را انتخاب می‌کنید؛ چیزی خودکار کم نمی‌شود.
web-choose-pay = پرداخت با کارت
web-choose-state-trial = دورهٔ آزمایشی تا { $until } فعال است. حالا یا بعداً بپردازید.
web-choose-state-waiting = یک صفحهٔ پرداخت باز شده است. اگر پرداخته‌اید منتظر جوابیم؛ اگر نه، هر کدام را می‌خواهید انتخاب کنید.
web-choose-state-waiting-link = ببینید کجاست
web-choose-state-paid = { $package } تا { $until } پرداخت شده است.

## Back from the checkout

web-return-title = پرداخت شما
web-return-lead = بسته وقتی شروع می‌شود که درگاه پرداخت تأیید کند.
web-return-waiting = در انتظار تأیید استرایپ
web-return-waiting-text = معمولاً چند ثانیه طول می‌کشد. این صفحه خودش جلو می‌رود.
web-return-waiting-long = بیشتر از معمول طول کشیده. می‌توانید صفحه را ببندید؛ چیزی گم نمی‌شود و با رسیدن جواب ادامه می‌دهیم.
web-return-not-paid = پرداخت نکردم؛ بازگشت به بسته‌ها
web-return-paid = پرداخت شد، سپاسگزاریم
web-return-paid-text = { $package } فعال شد. حالا نوبت ربات است.
web-return-failed = چیزی کم نشد
web-return-failed-text = کارت رد شد یا پرداخت نیمه‌کاره ماند. آنچه پیش‌تر وارد کرده‌اید سر جایش است.
web-return-again = تلاش دوباره
web-return-other = گزینه‌های دیگر
web-return-mismatch = پرداخت شما رسید، اما با سفارش نمی‌خواند
web-return-mismatch-text = مبلغ، واحد پول یا گیرنده با درخواست ما فرق دارد. پول شما ثبت شده و یک نفر آن را بررسی می‌کند؛ لطفاً دوباره نپردازید.

## Bot

web-bot-title = رباتتان را وصل کنید
web-bot-lead = ربات به حساب تلگرام خودتان تعلق دارد. بات‌یارد فقط آن را اجرا می‌کند و هر وقت بخواهید پسش می‌گیرید.
web-bot-token = توکن ربات
web-bot-token-hint = از @BotFather، بعد از /newbot یا /token.
web-bot-sealed = همان لحظه مهر می‌شود. دیگر نمایش داده نمی‌شود؛ فقط می‌شود عوضش کرد.
web-bot-replace = تعویض
web-bot-check-token = بررسی توکن
web-bot-sandbox-botfather = ساختن ربات در BotFather نمایشی
web-bot-checks = بررسی‌ها
web-bot-row-token = توکن
web-bot-row-token-missing = بالا بچسبانید.
web-bot-row-token-ok = تلگرام توکن را پذیرفت
web-bot-row-name = نام
web-bot-row-name-ok = { $name } { $username }
web-bot-row-name-text = فرمان‌ها به فارسی، روسی و انگلیسی تنظیم می‌شود.
web-bot-row-owner = مالک
web-bot-row-owner-text = ربات را باز کنید و «شروع» را بزنید. منتظریم.
web-bot-row-owner-type = شناسهٔ عددی تلگرام خود را بنویسید.
web-bot-row-owner-ok = با شناسهٔ تلگرام { $who } شناخته شده است.
web-bot-open = باز کردن { $bot }
web-bot-look-again = «شروع» را زدم؛ دوباره نگاه کن
web-bot-owner-type = شناسهٔ عددی را می‌نویسم
web-bot-owner-change = تغییر مالک
web-bot-owner-change-text = هر کس با این پیوند ربات را باز کند و «شروع» را بزند، از آن پس مالک است.
web-bot-owner-id = شناسهٔ تلگرام شما
web-bot-owner-id-hint = فقط رقم. ربات‌هایی مثل @userinfobot آن را به شما می‌گویند.
web-bot-owner-save = ذخیرهٔ مالک
web-bot-row-channel = کانال، اختیاری
web-bot-row-channel-text = تعیین نشده است.
web-bot-row-channel-ok = ربات مدیر { $channel } است.
web-bot-channel = کانال
web-bot-channel-hint = ربات را آن‌جا مدیر کنید و نام کانال را بنویسید. هنوز از خریداران نمی‌خواهیم عضو شوند.
web-bot-check-channel = بررسی

## Panel

web-panel-title = پنل را وصل کنید
web-panel-lead = اکانت مشتری‌ها روی مرزبان خودتان ساخته می‌شود. همهٔ مرحله‌ها را حالا امتحان می‌کنیم تا اولین خریدار به مشکل نخورد.
web-panel-url = نشانی پنل
web-panel-url-hint = همان‌طور که در مرورگر است، با https:// و پورت.
web-panel-username = نام مدیر
web-panel-password = رمز مدیر
web-panel-sealed = همان لحظه مهر می‌شود و فقط برای گفت‌وگو با پنل شماست.
web-panel-check = اتصال و بررسی
web-panel-checks = بررسی‌ها
web-panel-interrupted = بررسی از طرف ما ناتمام ماند. چیزی تغییر نکرد؛ لطفاً دوباره امتحان کنید.
web-panel-kept = تا وقتی پنل دیگری همهٔ بررسی‌ها را پشت سر بگذارد، فروشگاه از { $url } استفاده می‌کند.
web-panel-row-address = نشانی پاسخ می‌دهد
web-panel-row-tls = آن‌جا مرزبان پاسخ می‌دهد
web-panel-not-encrypted = اتصال رمزنگاری نشده است: هر کس گوش بدهد رمز را می‌خواند. نشانی https بدهید.
web-panel-row-login = نام و رمز درست است
web-panel-row-version = نسخهٔ آن را می‌شناسیم
web-panel-row-inbounds = اینباند برای فروش دارد
web-panel-row-test-user = اکانت آزمایشی ساخته و حذف شد
web-panel-inbounds = فروشگاه چه می‌فروشد
web-panel-inbounds-hint = اکانت‌های تازه این اینباندها را می‌گیرند.
web-panel-inbounds-save = ذخیرهٔ انتخاب
web-panel-replace = پنل دیگر
web-panel-sandbox = پنل در دسترس ندارید؟
web-panel-sandbox-text = محیط آزمایشی یکی دارد. کانفیگ‌هایش به جایی نمی‌رسند.
web-panel-sandbox-use = استفاده از پنل آزمایشی

## Plans

web-plans-title = چه می‌فروشید
web-plans-lead = شروعی از بستهٔ بازار شما. هر چه خواستید حالا یا بعداً عوض کنید؛ فاکتورهای باز با قیمت خودشان می‌مانند.
web-plans-plan = پلن { $number }
web-plans-name = نام
web-plans-days = روز
web-plans-traffic = گیگ در ماه
web-plans-price = قیمت، { $currency }
web-plans-on = در حال فروش
web-plans-trial = آزمایش رایگان
web-plans-trial-text = برای هر نفر یک بار، بدون پرداخت. بیشتر بازدیدکننده‌ها اول امتحان می‌کنند.
web-plans-trial-traffic = گیگ در کل
web-plans-gigabyte = هر گیگ ۱۰۲۴³ بایت است، همان‌طور که پنل می‌شمارد.
web-plans-save = ذخیره و ادامه

## Go live

web-live-title = روشن شدن
web-live-lead = یک دکمه. چند ثانیه طول می‌کشد و هر مرحله را می‌بینید.
web-live-ready = آماده؟
web-live-start = روشن کردن ربات
web-live-missing = ردیف‌های باز لینک‌اند؛ اول آن‌ها را کامل کنید.
web-live-running = فروشگاهتان ساخته می‌شود. می‌توانید صفحه را ببندید؛ کار ادامه دارد.
web-live-in = در { $time } روشن شد
web-live-done = ربات شما روشن است
web-live-done-text = این لینک را بفرستید. اولین بازدیدکننده همین حالا می‌تواند بخرد.
web-live-done-phone = ربات در محیط آزمایشی است: روی گوشی با آن گفت‌وگو کنید؛ اولین بازدیدکننده همین حالا می‌تواند بخرد.
web-live-try = امتحان در تلفن
web-live-overview = رفتن به نمای کلی
web-live-failed = روشن نشد، اما چیزی از دست نرفت
web-live-failed-text = مرحلهٔ زیر علت را می‌گوید. درستش کنید و دوباره امتحان کنید؛ مرحله‌های تمام‌شده تکرار نمی‌شوند.
web-live-retry = تلاش دوباره

## Deployment

web-deploy-title = مراحل ساخت ربات
web-deploy-fix = رفع مشکل
web-deploy-state-running = در حال انجام
web-deploy-state-live = روشن
web-deploy-state-failed = متوقف شد
web-deploy-order = ثبت سفارش
web-deploy-payment = تأیید پرداخت
web-deploy-information = ربات و پنل بررسی شد
web-deploy-instance = ساخت فروشگاه
web-deploy-running = اجرای ربات
web-deploy-link = پیوند ربات آماده است

## Currencies of a shop

web-currency-usd = دلار آمریکا
web-currency-eur = یورو
web-currency-rub = روبل
web-currency-irr = تومان
