// The ten main tasks by keyboard alone: the focus is always to be seen, and no mouse is ever used.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, enter, office, page } from './harness.mjs';

let site;
before(async () => { site = await office(400); });
after(async () => { await site?.close(); });

/** Where the focus is, and whether people can see it. */
const focus = (p) => p.evaluate(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return { tag: 'BODY', text: '', id: '', name: '', href: '', value: '', seen: true };
  // What shows the focus: the control itself, the words beside a radio, or the label around it.
  const shows = (of) => {
    if (!of) return false;
    const style = getComputedStyle(of), box = of.getBoundingClientRect();
    return ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none') && box.width > 0 && box.height > 0;
  };
  const seen = [e, e.nextElementSibling, e.closest('label')].some(shows);
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  return { tag: e.tagName, id: e.id, name: e.name ?? '', text: (e.getAttribute('aria-label') ?? e.textContent ?? '').trim().slice(0, 80), href: e.getAttribute('href') ?? '', value: e.value ?? '', seen, look: `${style.outlineStyle} ${style.outlineWidth} ${box.width}x${box.height}` };
});

/** Tab by tab to the first control that fits; each stop on the way must be visible. */
async function reach(p, fits, most = 220) {
  for (let n = 0; n < most; n++) {
    const at = await focus(p);
    assert.ok(at.seen, `the focus cannot be seen on ${p.url()}: ${JSON.stringify(at)}`);
    if (fits(at)) return at;
    await p.keyboard.press('Tab');
  }
  assert.fail(`not reached on ${p.url()} in ${most} stops`);
}
const button = (words) => (at) => ['BUTTON', 'SUMMARY'].includes(at.tag) && at.text.includes(words);
const link = (words) => (at) => at.tag === 'A' && at.text.includes(words);
const field = (name) => (at) => at.name === name || at.id === name;
const goes = (p, to) => p.waitForURL(to, { timeout: 20_000 });

async function press(p, key, to) {
  const there = to === 'load' ? p.waitForEvent('load', { timeout: 20_000 }) : to ? goes(p, to) : p.waitForTimeout(150);
  await Promise.all([there, p.keyboard.press(key)]);
  await p.waitForLoadState();
}

test('the ten main tasks by keyboard alone', { timeout: 240_000 }, async () => {
  const p = await page(site);
  await p.addInitScript(() => {
    for (const kind of ['mousedown', 'pointerdown', 'touchstart']) addEventListener(kind, () => { sessionStorage.mouse = 'used'; }, true);
  });
  await enter(p);

  // 1 search
  await p.keyboard.press('/');
  await p.keyboard.type('李明');
  await press(p, 'Enter', /\/search|\/officials\/\d+/);

  // 2 open the person
  if (p.url().includes('/search')) {
    await reach(p, (at) => at.tag === 'A' && /^\/officials\/\d+/.test(at.href) && at.text.includes('李明'));
    await press(p, 'Enter', /\/officials\/\d+/);
  }
  const person = p.url().match(/officials\/(\d+)/)[1];

  // 3 read the time line: it is a region that takes the focus and scrolls by keys, or it is all in sight
  assert.equal(await p.locator('#story').count(), 1);
  const drawn = await p.locator('section[aria-labelledby=story] svg').first().evaluate((e) => (e.getAttribute('role') ?? '') + (e.getAttribute('aria-label') ?? '') + (e.querySelector('title')?.textContent ?? ''));
  assert.ok(drawn.length > 0, 'the picture has words');
  await reach(p, (at) => at.href.includes('/history') || at.text.includes('说明用途') || at.id === 'purpose' || link('修改')(at));

  // 4 build a ledger
  await p.keyboard.press('Escape');
  await p.evaluate(() => document.activeElement?.blur());
  await p.keyboard.press('g');
  await press(p, 'l', /\/ledgers$/);
  await reach(p, (at) => at.tag === 'A' && at.href.includes('/ledgers/new'));
  await press(p, 'Enter', /\/ledgers\/new/);
  await reach(p, field('b-words'));
  await p.keyboard.type('女 乡镇');
  await press(p, 'Tab');
  await press(p, 'Enter');
  await p.waitForTimeout(900);
  await reach(p, button('查看台账'), 300);
  await press(p, 'Enter', /\/ledgers\/new\?/);

  // 5 save it
  await reach(p, button('保存为台账'));
  await press(p, 'Enter');
  await reach(p, field('title'));
  await p.keyboard.type('乡镇女干部（键盘）');
  await reach(p, button('保存台账'));
  await press(p, 'Enter', (url) => !url.pathname.endsWith('/new'));

  // 6 export
  await reach(p, button('导出'));
  await press(p, 'Enter');
  await reach(p, link('.csv'));
  const [download] = await Promise.all([p.waitForEvent('download'), p.keyboard.press('Enter')]);
  assert.match(readFileSync(await download.path(), 'utf8'), /姓名/);

  // 7 examine
  await p.goto(`/officials/${person}/examine`);
  await p.waitForLoadState();
  await reach(p, (at) => at.id === 'seat');
  await p.keyboard.type('镇长');
  await p.waitForSelector('#seat-list a');
  await press(p, 'Enter', /post=\d+/);
  assert.match(await p.textContent('main'), /镇长/);

  // 8 open a procedure
  await p.goto('/procedures/new');
  await reach(p, (at) => at.id === 'r0-who');
  await p.keyboard.type('李明');
  await p.waitForSelector('#r0-who-list a');
  await press(p, 'Enter');
  await p.waitForTimeout(500);
  await reach(p, (at) => at.id === 'r0-reason');
  await p.keyboard.type('工作需要，免去现职');
  await reach(p, (at) => at.name === 'r0-leave');
  if (!await p.evaluate(() => document.activeElement.checked)) await p.keyboard.press('Space');
  await reach(p, button('提出方案并开始程序'));
  await press(p, 'Enter', /\/procedures\/\d+$/);

  // 9 a step: noted by keyboard, and what is missing is told
  await reach(p, button('先登记'), 300);
  await press(p, 'Enter', 'load');
  await reach(p, (at) => at.tag === 'BUTTON' && at.value === 'complete', 300);
  await press(p, 'Enter', 'load');
  assert.match(await p.textContent('main'), /还不能完成这一步|已完成/);

  // 10 import: up to the preview
  await p.goto('/imports');
  await reach(p, (at) => at.tag === 'BUTTON' && at.text === '选择文件');
  const corpus = join(ROOT, 'fixtures/corpus');
  const file = readdirSync(corpus, { recursive: true }).map(String).filter((f) => f.endsWith('.lrmx')).sort()[0];
  // The dialogue that opens belongs to the system, not to the page: the file is put where it would put it.
  await p.setInputFiles('#files', join(corpus, file));
  await reach(p, (at) => at.tag === 'BUTTON' && at.text === '上传并预览');
  await press(p, 'Enter', /\/imports\/[0-9a-f]+/);

  assert.equal(await p.evaluate(() => sessionStorage.mouse ?? 'never'), 'never', 'no mouse was used');
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});
