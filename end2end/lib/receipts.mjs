// From card to card: the buyer sends a receipt on the phone, the seller compares and approves it.

import { act, send, until } from './page.mjs';
import { textPattern } from './texts.mjs';

/** From the phone's page and back to it; the shop has another way to pay besides. */
export async function sellByCard(phone, page, device, seen) {
  const preview = new URL(page.url()).pathname;
  await setUpCard(page, preview.replace(/preview$/, 'methods'), seen);
  await page.goto(preview);
  await sendReceipt(phone, page, seen);
  await approve(page, device, preview.replace(/preview$/, 'orders'), seen);
  await page.goto(preview);
  await phone.waitFor('the bot says so', async () => (await phone.text()).split('🔎').at(-1).includes('✅'));
  await seen('phone-card-bought');
}

async function setUpCard(page, methods, seen) {
  await page.goto(`${methods}/card`);
  await page.fill('input[name="number"]', '6037 9912 3456 7894');
  await page.fill('input[name="holder"]', 'سارا رضایی');
  await act(page, 'save');
  await page.locator('#number-error').waitFor();
  await seen('card-refused');
  await page.fill('input[name="number"]', '۶۰۳۷ ۹۹۱۲ ۳۴۵۶ ۷۸۹۳');
  await page.fill('input[name="holder"]', 'سارا رضایی');
  await act(page, 'save');
  await seen('card-method');
  await page.goto(methods);
  await send(page, page.locator('form[action$="/methods/card"] button[value="on"]'));
}

async function sendReceipt(phone, page, seen) {
  await phone.say('/buy');
  await phone.pressFirst('bot-buy-plans-btn-plan');
  await phone.press('bot-pay-summary-btn-pay');
  await phone.press('bot-pay-methods-btn-card');
  await phone.waitForKey('bot-card-btn-send');
  await seen('phone-card');
  await phone.press('bot-card-btn-send');
  await send(page, page.locator('form[action$="/preview/picture"]:has(input[name="sample"]) button'));
  await phone.waitFor('a person looks at it', async () => (await phone.text()).includes('🔎'));
  await seen('phone-receipt');
}

async function approve(page, device, orders, seen) {
  await page.goto(orders);
  await seen('orders-review');
  await send(page, page.locator('#orders .note a.btn'));
  const picture = page.locator('img[src*="/receipt/"]');
  await until(page, device.javaScript, 'the picture is here', () => picture.isVisible());
  await seen('receipt');
  await page.locator('button[popovertarget="reject"]').first().click();
  await seen('receipt-reject');
  await page.locator('#reject button[popovertarget]').click();
  await page.locator('button[popovertarget="approve"]').first().click();
  await seen('receipt-approve');
  await act(page, 'approve');
  await page.locator('#orders tbody a').first().waitFor();
  await send(page, page.locator('#orders tbody a').first());
  const delivered = textPattern(device.locale, 'web-order-state-provisioned');
  const done = page.locator('#order .tag').first().filter({ hasText: delivered });
  await until(page, device.javaScript, 'the order is delivered', () => done.isVisible());
  await seen('receipt-approved');
}
