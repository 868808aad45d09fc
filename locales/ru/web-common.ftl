# Words of every page: header, menus, checks, errors.

## Product and header

web-product-name = Botyard
web-skip-to-content = Перейти к содержанию
web-language = Язык
web-theme-dark = Тёмная тема
web-theme-light = Светлая тема
web-nav-main = Основное
web-nav-menu = Меню
web-nav-close = Закрыть
web-nav-quick = Быстрые ссылки
web-nav-more = Ещё
web-nav-how = Как это работает
web-nav-packages = Пакеты
web-nav-faq = Вопросы
web-nav-login = Войти
web-nav-start = Начать бесплатно
web-nav-my-shop = Мой магазин
web-nav-logout = Выйти
web-footer-about = Боты-магазины для продавцов VPN. Клиенты, панель и цены — ваши; мы следим, чтобы бот работал.
web-footer-independent = Не связаны с Telegram и Marzban.
web-area-home = Все боты
web-area-overview = Обзор
web-area-orders = Заказы
web-area-promos = Промокоды
web-area-notices = Уведомления
web-area-methods = Оплата
web-area-preview = Телефон

## Actions

web-continue = Продолжить
web-copy = Скопировать
web-copied = Скопировано
web-field-email = Эл. почта
web-field-password = Пароль
web-form-errors = Исправьте несколько полей, и мы сохраним
web-number-1 = 1
web-number-2 = 2
web-number-3 = 3
web-list-separator = {", "}

## Checks: said to screen readers beside the mark

web-check-waiting = ещё не было
web-check-running = выполняется
web-check-yours = ждёт вас
web-check-passed = готово
web-check-warned = готово, есть замечание
web-check-failed = ошибка
web-live-paused = Обновления приостановлены.
web-live-refresh = Обновить

## Chart

web-chart-view = Вид
web-chart-chart = График
web-chart-table = Таблица
web-chart-full-day = Полный день
web-chart-today = Сегодня, пока что
web-chart-caption = Выручка по дням
web-chart-day = День
web-chart-revenue = Выручка
web-chart-sales = Продажи

## Phone

web-phone-bot = бот
web-phone-log = Переписка
web-phone-empty = Нажмите /start, чтобы начать
web-phone-photo = Картинка от бота
web-phone-edited = изменено
web-phone-message = Сообщение
web-phone-placeholder = Сообщение или команда
web-phone-send = Отправить
web-phone-reset = Сначала
web-phone-pay-title = Оплата в Telegram
web-phone-pay = Оплатить { $amount }
web-phone-pay-every = И снова каждые 30 дней, пока вы не отмените.
web-phone-reactivate = Настройки Telegram, «Мои звёзды»: продолжить подписку
web-phone-pay-cancel = Отмена
web-phone-pay-silent = Бот не ответил вовремя, ничего не списано.

## Sandbox

web-sandbox-label = Песочница
web-sandbox-strip = Здесь всё понарошку, и ничего не уходит с этого сервера.
web-sandbox-botfather = Учебный BotFather
web-sandbox-faults = Устроить сбой
web-sandbox-mail = Письма

## Errors

web-error-not-found = Такой страницы нет
web-error-not-found-text = Возможно, в адресе опечатка или страницу удалили.
web-error-forbidden = Эта страница вам недоступна
web-error-forbidden-text = Вы вошли, но это чужой магазин или нужна другая роль.
web-error-too-many = Слишком много попыток
web-error-too-many-text = Подождите несколько минут и попробуйте снова. Ничего не потеряно.
web-error-internal = У нас что-то сломалось
web-error-internal-text = Мы записали ошибку. Ваши боты работают, платежи в порядке. Попробуйте чуть позже.
web-error-unavailable = Сервер ненадолго занят
web-error-unavailable-text = Сервер запускается или перегружен. Сообщения ботам сохраняются. Попробуйте через несколько секунд.
web-error-home = На главную
web-error-again = Повторить
web-error-id = Код ошибки: { $id }

## Wizard frame

web-step-shop = Магазин
web-step-package = Пакет
web-step-bot = Бот
web-step-panel = Панель
web-step-plans = Тарифы
web-step-live = Запуск
web-wizard-steps = Шаги
web-wizard-position = Шаг { $number } из { $of }: { $step }
web-wizard-saved = Сохранено. Можно продолжить на другом устройстве.
web-wizard-preview = Предпросмотр
web-wizard-preview-caption = Что увидят ваши клиенты

## Flash messages

web-flash-saved = Сохранено.
web-flash-welcome = Аккаунт готов.
web-flash-session-expired = Войдите ещё раз: сеанс истёк.
web-flash-trial-started = Ваши 14 бесплатных дней начались.
web-flash-token-replaced = Новый токен работает.
web-flash-bot-paused = Бот на паузе.
web-flash-bot-resumed = Бот снова работает.
web-flash-bot-maintained = Бот на обслуживании.
web-flash-bot-restarted = Бот перезапущен.
web-flash-bot-deleted = Бот { $bot } удалён.
web-flash-clock-moved = На часах магазина теперь { $now }.
web-flash-platform-clock-moved = Часы платформы теперь показывают { $now }.
web-flash-bot-created = Бот создан. Скопируйте его токен.
web-flash-token-revoked = Старый токен больше не работает.
web-flash-fault-set = Сломается, как вы сказали.
web-flash-faults-cleared = Всё снова работает.
web-flash-order-looked = Заказ сверен с провайдером.
web-flash-order-pending = У провайдера пока нет оплаты.
web-flash-refund-requested = Деньги возвращаются. Когда они уйдут, видно в хронике.
web-flash-method-on = Включён.
web-flash-method-off = Выключен. Открытые платежи ещё учитываются.
web-flash-method-saved = Сохранено. Проверьте, затем включите.
web-flash-method-tested = Провайдер принимает эти ключи.
web-flash-method-removed = Удалён.
