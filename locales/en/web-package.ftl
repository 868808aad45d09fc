# The packages, on the landing page and in the wizard.

web-package-starter = Starter
web-package-starter-for = One bot, one panel: enough to find your first hundred customers.
web-package-starter-support = Support by e-mail
web-package-professional = Professional
web-package-professional-for = Several brands or countries, with numbers that tell you what works.
web-package-professional-support = Support 24/7, priority queue
web-package-enterprise = Enterprise
web-package-enterprise-for = Your domain, your integrations, and a named person who answers.
web-package-enterprise-support = A named support agent
web-package-bots = { $count ->
    [one] { $count } bot
   *[other] { $count } bots
}
web-package-bots-unlimited = unlimited bots
web-package-users = { $count ->
    [one] { $count } user
   *[other] { $count } users
}
web-package-users-unlimited = unlimited users
web-package-panels = { $count ->
    [one] { $count } Marzban panel
   *[other] { $count } Marzban panels
}
web-package-panels-unlimited = unlimited panels
web-package-analytics = Cohorts, funnel, forecast, CSV
web-package-white-label = Your own name and colours
web-package-api = REST API and signed webhooks
web-package-not-included = Not included:
web-package-recommended = For a growing shop
web-package-choose = Choose { $package }
web-package-cycle = Billing period
web-package-monthly = Monthly
web-package-yearly = Yearly, two months free
web-package-per-month = per month
web-package-per-year = per year
web-package-monthly-remark = Billed monthly, cancel any time
web-package-yearly-remark = You save { $saved } a year
