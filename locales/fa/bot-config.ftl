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
bot-config-btn-apps = 📱 کدام برنامه؟
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
    📱 <b>کدام برنامه؟</b>

    اندروید: v2rayNG یا Hiddify
    آیفون و آیپد: Streisand یا Hiddify
    ویندوز، مک و لینوکس: Hiddify

    برنامه را نصب و لینک را کپی کنید، «افزودن از کلیپ‌بورد» را بزنید و وصل شوید.

bot-config-none-body = هنوز اشتراکی ندارید. یک پلن انتخاب کنید تا لینک شما چند ثانیه بعد برسد.
bot-config-pending-body = ⏳ لینک شما در حال ساخته‌شدن است و خودبه‌خود همین‌جا می‌رسد.
bot-config-expired-body = 🔴 { $plan } در { $until } تمام شد. با تمدید، همان لینک فوراً دوباره کار می‌کند.
bot-config-limited-body =
    🟠 حجم { $plan } تمام شده است. برای ادامه تمدید کنید؛ لینک همان می‌ماند:
    <code>{ $link }</code>
bot-config-disabled-body = ⚪️ فروشگاه { $plan } را غیرفعال کرده است. لینک شما فعلاً کار نمی‌کند.
bot-config-unreachable-empty-body = 😕 سرور الان جواب نمی‌دهد. لطفاً یک دقیقهٔ دیگر دوباره تلاش کنید؛ اشتراک شما محفوظ است.
