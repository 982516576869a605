// 积分: a secretary writes down what was earned and gives a voucher; two tills take it at once and one of them only.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, PHONE, ROOT, enter, office, page, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const press = (p, name) => Promise.all([p.waitForEvent('load'), p.getByRole('button', { name, exact: true }).click()]);

async function open(p) {
  const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
  assert.ok(await sideways(p) <= 0, 'scrolls sideways');
  if (!await p.evaluate(() => 'axe' in globalThis)) await (await p.context().newCDPSession(p)).send('Runtime.evaluate', { expression: axe });
  const found = await p.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`));
  assert.deepEqual(found, []);
}

for (const [name, size] of [['desk', DESKTOP], ['telephone', PHONE]]) {
  test(`points are earned, spent once, and the same voucher twice at once is refused (${name})`, async () => {
    const p = await page(site, size);
    await enter(p, 'zhishu');
    await p.goto('/party');
    await p.goto(await p.locator('.branch-tree a', { hasText: '大王庄' }).first().getAttribute('href'));
    await p.goto(await p.locator('a[href^="/party/members/"]').nth(size === PHONE ? 1 : 0).getAttribute('href'));
    const member = await p.textContent('h1');
    const balance = async () => Number((await p.locator('h2', { hasText: '积分' }).textContent()).match(/现有 (-?\d+)/)[1]);
    const before = await balance();
    // What is not listed cannot be written down; what the month does not allow is refused with the article, and kept.
    const earn = async (item, on) => {
      const form = p.locator('form[action$="/points"]');
      const wanted = await form.locator('select[name=item] option', { hasText: item }).getAttribute('value');
      await form.locator('select[name=item]').selectOption(wanted);
      await form.locator('input[name=done]').fill(on);
      await press(p, '登记得分');
    };
    assert.equal(await p.locator('input[name=points], input[name=reason], input[name=partner]').count(), 0, 'nothing is typed freely');
    await earn('清洁家园', '2026-11-08');
    await earn('清洁家园', '2026-11-15');
    assert.equal(await balance(), before + 60);
    await earn('清洁家园', '2026-11-21');
    assert.match(await p.textContent('.error-summary'), /当月至多 60 分，已有 60 分.*积分管理办法/s);
    assert.equal(await p.inputValue('input[name=done]'), '2026-11-21');
    assert.match(await p.locator('select[name=item] option:checked').textContent(), /清洁家园/);
    await open(p);
    // One of them was not held: taken back, and it counts no more.
    const line = p.locator('tr', { hasText: '2026-11-08' }).filter({ hasText: '撤回' }).first();
    await line.locator('summary').click();
    await line.locator('input[name=why]').fill('下雨改期');
    await Promise.all([p.waitForEvent('load'), line.getByRole('button', { name: '撤回这一笔' }).click()]);
    assert.equal(await balance(), before + 30);
    const goods = p.locator('form[action$="/vouchers"]');
    await goods.locator('select[name=goods]').selectOption(await goods.locator('option', { hasText: '日用品' }).getAttribute('value'));
    await press(p, '兑换');
    assert.equal(await balance(), before + 10);
    const code = (await p.textContent('main')).match(/兑换券号 (\w+)/)[1];
    await open(p);

    const tills = [await page(site, size), await page(site, size)];
    for (const till of tills) {
      await enter(till, 'shequ');
      await till.goto(`/vouchers/${code}`);
      assert.match(await till.textContent('main'), /可以使用/);
      assert.ok(!(await till.textContent('body')).includes(member), 'the shop does not see whose it is');
      await open(till);
    }
    await Promise.all(tills.map((till) => press(till, '核销这张券')));
    const said = await Promise.all(tills.map((till) => till.textContent('main')));
    assert.equal(said.filter((s) => /没有核销/.test(s)).length, 1, `one is refused: ${said}`);
    await tills[0].goto(`/vouchers/${code}`);
    assert.match(await tills[0].textContent('main'), /已用/);
    for (const q of [p, ...tills]) { assert.deepEqual(q.accidents, []); await q.context().close(); }
  });
}
