// By mail as well: the user gives an address in the chat, and finds what is written to it in the sandbox's mailbox.

import assert from 'node:assert/strict';

import { send, until } from './page.mjs';
import { choicePattern, plain, textPattern } from './texts.mjs';

const CODE = /\b\d{6}\b/;

/** From the phone's page and back to it: from now on mail comes always. */
export async function askForMail(phone, page, device, seen) {
  const preview = page.url();
  await phone.say('/settings');
  await phone.press('bot-settings-btn-mail');
  await seen('phone-mail-none');
  await phone.press('bot-mail-btn-add');
  await phone.say('sara@localhost');
  await phone.waitFor('the slip is told', async () => (await phone.text()).includes('❌'));
  await seen('phone-mail-slip');
  await phone.say('sara@example.com');
  await phone.waitForKey('bot-mail-btn-again');
  await seen('phone-mail-code');
  const code = await newestCode(page, seen);
  await page.goto(preview);
  await phone.say(code);
  const always = () => phone.key(choicePattern(device.locale, 'bot-mail-btn-always'));
  const key = await phone.waitFor('the address is confirmed', always);
  await phone.changes(() => key.click());
  await seen('phone-mail');
}

/** What came since leads to a page of the shop's that switches it off. */
export async function stopMail(page, device, seen) {
  const link = page.locator('main ul > li a[rel="noreferrer"]').first();
  await waitInMailbox(page, link);
  await seen('mailbox-notice');
  await page.goto(await link.getAttribute('href'));
  await seen('mail-stop');
  await send(page, page.locator('main form button'));
  await page.getByText(textPattern(device.locale, 'web-mail-off-title')).waitFor();
  await seen('mail-stopped');
}

async function newestCode(page, seen) {
  const subject = page.locator('main ul > li h2').first();
  await waitInMailbox(page, subject);
  await seen('mailbox-code');
  const [code] = CODE.exec(plain(await subject.innerText())) ?? assert.fail('the subject has a code');
  return code;
}

/** The page has nothing live, so it is opened again until it shows what is waited for. */
async function waitInMailbox(page, wanted) {
  await page.goto('/sandbox/mail');
  await until(page, false, 'the mail is here', () => wanted.isVisible());
}
