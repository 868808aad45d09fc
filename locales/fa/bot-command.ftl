# Descriptions of the commands in Telegram's menu, and the answers of the small ones.

bot-command-menu = منوی اصلی
bot-command-buy = خرید یا تمدید
bot-command-my = اشتراک من
bot-command-config = لینک و کد QR من
bot-command-promo = کد تخفیف من
bot-command-settings = تنظیمات
bot-command-help = راهنما
bot-command-cancel = لغو کار جاری
bot-command-id = شناسهٔ تلگرام من

bot-help-body =
    ℹ️ <b>راهنما</b>

    ۱. با /buy یک پلن انتخاب کنید یا دورهٔ آزمایشی رایگان بگیرید.
    ۲. پرداخت کنید. لینک شما چند ثانیه بعد همین‌جا می‌رسد.
    ۳. لینک را در برنامهٔ VPN باز کنید و دکمهٔ اتصال را بزنید.

    با /my می‌بینید چقدر مانده است و با /config لینک را دوباره می‌گیرید.
    پرسش دربارهٔ پرداخت: /paysupport. شرایط ما: /terms.
bot-id-body = شناسهٔ تلگرام شما: <code>{ $id }</code>
