# Settings of the reader.

bot-settings-title = ⚙️ <b>تنظیمات</b>
bot-settings-btn-language = 🌐 زبان: { $language }
bot-settings-btn-renewal = 🔁 تمدید خودکار
bot-settings-language-title = 🌐 زبان خود را انتخاب کنید
bot-settings-language-toast-saved = انجام شد: فارسی
bot-settings-btn-notices = 🔔 اعلان‌ها
bot-settings-btn-quiet = 🌙 ساعت‌های سکوت
bot-settings-btn-mail = 📧 ایمیل
bot-settings-btn-calendar = 📅 تاریخ: { $calendar }
bot-settings-calendar-jalali = هجری شمسی
bot-settings-calendar-gregorian = میلادی
bot-settings-toast-calendar = ذخیره شد. از این پس تاریخ‌ها این‌گونه نوشته می‌شوند.
bot-settings-btn-privacy = 🔒 داده‌های من
