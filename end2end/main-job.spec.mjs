// The main job, as a newcomer does it: from the landing page to a working VPN config and a month more.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { closeBrowser, takePicture, visit } from './lib/browser.mjs';
import { assertAccessible, assertFits, assertLanguage } from './lib/checks.mjs';
import { askForMail, stopMail } from './lib/mail.mjs';
import { act, arrive, follow, isAt, send, submit, until } from './lib/page.mjs';
import { Phone } from './lib/phone.mjs';
import { readQr } from './lib/qr.mjs';
import { sellByCard } from './lib/receipts.mjs';
import { showScreens } from './lib/screens.mjs';
import { assertVless, expiryOf, linksOf } from './lib/subscription.mjs';
import { plain, textPattern } from './lib/texts.mjs';

const MONTH = 30 * 24 * 60 * 60;
const TOKEN = /\b\d{6,12}:[\w-]{30,}/;
const LANGUAGE_KEY = { en: /English/, fa: /فارسی/, ru: /Русский/ };

const devices = [
  { name: 'desktop-en', locale: 'en', javaScript: true },
  { name: 'desktop-en-dark-no-js', locale: 'en', javaScript: false, dark: true },
  { name: 'phone-fa-dark', locale: 'fa', javaScript: true, dark: true, width: 360, height: 740 },
  { name: 'phone-ru-no-js', locale: 'ru', javaScript: false, width: 360, height: 740 },
];

after(closeBrowser);

for (const device of devices) {
  test(`the main job works on ${device.name}`, { timeout: 180_000 }, () =>
    visit(device, async (page) => {
      const seen = (what) => look(page, device, what);
      await signUp(page, device, seen);
      await nameShop(page, seen);
      await payPackage(page, device, seen);
      await connectBot(page, device, seen);
      await connectPanel(page, device, seen);
      await setPlans(page, seen);
      await goLive(page, device, seen);
      const phone = await openPhone(page, device, seen);
      const subscription = await takeTrial(phone, page, seen);
      await buyMonth(phone, page, subscription, seen);
      await refundOrder(phone, page, device, subscription, seen);
      await showScreens(phone, seen);
      await askForMail(phone, page, device, seen);
      await sellByCard(phone, page, device, seen);
      const preview = page.url();
      await stopMail(page, device, seen);
      await page.goto(preview);
      await comparePanel(page, device, seen);
    }),
  );
}

/** What holds on every page, and its picture. */
async function look(page, device, what) {
  await assertLanguage(page, device.locale);
  await takePicture(page, `${device.name}-${what}`);
  await assertFits(page, what);
  if (device.javaScript) await assertAccessible(page, what);
}

async function signUp(page, device, seen) {
  await page.goto('/');
  await seen('landing');
  await follow(page, '/signup?package=starter&cycle=month');
  await seen('signup');
  await page.fill('input[name="email"]', `${device.name}@shop.example`);
  await page.fill('input[name="password"]', 'a long enough password');
  await submit(page, '/signup');
  await arrive(page, '/start/shop');
}

async function nameShop(page, seen) {
  await page.fill('input[name="name"]', 'Fastline');
  await seen('shop');
  await submit(page, '/start/shop');
  await arrive(page, '/start/package');
}

async function payPackage(page, device, seen) {
  await page.check('input[name="package"][value="starter"]');
  await seen('package');
  const shop = new URL(page.url()).origin;
  await act(page, 'pay');
  assert.notEqual(new URL(page.url()).origin, shop, 'the checkout is on an origin of its own');
  await seen('checkout');
  await act(page, 'pay');
  await page.waitForURL(`${shop}/start/**`);
  const paid = page.locator('#payment a[href="/start/bot"]');
  const atBot = () => isAt(page, '/start/bot');
  await until(page, device.javaScript, 'the payment is confirmed', async () => atBot() || (await paid.isVisible()));
  if (!device.javaScript) await seen('paid');
  // Who watched it happen is led on; who came back later finds a link.
  const led = device.javaScript && (await arrive(page, '/start/bot', 3000).then(() => true, () => false));
  if (!led) await paid.click();
  await arrive(page, '/start/bot');
}

async function connectBot(page, device, seen) {
  const token = await newToken(page, device, seen);
  await page.fill('input[name="token"]', token);
  await seen('bot');
  await act(page, 'token');
  const channel = page.locator('button[name="act"][value="channel"]');
  await until(page, device.javaScript, 'the token is accepted', () => channel.isVisible());
  assert.ok(!(await page.content()).includes(token), 'the token is not shown again');
  await seen('bot-checked');
  if (device.javaScript) await refuseChannel(page, seen);
  await act(page, 'continue');
  if (isAt(page, '/start/bot')) await typeOwner(page);
  await arrive(page, '/start/panel');
}

/** What is wrong with a channel stays to be read, whatever the live part fetches meanwhile. */
async function refuseChannel(page, seen) {
  await page.fill('input[name="channel"]', '@a');
  await act(page, 'channel');
  await page.waitForTimeout(3000);
  assert.ok(await page.locator('#channel-error').isVisible(), 'the error stands');
  await seen('bot-refused');
}

/** Says who the owner is, where the wizard insists on it. */
async function typeOwner(page) {
  const field = page.locator('input[name="owner_id"]');
  if (!(await field.isVisible())) await page.locator('details:has(input[name="owner_id"]) summary').click();
  await field.fill('700100200');
  await act(page, 'owner');
  await act(page, 'continue');
}

/** Asks the sandbox's BotFather, as one would ask the real one, in a tab of its own. */
async function newToken(page, device, seen) {
  const wizard = page.url();
  await page.goto('/sandbox/botfather');
  await seen('botfather');
  await page.fill('input[name="name"]', 'Fastline VPN');
  await page.fill('input[name="username"]', `${device.name.replaceAll('-', '_')}_bot`);
  await act(page, 'create');
  const [token] = TOKEN.exec(await page.content()) ?? assert.fail('BotFather shows a token');
  await page.goto(wizard);
  return token;
}

async function connectPanel(page, device, seen) {
  await seen('panel');
  await act(page, 'sandbox');
  const inbounds = page.locator('#checks button[name="act"][value="inbounds"]');
  await until(page, device.javaScript, 'the panel is checked', () => inbounds.isVisible());
  await seen('panel-checked');
  await act(page, 'inbounds');
  if (isAt(page, '/start/panel')) await act(page, 'continue');
  await arrive(page, '/start/plans');
}

async function setPlans(page, seen) {
  await seen('plans');
  await submit(page, '/start/plans');
  await arrive(page, '/start/live');
}

async function goLive(page, device, seen) {
  await seen('live');
  await act(page, 'start');
  const overview = page.locator('#deployment a[href^="/app/b/"]').first();
  await until(page, device.javaScript, 'the bot is live', () => overview.isVisible());
  await seen('deployed');
  await page.goto((await overview.getAttribute('href')).replace(/\/preview$/, ''));
  await seen('overview');
  await page.locator('summary:has(+ form button[value="pause"])').click();
  await seen('overview-pause');
}

async function openPhone(page, device, seen) {
  await page.goto(`${new URL(page.url()).pathname}/preview`);
  await seen('preview');
  const phone = new Phone(page, device);
  await phone.say('/start');
  // A new user is asked for language and consent; the order is the bot's.
  for (let step = 0; step < 4 && !(await inMenu(phone)); step += 1) {
    const language = await phone.key(LANGUAGE_KEY[device.locale]);
    if (language) await phone.changes(() => language.click());
    else await phone.press('bot-start-rules-btn-accept');
  }
  assert.ok(await inMenu(phone), 'the menu offers the trial');
  await seen('phone-menu');
  return phone;
}

function inMenu(phone) {
  return phone.find('bot-menu-btn-trial');
}

async function takeTrial(phone, page, seen) {
  await phone.press('bot-menu-btn-trial');
  await phone.press('bot-trial-offer-btn-start');
  const link = page.locator('[role="log"] .code').filter({ hasText: /^\s*https?:/ }).last();
  await phone.waitFor('the trial', async () => (await link.isVisible()) || (await phone.text()).includes('🎉'));
  if (!(await link.isVisible())) await phone.press('bot-menu-btn-connect');
  await phone.waitFor('the subscription link', () => link.isVisible());
  const subscription = plain(await link.innerText());
  await seen('phone-config');

  const links = await linksOf(page.context().request, subscription);
  assert.ok(links.some((entry) => entry.startsWith('vless://')), 'the subscription has a VLESS link');
  links.filter((entry) => entry.startsWith('vless://')).forEach(assertVless);

  await phone.press('bot-config-btn-qr');
  const picture = page.locator('[role="log"] img').last();
  await phone.waitFor('the QR code', () => picture.isVisible());
  assert.equal(await readQr(page, picture), subscription, 'the QR code is the subscription URL');
  await seen('phone-qr');
  return subscription;
}

async function buyMonth(phone, page, subscription, seen) {
  const request = page.context().request;
  const before = await expiryOf(request, subscription);
  await phone.say('/buy');
  // The shortest plan stands first.
  await phone.pressFirst('bot-buy-plans-btn-plan');
  await phone.press('bot-pay-summary-btn-pay');
  // A shop with one way to pay does not ask which.
  const open = await phone.waitForKey('bot-pay-open-btn-pay', 'bot-pay-methods-btn-test');
  if ((await open.getAttribute('href')) === null) await phone.press('bot-pay-methods-btn-test');
  const payment = await phone.waitForKey('bot-pay-open-btn-pay');
  await payByCard(page, await payment.getAttribute('href'));
  const after = await phone.waitFor('the expiry moves on the panel', async () => {
    const now = await expiryOf(request, subscription);
    return now === before ? null : now;
  });
  assert.equal(after - before, MONTH, 'by thirty days');
  await phone.waitFor('the bot says so', async () => (await phone.text()).includes('🎉'));
  await seen('phone-bought');
}

/** The month goes back as it came: the seller presses, the panel and the bot follow. */
async function refundOrder(phone, page, device, subscription, seen) {
  const preview = page.url();
  const before = await expiryOf(page.context().request, subscription);
  await page.goto(new URL(preview).pathname.replace(/preview$/, 'methods'));
  await seen('methods');
  await follow(page, new URL(page.url()).pathname + '/test');
  await seen('method');
  await page.goto(new URL(preview).pathname.replace(/preview$/, 'promos'));
  await seen('promos');
  await page.goto(new URL(preview).pathname.replace(/preview$/, 'promos/new'));
  await seen('promo-new');
  await page.fill('input[name="value"]', '20');
  await act(page, 'save');
  await seen('promo');
  await page.goto(new URL(preview).pathname.replace(/preview$/, 'orders'));
  await seen('orders');
  await send(page, page.locator('a[href*="/orders/"]:visible').first());
  await seen('order');
  await page.locator('details:has(button[value="refund"]) > summary').click();
  await page.fill('input[name="reason"]', 'asked nicely');
  await seen('order-refund');
  await act(page, 'refund');
  const back = textPattern(device.locale, 'web-order-state-refunded');
  const done = page.locator('#order .tag').first().filter({ hasText: back });
  await until(page, device.javaScript, 'the order is refunded', () => done.isVisible());
  await seen('order-refunded');
  await until(page, device.javaScript, 'the expiry moves back', async () =>
    before - (await expiryOf(page.context().request, subscription)) === MONTH);
  await page.goto(preview);
  await phone.waitFor('the bot says so', async () => (await phone.text()).includes('↩️'));
  await seen('phone-refunded');
}

/** From the phone's page: the panel gets a limit, and holds what was sold. */
async function comparePanel(page, device, seen) {
  const panels = new URL(page.url()).pathname.replace(/preview$/, 'panels');
  await page.goto(`${panels}/new`);
  await seen('panels-new');
  await page.goto(panels);
  await seen('panels');
  await send(page, page.locator(`a[href^="${panels}/"]:not([href$="/new"]):visible`).first());
  await page.fill('input[name="capacity"]', '500');
  await act(page, 'save');
  await seen('panels-saved');
  await act(page, 'compare');
  const same = page.getByText(textPattern(device.locale, 'web-panel-same'));
  await until(page, device.javaScript, 'the panel is compared', () => same.isVisible());
  await seen('panels-compared');
}

async function payByCard(page, address) {
  const card = await page.context().newPage();
  await card.goto(address);
  assert.notEqual(new URL(card.url()).origin, new URL(page.url()).origin, 'the card page is elsewhere');
  await card.locator('button[name="act"][value="pay"]').waitFor();
  await act(card, 'pay');
  await card.close();
}
