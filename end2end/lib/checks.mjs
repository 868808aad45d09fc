// Checks that hold on every page, whatever it shows.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.0 to 2.2, A and AA, plus axe's best practices and the size of targets. Needs JavaScript. */
export async function assertAccessible(page, what) {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await globalThis.axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    });
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      places: nodes.slice(0, 3).map((node) => node.target.join(' ')),
    }));
  });
  assert.deepEqual(violations, [], `accessibility of ${what}`);
}

/** A page never scrolls sideways, from the narrowest phone on (WCAG 1.4.10). */
export async function assertFits(page, what) {
  const before = page.viewportSize();
  for (const width of [320, 360, 1280]) {
    await page.setViewportSize({ width, height: before.height });
    const { content, window, outside } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const reachesOut = (element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return left < -1 || right > clientWidth + 1 || (width > 0 && element.scrollWidth > Math.ceil(width) + 1);
      };
      const named = (element) => `<${element.localName} class="${element.getAttribute('class') ?? ''}">`;
      const found = scrollWidth > clientWidth ? [...document.querySelectorAll('body *')].filter(reachesOut) : [];
      return { content: scrollWidth, window: clientWidth, outside: found.slice(-6).map(named) };
    });
    assert.ok(content <= window, `${what} is ${content} px wide in a window of ${window} px: ${outside.join(' ')}`);
  }
  await page.setViewportSize(before);
}

/** Language and direction stand on the root element. */
export async function assertLanguage(page, locale) {
  const root = page.locator('html');
  assert.equal(await root.getAttribute('lang'), locale);
  assert.equal(await root.getAttribute('dir'), locale === 'fa' ? 'rtl' : 'ltr');
}
