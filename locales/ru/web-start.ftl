# The steps from an account to a live bot.

## Shop

web-shop-title = Ваш магазин
web-shop-lead = Три ответа — и бот знает, как говорить и что продавать.
web-shop-name = Название магазина
web-shop-name-hint = Клиенты видят его в каждом сообщении. Можно сменить позже.
web-shop-pack = Стартовый набор
web-shop-pack-iran = Иран
web-shop-pack-iran-text = Тексты на персидском, цены в туманах, персидский календарь
web-shop-pack-russia = Россия
web-shop-pack-russia-text = Тексты на русском, цены в рублях
web-shop-pack-international = Международный
web-shop-pack-international-text = Тексты на английском, цены в долларах
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
web-choose-state-waiting = Платёж открыт. Он не потерян: ждём ответа.
web-choose-state-waiting-link = Посмотреть
web-choose-state-paid = «{ $package }» оплачен до { $until }.

## Back from the checkout

web-return-title = Ваш платёж
web-return-lead = Пакет заработает, когда платёжная система подтвердит оплату.
web-return-waiting = Ждём подтверждения от Stripe
web-return-waiting-text = Обычно это несколько секунд. Страница сама перейдёт дальше.
web-return-waiting-long = Дольше обычного. Страницу можно закрыть: ничего не потеряется, мы продолжим, когда придёт ответ.
web-return-paid = Оплачено, спасибо
web-return-paid-text = «{ $package }» активен. Дальше — бот.
web-return-failed = Ничего не списано
web-return-failed-text = Карту отклонили или оплату прервали. Всё введённое раньше сохранено.
web-return-again = Попробовать ещё раз
web-return-other = Другие варианты

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
web-bot-row-token-running = Спрашиваем Telegram…
web-bot-row-token-ok = Telegram принял токен
web-bot-row-token-alone = Больше этого бота никто не запускает.
web-bot-row-name = Имя
web-bot-row-name-ok = { $name } { $username }
web-bot-row-name-text = Команды будут на персидском, русском и английском.
web-bot-row-owner = Вы владелец?
web-bot-row-owner-text = Откройте бота и нажмите «Старт». Мы слушаем.
web-bot-row-owner-type = Введите свой числовой id в Telegram.
web-bot-row-owner-ok = Это вы: { $who }
web-bot-open = Открыть { $bot }
web-bot-owner-type = Ввести числовой id
web-bot-owner-id = Ваш id в Telegram
web-bot-owner-id-hint = Только цифры. Его подскажет, например, @userinfobot.
web-bot-owner-save = Это я
web-bot-row-channel = Канал, по желанию
web-bot-row-channel-text = Только если покупатель должен сначала вступить. Сделайте бота админом и укажите канал.
web-bot-row-channel-ok = Покупатели сначала вступают в { $channel }.
web-bot-channel = Канал
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
web-panel-row-address = Адрес отвечает
web-panel-row-tls = Соединение зашифровано
web-panel-row-login = Имя и пароль подходят
web-panel-row-version = Знакомая версия Marzban
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
web-live-try = Попробовать на телефоне
web-live-overview = К обзору
web-live-failed = Не запустился, но ничего не потеряно
web-live-failed-text = Причина — в шаге ниже. Исправьте и повторите: готовые шаги не повторятся.
web-live-retry = Повторить

## Deployment

web-deploy-title = Запуск бота
web-deploy-state-running = идёт
web-deploy-state-live = работает
web-deploy-state-failed = остановлен
web-deploy-order = Заказ оформлен
web-deploy-payment = Оплата подтверждена
web-deploy-information = Токен и владелец проверены
web-deploy-instance = Магазин создан
web-deploy-running = Бот запущен
web-deploy-link = Ссылка отправлена вам

## Currencies of a shop

web-currency-usd = Доллары США
web-currency-eur = Евро
web-currency-rub = Рубли
web-currency-irr = Туманы
