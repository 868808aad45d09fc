# ربات چه کسی را راه می‌دهد.

web-area-entry = ورود
web-entry-title = ورود
web-entry-lead = آنچه پیش از منو می‌آید: کانال، مشتریان تازه، قوانین. کسی که پرداخت کرده هرگز پشت در نمی‌ماند.
web-entry-channel-title = کانال
web-entry-channel-text = افراد پیش از دیدن منو عضو کانال شما می‌شوند. تمدید، پشتیبانی، پرداخت‌های باز و لینک کسی که پرداخت کرده منتظر آن نمی‌مانند؛ اگر تلگرام اعضا را نشان ندهد، ربات همه را راه می‌دهد و به شما خبر می‌دهد.
web-entry-channel = کانال ربات
web-entry-channel-hint = نام عمومی آن. ربات باید آنجا مدیر باشد.
web-entry-required = فقط برای اعضای کانال
web-entry-test = آزمایش
web-entry-new-title = مشتریان تازه
web-entry-new = چه کسی می‌تواند شروع کند
web-entry-open = همه
web-entry-invited = فقط با لینک یک مشتری
web-entry-closed = فعلاً هیچ‌کس
web-entry-rules-title = قوانین
web-entry-rules = مشتریان تازه نخست قوانین را می‌پذیرند
web-entry-rules-text = می‌توانید قوانین را به زبان خودتان بنویسید.
web-entry-rules-edit = تغییر قوانین
web-entry-save = ذخیره
web-flash-entry-saved = ذخیره شد. ربات از این پس همین‌طور رفتار می‌کند.
web-flash-entry-channel-ok = ربات اعضای { $channel } را می‌بیند.
web-entry-sources-title = کاربران از کجا می‌آیند
web-entry-sources-text = به هر جایی که تبلیغ می‌کنید لینکی جدا بدهید، با نامی پس از src_:
web-entry-sources-none = هنوز کسی با چنین لینکی نیامده است.
web-entry-source = لینک
web-entry-came = کاربران
