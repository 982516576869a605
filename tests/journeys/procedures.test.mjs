// From initiation to the appointment, in the order of the law: what is missing is said, nothing is skipped.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { PROGRAM, TODAY, enter, office, page, picture, sideways, state, PHONE } from './harness.mjs';
import { DAYS, completeStep, fillStep, present } from './steps.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const ask = (...words) => JSON.parse(execFileSync(PROGRAM, ['--data', site.data, '--today', TODAY, '--json', ...words], { maxBuffer: 1 << 28 }));

test('a procedure runs from initiation to the appointment, and says what is missing on the way', { timeout: 300_000 }, async () => {
  const seat = ask('ledger', 'run', 'seats').rows.find((r) => r['seat.vacant'] > 0 && r['seat.level'] === '乡科级正职');
  assert.ok(seat, 'a vacant chief’s seat: a promotion, so that it is publicised');
  const p = await page(site);
  await enter(p);
  await p.goto('/procedures/new');
  for (const [field, text] of [['r0-who', '李明'], ['r0-seat', seat['seat.name']]]) {
    await p.locator(`#${field}`).pressSequentially(text);
    await p.locator(`#${field}-list a, #${field}-list button`).first().click();
    await p.waitForTimeout(400);
  }
  await p.fill('input[name="r0-reason"]', '工作需要');
  await p.locator('button', { hasText: '先看审查结果和班子变化' }).click();
  await p.waitForSelector('#looked');
  assert.match(await p.textContent('#looked'), /班子变化/);
  await picture(p, 'procedure-new-1280');
  await p.locator('button', { hasText: '提出方案并开始程序' }).click();
  await p.waitForURL(/\/procedures\/\d+/);

  // Nothing is ready: the first step cannot be completed, and says why.
  await p.locator('button[value=complete]').click();
  await p.waitForLoadState();
  assert.match(await p.textContent("main"), /还不能完成这一步/);
  assert.equal(await present(p), 'initiation', 'nothing was skipped');

  for (const step of Object.keys(DAYS)) {
    assert.equal(await present(p), step, `in the law’s order: ${(await p.textContent('main')).slice(0, 200)}`);
    await fillStep(p, step);
    if (step === 'discussion') await picture(p, 'procedure-discussion-1280');
    await completeStep(p, step);
  }
  assert.match(await p.textContent('.effects'), /李明/);
  assert.ok(await sideways(p) <= 0);
  await picture(p, 'procedure-done-1280');

  // Roster, seats and the person's page are right at once.
  const person = await p.locator('.effects a[href^="/officials/"]').first().getAttribute('href');
  const shown = ask('person', 'show', person.match(/\d+/)[0]);
  assert.match(JSON.stringify(shown.facts), new RegExp(seat['seat.name']));
  const after = ask('ledger', 'run', 'seats').rows.find((r) => r['seat.name'] === seat['seat.name']);
  assert.equal(after['seat.vacant'], seat['seat.vacant'] - 1);

  const printed = await p.request.get(`${person}/forms/${encodeURIComponent('任免审批表')}.pdf`);
  assert.equal(printed.status(), 200);
  assert.equal((await printed.body()).toString('latin1', 0, 4), '%PDF');
  for (const made of await p.locator('#made a[href$=".pdf"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
    const answer = await p.request.get(made);
    // A paper whose facts are not there yet is refused by naming them; it is never printed with holes.
    if (made.includes('probation-appraisal')) assert.match((await answer.text()).replace(/<[^>]+>/g, ''), /试用期考核/);
    else assert.equal(answer.status(), 200, made);
  }
  await p.setViewportSize(PHONE);
  await p.reload();
  assert.ok(await sideways(p) <= 0, 'on the phone as well');
  assert.deepEqual(p.accidents.filter((a) => !a.includes('style')), []);
  await p.context().close();
});

test('a batch of forms is one file in meeting order', async () => {
  const p = await page(site);
  await enter(p);
  await p.goto('/ledgers/young');
  await state(p);
  for (const box of (await p.locator('tbody input[type=checkbox]').all()).slice(0, 5)) await box.check();
  await p.locator('button', { hasText: '打印任免审批表' }).click();
  await p.waitForLoadState();
  assert.match(await p.textContent('main'), /5/);
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});
