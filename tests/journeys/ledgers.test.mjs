// A question in the words of the office becomes tests, a ledger, a workbook, and comes back as a preview.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DESKTOP, PHONE, enter, office, page, sideways, state } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const WORDS = '女 36岁以下 大学以上 乡镇 党外';
const count = async (p) => Number((await p.textContent('.ledger-count')).replace(/\D/g, ''));

for (const viewport of [DESKTOP, PHONE]) {
  test(`words of the office become tests that can be seen, changed and saved (${viewport.width})`, async () => {
    const p = await page(site, viewport);
    await enter(p);
    await p.goto(`/ledgers/new?q=${encodeURIComponent(WORDS)}`);
    const chips = await p.locator('.chip').allTextContents();
    assert.ok(chips.length >= 5, chips.join(' | '));
    assert.ok(chips.some((c) => c.includes('37周岁') || c.includes('37 周岁')), `what 36岁以下 means is said: ${chips}`);
    const narrow = await count(p);
    await p.locator('.chip', { hasText: '党' }).locator('a[aria-label^="去掉"]').click();
    await p.waitForLoadState();
    const wide = await count(p);
    assert.ok(wide > narrow, `${wide} > ${narrow}: one test less, more people`);
    assert.ok(await sideways(p) <= 0);

    await p.locator('summary', { hasText: '保存为台账' }).click();
    const title = `乡镇年轻女干部${viewport.width}`;
    await p.fill('input[name=title]', title);
    await p.locator('button', { hasText: '保存台账' }).click();
    await p.waitForLoadState();
    await p.goto('/ledgers');
    await p.locator('a', { hasText: title }).first().click();
    await p.waitForLoadState();
    assert.equal(await count(p), wide, 'the saved ledger asks the same');
    assert.deepEqual(p.accidents, []);
    await p.context().close();
  });
}

test('a word that nobody knows is shown as such', async () => {
  const p = await page(site);
  await enter(p);
  await p.goto(`/ledgers/new?q=${encodeURIComponent('女 会飞的')}`);
  assert.match(await p.textContent('.chips'), /按文字查找/);
  assert.equal(await p.locator('.ledger-count').count() ? await count(p) : 0, 0);
  await p.context().close();
});

test('the five years of appraisals stand side by side under their years', async () => {
  const p = await page(site);
  await enter(p);
  await p.goto('/ledgers/appraisal');
  await state(p);
  const heads = await p.textContent('thead');
  for (const year of [2025, 2024, 2023, 2022, 2021]) assert.match(heads, new RegExp(`${year}年度考核`));
  await p.context().close();
});

test('the workbook, the text and the paper of a ledger are downloaded', async () => {
  const p = await page(site);
  await enter(p);
  await p.goto('/ledgers/young');
  await state(p);
  for (const [label, begins] of [['.xlsx', 'PK'], ['.csv', '\u{feff}'], ['.pdf', '%PDF']]) {
    await p.locator('summary', { hasText: '导出' }).click();
    const [download] = await Promise.all([p.waitForEvent('download'), p.locator('a.drop-item', { hasText: label }).click()]);
    const bytes = readFileSync(await download.path());
    assert.ok(bytes.toString('utf8', 0, 8).startsWith(begins), label);
    await p.goto('/ledgers/young');
  await state(p);
  }
  await p.context().close();
});

test('a ledger that left as a workbook comes back as a preview without a change', async () => {
  const p = await page(site);
  await enter(p);
  await p.goto('/ledgers/young');
  await state(p);
  await p.locator('summary', { hasText: '导出' }).click();
  const [download] = await Promise.all([p.waitForEvent('download'), p.locator('a.drop-item', { hasText: '.xlsx' }).click()]);
  const bytes = readFileSync(await download.path());
  await p.goto('/imports');
  await p.setInputFiles('input[name=files]', { name: '优秀年轻干部.xlsx', mimeType: 'application/octet-stream', buffer: bytes });
  await p.locator('[data-go]').click();
  await p.waitForURL(/\/imports\/[0-9a-f]+/, { timeout: 30_000 });
  await p.waitForSelector('#import-acts, .import-none', { timeout: 30_000 });
  assert.match(await p.textContent('main'), /没有要写入的变化/);
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});
