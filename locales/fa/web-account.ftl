# Signing up and in.

web-signup-title = حساب خود را بسازید
web-signup-lead = ۱۴ روز رایگان، بدون کارت.
web-signup-have-account = حساب دارید؟
web-signup-to-login = وارد شوید
web-signup-password-hint = دست‌کم ۱۲ نویسه. یک جملهٔ ساده از علامت‌ها به‌یادماندنی‌تر است.
web-signup-submit = ساخت حساب
web-signup-next = از این‌جا، کمتر از یک دقیقه
web-signup-next-name = نام فروشگاه
web-signup-next-name-text = بستهٔ آماده زبان، واحد پول و پلن‌ها را تعیین می‌کند
web-signup-next-bot = اتصال ربات و پنل
web-signup-next-bot-text = توکن BotFather و نشانی مرزبان
web-signup-next-live = روشن شدن
web-signup-next-live-text = ربات به اولین بازدیدکننده جواب می‌دهد
web-signup-sealed = توکن همان لحظه مهر می‌شود و کسی نمی‌تواند آن را بخواند
web-signup-yours = ربات در حساب تلگرام خودتان می‌ماند
web-login-title = ورود
web-login-no-account = تازه آمده‌اید؟
web-login-to-signup = حساب بسازید
web-login-submit = ورود
