// 四级网格: a grid is founded and somebody looks after it; a problem told there climbs from the grid to the county, and whoever
// passed it up sees how it ends.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { workingDays } from './calendar.mjs';
import { closed, handled, press, registered, seated, shownDue, sorted, sound } from './casework.mjs';
import { DESKTOP, PHONE, TODAY, office, picture } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const COMMUNITY = '青云镇滨河社区';

/** The page of an organisation, by its name. */
async function organisation(p, name) {
  await p.goto(`/organisations?find=${encodeURIComponent(name)}`);
  await p.locator('#units a[href^="/organisations/"]', { hasText: new RegExp(`^\\s*(青云县)?${name}\\s*$`) }).first().click();
  await p.waitForURL(/\/organisations\/\d+$/);
}

/** 新增下属机构: looked at, then written. */
async function founded(p, grid) {
  await organisation(p, COMMUNITY);
  await p.locator('summary', { hasText: '办理' }).click();
  await p.locator('a', { hasText: '新增下属机构' }).click();
  await p.waitForSelector('#amendment');
  await p.fill('#name', grid);
  await p.selectOption('#kind', '网格');
  await p.fill('#from_day', '2026-11-20');
  await sound(p, 'grid: new');
  await p.locator('#amendment .form-acts button[value=look]').click();
  assert.match(await p.textContent('.preview'), new RegExp(grid));
  await p.locator('.preview button[value=save]').click();
  await p.waitForURL(/\/changes\/\d+/);
}

async function raised(p, why, to) {
  await p.locator('summary', { hasText: '本级办不了' }).click();
  await p.fill('#raise-says', why);
  await press(p, '连同全部材料上报');
  assert.match(await p.textContent('.head'), new RegExp(`主办：${to}\\s*$`));
}

for (const [name, size] of [['desk', DESKTOP], ['telephone', PHONE]]) {
  test(`a grid is founded by the office, looked after by somebody, and its problem climbs to the county (${name})`, async () => {
    const [grid, who] = [`${COMMUNITY}第${name === 'desk' ? '四' : '五'}网格`, '李明'];
    const officer = await seated(site, 'zuzhi', size);
    const town = await seated(site, 'zhenjie', size);
    const worker = await seated(site, 'shequ', size);
    for (const p of [town, worker]) assert.notEqual((await p.goto('/organisations/new')).status(), 200, 'only the office founds one');
    await founded(officer, grid);
    // 网格员: recorded like every other charge, and shown with the grid.
    const town_office = await seated(site, 'renshi', size);
    await town_office.goto('/charges');
    await town_office.selectOption('#kind', '网格员');
    await town_office.fill('#who', who);
    await town_office.fill('#place', grid);
    await sound(town_office, 'grid: charge');
    await press(town_office, '明确责任');
    assert.match(await town_office.textContent('main'), new RegExp(`${who}\\s*网格员\\s*${grid}`));
    await organisation(officer, grid);
    assert.match(await officer.textContent('main'), new RegExp(`包联责任\\s*1\\s*网格员\\s*${who}\\s*${TODAY} 起`));
    await sound(officer, 'grid: organisation');
    await officer.goto('/ledgers/grid-workers');
    assert.match(await officer.textContent('main'), new RegExp(`${grid}\\s*${who}`));
    assert.match(await officer.textContent('main'), /石桥镇\S+第一网格/, 'other towns have theirs');

    const words = `${name === 'desk' ? '一' : '二'}号楼外的污水管反水`;
    const { href } = await registered(worker, 'grid', { way: '巡查', words, place: grid });
    await worker.goto('/cases');
    assert.match(await worker.locator('.case-below tr', { hasText: grid }).textContent(), new RegExp(who), 'who looks after it stands beside the grid');
    await sound(worker, 'grid: board');
    await picture(worker, `grid-founded-${size.width}`);
    await sorted(worker, href, '问题');
    assert.match(await worker.textContent('main'), new RegExp(`网格员 ${who}`));
    const due = workingDays(TODAY, 5);
    assert.equal(await shownDue(worker), due);
    assert.match(await worker.textContent('.head'), new RegExp(`主办：${grid}`));
    await raised(worker, '要开挖道路', COMMUNITY);
    await raised(worker, '涉及镇区管网', '青云镇');
    assert.equal(await worker.locator('form:has(input[value=raise])').count(), 0, 'passed up, it is in other hands');
    assert.equal(await worker.locator('#answer').count(), 0);
    await town.goto(href);
    assert.match(await town.textContent('.deeds'), /涉及镇区管网[\s\S]*要开挖道路/, 'with its whole file');
    await raised(town, '要列入县里管网改造', '青云县');
    assert.equal(await town.locator('#answer').count(), 0);
    await officer.goto(href);
    assert.equal(await shownDue(officer), due, 'climbing gains no time');
    await press(officer, /向县住房和城乡建设局吹哨/);
    const liaison = await handled(site, size, href, '换了主管');
    await officer.goto(href);
    await officer.fill('#answer', '管网已换，不再反水');
    await press(officer, '答复');
    // Whoever brought it asks the residents, and writes down what they say.
    await worker.goto(href);
    await worker.getByText('好', { exact: true }).first().click();
    await press(worker, '记下');
    await officer.goto(href);
    await press(officer, '销号');
    for (const p of [worker, town]) {
      await p.goto(href);
      assert.match(await p.textContent('.head'), /已销号/, 'seen to its end by who passed it up');
    }
    await sound(worker, 'grid: signed off');
    await closed(officer, town, worker, town_office, liaison);
  });

  test(`a visit in the grid becomes a problem that a department solves (${name})`, async () => {
    const worker = await seated(site, 'shequ', size);
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
    const liaison = await handled(site, size, href, '已拆除并装了充电桩');
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

}
