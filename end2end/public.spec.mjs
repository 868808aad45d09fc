// The pages anybody sees, in each language and both themes.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { closeBrowser, takePicture, visit } from './lib/browser.mjs';
import { assertAccessible, assertFits, assertLanguage } from './lib/checks.mjs';
import { send } from './lib/page.mjs';

const PAGES = { landing: '/', yearly: '/?cycle=year', signup: '/signup', login: '/login', missing: '/no-such-page' };

after(closeBrowser);

for (const locale of ['en', 'fa', 'ru']) {
  for (const dark of [false, true]) {
    const name = `public-${locale}-${dark ? 'dark' : 'light'}`;
    test(`public pages hold in ${locale}, ${dark ? 'dark' : 'light'}`, () =>
      visit({ name, locale, dark, width: 360, height: 740, allowed: [/^status 404: .*no-such-page$/] }, async (page) => {
        for (const [what, address] of Object.entries(PAGES)) {
          const answer = await page.goto(address);
          assert.equal(answer.status(), what === 'missing' ? 404 : 200);
          await assertLanguage(page, locale);
          await takePicture(page, `${name}-${what}`);
          await assertFits(page, what);
          await assertAccessible(page, what);
        }
      }),
    );
  }
}

test('a reader chooses language and theme without JavaScript, and the choice stays', () =>
  visit({ name: 'switches', javaScript: false }, async (page) => {
    await page.goto('/login');
    await page.locator('details:has(form[action="/lang/fa"]) summary').first().click();
    await send(page, page.locator('details[open] form[action="/lang/fa"] button'));
    await assertLanguage(page, 'fa');
    assert.equal(new URL(page.url()).pathname, '/login', 'the reader stays on the page');
    await send(page, page.locator('form[action="/theme"] button[value="dark"]').first());
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    await page.goto('/');
    await assertLanguage(page, 'fa');
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  }));
