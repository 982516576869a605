// 党员进出: a secretary takes a fee and writes a letter to another town; it is received there; that branch is dissolved.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, enter, office, page, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const press = (p, name) => Promise.all([p.waitForEvent('load'), p.getByRole('button', { name, exact: true }).click()]);

for (const [name, size, nth] of [['desk', DESKTOP, 0], ['telephone', PHONE, 1]]) {
  test(`a fee is paid, a membership goes to another town, a branch is dissolved and its members go on (${name})`, async () => {
    const secretary = await page(site, size);
    await enter(secretary, 'zhishu');
    await secretary.goto('/party');
    await secretary.goto(await secretary.locator('.branch-tree a', { hasText: '大王庄' }).first().getAttribute('href'));
    const member = await secretary.locator('a[href^="/party/members/"]').nth(1).getAttribute('href');
    await secretary.goto(member);
    const who = (await secretary.textContent('h1')).trim();
    await secretary.locator('form[action$="/fees"] input[name=amount]').fill('5.00');
    await press(secretary, '登记党费');
    assert.match(await secretary.textContent('main'), /今年已交：[^没]*2026-11/);
    const targets = await secretary.locator('select[name=to] option').allTextContents();
    const target = targets.filter((t) => t.includes('村党支部') && !t.includes('城关')).at(-1 - nth);
    await secretary.locator('select[name=to]').selectOption({ label: target });
    await press(secretary, '开具介绍信');
    assert.match(await secretary.textContent('main'), /待接收/);
    assert.ok(await sideways(secretary) <= 0);

    const officer = await page(site, size);
    await enter(officer, 'zuzhi');
    await officer.goto('/party');
    const receiving = await officer.locator('.branch-tree a', { hasText: target }).first().getAttribute('href');
    await officer.goto(receiving);
    assert.ok((await officer.textContent('main')).includes(who), 'the letter stands at the branch to which it was written');
    await press(officer, '接收');
    await officer.goto(member);
    assert.ok((await officer.textContent('.head')).includes(target));
    await secretary.goto(member);
    assert.match(await secretary.textContent('main'), /没有找到|不存在/, 'who went is none of the old branch');

    await officer.goto(receiving);
    await officer.getByText('撤销这个党组织').click();
    await press(officer, '撤销');
    assert.match(await officer.textContent('.error-summary'), /撤销原因/);
    await officer.locator('input[name=ending]').fill('村并入社区');
    await officer.locator('input[name=document]').fill('青组〔2026〕12号');
    const heir = (await officer.locator('select[name=heir] option').allTextContents()).find((t) => t.includes('村党支部') && t !== target);
    await officer.locator('select[name=heir]').selectOption({ label: heir });
    if (await officer.locator('textarea[name=left]').count()) await officer.locator('textarea[name=left]').fill('由承接的支部接着办');
    await press(officer, '撤销');
    assert.match(await officer.textContent('#dissolved'), new RegExp(`${target}：村并入社区，青组〔2026〕12号，党员编入${heir}`));
    assert.ok(await sideways(officer) <= 0);
    await officer.goto(member);
    assert.ok((await officer.textContent('.head')).includes(heir), 'its members went on');
    for (const p of [secretary, officer]) { assert.deepEqual(p.accidents, []); await p.context().close(); }
  });
}
