# The customer's area.

web-home-title = Ваши боты
web-home-empty = Пока нет бота
web-home-empty-text = Подключите бота, и он начнёт продавать через минуту. Стартовый набор задаёт язык, валюту и тарифы.
web-home-connect = Подключить первого бота
web-home-today = Сегодня:
web-home-try = Попробовать на телефоне

## Overview

web-overview-title = Обзор
web-overview-needs-you = Нужны вы
web-overview-revenue = Выручка
web-overview-last-14 = за 14 дней
web-overview-chart-best = { $total } за 14 дней. Лучший день — { $day }: { $amount }.
web-overview-chart-empty = За последние 14 дней выручки ещё нет.
web-overview-revenue-14 = Выручка, 14 дней
web-overview-active = Активные подписки
web-overview-active-of = из { $limit } в вашем пакете
web-overview-trial-to-paid = Из пробных в платные
web-overview-sales-today = Продажи сегодня
web-overview-sales = Последние продажи
web-overview-no-sales = Продаж пока нет
web-overview-no-sales-text = Купите у себя на телефоне тестовой картой, затем поделитесь ссылкой.
web-overview-no-sales-share = Откройте бота, как это сделает клиент, затем поделитесь ссылкой.
web-overview-test-purchase = Тестовая покупка

## States of a bot

web-state-draft = Черновик
web-state-deploying = Запускается
web-state-live = Работает
web-state-paused = На паузе
web-state-maintenance = Обслуживание
web-state-needs-token = Нужен токен
web-state-failed = Сбой

## Sales

web-sale-order = Заказ
web-sale-user = Пользователь
web-sale-plan = Тариф
web-sale-amount = Сумма
web-sale-state = Статус
web-sale-time = Время

## Actions

web-action-open = Открыть бота
web-action-finish = Завершить настройку
web-action-resume = Запустить
web-action-restart = Перезапустить
web-action-pause = Пауза…
web-action-pause-title = Поставить { $bot } на паузу?
web-action-pause-text = VPN клиентов работает, но купить и продлить нельзя, пока вы снова не запустите бота. Гости читают, что магазин взял перерыв.
web-action-pause-yes = Поставить на паузу
web-action-maintain = Обслуживание…
web-action-maintain-title = Перевести { $bot } в режим обслуживания?
web-action-maintain-text = Купить и продлить в это время нельзя. Гости читают, что магазин на обслуживании и скоро вернётся.
web-action-maintain-yes = Начать обслуживание
web-action-new-token = Новый токен
web-action-new-token-hint = Того же бота, из @BotFather после /revoke. Старый перестанет работать.
web-action-rotate = Заменить токен
web-action-delete = Удалить этого бота
web-action-delete-text = Бот сразу остановится, токен будет забыт. Тарифы, заказы и доступ клиентов принадлежат магазину и останутся; сам бот остаётся в вашем аккаунте Telegram.
web-action-delete-name = Для подтверждения введите { $bot }
web-action-delete-yes = Удалить бота

## Phone page

web-preview-title = Телефон
web-preview-tag = тестовый магазин
web-preview-lead = Это ваш настоящий бот. Кнопки шлют то же, что и Telegram, и отвечает тот же код, что отвечает клиентам.
web-preview-start-text = Вас привела ссылка. Telegram отправит её содержимое, когда вы нажмёте «Старт».
web-preview-start = Старт
web-preview-phone = Телефон
web-preview-controls = Управление
web-preview-persona = Чей это телефон
web-preview-switch = Сменить
web-preview-clock = Часы магазина: { $now }
web-preview-hour = +1 час
web-preview-day = +1 день
web-preview-month = +30 дней
web-preview-last-update = Последнее обновление
web-preview-failed = Сервер не ответил. На экране — прежнее.
web-preview-persona-buyer = Новый клиент
web-preview-persona-friend = Другой клиент
web-preview-persona-owner = Вы, владелец

## A bot that needs its owner

web-problem-needs-token = Боту { $bot } нужен новый токен
web-problem-needs-token-text = Telegram больше не принимает прежний. Оплаченный доступ ваших клиентов работает.
web-problem-needs-token-action = Дать токен
web-problem-failed = { $bot } не работает
web-problem-failed-text = Мы пробовали несколько раз. Оплаченный доступ ваших клиентов работает.
web-problem-failed-action = Посмотреть
web-problem-conflict = Бота { $bot } запускает другая программа
web-problem-conflict-text = Она перехватывает сообщения ваших клиентов. Остановите её или замените токен после /revoke в @BotFather.
web-problem-conflict-action = Заменить токен
web-problem-panel-down = Панель { $panel } не отвечает с { $time }
web-problem-panel-down-text = Оплаченное не пропадёт: всё выдаётся само, когда панель вернётся, и ни один день не теряется. Проверьте, что сервер работает и доступен снаружи.
web-problem-panel-refused = Панель { $panel } не принимает наш вход с { $time }
web-problem-panel-refused-text = Оплаченное не пропадёт: всё выдаётся само, когда вход снова заработает. Проверьте имя пользователя и пароль панели.
web-problem-panel-refused-action = Ввести данные входа
web-overview-since = с { $time }
