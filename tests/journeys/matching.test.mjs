// 四项清单匹配: a wish and what is offered find each other, each with its reasons; one tap connects them, on both.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, enter, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(1500); });
after(async () => { await site?.close(); });

const press = (p, button) => Promise.all([p.waitForEvent('load'), button.click()]);

/** 登记 in the four lists, and sorted; answers its address. */
async function listed(p, words, sort) {
  await p.goto('/cases/new?system=claims');
  await p.locator('#way').selectOption('社区收集');
  await p.fill('#words', words);
  await p.locator('#place').selectOption({ label: '青云镇滨河社区' });
  await press(p, p.getByRole('button', { name: '登记并出回执' }));
  await p.goto('/cases?all=1');
  await press(p, p.getByRole('link', { name: words }).first());
  await p.getByText(sort, { exact: true }).click();
  await press(p, p.getByRole('button', { name: '定下类别' }));
  return new URL(p.url()).pathname;
}

for (const [name, size] of [['desk', DESKTOP], ['telephone', PHONE]]) {
  test(`a wish finds who repairs, they are connected on both pages and taken apart again (${name})`, async () => {
    const p = await page(site, size);
    await enter(p, 'shequ');
    const own = name === 'desk' ? '甲' : '乙';
    const service = await listed(p, `${own}组每周六上门修洗衣机`, '服务订单');
    const wish = await listed(p, `${own}楼独居老人的电视坏了`, '微心愿');
    const offered = p.locator('#fitting li', { hasText: `${own}组每周六` });
    assert.match(await offered.textContent(), /服务订单.*同在青云镇.*都说到：家电维修/s);
    assert.match(await p.locator('#fitting li').first().textContent(), /同在青云镇/, 'the own street stands first');
    assert.ok(await sideways(p) <= 0);
    await picture(p, `matching-${name}`);
    await press(p, offered.getByRole('button', { name: '对接这一件' }));
    assert.match(await p.textContent('main'), /已对接.*每周六上门修洗衣机/s);
    assert.equal(await p.locator('#fitting li', { hasText: `${own}组每周六` }).count(), 0, 'no longer offered');
    // The other way round it stands as well.
    await p.goto(service);
    const connected = p.locator('section', { hasText: '已对接' }).locator('li', { hasText: `${own}楼独居老人` });
    assert.match(await connected.textContent(), /微心愿/);
    assert.ok(await sideways(p) <= 0);
    await connected.getByText('解除对接').click();
    await press(p, connected.getByRole('button', { name: '解除', exact: true }));
    assert.match(await p.textContent('.error-summary'), /解除对接须写明理由/);
    await connected.getByText('解除对接').click();
    await connected.locator('textarea').fill('师傅来不了');
    await press(p, connected.getByRole('button', { name: '解除', exact: true }));
    assert.match(await p.textContent('.deeds'), /解除对接.*师傅来不了/s);
    await p.goto(wish);
    assert.match(await p.textContent('.deeds'), /解除对接.*师傅来不了/s);
    assert.equal(await p.locator('#fitting li', { hasText: `${own}组每周六` }).count(), 1, 'offered again');
    assert.deepEqual(p.accidents, []);
    await p.context().close();
  });
}
