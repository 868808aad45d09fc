# The steps from an account to a live bot.

## Shop

web-shop-title = Ваш магазин
web-shop-lead = Название и рынок — и бот знает, как говорить и что продавать.
web-shop-name = Название магазина
web-shop-name-hint = Клиенты видят его в каждом сообщении. Можно сменить позже.
web-shop-pack = Стартовый набор
web-shop-pack-iran = Иран
web-shop-pack-iran-text = Сначала персидский, цены в туманах, персидский календарь, время Тегерана
web-shop-pack-russia = Россия
web-shop-pack-russia-text = Сначала русский, цены в рублях, московское время
web-shop-pack-international = Международный
web-shop-pack-international-text = Сначала английский, цены в долларах, время UTC
web-shop-pack-refills = Другой набор или валюта заменят ваши тарифы своими.
web-shop-adjust = Изменить язык, валюту, часовой пояс
web-shop-as-pack = Как в наборе
web-shop-language = Основной язык
web-shop-language-hint = Клиент может переключиться на два других.
web-shop-currency = Валюта
web-shop-currency-hint = В ней указаны цены; ничего не пересчитывается.
web-shop-time-zone = Часовой пояс

## Package

web-choose-title = Выберите пакет
web-choose-lead = Попробуйте 14 дней с лимитами «Старт» или оплатите сейчас. Пакет можно сменить в любой момент.
web-choose-trial = 14 дней бесплатно
web-choose-trial-text = Без карты. В конце вы сами выберете пакет; само ничего не спишется.
web-choose-pay = Оплатить картой
web-choose-state-trial = Пробный период до { $until }. Оплатить можно сейчас или позже.
web-choose-state-waiting = Открыта страница оплаты. Если вы заплатили, ждём ответа; если нет, выбирайте ниже.
web-choose-state-waiting-link = Посмотреть
web-choose-state-paid = «{ $package }» оплачен до { $until }.

## Back from the checkout

web-return-title = Ваш платёж
web-return-lead = Пакет заработает, когда платёжная система подтвердит оплату.
web-return-waiting = Ждём подтверждения от Stripe
web-return-waiting-text = Обычно это несколько секунд. Страница сама перейдёт дальше.
web-return-waiting-long = Дольше обычного. Страницу можно закрыть: ничего не потеряется, мы продолжим, когда придёт ответ.
web-return-not-paid = Я не платил: назад к пакетам
web-return-paid = Оплачено, спасибо
web-return-paid-text = «{ $package }» активен. Дальше — бот.
web-return-failed = Ничего не списано
web-return-failed-text = Карту отклонили или оплату прервали. Всё введённое раньше сохранено.
web-return-again = Попробовать ещё раз
web-return-other = Другие варианты
web-return-mismatch = Платёж пришёл, но не совпадает с заказом
web-return-mismatch-text = Сумма, валюта или получатель отличаются от запрошенных. Деньги учтены, платёж проверяет человек; пожалуйста, не платите ещё раз.

## Bot

web-bot-title = Подключите бота
web-bot-lead = Бот принадлежит вашему аккаунту Telegram. Botyard только запускает его, забрать можно в любой момент.
web-bot-token = Токен бота
web-bot-token-hint = Из @BotFather, после /newbot или /token.
web-bot-sealed = Шифруется сразу. Показать его снова нельзя, только заменить.
web-bot-replace = Заменить
web-bot-check-token = Проверить токен
web-bot-sandbox-botfather = Создать бота в учебном BotFather
web-bot-checks = Проверки
web-bot-row-token = Токен
web-bot-row-token-missing = Вставьте его выше.
web-bot-row-token-ok = Telegram принял токен
web-bot-row-name = Имя
web-bot-row-name-ok = { $name } { $username }
web-bot-row-name-text = Команды будут на персидском, русском и английском.
web-bot-row-owner = Владелец
web-bot-row-owner-text = Откройте бота и нажмите «Старт». Мы слушаем.
web-bot-row-owner-type = Введите свой числовой id в Telegram.
web-bot-row-owner-ok = Известен по id в Telegram: { $who }.
web-bot-open = Открыть { $bot }
web-bot-look-again = Я нажал «Старт»: проверить снова
web-bot-owner-type = Ввести числовой id
web-bot-owner-change = Сменить владельца
web-bot-owner-change-text = Кто откроет бота по этой ссылке и нажмёт «Старт», станет его владельцем.
web-bot-owner-id = Ваш id в Telegram
web-bot-owner-id-hint = Только цифры. Его подскажет, например, @userinfobot.
web-bot-owner-save = Сохранить владельца
web-bot-row-channel = Канал, по желанию
web-bot-row-channel-text = Не указан.
web-bot-row-channel-ok = Бот — администратор { $channel }.
web-bot-channel = Канал
web-bot-channel-hint = Сделайте бота админом канала и укажите его. Вступать в него покупателей пока не просим.
web-bot-check-channel = Проверить

## Panel

web-panel-title = Подключите панель
web-panel-lead = Аккаунты клиентов создаются на вашем Marzban. Проверим каждый шаг сейчас, чтобы покупатель не узнал об ошибке первым.
web-panel-url = Адрес панели
web-panel-url-hint = Как в браузере, с https:// и портом.
web-panel-username = Имя администратора
web-panel-password = Пароль администратора
web-panel-sealed = Шифруется сразу и нужен только для связи с панелью.
web-panel-check = Подключить и проверить
web-panel-checks = Проверки
web-panel-interrupted = Проверка прервалась по нашей вине. Ничего не изменилось, попробуйте ещё раз.
web-panel-kept = Пока другая панель не пройдёт все проверки, магазин работает с { $url }.
web-panel-row-address = Адрес отвечает
web-panel-row-tls = Там отвечает Marzban
web-panel-not-encrypted = Соединение не зашифровано: пароль прочтёт любой, кто слушает. Укажите адрес https.
web-panel-row-login = Имя и пароль подходят
web-panel-row-version = Её версия нам знакома
web-panel-row-inbounds = Есть что продавать (inbounds)
web-panel-row-test-user = Тестовый аккаунт создан и удалён
web-panel-inbounds = Что продаёт магазин
web-panel-inbounds-hint = Новые аккаунты получают эти inbounds.
web-panel-inbounds-save = Сохранить выбор
web-panel-replace = Другая панель
web-panel-sandbox = Нет панели под рукой?
web-panel-sandbox-text = В песочнице есть своя. Её конфиги никуда не ведут.
web-panel-sandbox-use = Взять учебную панель

## Plans

web-plans-title = Что вы продаёте
web-plans-lead = Начало из набора для вашего рынка. Меняйте сейчас или позже; открытые счета сохранят цену.
web-plans-plan = Тариф { $number }
web-plans-name = Название
web-plans-days = Дней
web-plans-traffic = ГБ в месяц
web-plans-price = Цена, { $currency }
web-plans-on = В продаже
web-plans-trial = Пробный период
web-plans-trial-text = Один раз на человека, без оплаты. Большинство сначала пробует.
web-plans-trial-traffic = ГБ всего
web-plans-gigabyte = 1 ГБ — это 1024³ байт, как считает панель.
web-plans-save = Сохранить и продолжить

## Go live

web-live-title = Запуск
web-live-lead = Одна кнопка. Пара секунд, и виден каждый шаг.
web-live-ready = Всё готово?
web-live-start = Запустить бота
web-live-missing = Незакрытые строки — ссылки: сначала завершите их.
web-live-running = Создаём магазин. Страницу можно закрыть: всё продолжится.
web-live-in = Запущен за { $time }
web-live-done = Ваш бот работает
web-live-done-text = Поделитесь ссылкой. Первый гость уже может купить.
web-live-done-phone = Он живёт в песочнице: поговорите с ним на телефоне, первый посетитель уже может купить.
web-live-try = Попробовать на телефоне
web-live-overview = К обзору
web-live-failed = Не запустился, но ничего не потеряно
web-live-failed-text = Причина — в шаге ниже. Исправьте и повторите: готовые шаги не повторятся.
web-live-retry = Повторить

## Deployment

web-deploy-title = Запуск бота
web-deploy-fix = Исправить
web-deploy-state-running = идёт
web-deploy-state-live = работает
web-deploy-state-failed = остановлен
web-deploy-order = Заказ оформлен
web-deploy-payment = Оплата подтверждена
web-deploy-information = Бот и панель проверены
web-deploy-instance = Магазин создан
web-deploy-running = Бот запущен
web-deploy-link = Ссылка на бота готова

## Currencies of a shop

web-currency-usd = Доллары США
web-currency-eur = Евро
web-currency-rub = Рубли
web-currency-irr = Туманы
