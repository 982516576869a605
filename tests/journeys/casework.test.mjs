// 办件: letters of inquiry, traced problems, what members and staff say, the grid's visits, a delegate's reception, and what a
// leader takes along from a contact point; each from its report to its end, by those whose turn it is.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, PHONE, ROOT, enter, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
const press = (p, name) => Promise.all([p.waitForEvent('load'), p.getByRole('button', { name }).first().click()]);
const paper = { name: '佐证.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQI12NgYGAAAAAEAAEnNCcKAAAAAElFTkSuQmCC', 'base64') };

/** Nobody is shut out of this page, and it does not scroll sideways. */
async function sound(p, where) {
  assert.ok(await sideways(p) <= 0, `${where}: scrolls sideways`);
  await p.evaluate(axe);
  const found = await p.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`));
  assert.deepEqual(found, [], where);
}

/** Somebody at a desk or with a phone. */
async function seated(name, size) {
  const p = await page(site, size);
  await enter(p, name);
  return p;
}

/** Types a report in; answers the address of its case. */
async function registered(p, system, { way, words, place, named }) {
  await p.goto(`/cases/new?system=${system}`);
  await p.selectOption('#way', way);
  await p.fill('#words', words);
  if (await p.locator('#place option').count() > 2) await p.selectOption('#place', { label: place });
  if (named) await p.fill('#named', named);
  await sound(p, `${system}: new`);
  await press(p, '登记并出回执');
  const [number, code] = await p.$$eval('main b', (all) => all.map((b) => b.textContent.trim()));
  await p.goto(`/cases?system=${system}&all=1`);
  const href = await p.locator('a.case-words', { hasText: words }).first().getAttribute('href');
  return { href, number, code };
}

async function sorted(p, href, title) {
  await p.goto(href);
  await p.getByText(title, { exact: true }).first().click();
  await press(p, '定下类别');
  assert.match(await p.textContent('.head'), new RegExp(title));
}

async function whistled(p, words, unit) {
  await p.fill('#department', words);
  await press(p, '查找');
  await press(p, `向${unit}吹哨`);
  assert.match(await p.textContent('main'), /待报到/);
}

async function signedOff(p, href) {
  await p.goto(href);
  await p.locator('form:has(input[value=sign_off]) input[type=file]').setInputFiles(paper);
  await press(p, '销号');
  assert.match(await p.textContent('.head'), /已销号/);
}

async function closed(...pages) {
  for (const p of pages) { assert.deepEqual(p.accidents, []); await p.context().close(); }
}

for (const [name, size] of [['desk', DESKTOP], ['telephone', PHONE]]) {
  test(`a problem is traced by six looks, each asked for, and counted by its root (${name})`, async () => {
    const officer = await seated('zuzhi', size);
    const { href } = await registered(officer, 'tracing', { way: '督查发现', words: `危房台账漏了${name === 'desk' ? '三' : '五'}户`, place: '县住房和城乡建设局' });
    await sorted(officer, href, '基层基础工作');
    await whistled(officer, '住房和城乡', '县住房和城乡建设局');
    const liaison = await seated('lianluo', size);
    await liaison.goto(href);
    await press(liaison, '报到');
    for (const look of ['thought', 'style', 'ability', 'duty', 'rules']) await liaison.fill(`[name^="f-${look}@"]`, look === 'duty' ? '没有分解到人' : '无');
    await liaison.selectOption('[name^="f-root@"]', '责任落实');
    await liaison.fill('textarea[name=says]', '已查明');
    await press(liaison, '提交办理结果');
    const told = await liaison.textContent('.error-summary');
    for (const lacking of ['看组织功能', '整改措施', '由此带出的一类问题', '党建溯源工作办法']) assert.ok(told.includes(lacking), lacking);
    assert.equal(await liaison.inputValue('[name^="f-duty@"]'), '没有分解到人', 'what was typed is still there');
    assert.equal(await liaison.inputValue('[name^="f-root@"]'), '责任落实');
    await sound(liaison, 'tracing: refused');
    await liaison.fill('[name^="f-organisation@"]', '支部没有研究过');
    await liaison.fill('[name^="f-remedy@"]', '副局长牵头，月底前核对');
    await liaison.selectOption('[name^="f-kind@"]', '台账不实');
    await press(liaison, '提交办理结果');
    assert.match(await liaison.textContent('.deeds'), /看责任落实\s*没有分解到人/);
    await officer.goto(href);
    await officer.fill('#answer', '台账已补齐，抽查五户属实');
    await press(officer, '答复');
    await officer.getByText('已解决', { exact: true }).click();
    await press(officer, '记下');
    await signedOff(officer, href);
    await officer.goto('/cases/figures?system=tracing');
    await sound(officer, 'tracing: figures');
    const figure = officer.locator('section', { hasText: '主要根源' }).locator('tr', { hasText: '责任落实' }).locator('a');
    const count = parseInt(await figure.textContent(), 10);
    await Promise.all([officer.waitForEvent('load'), figure.click()]);
    assert.equal(await officer.locator('a.case-words').count(), count);
    await picture(officer, `tracing-rows-${size.width}`);
    await closed(officer, liaison);
  });

  test(`a letter of inquiry is received, answered in its days and filed (${name})`, async () => {
    const officer = await seated('zuzhi', size);
    const { href } = await registered(officer, 'letters', { way: '审计反映', words: `请说明${name === 'desk' ? '办公用房' : '公务用车'}的情况`, place: '青云镇' });
    await sorted(officer, href, '函询');
    await whistled(officer, '青云镇', '青云镇');
    for (const [kind, head] of [['docx', 'PK'], ['pdf', '%PDF-']]) {
      const letter = await officer.request.get(await officer.locator(`a[href*="/letters/inquiry/${kind}"]`).getAttribute('href'));
      assert.equal(letter.status(), 200, kind);
      assert.equal((await letter.body()).subarray(0, head.length).toString(), head);
    }
    const unit = await seated('renshi', size);
    await unit.goto(href);
    await sound(unit, 'letters: received');
    await press(unit, '报到');
    await unit.fill('textarea[name=says]', '已整改到位，附清单');
    await press(unit, '提交办理结果');
    await officer.goto(href);
    assert.match(await officer.textContent('main'), /已整改到位，附清单/);
    await officer.fill('#answer', '说明清楚，予以采信了结');
    await press(officer, '答复');
    await signedOff(officer, href);
    await closed(officer, unit);
  });

  test(`what troubles a member of staff is answered by their unit, and they say whether it helped (${name})`, async () => {
    const words = `孩子${name === 'desk' ? '入学' : '看病'}要跑很远`;
    const guest = await page(site, size);
    await guest.goto('/r/report?system=concerns');
    await guest.fill('#words', words);
    await press(guest, '下一步');
    await guest.fill('#place_search', '青云镇');
    await press(guest, '查找');
    await guest.getByLabel('青云镇', { exact: true }).check();
    await press(guest, '下一步');
    await press(guest, '下一步');
    await press(guest, '下一步');
    await press(guest, '下一步');
    await guest.getByRole('button', { name: '反映', exact: true }).click();
    await guest.waitForSelector('[data-sent]');
    const [number, code] = await guest.$$eval('[data-sent] b', (all) => all.map((b) => b.textContent));
    assert.match(number, /^ZG\d{7}$/);
    const unit = await seated('renshi', size);
    await unit.goto('/cases?system=concerns&all=1');
    const href = await unit.locator('a.case-words', { hasText: words }).getAttribute('href');
    await sorted(unit, href, '生活困难');
    await unit.fill('#answer', '已和学校说好，下月起可以就近');
    await press(unit, '答复');
    await guest.goto('/r');
    await guest.fill('#number', number);
    await guest.fill('#code', code);
    await press(guest, '查看');
    assert.match(await guest.textContent('main'), /下月起可以就近/);
    await press(guest, /^好$/);
    assert.match(await guest.textContent('main'), /您的评价：好/);
    await unit.goto(href);
    await sound(unit, 'concerns: rated');
    await press(unit, '销号');
    assert.match(await unit.textContent('.head'), /已销号/);
    await closed(guest, unit);
  });

  test(`a visit in the grid becomes a problem that a department solves (${name})`, async () => {
    const worker = await seated('shequ', size);
    const { href } = await registered(worker, 'grid', { way: '入户走访', words: `${name === 'desk' ? '六' : '七'}号楼一层私拉电线`, place: '青云镇滨河社区第二网格' });
    await worker.goto('/cases');
    await sound(worker, 'board by grid');
    await picture(worker, `board-by-grid-${size.width}`);
    const grid = worker.locator('.case-below tr', { hasText: '第二网格' });
    const open = Number(await grid.locator('td').nth(1).textContent());
    await Promise.all([worker.waitForEvent('load'), grid.getByRole('link').click()]);
    assert.ok(open >= 1 && (await worker.textContent('.head-text')).includes(`在办和待销号 ${open} 件`), 'the count of a grid is its list');
    await sorted(worker, href, '问题');
    await press(worker, /向县住房和城乡建设局吹哨/);
    const liaison = await seated('lianluo', size);
    await liaison.goto(href);
    await press(liaison, '报到');
    await liaison.fill('textarea[name=says]', '已拆除并装了充电桩');
    await press(liaison, '提交办理结果');
    await worker.goto(href);
    await worker.fill('#answer', '线拆了，充电桩能用了');
    await press(worker, '答复');
    await worker.getByText('好', { exact: true }).click();
    await press(worker, '记下');
    await press(worker, '销号');
    assert.match(await worker.textContent('.head'), /已销号/);
    await sound(worker, 'grid: signed off');
    await closed(worker, liaison);
  });

  test(`what a delegate hears on a reception day is answered, and the delegate sees it (${name})`, async () => {
    const delegate = await seated('daibiao', size);
    const { href } = await registered(delegate, 'delegates', { way: '接待日', words: `${name === 'desk' ? '小学' : '中学'}门口没有斑马线`, place: '青云镇' });
    const town = await seated('zhenjie', size);
    await sorted(town, href, '接待的问题');
    await press(town, /向县住房和城乡建设局吹哨/);
    const liaison = await seated('lianluo', size);
    await liaison.goto(href);
    await press(liaison, '报到');
    await liaison.fill('textarea[name=says]', '已划线，装了警示灯');
    await press(liaison, '提交办理结果');
    await town.goto(href);
    await town.fill('#answer', '斑马线划好了');
    await press(town, '答复');
    await delegate.goto(href);
    assert.match(await delegate.textContent('main'), /斑马线划好了/);
    await sound(delegate, 'delegates: answered');
    await closed(delegate, town, liaison);
  });
}

test('what a leader takes along from a contact point is a case that knows its visit', async () => {
  const leader = await seated('wangjianguo', PHONE);
  await leader.goto('/duties');
  const point = await leader.locator('a', { hasText: '到党建联系点' }).first().getAttribute('href');
  await leader.goto(point);
  await leader.fill('#at', '09:30');
  await leader.selectOption('#person', { index: 1 });
  await leader.fill('#f-did', '参加主题党日，与党员座谈');
  await leader.fill('#f-problem', '灌渠年久失修，浇不上地');
  await press(leader, '提交');
  const brought = leader.locator('section', { hasText: '带回的问题' });
  assert.match(await brought.textContent(), /CS\d{7}\s*待分类/);
  await sound(leader, 'duties: brought');
  await picture(leader, 'visit-brought-360');
  const officer = await seated('zuzhi', DESKTOP);
  await officer.goto('/cases?system=whistle-and-report&all=1');
  const href = await officer.locator('a.case-words', { hasText: '灌渠年久失修，浇不上地' }).getAttribute('href');
  await officer.goto(href);
  const came = officer.getByRole('link', { name: /到党建联系点 2026-11-22/ });
  await Promise.all([officer.waitForEvent('load'), came.click()]);
  assert.match(await officer.textContent('main'), /参加主题党日/);
  await closed(leader, officer);
});
