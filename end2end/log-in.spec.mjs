// Signing up, out and in, on each kind of address a sandbox is reached by. Browsers keep a `Secure`
// cookie on loopback and drop it on other plain-http addresses.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { LAN, base, closeBrowser, visit } from './lib/browser.mjs';
import { submit } from './lib/page.mjs';

const { port } = new URL(base);
// Said by the browser about plain http; there is nothing to mend in a sandbox on a network.
const allowed = [/Cross-Origin-Opener-Policy header has been ignored/];

after(closeBrowser);

for (const host of ['127.0.0.1', 'localhost', LAN]) {
  for (const javaScript of [true, false]) {
    const name = `log-in-${host}${javaScript ? '' : '-no-js'}`;
    test(`people sign up, out and in on ${host}, JavaScript ${javaScript ? 'on' : 'off'}`, () =>
      visit({ name, javaScript, allowed: host === LAN ? allowed : [] }, async (page) => {
        const origin = `http://${host}:${port}`;
        const email = `${name.replaceAll('.', '-')}@shop.example`;
        await page.goto(`${origin}/signup`);
        await fill(page, email, 'a long enough password');
        await submit(page, '/signup');
        await page.waitForURL(`${origin}/start/**`);

        await submit(page, '/logout');
        await page.goto(`${origin}/start/shop`);
        assert.match(new URL(page.url()).pathname, /^\/(login|signup)$/, 'signed out is signed out');

        await page.goto(`${origin}/login`);
        await fill(page, email, 'not the password');
        await submit(page, '/login');
        assert.equal(new URL(page.url()).pathname, '/login');
        assert.equal(await page.inputValue('input[name="email"]'), email, 'what was typed is kept');
        assert.equal(await page.inputValue('input[name="password"]'), '', 'but no secret');

        await fill(page, email, 'a long enough password');
        await submit(page, '/login');
        assert.match(new URL(page.url()).pathname, /^\/(start|app)/, 'signed in');
      }),
    );
  }
}

async function fill(page, email, password) {
  await page.fill('input[name="email"]', email);
  await page.fill('input[name="password"]', password);
}
