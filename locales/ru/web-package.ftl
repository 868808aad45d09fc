# The packages, on the landing page and in the wizard.

web-package-starter = Старт
web-package-starter-for = Один бот, одна панель: хватит на первую сотню клиентов.
web-package-starter-support = Поддержка по почте
web-package-professional = Профи
web-package-professional-for = Несколько брендов или стран и цифры, которые показывают, что работает.
web-package-professional-support = Поддержка 24/7, приоритетная очередь
web-package-enterprise = Бизнес
web-package-enterprise-for = Ваш домен, ваши интеграции и личный менеджер.
web-package-enterprise-support = Личный менеджер поддержки
web-package-bots = { $count ->
    [one] { $count } бот
    [few] { $count } бота
    [many] { $count } ботов
   *[other] { $count } бота
}
web-package-bots-unlimited = боты без лимита
web-package-users = { $count ->
    [one] { $count } пользователь
    [few] { $count } пользователя
    [many] { $count } пользователей
   *[other] { $count } пользователя
}
web-package-users-unlimited = пользователи без лимита
web-package-panels = { $count ->
    [one] { $count } панель Marzban
    [few] { $count } панели Marzban
    [many] { $count } панелей Marzban
   *[other] { $count } панели Marzban
}
web-package-panels-unlimited = панели без лимита
web-package-analytics = Когорты, воронка, прогноз, CSV
web-package-white-label = Своё имя и цвета
web-package-api = REST API и подписанные вебхуки
web-package-not-included = Нет:
web-package-recommended = Для растущего магазина
web-package-choose = Выбрать «{ $package }»
web-package-cycle = Период оплаты
web-package-monthly = Помесячно
web-package-yearly = За год, два месяца в подарок
web-package-per-month = в месяц
web-package-per-year = в год
web-package-monthly-remark = Оплата помесячно, отмена в любой момент
web-package-yearly-remark = Экономия { $saved } в год
