// The door: a phone is set up and used, a passkey made and used, a session ended from elsewhere, an export asked once more.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, PASSWORD, PHONE, ROOT, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => {
  site = await office(300);
  // Passkeys are bound to a name; the number of this machine is none.
  site.address = site.address.replace('127.0.0.1', 'localhost');
});
after(async () => { await site?.close(); });

/** What a phone with this key shows at a moment. */
function code(written, seconds = Date.now() / 1000) {
  const bits = [...written.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const sum = createHmac('sha1', key).update(step).digest();
  return String((sum.readUInt32BE(sum[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function password(p, name) {
  await p.goto('/login');
  await p.fill('input[name=name]', name);
  await p.fill('input[name=password]', PASSWORD);
  await Promise.all([p.waitForURL((url) => url.pathname !== '/login'), p.press('input[name=password]', 'Enter')]);
}

async function leave(p) {
  await p.click('.top-mine summary:has(.top-who)');
  await Promise.all([p.waitForURL('**/login'), p.click('text=退出登录')]);
}

/** A security key of the browser's own, that says yes. */
async function authenticator(p) {
  const devtools = await p.context().newCDPSession(p);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

async function looked(p, name) {
  const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
  const before = p.viewportSize();
  for (const viewport of [DESKTOP, PHONE]) {
    await p.setViewportSize(viewport);
    assert.ok(await sideways(p) <= 0, `${name} at ${viewport.width}: scrolls sideways`);
    await picture(p, `doors-${name}-${viewport.width}`);
  }
  await p.setViewportSize(before);
  if (!await p.evaluate(() => 'axe' in globalThis)) await (await p.context().newCDPSession(p)).send('Runtime.evaluate', { expression: axe });
  const found = await p.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`));
  assert.deepEqual(found, [], name);
}

test('a phone is set up, asked for at the next login, and a code on paper stands in for it', async () => {
  const p = await page(site);
  await p.goto('/login');
  assert.match(await p.textContent('main'), /没有要求第二因素/, 'the demonstration says what it leaves out');
  await looked(p, 'login');
  await password(p, 'zuzhi');
  await p.goto('/account');
  await looked(p, 'account');
  await p.click('text=登记第二因素');
  await looked(p, 'factors');
  await p.click('text=用手机登记');
  await p.click('summary:has-text("扫不了")');
  await looked(p, 'totp');
  const written = await p.textContent('.account-key');
  await p.fill('input[name=code]', '000000');
  await p.click('main button:has-text("登记")');
  assert.match(await p.textContent('.error-summary'), /动态码不对/);
  assert.equal(await p.textContent('.account-key'), written, 'the key on the phone stays good');
  const used = Date.now() / 1000;
  await p.fill('input[name=code]', code(written, used));
  await p.click('main button:has-text("登记")');
  const codes = await p.locator('.account-codes code').allTextContents();
  assert.equal(codes.length, 10);
  await looked(p, 'recovery');
  await p.click('text=收好了，继续');

  await leave(p);
  await password(p, 'zuzhi');
  assert.equal(new URL(p.url()).pathname, '/login/factor');
  await looked(p, 'second');
  // The step that set it up is used; the phone's next one is not.
  await p.fill('input[name=code]', code(written, used));
  await p.press('input[name=code]', 'Enter');
  assert.match(await p.textContent('.error-summary'), /已经用过/);
  await p.fill('input[name=code]', code(written, used + 30));
  await Promise.all([p.waitForURL('**/'), p.press('input[name=code]', 'Enter')]);

  await leave(p);
  await password(p, 'zuzhi');
  await p.fill('input[name=code]', codes[3].toLowerCase());
  await Promise.all([p.waitForURL('**/'), p.press('input[name=code]', 'Enter')]);
  await p.goto('/account');
  assert.match(await p.textContent('main'), /恢复码还有 9 个/);
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});

test('a passkey is made, opens the door, and proves once more who is there', async () => {
  const p = await page(site);
  await authenticator(p);
  await password(p, 'renshi');
  await p.goto('/account/factors');
  await p.fill('#label', '办公室的电脑');
  await p.click('text=登记通行密钥');
  await p.waitForSelector('.account-codes');
  await p.click('text=收好了，继续');
  assert.match(await p.textContent('main'), /办公室的电脑\s*通行密钥/);
  await leave(p);

  await password(p, 'renshi');
  await Promise.all([p.waitForURL((url) => url.pathname === '/'), p.click('text=用通行密钥')]);
  await p.goto('/account/proof?back=/ledgers/roster');
  await looked(p, 'proof');
  await Promise.all([p.waitForURL('**/ledgers/roster'), p.click('text=用通行密钥')]);
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});

test('a session is ended from another place and is over there', async () => {
  const [here, there] = [await page(site), await page(site, PHONE)];
  await password(here, 'liming');
  await password(there, 'liming');
  await there.goto('/account');
  await here.goto('/account');
  const other = here.locator('.account-list li', { hasText: '登录（' }).filter({ hasNotText: '就是这里' });
  await other.locator('button').click();
  await here.waitForURL('**/account');
  assert.equal(await here.locator('.account-list li', { hasText: '登录（' }).count(), 1);
  await there.goto('/me');
  assert.equal(new URL(there.url()).pathname, '/login');
  assert.deepEqual([...here.accidents, ...there.accidents], []);
  await here.context().close();
  await there.context().close();
});
