// 任务 on a telephone and on a desk: a branch secretary hands in, is refused, is late; the office watches.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, enter, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

/** Opens the first duty of the list that can be worked on and has this title. */
async function open(p, title) {
  await p.goto('/duties');
  const link = p.locator('.duty a', { hasText: title }).first();
  await link.click();
  await p.waitForLoadState();
}

test('a secretary hands in the theme day on a telephone, with a draft and a photo', async () => {
  const p = await page(site, PHONE);
  await enter(p, 'zhishu');
  assert.match(p.url(), /\/duties/, 'a secretary begins with the duties');
  await picture(p, 'duties-phone');
  assert.ok(await sideways(p) <= 0);
  await open(p, '主题党日');
  assert.ok(await sideways(p) <= 0);
  await p.fill('#f-theme', '清洁家园');
  // Still in the field: what is being typed is kept, and the page says when.
  await p.waitForResponse((r) => r.url().includes('/draft') && r.status() === 200, { timeout: 10_000 });
  await p.waitForFunction(() => document.querySelector('#draft-said').textContent.startsWith('草稿存于'));
  await p.reload();
  assert.equal(await p.inputValue('#f-theme'), '清洁家园', 'the draft was kept');
  // Not yet: a day to come is refused with the article, and everything typed is kept.
  await p.fill('#on', '2026-11-26');
  await p.fill('#f-done', '打扫村道');
  await p.click('.duty-form .is-main');
  await p.waitForLoadState();
  assert.match(await p.textContent('main'), /还没有到/);
  assert.match(await p.textContent('main'), /第十六条/);
  assert.equal(await p.inputValue('#f-done'), '打扫村道');
  await p.fill('#on', '2026-11-21');
  const away = p.locator('.roll-line').nth(1);
  await away.locator('input[value=absent]').check();
  await away.locator('.roll-why').fill('在外务工');
  await p.setInputFiles('#f-photo', { name: '现场.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]) });
  await picture(p, 'duty-form-phone');
  await p.click('.duty-form .is-main');
  await p.waitForLoadState();
  const main = await p.textContent('main');
  assert.match(main, /按期/);
  assert.match(main, /清洁家园/);
  assert.match(main, /在外务工/);
  assert.match(main, /现场\.jpg/);
  await picture(p, 'duty-held-phone');
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});

test('a month, a calendar address, an excuse and its decision', async () => {
  const p = await page(site, DESKTOP);
  await enter(p, 'zhishu');
  await p.goto('/duties/calendar');
  assert.match(await p.textContent('main'), /2026年11月/);
  await picture(p, 'duties-month');
  await p.goto('/duties');
  await p.click('form[action="/duties/feed"] button');
  await p.waitForLoadState();
  const address = await p.inputValue('.feed-address');
  const feed = await p.request.get(address);
  assert.equal(feed.status(), 200);
  const text = await feed.text();
  assert.match(text, /BEGIN:VCALENDAR/);
  assert.doesNotMatch(text, /大王庄/);
  await open(p, '组织生活会和民主评议党员');
  await p.click('.duty-excuse summary');
  await p.selectOption('#reason', '当年新设立的支部');
  await p.click('.duty-excuse button');
  await p.waitForLoadState();
  assert.match(await p.textContent('main'), /等待上级党委批准/);
  await p.context().close();

  const officer = await page(site, DESKTOP);
  await enter(officer);
  await officer.goto('/duties/excuses');
  assert.match(await officer.textContent('main'), /当年新设立的支部/);
  await officer.click('button[value=agree]');
  await officer.waitForLoadState();
  assert.doesNotMatch(await officer.textContent('main'), /当年新设立的支部/);
  assert.deepEqual(officer.accidents, []);
  await officer.context().close();
});

test('the office sees who is overdue, by town, and opens the branch', async () => {
  const p = await page(site, DESKTOP);
  await enter(p);
  await p.goto('/duties/overview');
  assert.match(await p.textContent('main'), /支部委员会会议/);
  await picture(p, 'duties-overview');
  const figure = p.locator('.duty-table a.tone-refuse').first();
  const shown = Number((await figure.textContent()).replace(/\D/g, ''));
  await figure.click();
  await p.waitForLoadState();
  assert.match(await p.textContent('h1'), new RegExp(`逾期 ${shown}`));
  const parts = await p.locator('.parts b').allTextContents();
  assert.equal(parts.reduce((sum, t) => sum + Number(t.replace(/\D/g, '')), 0), shown, 'the parts add up');
  // Every figure of the year opens its rows.
  await p.goto('/duties/overview');
  const late = p.locator('.duty-table a[href*="what=late"]').first();
  const figures = Number((await late.textContent()).replace(/\D/g, ''));
  await late.click();
  await p.waitForLoadState();
  assert.match(await p.textContent('h1'), new RegExp(`2026年补办 ${figures}`));
  assert.equal(await p.locator('main tbody tr').count(), Math.min(figures, 200));
  await picture(p, 'duties-rows');
  await p.goto('/party');
  await picture(p, 'party-tree');
  await p.goto('/ledgers/party-terms');
  assert.match(await p.textContent('main'), /党支部/);
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});

test('a leader finds the contact points, a stranger finds nothing', async () => {
  const p = await page(site, PHONE);
  await enter(p, 'wangjianguo');
  await p.goto('/duties');
  assert.match(await p.textContent('main'), /到党建联系点/);
  assert.notEqual((await p.goto('/duties/overview')).status(), 200);
  await p.context().close();
  const stranger = await page(site, PHONE);
  await enter(stranger, 'liming');
  assert.equal((await stranger.goto('/party')).status() === 200, false);
  await stranger.context().close();
});
