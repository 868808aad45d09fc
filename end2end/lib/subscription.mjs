// What a VPN client gets from the panel behind a subscription URL.

import assert from 'node:assert/strict';

/** The VLESS links of a subscription: base64 of one link per line, as clients fetch it. */
export async function linksOf(request, url) {
  const answer = await request.get(url, { headers: { 'user-agent': 'v2rayNG/1.9.5', accept: '*/*' } });
  assert.equal(answer.status(), 200, `${url} is served`);
  return Buffer.from(await answer.text(), 'base64').toString('utf8').split('\n').filter(Boolean);
}

/** When the account expires, in seconds since 1970, as apps are told beside the links. */
export async function expiryOf(request, url) {
  const answer = await request.get(url, { headers: { 'user-agent': 'v2rayNG/1.9.5', accept: '*/*' } });
  assert.equal(answer.status(), 200, `${url} is served`);
  const told = answer.headers()['subscription-userinfo'] ?? '';
  return Number(/expire=(\d+)/.exec(told)?.[1]);
}

/** Fails when `link` is no VLESS link that a client could use. */
export function assertVless(link) {
  const url = new URL(link);
  assert.equal(url.protocol, 'vless:');
  assert.match(url.username, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'an account id');
  assert.ok(url.hostname, 'a server');
  assert.ok(Number(url.port) > 0, 'a port');
  assert.ok(url.searchParams.get('type'), 'a transport');
}
