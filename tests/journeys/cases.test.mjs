// The three doors: a resident on a phone, the community and the department at their desks, the screen in the hall.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, PHONE, ROOT, enter, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const press = (p, name) => Promise.all([p.waitForLoadState('load'), p.getByRole('button', { name }).first().click()]);

async function report(p, words) {
  await p.goto('/r/report');
  await p.fill('#words', words);
  await press(p, '下一步');
  await p.fill('#place_search', '滨河');
  await press(p, '查找');
  await p.getByLabel('青云镇滨河社区').check();
  await press(p, '下一步');
  await p.fill('#place_words', '2号楼');
  await press(p, '下一步');
  await press(p, '下一步');
  await p.fill('#name', '田桂兰');
  await press(p, '下一步');
}

async function receipt(p) {
  await p.waitForSelector('[data-sent]');
  return p.$$eval('[data-sent] b', (all) => all.map((b) => b.textContent));
}

test('a resident reports on a phone, the community whistles, the department claims, the resident rates', async () => {
  const phone = await page(site, PHONE);
  await report(phone, '电梯<b>又</b>坏了，老人下不了楼');
  assert.match(await phone.textContent('main'), /青云镇滨河社区/);
  await picture(phone, 'resident-check-360');
  await phone.getByRole('button', { name: '反映', exact: true }).click();
  const [number, code] = await receipt(phone);
  assert.match(number, /^CS\d{7}$/);
  assert.match(code, /^\d{6}$/);

  const desk = await page(site);
  await enter(desk, 'shequ');
  assert.match(desk.url(), /\/cases$/);
  await desk.getByRole('link', { name: /电梯<b>又/ }).click();
  await desk.getByText('物业与停车', { exact: true }).click();
  await press(desk, '定下类别');
  await press(desk, /向县住房和城乡建设局吹哨/);
  assert.match(await desk.textContent('main'), /待报到/);
  assert.doesNotMatch(await desk.textContent('body'), /田桂兰/);
  const address = new URL(desk.url()).pathname;

  const department = await page(site, PHONE);
  await enter(department, 'lianluo');
  assert.ok(await sideways(department) <= 0);
  await picture(department, 'department-board-360');
  await department.locator('li.case', { hasText: '电梯<b>又' }).getByRole('button', { name: '报到' }).click();
  await department.waitForLoadState();
  await department.goto(address);
  await department.fill('textarea[name=says]', '已换控制柜');
  await press(department, '提交办理结果');

  await desk.goto(address);
  await desk.fill('#answer', '电梯修好了，今天下午能用');
  await press(desk, '答复');

  await phone.goto('/r');
  await phone.fill('#number', number);
  await phone.fill('#code', code);
  await press(phone, '查看');
  assert.match(await phone.textContent('main'), /电梯修好了/);
  await press(phone, /^好$/);
  assert.match(await phone.textContent('main'), /您的评价：好/);
  assert.match(await phone.textContent('main'), /还没有人查看过/);
  await picture(phone, 'resident-receipt-360');
  for (const p of [phone, desk, department]) { assert.deepEqual(p.accidents, []); await p.context().close(); }
});

test('a phone that loses the network keeps what was typed and sends it once', async () => {
  const p = await page(site, PHONE);
  await p.goto('/r/report');
  await p.fill('#words', '路灯坏了一排');
  await p.goto('/r');
  await p.goto('/r/report');
  assert.equal(await p.inputValue('#words'), '路灯坏了一排', 'kept on the phone');
  await report(p, '路灯坏了一排');
  // The first two tries reach the office, but the phone does not hear the answer.
  let tries = 0;
  await p.route('**/r/report', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    tries += 1;
    if (tries > 2) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await p.getByRole('button', { name: '反映', exact: true }).click();
  await p.waitForSelector('[data-wait]:not([hidden])');
  assert.match(await p.textContent('[data-wait]'), /不会丢/);
  const [number] = await receipt(p);
  assert.match(await p.textContent('main'), /不用再发/);
  const desk = await page(site);
  await enter(desk, 'shequ');
  await desk.goto('/cases?stage=' + encodeURIComponent('待分类') + '&all=1');
  assert.equal(await desk.locator('li.case', { hasText: '路灯坏了一排' }).count(), 1, 'sent three times, there once');
  assert.match(await desk.textContent('main'), new RegExp(number));
  await p.context().close();
  await desk.context().close();
});

test('without scripts the resident gets a receipt all the same', async () => {
  const context = await site.browser.newContext({ viewport: PHONE, baseURL: site.address, javaScriptEnabled: false });
  const p = await context.newPage();
  await report(p, '没有脚本也能说');
  await press(p, '反映');
  assert.match(await p.textContent('main'), /收到了/);
  await context.close();
});

test('the pages of cases fit desk, phone and hall, and shut nobody out', async () => {
  const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
  const look = async (p, path, name) => {
    const answer = await p.goto(path);
    assert.equal(answer.status(), 200, path);
    assert.ok(await sideways(p) <= 0, `${path}: scrolls sideways`);
    const found = await p.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`));
    assert.deepEqual(found, [], path);
    await picture(p, name);
  };
  for (const viewport of [DESKTOP, PHONE]) {
    const p = await page(site, viewport);
    await p.context().addInitScript({ content: axe });
    await look(p, '/r', `resident-start-${viewport.width}`);
    await look(p, '/r/report', `resident-report-${viewport.width}`);
    await enter(p, 'shequ');
    await look(p, '/cases', `cases-${viewport.width}`);
    const first = await p.locator('a.case-words').first().getAttribute('href');
    await look(p, first, `case-${viewport.width}`);
    await look(p, '/cases/new', `cases-new-${viewport.width}`);
    await look(p, '/cases/figures', `cases-figures-${viewport.width}`);
    assert.deepEqual(p.accidents, []);
    await p.context().close();
  }
  const hall = await page(site, { width: 1920, height: 1080 });
  await hall.context().addInitScript({ content: axe });
  await enter(hall, 'shequ');
  await hall.goto('/cases');
  const wall = await hall.getByRole('link', { name: '大屏' }).getAttribute('href');
  await look(hall, wall, 'wall-1920');
  assert.ok(await hall.evaluate(() => document.documentElement.scrollHeight <= 1080), 'the hall sees it without scrolling');
  await look(hall, `${wall}/poster`, 'poster');
  await hall.context().close();
});

test('a figure of the half-year opens its rows, and the summary comes as Word and PDF', async () => {
  const p = await page(site);
  await enter(p, 'zuzhi');
  await p.goto('/cases/figures?from=2026-06-01&until=2026-12-01&system=whistle-and-report');
  const figure = p.locator('table.ledger tbody td.is-number a').first();
  const shown = (await figure.textContent()).replace(/\D/g, '');
  await figure.click();
  await p.waitForLoadState();
  assert.match(await p.textContent('.head-text p'), new RegExp(`${shown} 件`));
  for (const kind of ['docx', 'pdf']) {
    const answer = await p.request.get(`/cases/figures/summary.${kind}`);
    assert.equal(answer.status(), 200, kind);
    assert.ok((await answer.body()).length > 3000, kind);
  }
  await p.context().close();
});
