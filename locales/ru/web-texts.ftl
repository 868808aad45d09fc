# Что говорит бот словами магазина.

web-area-texts = Тексты
web-texts-title = Тексты
web-texts-lead = Всё, что говорит бот. Любой текст можно сказать своими словами, на каждом языке отдельно; остальное остаётся нашим и улучшается с нашими обновлениями.
web-texts-languages = Язык
web-texts-filters = Какие тексты
web-texts-areas = Раздел бота
web-texts-areas-all = Всё
web-texts-search = Поиск по ключам и текстам
web-texts-find = Найти
web-texts-filter-all = Все
web-texts-filter-changed = Изменённые
web-texts-filter-missing = Нет на этом языке
web-texts-filter-long = Слишком длинные
web-texts-filter-ignored = Не используются
web-texts-none = Ничего не найдено
web-texts-none-text = Попробуйте другие слова или другой раздел бота.
web-texts-more = Показаны не все. Выберите раздел бота или воспользуйтесь поиском.
web-texts-changed = Ваш
web-texts-missing = Ваш только на другом языке
web-texts-long = Слишком длинный
web-texts-ignored = Не используется
web-texts-one = Текст
web-texts-ignored-text = Ваш текст не используется, бот говорит наш. Исправьте его или вернитесь к нашему.
web-texts-own = Ваш текст
web-texts-markup = Можно использовать <b>жирный</b>, <i>курсив</i>, <code>для копирования</code> и <a href="https://…">ссылки</a>.
web-texts-no-markup = Без <b> и других тегов.
web-texts-limit = Не больше { $count } знаков в показанном виде.
web-texts-values = Подставляемые значения:
web-texts-save = Сохранить
web-texts-preview = Показать, как выглядит
web-texts-looks = Как это выглядит с примерными значениями
web-texts-ours = Наш текст
web-texts-restore = Вернуть наш текст…
web-texts-restore-text = Ваш текст будет потерян, и бот снова будет говорить наш.
web-texts-restore-yes = Взять наш текст
web-texts-file = Тексты одним файлом
web-texts-file-lead = Сохраните свои тексты на одном языке, отдайте их переводчику или перенесите в другой магазин.
web-texts-file-out = Сохранить свои тексты
web-texts-file-count = { $count ->
    [one] { $count } текст на языке { $language } написан вами.
    [few] { $count } текста на языке { $language } написаны вами.
    [many] { $count } текстов на языке { $language } написаны вами.
   *[other] { $count } текстов на языке { $language } написаны вами.
}
web-texts-file-save = Сохранить в файл
web-texts-file-in = Прочитать файл
web-texts-file-in-text = Файл Fluent (.ftl) не больше { $size } КБ с текстами на языке { $language }. Каждый проверяется так, как если бы вы написали его здесь. Чего в файле нет, то останется как есть.
web-texts-file-choose = Файл
web-texts-file-read = Прочитать
web-texts-file-refused = Эти тексты не взяты:
web-texts-file-more = { $count ->
    [one] И ещё { $count }.
    [few] И ещё { $count }.
    [many] И ещё { $count }.
   *[other] И ещё { $count }.
}
web-flash-text-file = Взято: { $changed }. Без изменений: { $same }. Не взято: { $refused }.
web-flash-text-saved = Сохранено. Теперь бот говорит так.
web-flash-text-restored = Бот снова говорит наш текст.
web-texts-area-start = Знакомство
web-texts-area-gate = Канал
web-texts-area-menu = Меню
web-texts-area-common = Везде
web-texts-area-help = Помощь
web-texts-area-id = Telegram ID
web-texts-area-terms = Условия
web-texts-area-trial = Пробный период
web-texts-area-buy = Тарифы
web-texts-area-pay = Оплата
web-texts-area-card = Перевод на карту
web-texts-area-wallet = Кошелёк
web-texts-area-gift = Подарки
web-texts-area-traffic = Дополнительный трафик
web-texts-area-promo = Промокоды
web-texts-area-config = Подключение
web-texts-area-profile = Профиль
web-texts-area-privacy = Данные
web-texts-area-access = Несколько подписок
web-texts-area-renew = Автопродление
web-texts-area-referral = Приглашения
web-texts-area-support = Поддержка
web-texts-area-check = Проверка VPN
web-texts-area-faq = Вопросы
web-texts-area-settings = Настройки
web-texts-area-notices = Виды уведомлений
web-texts-area-quiet = Тихие часы
web-texts-area-remind = Напоминания
web-texts-area-notify = Уведомления
web-texts-area-owner = Для вас
