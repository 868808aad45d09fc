# The link, as text and as a picture.

bot-config-sent-body =
    🔑 <b>اتصال شما</b>

    این لینک را یک بار به برنامهٔ VPN اضافه کنید؛ با تمدید عوض نمی‌شود:
    <code>{ $link }</code>

    📅 تا { $until }
    📊 { $traffic }
bot-config-btn-copy = 📋 کپی لینک
bot-config-btn-qr = 🔳 کد QR
bot-config-btn-links = 🧩 سرورهای جدا
bot-config-btn-apps = 📱 اتصال دستگاه
bot-config-btn-renew = ♻️ لینک تازه
bot-config-btn-refresh = 🔄 تازه‌سازی

bot-config-qr-body =
    🔳 این کد را با برنامهٔ VPN در دستگاه دیگرتان اسکن کنید.

    { $plan }، تا { $until }
bot-config-links-title =
    🧩 <b>سرورهای جدا</b>

    فقط برای برنامه‌هایی که لینک بالا را نمی‌پذیرند. برای کپی، روی هرکدام بزنید.
bot-config-links-item =
    { $name }
    <code>{ $link }</code>
bot-config-links-btn-copy = 📋 { $name }
bot-config-links-empty-body = سرور جداگانه‌ای نیست. لطفاً از همان لینک استفاده کنید.

bot-config-apps-body =
    📱 <b>کدام دستگاه؟</b>

    برنامه‌های مناسب آن را نشان می‌دهم. با یک دکمه اشتراک شما اضافه می‌شود.
bot-config-platform-btn-android = 🤖 اندروید
bot-config-platform-btn-ios = 🍏 آیفون و آیپد
bot-config-platform-btn-windows = 🪟 ویندوز
bot-config-platform-btn-macos = 💻 مک
bot-config-platform-btn-linux = 🐧 لینوکس
bot-config-platform-title = 📱 <b>{ $platform }</b>
bot-config-platform-item = • <a href="{ $url }">{ $app }</a>
bot-config-platform-import-body =
    ۱. یکی از این برنامه‌ها را از لینکش نصب کنید.
    ۲. دکمهٔ همان برنامه را در پایین بزنید تا اشتراک شما در آن باز شود.
    ۳. در برنامه اتصال را بزنید.
bot-config-platform-copy-body =
    ۱. یکی از این برنامه‌ها را از لینکش نصب کنید.
    ۲. لینک خود را کپی کنید و در برنامه «افزودن از کلیپ‌بورد» را بزنید.
    ۳. اتصال را بزنید.
bot-config-platform-btn-import = ➕ افزودن به { $app }
bot-config-asked-btn-yes = ✅ وصل شد
bot-config-asked-btn-no = 🛠 وصل نشد
bot-config-connected-body =
    🎉 نوش جان! برنامه اشتراک شما را خودش به‌روز می‌کند؛ با تمدید، لینک عوض نمی‌شود.

    نکته: آن را به دستگاه‌های دیگرتان هم اضافه کنید.
bot-config-connected-btn-apps = 📱 یک دستگاه دیگر

bot-config-check-title = 🛠 <b>گام { $step } از ۵</b>
bot-config-check-1-body = VPN را خاموش کنید و یک صفحه باز کنید. اگر باز نشد، خود اینترنت قطع است. تاریخ و ساعت دستگاه را هم روی خودکار بگذارید؛ ساعت نادرست جلوی اتصال را می‌گیرد.
bot-config-check-2-body = ✅ اشتراک شما فعال است و حجم دارد. پس مشکل از برنامه یا راه رسیدن به سرور است. برنامه را کامل ببندید و دوباره باز کنید.
bot-config-check-3-body = اشتراک را در برنامه به‌روز کنید (فهرست را پایین بکشید یا «به‌روزرسانی» را بزنید). سرورها گاهی عوض می‌شوند.
bot-config-check-4-body = سرور دیگری از فهرست انتخاب کنید و برنامه‌های VPN دیگر را خاموش کنید؛ فقط یکی می‌تواند روشن باشد.
bot-config-check-5-body = برنامهٔ دیگر یا شبکهٔ دیگر (وای‌فای به‌جای اینترنت همراه) را امتحان کنید. اگر نشد، لینک تازه بگیرید و دوباره اضافه کنید، یا به ما بنویسید؛ ما از سمت خودمان بیشتر می‌بینیم.
bot-config-check-btn-works = ✅ حالا وصل شد
bot-config-check-btn-next = ➡️ هنوز نه
bot-config-check-btn-support = 💬 نوشتن به پشتیبانی

bot-config-renew-body =
    ♻️ <b>لینک تازه؟</b>

    لینک فعلی روی <b>همهٔ</b> دستگاه‌ها از کار می‌افتد و باید لینک تازه را اضافه کنید. وقتی این کار را بکنید که لینک شما به دست کس دیگری افتاده است. زمان و حجم همان می‌ماند.
bot-config-renew-btn-yes = ♻️ بله، لینک تازه
bot-config-renewed-body = ✅ لینک قبلی باطل شد. این لینک تازه است و تا یک دقیقهٔ دیگر کار می‌کند.

bot-config-none-body = هنوز اشتراکی ندارید. یک پلن انتخاب کنید تا لینک شما چند ثانیه بعد برسد.
bot-config-pending-body = ⏳ لینک شما در حال ساخته‌شدن است و خودبه‌خود همین‌جا می‌رسد.
bot-config-expired-body = 🔴 { $plan } در { $until } تمام شد. با تمدید، همان لینک فوراً دوباره کار می‌کند.
bot-config-limited-body =
    🟠 حجم { $plan } تمام شده است. برای ادامه تمدید کنید؛ لینک همان می‌ماند:
    <code>{ $link }</code>
bot-config-disabled-body = ⚪️ فروشگاه { $plan } را غیرفعال کرده است. لینک شما فعلاً کار نمی‌کند.
bot-config-unreachable-empty-body = 😕 سرور الان جواب نمی‌دهد. لطفاً یک دقیقهٔ دیگر دوباره تلاش کنید؛ اشتراک شما محفوظ است.
