# Settings of the reader.

bot-settings-title = ⚙️ <b>Настройки</b>
bot-settings-btn-language = 🌐 Язык: { $language }
bot-settings-btn-renewal = 🔁 Автопродление
bot-settings-language-title = 🌐 Выберите язык
bot-settings-language-toast-saved = Готово: русский
bot-settings-btn-notices = 🔔 Уведомления
bot-settings-btn-quiet = 🌙 Тихие часы
bot-settings-btn-mail = 📧 Почта
bot-settings-btn-calendar = 📅 Даты: { $calendar }
bot-settings-calendar-jalali = джалали
bot-settings-calendar-gregorian = григорианские
bot-settings-toast-calendar = Сохранено. Теперь даты пишутся так.
bot-settings-btn-privacy = 🔒 Мои данные
