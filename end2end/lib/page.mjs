// What people do on a page, in the words of the pages' contract: field names and `act` values.

import { setTimeout as sleep } from 'node:timers/promises';

const SOON = 30_000;

/** Sends the form that `button` belongs to and waits for the page that answers. */
export async function send(page, button) {
  await Promise.all([page.waitForEvent('domcontentloaded'), button.click()]);
}

/** Presses the button with this `act`. */
export function act(page, value) {
  return send(page, page.locator(`button[name="act"][value="${value}"]`).first());
}

/** Sends the form with this address by its own button. */
export function submit(page, action) {
  return send(page, page.locator(`form[action="${action}"] button:not([type="button"])`).last());
}

/** Waits until the page with this path is there, whatever its query. */
export function arrive(page, path, timeout = 15_000) {
  return page.waitForURL((url) => url.pathname === path, { waitUntil: 'domcontentloaded', timeout });
}

/** Whether the page with this path is there. */
export function isAt(page, path) {
  return new URL(page.url()).pathname === path;
}

/** Follows a link. */
export function follow(page, href) {
  return send(page, page.locator(`a[href="${href}"]:visible`).first());
}

/**
 * Waits until `holds` answers something. With JavaScript the page must bring itself up to date;
 * without, the reader reloads it.
 */
export async function until(page, javaScript, what, holds) {
  const late = Date.now() + SOON;
  while (Date.now() < late) {
    const found = await holds().catch(() => null);
    if (found) return found;
    await sleep(javaScript ? 100 : 700);
    // It may be leaving by itself at this moment.
    if (!javaScript) await page.reload().catch(() => {});
  }
  throw new Error(`${what}: not after ${SOON / 1000} s`);
}
