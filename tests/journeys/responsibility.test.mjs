// 责任: who asks is not who decides. A household's help is applied for below and decided above; a task is reported done by
// whoever answers for it, and confirmed by the office.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { closed, press, seated, sound } from './casework.mjs';
import { DESKTOP, PHONE, TODAY, office, picture } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const loaded = (p, act) => Promise.all([p.waitForEvent('load'), act()]);

/** 提出: a matter of this institution; answers its address. */
async function proposed(p, institution, unit, title) {
  await p.goto('/matters');
  const form = p.locator('form[action="/matters"]', { has: p.locator(`input[value="${institution}"]`) });
  await form.locator('input[name=unit]').fill(unit);
  await form.locator('input[name=title]').fill(title);
  await loaded(p, () => form.locator('button').click());
  return new URL(p.url()).pathname;
}

/** The present step, as whoever sits here fills it in. */
async function step(p, href, fields, on = TODAY) {
  await p.goto(href);
  await p.fill('#on', on);
  for (const [id, value] of Object.entries(fields)) await p.fill(`#f-${id}`, value);
  await sound(p, 'matter: step');
  await loaded(p, () => p.click('.matter-step .is-main'));
  return p.textContent('main');
}

/** The present step is another's: it says whose, and there is nothing to fill in. */
async function leftTo(p, href, who) {
  await p.goto(href);
  assert.match(await p.textContent('.matter-step.is-present'), new RegExp(`由${who}登记`));
  assert.equal(await p.locator('.matter-step .is-main').count(), 0);
}

for (const [name, size] of [['desk', DESKTOP], ['telephone', PHONE]]) {
  test(`help is asked for by the village, decided by the town and paid by the office (${name})`, async () => {
    const village = await seated(site, 'zhishu', size);
    const town = await seated(site, 'renshi', size);
    const treasurer = await seated(site, 'zuzhi', size);
    const amount = name === 'desk' ? '4100' : '5300';
    const href = await proposed(village, 'relief-fund', '青云镇大王庄村', `${name === 'desk' ? '大病' : '火灾'}救助一户`);
    await step(village, href, { reason: '因病', asked: '9000' }, '2026-11-12');
    await step(village, href, { team: '周敏、吴倩', found: '属实' }, '2026-11-13');
    await leftTo(village, href, '基金评审会');
    await sound(village, 'fund: waits for the town');
    await step(town, href, { should: '9', present: '8', agree: '8', granted: amount }, '2026-11-16');
    await step(village, href, { days: '5', objections: '无' });
    await leftTo(village, href, '财务人员');
    const paid = await step(treasurer, href, { amount, how: '转账，凭证 0044' });
    assert.match(paid, new RegExp(`办结[\\s\\S]*发放（元）：${amount}`));
    await village.goto(href);
    assert.match(await village.textContent('h1'), /办结/);
    await picture(village, `fund-two-hands-${size.width}`);
    await village.goto('/wall/accounts/relief-fund');
    assert.match(await village.textContent('main'), new RegExp(Number(amount).toLocaleString('en-US')));
    await closed(village, town, treasurer);
  });

  test(`what was decided is done by its owner, reported with evidence, and confirmed by the office (${name})`, async () => {
    const town = await seated(site, 'renshi', size);
    const chief = await seated(site, 'zhenzhang', size);
    const officer = await seated(site, 'zuzhi', size);
    const owner = await seated(site, name === 'desk' ? 'liming' : 'wangjianguo', size);
    const who = name === 'desk' ? '李明' : '王建国';
    const problem = `${name === 'desk' ? '防汛物资' : '消防水源'}补充`;
    const href = await proposed(town, 'decisions', '青云镇', `${problem}资金`);
    await step(town, href, { kind: '大额资金', reason: '汛期将至', amount: '12' });
    await step(town, href, { sent: '方案、预算', opinions: '无不同意见' });
    await step(chief, href, { chief: '党委书记', speakers: '组织委员、镇长、党委书记', should: '9', present: '8', agree: '8', decision: '同意' });
    // A name reaches its person where whoever writes it may see them: a county leader is named by the office.
    const planner = name === 'desk' ? chief : officer;
    await planner.goto(href);
    await planner.locator('summary', { hasText: '加一项' }).click();
    for (const [id, text] of Object.entries({ problem, measure: '补齐沙袋和抽水泵', owner: who, due: '2026-12-01' })) await planner.fill(`#${id}`, text);
    await press(planner, '加入清单');
    await step(chief, href, { supervisor: '镇纪委副书记' });
    assert.match(await step(officer, href, { done: '已补齐' }), /还有/, 'the office does not confirm what nobody has reported');

    // Whoever answers for it finds it on their own list and says what shows it; others do not have it.
    await owner.goto('/duties');
    const line = owner.locator('#tasks tr', { hasText: problem });
    assert.match(await line.textContent(), /临近时限/);
    await sound(owner, 'task: own list');
    await line.locator('summary').click();
    await loaded(owner, () => line.locator('button').click());
    assert.match(await owner.textContent('main'), /没有写明完成的佐证/);
    await owner.goto('/duties');
    await line.locator('summary').click();
    await line.locator('input[name=evidence]').fill('物资已入库，照片存镇');
    await picture(owner, `task-owner-${size.width}`);
    await loaded(owner, () => line.locator('button').click());
    assert.equal(await owner.locator('#tasks tr', { hasText: problem }).count(), 0, 'done, it is on the list no more');

    await officer.goto('/tasks?light=done');
    assert.match(await officer.locator('tr', { hasText: problem }).textContent(), /物资已入库，照片存镇/);
    await sound(officer, 'task: what was reported');
    assert.match(await step(officer, href, { done: '物资入库，已抽查' }), /办结/);
    await chief.goto(href);
    assert.match(await chief.textContent('main'), /物资已入库，照片存镇/);
    await closed(town, chief, officer, owner);
  });
}
