# Settings of the reader.

bot-settings-title = ⚙️ <b>Settings</b>
bot-settings-btn-language = 🌐 Language: { $language }
bot-settings-btn-renewal = 🔁 Automatic renewal
bot-settings-language-title = 🌐 Choose your language
bot-settings-language-toast-saved = Done: English
bot-settings-btn-notices = 🔔 Notifications
bot-settings-btn-quiet = 🌙 Quiet hours
bot-settings-btn-mail = 📧 E-mail
bot-settings-btn-calendar = 📅 Dates: { $calendar }
bot-settings-calendar-jalali = Jalali
bot-settings-calendar-gregorian = Gregorian
bot-settings-toast-calendar = Saved. Dates are written that way from now on.
bot-settings-btn-privacy = 🔒 My data
