// Coming in, being seen only what one may see, the first page, another day.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, PHONE, WALL, ROOT, enter, office, page, picture, sideways, state } from './harness.mjs';
import { person } from './find.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

test('a wrong password is told, and what was typed is kept', async () => {
  const p = await page(site);
  await p.goto('/login');
  await p.fill('input[name=name]', 'zuzhi');
  await p.fill('input[name=password]', '不对');
  await p.press('input[name=password]', 'Enter');
  await p.waitForLoadState();
  assert.match(await p.textContent('main'), /账号|密码/);
  assert.equal(await p.inputValue('input[name=name]'), 'zuzhi');
  await p.context().close();
});

test('the first page tells what waits and what expires, and each figure opens its rows', async () => {
  const p = await page(site);
  await enter(p);
  const main = await p.textContent('main');
  assert.match(main, /等您办理/);
  assert.match(main, /九十天内到期/);
  assert.match(main, /孙丽华|到龄/);
  const figure = p.locator('main a[href*="/ledgers/new"]').first();
  const shown = (await figure.textContent()).replace(/\D/g, '');
  await figure.click();
  await p.waitForLoadState();
  assert.equal((await p.textContent('.ledger-count')).replace(/\D/g, ''), shown);
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});

test('a unit officer finds nobody outside the unit, and the person recorded only oneself', async () => {
  const p = await page(site);
  await enter(p);
  const stranger = await person(p, '王建国');
  const own = await person(p, '李明');
  await p.context().close();

  const unit = await page(site);
  await enter(unit, 'renshi');
  assert.equal((await unit.goto(`/officials/${own}`)).status(), 200);
  assert.equal((await unit.goto(`/officials/${stranger}`)).status(), 404, 'a stranger is not found, not forbidden');
  const roster = await unit.goto('/ledgers/roster');
  assert.equal(roster.status(), 200);
  assert.doesNotMatch(await unit.textContent('main'), /王建国/);
  assert.notEqual((await unit.goto('/imports')).status(), 200, 'importing is the department’s');
  await unit.context().close();

  const self = await page(site);
  await enter(self, 'liming');
  assert.match(await self.textContent('main'), /李明/);
  assert.notEqual((await self.goto(`/officials/${stranger}`)).status(), 200);
  assert.notEqual((await self.goto('/ledgers/roster')).status(), 200);
  await self.context().close();
});

test('another day is asked in every address, said across the page, and left again', async () => {
  const p = await page(site);
  await enter(p);
  const id = await person(p, '李明');
  await p.goto(`/officials/${id}?as_of=2022-03-01`);
  const then = await p.textContent('main');
  assert.match(await p.textContent('body'), /2022-03-01|2022年3月1日/);
  assert.doesNotMatch(then.slice(0, 400), /青云镇副镇长\s*2023/);
  assert.match(then, /青云镇农业综合服务中心主任/);
  await p.goto(`/officials/${id}`);
  assert.match(await p.textContent('main'), /青云镇副镇长/);
  await p.context().close();
});

test('no page scrolls sideways or shuts anybody out, at desk, on the phone and on the wall', async () => {
  const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
  for (const viewport of [DESKTOP, PHONE, WALL]) {
    const p = await page(site, viewport);
    await p.context().addInitScript({ content: axe });
    await enter(p);
    const id = await person(p, '李明');
    await p.goto(`/officials/${id}`);
    await state(p);
    await p.goto('/ledgers/appraisal');
    await state(p);
    const pages = ['/', `/officials/${id}`, `/officials/${id}/edit`, `/officials/${id}/records`, `/officials/${id}/history`, '/officials/new', '/organisations/new', '/organisations/2', '/organisations/2/edit?verb=change', '/posts/1', '/posts/1/edit?verb=change', '/organisations', '/ledgers', '/ledgers/roster', '/ledgers/appraisal',
      '/ledgers/seats', '/imports', '/procedures', '/procedures/new', '/examine', '/institutions', '/institutions/selection', '/facts', '/access', '/tickets', '/tickets/new'];
    for (const path of pages) {
      const answer = await p.goto(path);
      assert.equal(answer.status(), 200, path);
      assert.ok(await sideways(p) <= 0, `${path} at ${viewport.width}: scrolls sideways`);
      const found = await p.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
        .filter((v) => v.impact === 'serious' || v.impact === 'critical')
        .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`));
      assert.deepEqual(found, [], `${path} at ${viewport.width}`);
      await picture(p, `${path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home'}-${viewport.width}`);
    }
    assert.deepEqual(p.accidents, []);
    await p.context().close();
  }
});

test('what is protected is folded until a purpose is stated, and the auditor finds the look', async () => {
  for (const viewport of [DESKTOP, PHONE]) {
    const p = await page(site, viewport);
    await enter(p);
    const id = await person(p, '王建国');
    await p.goto(`/officials/${id}`);
    assert.doesNotMatch(await p.textContent('main'), /990000/);
    assert.match(await p.textContent('.access'), /会被记录/);
    await picture(p, `official-folded-${viewport.width}`);
    assert.ok(await sideways(p) <= 0);
    await state(p, 'appointment');
    assert.match(await p.textContent('main'), /家庭主要成员/);
    assert.equal(await p.locator('.access').count(), 0);
    assert.deepEqual(p.accidents, []);
    await p.context().close();
  }
  const audit = await page(site);
  await enter(audit, 'shenji');
  await audit.goto('/journal');
  assert.match(await audit.textContent('main'), /查阅1 人的|查阅/);
  assert.equal((await audit.goto('/ledgers/roster')).status(), 404);
  await audit.context().close();
});

test('two persons open an account: one asks, the other agrees', async () => {
  const asks = await page(site);
  await enter(asks, 'anquan');
  await asks.goto('/accounts/new');
  for (const [field, text] of [['name', 'xinren'], ['shown', '组织部 新人'], ['password', 'a-first-password-2026'], ['reason', '调入组织部']]) await asks.fill(`#${field}`, text);
  await asks.selectOption('#role', 'officer');
  await asks.locator('button', { hasText: '提请批准' }).click();
  await asks.waitForURL(/\/accounts\/\d+/);
  assert.match(await asks.textContent('main'), /待批准/);
  const head = await page(site, PHONE);
  await enter(head, 'buzhang');
  await head.goto('/accounts');
  assert.ok(await sideways(head) <= 0);
  await picture(head, 'accounts-360');
  await head.locator('button', { hasText: /^同意$/ }).first().click();
  await head.waitForLoadState();
  assert.match(await head.textContent('main'), /组织部 新人/);
  for (const p of [asks, head]) { assert.deepEqual(p.accidents, []); await p.context().close(); }
});
