# Orders and ways to pay.

## Orders

web-orders-title = Заказы
web-orders-states = Статус
web-orders-chip-all = Все
web-orders-chip-attention = Нужны вы
web-orders-chip-paid = Оплачены
web-orders-chip-pending = Ждут оплаты
web-orders-chip-failed = Не удались
web-orders-chip-refunded = Возвращены
web-orders-search = Номер заказа, @имя или Telegram ID
web-orders-search-go = Найти
web-orders-nothing = Ничего не найдено
web-orders-nothing-text = Проверьте номер или имя либо выберите другой статус. Имя нужно полностью.
web-orders-show-all = Показать все заказы
web-orders-none = Заказов пока нет
web-orders-none-text = Заказ появится здесь, как только кто-нибудь выберет способ оплаты.
web-orders-overview = Перейти к обзору
web-orders-pages = Страницы
web-orders-newer = Новее
web-orders-older = Старее
web-orders-strange = Пришли деньги, которых не ждал ни один заказ. Найдите платёж у провайдера и верните его там, если он не ваш.
web-orders-strange-one = { $amount }, { $method }, { $time }: платёж { $payment }
web-orders-check-holds = Учёт проверен { $time }: всё сходится, и здесь, и у платёжных провайдеров, и на панелях.
web-orders-check-silent = Учёт проверен { $time }: всё сходится. { $silent ->
    [one] Не ответил { $silent } провайдер или панель
    [few] Не ответили { $silent } провайдера или панели
    [many] Не ответили { $silent } провайдеров или панелей
   *[other] Не ответили { $silent } провайдера или панели
 }; спросим снова этой ночью.
web-orders-check-broken = Учёт проверен { $time }: { $count ->
    [one] не сходится { $count } запись
    [few] не сходятся { $count } записи
    [many] не сходятся { $count } записей
   *[other] не сходятся { $count } записи
 }. Оператор этого сервера уже знает.
web-order-state-new = Новый
web-order-state-pending = Ждёт оплаты
web-order-state-paid = Настраивается
web-order-state-provisioned = Выдан
web-order-state-failed = Не удался
web-order-state-expired = Истёк
web-order-state-mismatch = Не совпадает
web-order-state-refunded = Возвращён
web-order-state-disputed = Оспаривается
web-order-state-won = Спор выигран
web-order-state-lost = Спор проигран

## One order

web-order-title = Заказ { $order }
web-order-payment = Оплата
web-order-access = Доступ
web-order-refunds = Возвраты
web-order-timeline = Что было
web-order-method = Способ
web-order-telegram-id = Telegram ID
web-order-promo = Промокод
web-order-promo-gave = Что дал
web-order-full-price = Цена без него
web-order-refunded = Возвращено
web-order-account = Счёт у провайдера
web-order-payment-id = ID платежа
web-order-placed = Заказан
web-order-paid = Оплачен
web-order-open-until = Открыт до
web-order-given = Выдано
web-order-taken-back = Забрано
web-order-access-until = Доступ до
web-order-panel-account = Аккаунт на панели
web-order-look = Проверить ещё раз
web-order-look-text = Спрашивает платёжный сервис прямо сейчас, не дожидаясь его сообщения.
web-order-mismatch-text = Покупатель ничего не получил. Сверьте платёж у провайдера, затем верните его там или договоритесь с покупателем.
web-order-disputed-text = Банк покупателя требует деньги назад. Ответьте у провайдера до срока; до решения доступ остаётся.
web-order-differs-currency = Валюта платежа — { $came }, валюта заказа — { $wanted }.
web-order-differs-amount = Пришло { $came } вместо { $wanted }.
web-order-differs-account = Деньги пришли не на тот счёт, который был у магазина при заказе.
web-order-differs-order = Платёж указывает другой заказ.
web-order-differs-second = Это второй платёж за тот же заказ.
web-order-event-placed = Заказ сделан
web-order-event-promo = Оформлен с промокодом
web-order-event-promo-moved = Покупатель перенёс промокод в другой заказ
web-order-event-renewal = Заказано автопродлением
web-order-event-new = Новый
web-order-event-pending = Страница оплаты открыта
web-order-event-paid = Оплачен
web-order-event-provisioned = Доступ выдан
web-order-event-failed = Платёж не прошёл
web-order-event-expired = Не оплачен вовремя
web-order-event-mismatch = Платёж не совпадает
web-order-event-differs = Что отличается
web-order-event-refunded = Возвращено полностью
web-order-event-disputed = Банк оспаривает
web-order-event-won = Спор выигран
web-order-event-lost = Спор проигран
web-order-event-illegal-step = Сообщение не по порядку, пропущено
web-order-event-repeated = Списано провайдером снова, как согласился покупатель
web-order-event-repeat-stopped = Подписка отменена
web-order-event-repeat-resumed = Подписка продолжена
web-order-event-repeat-refused = Провайдер не принял наши слова о подписке
web-order-event-wallet-filled = Зачислено на кошелёк
web-order-event-surplus-to-wallet = Излишек зачислен на кошелёк
web-order-event-surplus-back = Излишек возвращён
web-order-event-second-payment = Оплачено второй раз; отложено для вас
web-order-event-surplus-was-spent = Из него покупатель уже потратил это: ваш убыток
web-order-event-charge-refused = Сервис отказался списать с сохранённого способа оплаты
web-order-event-charge-called-off = Не списано: вовремя продлено вручную, выключено или удалено
web-order-event-charge-unknown = Сервис не сказал, списал ли он деньги; покажет его список
web-order-event-webhook-refused = Сообщению не поверили
web-order-event-refund-requested = Запрошен возврат
web-order-event-refund = Возвращено
web-order-event-refund-failed = Провайдер отказал в возврате
web-order-event-refund-no-account = Возврат невозможен: бот или счёт, принявший платёж, больше не подключён
web-order-event-refund-given-up = Возврат отменён: деньги требует банк покупателя
web-order-event-other = Произошло что-то ещё
web-order-illegal-step = Из «{ $from }» в «{ $to }»
web-order-report-signature = Подпись отсутствует или неверна.
web-order-report-timestamp = Его время отличается от нашего больше чем на 300 секунд.
web-order-report-malformed = Оно не похоже на уведомления провайдера.
web-order-report-account = Оно относится к другому счёту.
web-order-report-key-unknown = Не удалось получить ключ провайдера для проверки подписи.
web-order-provider-said = Ответ провайдера: { $word }
web-refund-requested = В пути
web-refund-done = Сделан
web-refund-failed = Отказ
web-refund-title = Вернуть деньги…
web-refund-text = До { $amount } вернётся тем же путём. Та же доля неиспользованного времени и трафика будет забрана. Отменить это нельзя.
web-refund-amount = Сумма
web-refund-amount-hint = Пусто: всё, { $amount }.
web-refund-reason = Причина
web-refund-reason-hint = Для себя; покупатель её не видит.
web-refund-yes = Вернуть деньги
web-refund-spent = Возвращать нечего
web-refund-spent-text = Эти деньги зачислены на кошелёк и потрачены полностью или частично. Вернуть можно только то, что ещё в кошельке; сначала верните деньги за купленное на них.
web-refund-by-hand = Возврат вручную
web-refund-by-hand-text = Через этого провайдера мы вернуть деньги не можем. Сделайте это в его кабинете или напрямую; доступ останется как есть.

## Ways to pay

web-methods-title = Способы оплаты
web-methods-lead = Клиенты видят их в этом порядке. Способ предлагается для тарифов с ценой в одной из его валют.
web-methods-none = Способов оплаты пока нет
web-methods-none-text = Пока ни один не включён, купить нельзя. Настройте, проверьте и включите.
web-methods-on = Включён
web-methods-off = Выключен
web-methods-switch-on = Включить
web-methods-switch-off = Выключить
web-methods-up = Выше
web-methods-down = Ниже
web-methods-set-up = Настроить
web-methods-others = Ещё способы
web-methods-collects = Валюты: { $currencies }
web-methods-no-price = Не предлагается: нет тарифа с ценой в его валюте
web-methods-no-price-text = Ни у одного тарифа нет цены в его валютах ({ $currencies }), поэтому он не предлагается.
web-methods-between = От { $min } до { $max }
web-methods-from = От { $min }
web-methods-up-to = До { $max }
web-methods-kept = Сохранён. Оставьте пустым, чтобы не менять.
web-methods-sealed = Ключи хранятся зашифрованными и больше не показываются.
web-methods-labels = Название на кнопке (пусто: наше)
web-methods-label-en = По-английски
web-methods-label-fa = По-персидски
web-methods-label-ru = По-русски
web-methods-prices = Цены, валюта: { $currency }
web-methods-prices-hint = Тариф с пустым полем этим способом не продаётся.
web-methods-limits = Пределы
web-methods-limits-hint = Валюта: { $currency }. За этими пределами способ не предлагается.
web-methods-min = Не меньше
web-methods-max = Не больше
web-methods-save = Сохранить
web-methods-webhook = Адрес для уведомлений
web-methods-webhook-text = Вставьте его там, где провайдер спрашивает адрес webhook или уведомлений.
web-methods-test = Проверить
web-methods-test-text = Делает один безвредный запрос с сохранёнными ключами. Деньги не движутся.
web-methods-remove = Удалить этот способ
web-methods-remove-text = Его ключи будут забыты. Пока открытые заказы ещё могут быть оплачены им, его можно только выключить.
web-methods-remove-yes = Удалить
web-methods-field-account = ID счёта
web-methods-field-key = Ключ API
web-methods-field-secret = Секрет webhook
web-method-test-title = Тестовая карта
web-method-test-hint = Собственная страница карты песочницы. Деньги не движутся.
web-method-yookassa-title = ЮKassa
web-method-yookassa-hint = Оба — в личном кабинете ЮKassa: shopId в «Настройки — Магазин», секретный ключ в «Интеграция — Ключи API».
web-method-yookassa-account_id = shopId
web-method-yookassa-api_key = Секретный ключ
web-method-cryptopay-title = Crypto Pay
web-method-cryptopay-hint = Откройте @CryptoBot в Telegram: Crypto Pay, «Создать приложение», затем API-токен.
web-method-cryptopay-account_id = ID приложения
web-method-cryptopay-api_key = API-токен
web-method-wata-title = Wata
web-method-wata-hint = Оба — в вашем кабинете Wata, у терминала, на который поступают деньги: скопируйте его ID и создайте токен доступа. Wata показывает токен только один раз. Он действует столько месяцев, сколько вы там выберете; потом вставьте сюда новый.
web-method-wata-account_id = ID терминала
web-method-wata-api_key = Токен доступа
web-method-stripe-title = Stripe
web-method-stripe-hint = Оба — в панели Stripe, в разделе «Developers». Ключ в «API keys»: секретный или ограниченный, которому можно записывать Checkout Sessions и Refunds и читать Payment Intents, Charges и Disputes. Для секрета подписи добавьте адрес ниже в «Webhooks» — со всеми событиями Checkout и споров и с charge.refunded.
web-method-stripe-api_key = Секретный ключ (sk_… или rk_…)
web-method-stripe-webhook_secret = Секрет подписи (whsec_…)
web-method-stars-title = Telegram Stars
web-method-stars-hint = Заполнять нечего: каждый ваш бот принимает звёзды сам. Сначала добавьте тарифам цену в звёздах. Важно знать: Telegram требует продавать цифровые товары в своих приложениях за звёзды, и предлагать рядом другие способы оплаты вы можете на свой риск. Звёзды принадлежат владельцу бота в Telegram, тратить и выводить их можно через 21 день после платежа. Возврат возвращает платёж целиком.
web-method-wallet-title = Кошелёк
web-method-wallet-hint = Покупатели пополняют кошельки другими вашими способами оплаты и платят этими деньгами, тем, что когда-то заплатили лишнего, и возвратами за такие заказы. Предлагается тем, кому хватает на цену. Заполнять ничего не нужно.
web-order-event-gift-opened = Подарок открыт
