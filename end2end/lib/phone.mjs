// The phone beside the overview: a chat with the shop's bot, as its user would hold it.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import { until } from './page.mjs';
import { plain, textPattern } from './texts.mjs';

export class Phone {
  constructor(page, { javaScript, locale }) {
    this.page = page;
    this.javaScript = javaScript;
    this.locale = locale;
    this.log = page.locator('[role="log"]').last();
  }

  /** Types a message and sends it. */
  async say(text) {
    const input = this.page.locator('input[name="text"]').first();
    await input.fill(text);
    await this.changes(() => input.press('Enter'));
  }

  /** Presses the newest key with this text of the catalogue. */
  async press(id) {
    const key = await this.waitForKey(id);
    await this.changes(() => key.click());
  }

  /** The newest key with one of these texts, once it is there. */
  waitForKey(...ids) {
    return until(this.page, this.javaScript, `a key "${ids.join('" or "')}"`, async () => {
      for (const id of ids) {
        const key = await this.find(id);
        if (key) return key;
      }
      return null;
    });
  }

  /** The newest key with this text, or null. */
  find(id) {
    return this.key(textPattern(this.locale, id));
  }

  /** The newest key whose label matches, or null. */
  async key(pattern) {
    const keys = this.log.locator('.kb :is(button, a)');
    for (let index = (await keys.count()) - 1; index >= 0; index -= 1) {
      if (pattern.test(plain(await keys.nth(index).innerText()))) return keys.nth(index);
    }
    return null;
  }

  /** Presses the first key of the newest keyboard that has this text. */
  async pressFirst(id) {
    await this.waitForKey(id);
    const label = textPattern(this.locale, id);
    const keys = this.log.locator('.kb').last().locator('button');
    for (let index = 0; index < (await keys.count()); index += 1) {
      if (label.test(plain(await keys.nth(index).innerText()))) {
        await this.changes(() => keys.nth(index).click());
        return;
      }
    }
    assert.fail(`the newest keyboard has no key "${id}"`);
  }

  /** Something in the conversation, once it is there. */
  waitFor(what, holds) {
    return until(this.page, this.javaScript, what, holds);
  }

  /** All that was said so far. */
  async text() {
    return plain(await this.log.innerText());
  }

  /** Does something and waits until the conversation shows it. */
  async changes(work) {
    if (!this.javaScript) {
      await Promise.all([this.page.waitForEvent('domcontentloaded'), work()]);
      return;
    }
    const before = await this.log.innerHTML();
    await work();
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await this.log.innerHTML()) !== before) return;
      await sleep(100);
    }
    assert.fail('the conversation does not move');
  }
}
