# Signing up and in.

web-signup-title = Создайте аккаунт
web-signup-lead = 14 дней бесплатно, без карты.
web-signup-have-account = Уже есть аккаунт?
web-signup-to-login = Войдите
web-signup-password-hint = Не короче 12 символов. Фразу запомнить легче, чем знаки.
web-signup-submit = Создать аккаунт
web-signup-next = Дальше — меньше минуты
web-signup-next-name = Назовите магазин
web-signup-next-name-text = Стартовый набор задаёт язык, валюту и тарифы
web-signup-next-bot = Подключите бота и панель
web-signup-next-bot-text = Токен из BotFather и адрес Marzban
web-signup-next-live = Запустите
web-signup-next-live-text = Бот отвечает первому гостю
web-signup-sealed = Токен шифруется сразу, прочитать его нельзя
web-signup-yours = Бот остаётся в вашем аккаунте Telegram
web-login-title = Вход
web-login-no-account = Впервые здесь?
web-login-to-signup = Создайте аккаунт
web-login-submit = Войти
