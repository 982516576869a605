// 投票: a democratic assessment from the roll to the published result, on phones, and what nobody sees before the end.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, PHONE, WALL, ROOT, enter, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(400); });
after(async () => { await site?.close(); });

const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
async function sound(p, name, width) {
  await p.evaluate(axe);
  assert.ok(await sideways(p) <= 0, `${name} at ${width}: scrolls sideways`);
  const found = await p.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`));
  assert.deepEqual(found, [], `${name} at ${width}`);
  await picture(p, `ballots-${name}-${width}`);
}

test('an assessment is opened for the committee, voted on phones, voted anew, closed and published without any single vote', async () => {
  const p = await page(site);
  await enter(p);
  await p.goto('/ballots/new');
  await sound(p, 'new', DESKTOP.width);
  await p.click('main form button.is-main');
  await p.waitForLoadState();
  assert.match(await p.textContent('main'), /请|没有/, 'an empty form says what is missing');
  await p.selectOption('[name=kind]', 'selection/assessment');
  await p.fill('[name=title]', '青云镇领导班子2026年度民主测评');
  await p.fill('[name=items]', '冯建平（镇长）\n吴倩（组织委员）');
  const voters = p.locator('label', { hasText: '县委常委' }).locator('input[type=checkbox]');
  const there = await voters.count();
  assert.ok(there >= 8, `the committee of the demonstration has accounts: ${there}`);
  for (let n = 0; n < there; n++) await voters.nth(n).check();
  await p.click('main form button.is-main');
  await p.waitForURL(/\/ballots\/\d+$/);
  const box = new URL(p.url()).pathname;
  assert.match(await p.textContent('main'), /结束以前没有任何人能看到意见/);

  let cast = 0;
  for (let n = 1; cast < there && n <= there + 2; n++) {
    const phone = await page(site, PHONE);
    try {
      await enter(phone, `changwei${n}`);
    } catch { continue; }
    await phone.goto('/ballots');
    await phone.click('a[href$="/paper"]');
    await phone.waitForLoadState();
    if (cast === 0) await sound(phone, 'paper', PHONE.width);
    await phone.click('button.paper-cast');
    await phone.waitForLoadState();
    assert.match(await phone.textContent('main'), /还有没表明意见的/, 'half a paper is asked about');
    // Two thirds and more are content with the first, and they are of two minds about the second.
    await phone.check(`input[name=item-0][value="${cast < there - 2 ? 0 : 1}"]`);
    await phone.check(`input[name=item-1][value="${cast % 2}"]`);
    await phone.click('button.paper-cast');
    await phone.waitForSelector('code.hash');
    if (cast === 0) {
      const first = await phone.textContent('code.hash');
      await sound(phone, 'receipt', PHONE.width);
      await phone.click('a[href$="/paper"]');
      await phone.check('input[name=item-0][value="0"]');
      await phone.check('input[name=item-1][value="0"]');
      await phone.click('button.paper-cast');
      await phone.waitForSelector('code.hash');
      assert.notEqual(await phone.textContent('code.hash'), first, 'the last one counts');
    }
    cast += 1;
    assert.deepEqual(phone.accidents, []);
    await phone.context().close();
  }
  assert.equal(cast, there);

  await p.goto(box);
  assert.doesNotMatch(await p.textContent('main'), /有效票/, 'nothing is told before the end');
  await p.click('text=结束投票并开箱');
  await p.waitForLoadState();
  assert.match(await p.textContent('main'), new RegExp(`有效票 ${there} 张`));
  await sound(p, 'result', DESKTOP.width);
  for (const size of [PHONE, WALL]) {
    await p.setViewportSize(size);
    await sound(p, 'result', size.width);
    await p.goto('/ballots');
    await sound(p, 'list', size.width);
    await p.goto(box);
  }
  const late = await page(site, PHONE);
  await enter(late, 'changwei1');
  await late.goto(`${box}/paper`);
  assert.match(await late.textContent('main'), /投票已经结束/);
  assert.deepEqual(p.accidents, []);
});
