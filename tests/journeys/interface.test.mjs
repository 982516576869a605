// 接口: a token is made and used, another system is told of a change, and the pages of both.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, PHONE, WALL, ROOT, enter, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(300); });
after(async () => { await site?.close(); });

const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
async function sound(p, path, width) {
  assert.ok(await sideways(p) <= 0, `${path} at ${width}: scrolls sideways`);
  const found = await p.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`));
  assert.deepEqual(found, [], `${path} at ${width}`);
  await picture(p, `interface-${path.replace(/\W+/g, '-').replace(/^-|-$/g, '')}-${width}`);
}

const until = async (what, patience = 15000) => {
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((r) => setTimeout(r, 100))) if (await what()) return;
  assert.fail('nothing came');
};

test('a token made on the page changes a record, and another system is told of it, signed', async () => {
  const came = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => { came.push({ headers: request.headers, body }); response.writeHead(came.length === 1 ? 503 : 204).end(); });
  });
  await new Promise((ready) => receiver.listen(0, '127.0.0.1', ready));
  const admin = await page(site);
  await enter(admin, 'xitong');
  await admin.goto('/hooks');
  await admin.fill('#name', '工资系统：任免后取花名册');
  await admin.fill('#address', 'http://oa.example/hook');
  await admin.click('main form.form button.is-main');
  await admin.waitForLoadState();
  assert.match(await admin.textContent('main'), /要加密/);
  assert.equal(await admin.inputValue('#name'), '工资系统：任免后取花名册');
  await admin.fill('#address', `http://127.0.0.1:${receiver.address().port}/in`);
  await admin.check('input[name=kind][value=person]');
  await admin.click('main form.form button.is-main');
  await admin.waitForLoadState();
  const secret = (await admin.textContent('code.secret')).trim();

  const p = await page(site);
  await enter(p);
  await p.goto('/account');
  await p.click('a[href="/account/tokens"]');
  await p.waitForLoadState();
  await p.fill('#name', '人社系统每晚取花名册');
  await p.selectOption('#scope', 'write');
  await p.click('main form.form button.is-main');
  await p.waitForLoadState();
  const token = (await p.textContent('code.secret')).trim();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const me = await (await fetch(`${site.address}/api/v1/me`, { headers })).json();
  assert.equal(me.scope, 'write');
  const person = await fetch(`${site.address}/api/v1/people/2`, { headers });
  const changed = await fetch(`${site.address}/api/v1/people/2`, {
    method: 'PATCH', body: JSON.stringify({ speciality: '水利工程' }),
    headers: { ...headers, 'if-match': person.headers.get('etag'), 'idempotency-key': 'a-key' },
  });
  assert.equal(changed.status, 200, await changed.clone().text());

  await until(() => came.length >= 1);
  await admin.goto('/hooks');
  assert.match(await admin.textContent('main'), /对方答复 503/);
  await admin.click('table a');
  await admin.waitForLoadState();
  await admin.locator('button', { hasText: '现在再送' }).click();
  await admin.waitForLoadState();
  await until(() => came.length >= 2);
  const { headers: told, body } = came[1];
  assert.equal(told['webhook-id'], came[0].headers['webhook-id']);
  const mine = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(`${told['webhook-id']}.${told['webhook-timestamp']}.${body}`).digest('base64');
  assert.equal(told['webhook-signature'], `v1,${mine}`, 'as the handbook of integrators says');
  assert.deepEqual(Object.keys(JSON.parse(body).data), ['entry', 'subject', 'id']);
  await until(async () => { await admin.reload(); return /已送到/.test(await admin.textContent('main')); });
  receiver.close();

  await p.goto('/account/tokens');
  await p.locator('button', { hasText: '作废' }).click();
  await p.waitForLoadState();
  assert.equal((await fetch(`${site.address}/api/v1/me`, { headers })).status, 401);
  for (const viewport of [DESKTOP, PHONE, WALL]) {
    for (const [seat, name, paths] of [[p, 'zuzhi', ['/interface', '/account/tokens', '/account']], [admin, 'xitong', ['/hooks', '/hooks/1']]]) {
      const look = await seat.context().newPage();
      await look.addInitScript({ content: axe });
      await look.setViewportSize(viewport);
      for (const path of paths) {
        assert.equal((await look.goto(path)).status(), 200, `${name} ${path}`);
        await sound(look, path, viewport.width);
      }
      await look.close();
    }
  }
  assert.deepEqual([...p.accidents, ...admin.accidents], []);
  await p.context().close();
  await admin.context().close();
});
