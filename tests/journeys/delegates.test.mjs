// 党代表工作室: the reception day that is owed, the problem that was heard there as a case to its end, a motion with its days,
// a meeting that the delegate sits in on; each by those whose turn it is.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { days, workingDays } from './calendar.mjs';
import { closed, handled, letterText, press, registered, seated, shownDue, sorted, sound } from './casework.mjs';
import { DESKTOP, PHONE, TODAY, office, picture } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

/** Opens the duty of this title in the part of the list with this heading, and fills it in. */
async function handedIn(p, part, title, fields) {
  await p.goto('/duties');
  const link = p.locator('section', { has: p.getByRole('heading', { name: part }) }).locator('.duty a', { hasText: title }).first();
  await Promise.all([p.waitForEvent('load'), link.click()]);
  return filled(p, fields);
}

async function filled(p, fields) {
  for (const [id, text] of Object.entries(fields)) await p.fill(`#${id}`, text);
  await sound(p, 'duty: form');
  await Promise.all([p.waitForEvent('load'), p.click('.duty-form .is-main')]);
  return p.textContent('main');
}

async function rated(p, href, word) {
  await p.goto(href);
  assert.match(await p.textContent('main'), /评价办理结果\s*您交办的这一件，办得怎样/);
  await p.getByText(word, { exact: true }).first().click();
  await press(p, '记下');
  assert.match(await p.textContent('.deeds'), new RegExp(`评价\\s*${word}`));
}

async function answered(p, href, words) {
  await p.goto(href);
  await p.fill('#answer', words);
  await press(p, '答复');
}

async function closedBy(p, href) {
  await p.goto(href);
  await press(p, '销号');
}

for (const [name, size] of [['desk', DESKTOP], ['telephone', PHONE]]) {
  test(`what a delegate hears on a reception day is handled, answered and rated by the delegate (${name})`, async () => {
    const delegate = await seated(site, 'daibiao', size);
    const [part, standing] = name === 'desk' ? ['今天', '按期'] : ['逾期', '逾期补办'];
    const held = await handedIn(delegate, part, '党代表接待日', { on: name === 'desk' ? '2026-11-20' : '2026-11-22', 'f-came': '4', 'f-problems': '1', 'f-said': '校门口没有斑马线' });
    assert.match(held, new RegExp(`${standing}[\\s\\S]*登记的问题\\s*1`));
    const words = `${name === 'desk' ? '小学' : '中学'}门口没有斑马线`;
    const { href } = await registered(delegate, 'delegates', { way: '接待日', words, place: '青云镇' });
    const town = await seated(site, 'zhenjie', size);
    await sorted(town, href, '接待的问题');
    assert.equal(await shownDue(town), workingDays(TODAY, 5), 'five working days');
    await press(town, /向县住房和城乡建设局吹哨/);
    const liaison = await handled(site, size, href, '已划线，装了警示灯');
    await answered(town, href, '斑马线划好了');
    const letter = await letterText(town, await town.locator('a[href*="/letters/reply/docx"]').getAttribute('href'));
    assert.match(letter, new RegExp(`您在接待日提出的“${words}”（接待的问题）[\\s\\S]*斑马线划好了`));
    assert.equal(await town.getByRole('button', { name: '销号' }).count(), 0, 'nobody signs off before the delegate has said whether it helped');
    if (name === 'telephone') {
      // Not content: the delegate asks again, and what was answered before stays on the file.
      await rated(delegate, href, '较差');
      await delegate.locator('summary', { hasText: '重办' }).click();
      await delegate.fill('#reopen-says', '只划了一半');
      await press(delegate, '重办');
      assert.match(await delegate.textContent('.head'), /待派办/);
      await answered(town, href, '另一半也划好了');
      assert.match(await town.textContent('.deeds'), /另一半也划好了[\s\S]*只划了一半[\s\S]*斑马线划好了/);
    }
    await rated(delegate, href, '好');
    await sound(delegate, 'delegates: rated');
    await picture(delegate, `delegate-rated-${size.width}`);
    await closedBy(town, href);
    await delegate.goto(href);
    assert.match(await delegate.textContent('.head'), /已销号/);
    assert.match(await delegate.textContent('.head'), /按期/);
    await closed(delegate, town, liaison);
  });

  test(`a motion names who seconds it, has its ninety days, and ends with the delegate's word (${name})`, async () => {
    const delegate = await seated(site, 'daibiao', size);
    const words = `建议把${name === 'desk' ? '老粮站' : '旧车站'}改成文化广场`;
    const { href } = await registered(delegate, 'delegates', { way: '提案提议', words, place: '青云镇', asked: { seconded: '12' } });
    const town = await seated(site, 'zhenjie', size);
    await sorted(town, href, '提案提议');
    assert.match(await town.textContent('.deeds'), /联名的代表（人）\s*12/);
    // Ninety days reach into a year whose calendar is not published yet: nobody guesses the day, here or there.
    assert.equal(days(TODAY, 90), null);
    assert.match(await town.textContent('.head'), /无法判断/);
    assert.equal(await town.locator('.head time').count(), 0);
    await press(town, /向县委办公室吹哨/);
    const part = town.locator('.case-parts li', { hasText: '县委办公室' });
    assert.ok((await part.textContent()).includes(`${workingDays(TODAY, 5).slice(5)} 前`), 'claimed within five working days');
    // An office without a liaison officer tells by telephone; the town writes it down for them.
    await press(town, '报到');
    await town.fill('textarea[name=says]', '已列入明年城建计划');
    await press(town, '提交办理结果');
    await answered(town, href, '县委办公室答复：已列入明年城建计划');
    await rated(delegate, href, '较好');
    await closedBy(town, href);
    assert.match(await town.textContent('.head'), /已销号/);
    assert.match(await town.textContent('.head'), /无法判断/);
    await sound(delegate, 'delegates: motion');
    await closed(delegate, town);
  });

  test(`a delegate sits in on a meeting once in the half-year, and the ledger has who they are (${name})`, async () => {
    const delegate = await seated(site, 'daibiao', size);
    const sat = { on: '2026-11-18', 'f-meeting': '镇党委第一议题学习', 'f-said': '建议把斑马线的事列入清单' };
    if (name === 'desk') {
      await handedIn(delegate, '以后', '列席会议', { ...sat, 'f-meeting': '' });
      assert.match(await delegate.textContent('.error-summary'), /没有填写“列席的会议”/);
      assert.equal(await delegate.inputValue('#f-said'), sat['f-said'], 'what was typed is still there');
      assert.match(await filled(delegate, sat), /按期[\s\S]*镇党委第一议题学习/);
    } else {
      // Written down wrongly at the desk: taken back, and handed in anew.
      await delegate.goto('/duties');
      await Promise.all([delegate.waitForEvent('load'), delegate.locator('.duty a', { hasText: '列席会议' }).first().click()]);
      await delegate.locator('summary', { hasText: '填错了' }).click();
      await delegate.fill('input[name=why]', '会议名称写错');
      await press(delegate, '撤回');
      assert.match(await filled(delegate, { ...sat, 'f-meeting': '县委全会' }), /按期[\s\S]*县委全会/);
      assert.match(await delegate.textContent('main'), /会议名称写错/);
    }
    await sound(delegate, 'delegates: sat in');
    const who = (await delegate.textContent('.head')).match(/(\S+)：青云镇/)[1];
    const officer = await seated(site, 'zuzhi', size);
    await officer.goto('/ledgers/delegates');
    assert.match(await officer.textContent('main'), new RegExp(who));
    await closed(delegate, officer);
  });
}

test('a motion of September ends on the Monday after its ninetieth day, and the delegate sees it run', async () => {
  const autumn = await office(5000, '2026-09-20');
  try {
    for (const [words, size] of [['建议修缮老戏台', DESKTOP], ['建议增设公交站', PHONE]]) {
      const delegate = await seated(autumn, 'daibiao', size);
      const { href } = await registered(delegate, 'delegates', { way: '提案提议', words, place: '青云镇' });
      const town = await seated(autumn, 'zhenjie', size);
      await sorted(town, href, '提案提议');
      await delegate.goto(href);
      assert.equal(days('2026-09-20', 90), '2026-12-21 23:59', 'the ninetieth day is a Saturday');
      assert.equal(await shownDue(delegate), days('2026-09-20', 90));
      assert.doesNotMatch(await delegate.textContent('.deeds'), /联名的代表/, 'nobody seconded it');
      await closed(delegate, town);
    }
  } finally {
    await autumn.close();
  }
});
