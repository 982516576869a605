// The systems that are files: tasks, alliance slip, fund, projects, reporting, delegates, stars, reports; desk and telephone.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, enter, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const LISTS = [
  ['/tasks', /重点任务清单/, 'tasks'],
  ['/reports', /组织工作半年总结/, 'reports'],
  ['/reports/party-life/half-year', /支部主题党日应开/, 'half-year'],
  ['/reports/rectification/special?from=2026-10-01', /包保走访/, 'special-report'],
  ['/campaigns/rectification/stars?year=2026', /扣星的原因/, 'stars'],
  ['/matters', /党建联盟会商/, 'matters'],
  ['/matters/ledgers/relief-fund', /户已发放/, 'ledger-fund'],
  ['/matters/ledgers/collective-economy', /万元投入/, 'ledger-projects'],
  ['/matters/ledgers/volunteering', /小时/, 'ledger-volunteers'],
  ['/matters/ledgers/alliance', /张议题单/, 'ledger-alliance'],
  ['/matters/accounts/relief-fund', /结余/, 'account'],
  ['/charges', /联盟成员单位/, 'charges'],
  ['/duties/events', /登记事项/, 'events'],
];

for (const [name, size] of [['desk', DESKTOP], ['telephone', PHONE]]) {
  test(`every list of these systems is there at the ${name} and none scrolls sideways`, async () => {
    const p = await page(site, size);
    await enter(p);
    for (const [path, says, picked] of LISTS) {
      await p.goto(path);
      assert.match(await p.textContent('main'), says, path);
      assert.ok(await sideways(p) <= 0, `${path} scrolls sideways at the ${name}`);
      await picture(p, `systems-${picked}-${name}`);
    }
    assert.deepEqual(p.accidents, []);
    await p.context().close();
  });
}

test('a figure of the half-year opens as many rows as it says', async () => {
  const p = await page(site, DESKTOP);
  await enter(p);
  await p.goto('/reports/party-life/half-year');
  const figures = await p.$$eval('.report-figure', (all) => all.map((a) => [a.textContent, a.getAttribute('href')]));
  const lacking = figures.find(([n, href]) => href.startsWith('/duties/rows/party-life/members-meeting') && href.includes('lacking'));
  await p.goto(lacking[1]);
  assert.match(await p.textContent('h1'), new RegExp(`缺 ${lacking[0]} 次`));
  assert.equal(await p.locator('.duty').count(), Math.min(Number(lacking[0]), 500));
  for (const kind of ['docx', 'pdf']) {
    const file = await p.request.get(`/reports/party-life/half-year/2026-07-01.${kind}`);
    assert.equal(file.status(), 200);
    assert.equal((await file.body()).subarray(0, 2).toString(), kind === 'pdf' ? '%P' : 'PK');
  }
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});

test('a household is helped from application to payment, and the fund does not pay what it has not', async () => {
  const p = await page(site, PHONE);
  await enter(p);
  await p.goto('/matters');
  const form = p.locator('form[action="/matters"]', { has: p.locator('input[value="relief-fund"]') });
  await form.locator('input[name=unit]').fill('青云镇大王庄村');
  await form.locator('input[name=title]').fill('大病救助一户');
  await form.locator('button').click();
  await p.waitForLoadState();
  const step = async (fields, on = '2026-11-16') => {
    await p.fill('#on', on);
    for (const [id, value] of Object.entries(fields)) await p.fill(`#f-${id}`, value);
    await p.click('.matter-step .is-main');
    await p.waitForLoadState();
  };
  await step({ reason: '因病', asked: '9000' });
  await step({ team: '周敏', found: '属实' });
  assert.match(await p.textContent('main'), /2 人以上，写了 1 人/);
  await step({ team: '周敏、吴倩', found: '属实' });
  await step({ should: '9', present: '8', agree: '8', granted: '9000000' });
  await step({ days: '3', objections: '无' }, '2026-11-22');
  assert.match(await p.textContent('main'), /公示不少于五天/);
  await step({ days: '5', objections: '无' }, '2026-11-18');
  assert.match(await p.textContent('main'), /公示/, 'the notice is not over');
  await step({ days: '5', objections: '无' }, '2026-11-22');
  await step({ amount: '9000001', how: '转账' }, '2026-11-22');
  assert.match(await p.textContent('main'), /不超过评审确定的金额/);
  await step({ amount: '9000000', how: '转账' }, '2026-11-22');
  assert.match(await p.textContent('main'), /账上还有/);
  assert.equal(await p.inputValue('#f-how'), '转账', 'what was typed stays');
  await step({ amount: '9000', how: '转账' }, '2026-11-22');
  assert.match(await p.textContent('h1'), /办结/);
  assert.ok(await sideways(p) <= 0);
  await picture(p, 'systems-fund-paid-phone');
  await p.goto('/wall/accounts/relief-fund');
  assert.match(await p.textContent('main'), /9,000/);
  assert.ok(await sideways(p) <= 0);
  await picture(p, 'systems-fund-wall-phone');
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});

test('an agenda slip, a list of one\'s own and something that happened, at the desk', async () => {
  const p = await page(site, DESKTOP);
  await enter(p);
  await p.goto('/tasks');
  await p.fill('#unit', '青云镇');
  await p.fill('#problem', '防汛物资补充');
  await p.fill('#measure', '补齐沙袋和抽水泵');
  await p.fill('#owner', '副镇长');
  await p.fill('#due', '2026-12-01');
  await p.click('form[action="/tasks"] .is-main');
  await p.waitForLoadState();
  const line = p.locator('tr', { hasText: '防汛物资补充' });
  assert.match(await line.textContent(), /临近时限/);
  await line.locator('summary').click();
  await line.locator('input[name=evidence]').fill('物资已入库，照片存镇');
  await line.locator('button').click();
  await p.waitForLoadState();
  await p.goto('/tasks?light=done');
  assert.match(await p.textContent('main'), /物资已入库/);
  await p.goto('/duties/events');
  await p.selectOption('#kind', '整顿重要情况');
  await p.fill('#title', '村支书辞职');
  await p.fill('#on', '2026-11-20');
  await p.fill('#unit', '青云镇');
  await p.click('form[action="/duties/events"] .is-main');
  await p.waitForLoadState();
  assert.match(await p.textContent('main'), /整顿专题报告：2026-11-25 前/);
  await p.goto('/charges');
  await p.selectOption('#kind', '党代表');
  await p.fill('#who', '没有这个人');
  await p.fill('#place', '青云镇');
  await p.click('form[action="/charges"] .is-main');
  await p.waitForLoadState();
  assert.equal(await p.inputValue('#place'), '青云镇', 'what was typed stays');
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});
