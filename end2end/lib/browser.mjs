// The browser under test. A visit is one person at one device: cookies of their own, and a list of
// everything that went wrong on the way, which must be empty at the end.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

export const base = process.env.BOTYARD_URL;
const out = process.env.BOTYARD_OUT;

// The sandbox of the browser needs rights that containers lack; the pages here are our own. The rest
// keeps the browser from talking to anyone but the server under test.
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * An address that browsers do not trust as they trust loopback, as a machine in the reader's network
 * has one. Set aside for documentation (RFC 5737); here it leads to this machine.
 */
export const LAN = '192.0.2.7';
FLAGS.push(`--host-resolver-rules=MAP ${LAN} 127.0.0.1`);

let launched = null;

function browser() {
  launched ??= chromium.launch({
    executablePath: process.env.BOTYARD_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
  });
  return launched;
}

/** Call it in the `after` of every spec file: an open browser keeps the process alive. */
export async function closeBrowser() {
  await (await launched)?.close();
  launched = null;
}

/**
 * Opens a page, lets `work` use it and fails when anything on the way was wrong: an error or a
 * warning in the console (a breach of the Content-Security-Policy is one), a failed request, or an
 * answer of 400 and above that `allowed` does not name.
 *
 * @param {{name: string, javaScript?: boolean, locale?: string, dark?: boolean, width?: number,
 *   height?: number, allowed?: RegExp[]}} device
 * @param {(page: import('playwright-core').Page) => Promise<void>} work
 */
export async function visit(device, work) {
  const { javaScript = true, locale = 'en', dark = false, width = 1280, height = 860, allowed = [] } = device;
  const context = await (await browser()).newContext({
    baseURL: base,
    javaScriptEnabled: javaScript,
    locale,
    colorScheme: dark ? 'dark' : 'light',
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const problems = [];
  const report = (problem) => {
    if (!allowed.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  context.on('page', (page) => watch(page, report));
  const page = await context.newPage();
  try {
    await work(page);
    if (problems.length > 0) throw new Error(`on the way:\n  ${problems.join('\n  ')}`);
  } catch (error) {
    await page.screenshot({ path: picture(`failed-${device.name}`), fullPage: true }).catch(() => {});
    error.message += `\n  at ${page.url()}`;
    if (problems.length > 0 && !error.message.startsWith('on the way')) {
      error.message += `\n  and on the way:\n  ${problems.join('\n  ')}`;
    }
    throw error;
  } finally {
    await context.close();
  }
}

function watch(page, report) {
  page.on('console', (message) => {
    // An answer of 400 and above is reported once, by its address.
    if (/^Failed to load resource/.test(message.text())) return;
    if (['error', 'warning'].includes(message.type())) report(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => report(`page error: ${error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'unknown';
    // Leaving a page ends its event stream and what it was still loading.
    if (reason !== 'net::ERR_ABORTED') report(`request failed: ${reason} ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) report(`status ${response.status()}: ${response.url()}`);
  });
}

/** The path of a picture in `end2end/out`. */
export function picture(name) {
  return join(out, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
}

/** Takes a picture of the whole page as it lies there. */
export async function takePicture(page, name) {
  const path = picture(name);
  await rm(path, { force: true });
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
}
