// Reads a QR code from a picture the way a phone would, from its pixels.

import assert from 'node:assert/strict';

import jsqr from 'jsqr';

const decode = jsqr.default ?? jsqr;

/** The text in the QR code that `image` shows. */
export async function readQr(page, image) {
  const address = new URL(await image.getAttribute('src'), page.url()).href;
  const answer = await page.context().request.get(address);
  assert.equal(answer.status(), 200, `${address} is served`);
  assert.match(answer.headers()['content-type'], /^image\/png/);
  const { width, height, pixels } = await pixelsOf(page, await answer.body());
  const found = decode(new Uint8ClampedArray(Buffer.from(pixels, 'base64')), width, height);
  assert.ok(found, `${address} shows a QR code`);
  return found.data;
}

// The browser is the PNG decoder; in a page of its own, because the tested one may have JavaScript
// switched off and has a policy that forbids pictures from data.
async function pixelsOf(page, png) {
  const context = await page.context().browser().newContext();
  try {
    const blank = await context.newPage();
    return await blank.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const pen = canvas.getContext('2d');
      pen.drawImage(image, 0, 0);
      const bytes = pen.getImageData(0, 0, image.width, image.height).data;
      let text = '';
      for (let at = 0; at < bytes.length; at += 32_768) {
        text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
      }
      return { width: image.width, height: image.height, pixels: btoa(text) };
    }, png.toString('base64'));
  } finally {
    await context.close();
  }
}
