// 名册: a community keeps its team, chooses it for an activity, sees its telephone only when it asks and takes it off; the
// office has the list.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, PHONE, ROOT, enter, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(1500); });
after(async () => { await site?.close(); });

const press = (p, name) => Promise.all([p.waitForEvent('load'), p.getByRole('button', { name, exact: true }).click()]);

async function sound(p) {
  const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
  assert.ok(await sideways(p) <= 0, `${p.url()} scrolls sideways`);
  if (!await p.evaluate(() => 'axe' in globalThis)) await (await p.context().newCDPSession(p)).send('Runtime.evaluate', { expression: axe });
  const found = await p.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`));
  assert.deepEqual(found, []);
}

for (const [name, size] of [['desk', DESKTOP], ['telephone', PHONE]]) {
  test(`a team is registered, chosen for an activity, changed and taken back (${name})`, async () => {
    const p = await page(site, size);
    const team = `邻里修修${name === 'desk' ? '一' : '二'}队`;
    await enter(p, 'shequ');
    await p.goto('/registers');
    await p.getByRole('link', { name: '志愿服务队名册' }).click();
    const own = await p.locator('table tbody td:nth-child(5)').allTextContents();
    assert.ok(own.length >= 2 && own.every((unit) => unit.includes('滨河社区')), 'a community sees its own teams');
    await sound(p);
    // Refused with what was typed, then right.
    await p.fill('[id="f-name"]', team);
    await p.fill('[id="f-does"]', '家电维修');
    await p.fill('[id="f-phone"]', '13800000000');
    await press(p, '登记');
    assert.match(await p.textContent('.error-summary'), /没有填写“队长”.*志愿服务管理办法/s);
    assert.equal(await p.inputValue('[id="f-name"]'), team);
    await p.fill('[id="f-lead"]', '赵强');
    await p.fill('#from', '2026-11-01');
    await press(p, '登记');
    assert.ok((await p.textContent('table')).includes(team));
    assert.ok(!(await p.textContent('body')).includes('13800000000'), 'the telephone is not shown before it is asked for');
    await sound(p);
    await picture(p, `register-${name}`);
    await p.getByRole('link', { name: '查看电话' }).click();
    assert.match(await p.textContent('main'), /13800000000/);
    assert.match(await p.textContent('main'), /已经记入日志/);
    await sound(p);

    await p.getByRole('link', { name: team }).click();
    await p.fill('[id="f-people"]', '15');
    await p.fill('#from', '2026-11-10');
    await press(p, '变更');
    assert.match(await p.textContent('.facts-of'), /15/);
    await p.getByText('登记错了，撤回最后一次').click();
    await p.fill('#because', '人数记错');
    await press(p, '撤回');
    assert.doesNotMatch(await p.textContent('.facts-of'), /15/);
    assert.match(await p.textContent('main'), /撤回服务队.*人数记错/);
    await sound(p);
    await picture(p, `register-entry-${name}`);

    // The captain's telephone is taken off; what was on record until then stays with those who look back.
    await p.getByLabel('去掉已登记的队长电话').check();
    await p.fill('[id="f-phone"]', '13811111111');
    await press(p, '变更');
    assert.match(await p.textContent('.error-summary'), /既填了新的，又要去掉/);
    assert.ok(await p.getByLabel('去掉已登记的队长电话').isChecked(), 'what was ticked stays ticked');
    await p.fill('[id="f-phone"]', '');
    await press(p, '变更');
    assert.match(await p.textContent('main'), /变更服务队[^，]*，去掉队长电话/);
    await p.goto('/registers/volunteering/teams/contacts');
    assert.ok(!(await p.locator('tr', { hasText: team }).textContent()).includes('13800000000'));

    await p.goto('/matters');
    const activity = p.locator('section', { hasText: '志愿服务队的活动' }).locator('form[action="/matters"]');
    await activity.locator('input[name=unit]').fill('青云镇滨河社区');
    await activity.locator('input[name=title]').fill(`${team}修灯日`);
    await Promise.all([p.waitForEvent('load'), activity.getByRole('button', { name: '提出' }).click()]);
    await p.locator('[id="f-team"]').selectOption(team);
    await p.fill('[id="f-what"]', '修灯');
    await p.fill('[id="f-when"]', '2026-11-28');
    await p.fill('[id="f-wanted"]', '8');
    await press(p, '完成“发布活动”');
    assert.match(await p.textContent('main'), new RegExp(`服务队：${team}`));

    const officer = await page(site, size);
    await enter(officer);
    await officer.goto('/registers/volunteering/teams');
    assert.ok((await officer.textContent('table')).includes(team));
    await sound(officer);
    const file = await officer.request.get('/registers/volunteering/teams/export?format=csv');
    assert.equal(file.status(), 200);
    const text = await file.text();
    assert.ok(text.includes(team.slice(0, 4)) && !text.includes('13800000000'), text);
    for (const q of [p, officer]) { assert.deepEqual(q.accidents, []); await q.context().close(); }
  });
}
