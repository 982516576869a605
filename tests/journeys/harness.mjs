// What every journey needs: 青云县 served on a port of its own, a browser, and the eyes for accidents.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const ROOT = new URL('../..', import.meta.url).pathname;
export const OUTPUT = join(ROOT, 'tests/output');
export const TODAY = '2026-11-22';
export const PASSWORD = 'qingyun-demo-2026';
export const PROGRAM = process.env.ZHIREN ?? join(ROOT, 'target/debug/zhiren');

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };
export const WALL = { width: 1920, height: 1080 };

/** The program at work on `data` as on `today`; answers its address and how to end it, by its own process id. */
async function serve(words) {
  const server = spawn(PROGRAM, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const address = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the site did not open: ${said}`)), 120_000);
    const listen = (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) { clearTimeout(late); resolve(found[0]); }
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.on('exit', (code) => { clearTimeout(late); reject(new Error(`the server ended (${code}): ${said}`)); });
  });
  const end = async () => {
    server.removeAllListeners('exit');
    const gone = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await gone;
  };
  return { address, end };
}

let databases = 0;

/** Where the rows are to stand: in a file, or (`ZHIREN_JOURNEYS_ON=postgresql`) in a database of this journey's own. */
function place() {
  const kind = process.env.ZHIREN_JOURNEYS_ON ?? 'sqlite';
  if (kind === 'sqlite') return { words: [], drop: () => {} };
  if (kind !== 'postgresql') throw new Error(`ZHIREN_JOURNEYS_ON=${kind}: sqlite or postgresql`);
  const server = process.env.ZHIREN_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432';
  const name = `zhiren_journey_${process.pid}_${databases += 1}`;
  const sql = (text) => execFileSync('psql', ['-qAt', '-v', 'ON_ERROR_STOP=1', '-c', text, `${server}/postgres`]);
  sql(`create database ${name} template template0 lc_collate 'C' lc_ctype 'C.UTF-8' encoding 'UTF8'`);
  return { words: ['--database', `${server}/${name}`], drop: () => sql(`drop database if exists ${name} with (force)`) };
}

/** Plants 青云县 into a folder of its own and serves it as on `day`. `later` opens the same office on another day. */
export async function office(people = 5000, day = TODAY) {
  const data = mkdtempSync(join(tmpdir(), 'zhiren-journey-'));
  const { words, drop } = place();
  let at = await serve(['demo', '--data', data, ...words, '--today', day, '--people', String(people), '--listen', '127.0.0.1:0']);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });
  const site = { address: at.address, data, browser };
  site.later = async (today) => {
    await at.end();
    at = await serve(['serve', '--data', data, ...words, '--today', today, '--listen', '127.0.0.1:0']);
    site.address = at.address;
  };
  site.close = async () => {
    await browser.close();
    await at.end();
    drop();
    rmSync(data, { recursive: true, force: true });
  };
  return site;
}

/** A page whose scripts' errors and broken answers fail the journey. */
export async function page(office, viewport = DESKTOP) {
  const context = await office.browser.newContext({ viewport, baseURL: office.address, locale: 'zh-CN', acceptDownloads: true });
  const page = await context.newPage();
  page.accidents = [];
  page.on('pageerror', (error) => page.accidents.push(`script: ${error.message}`));
  // A page that refuses on purpose answers 4xx, which the browser writes down as an error; a broken one answers 5xx.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) page.accidents.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => { if (response.status() >= 500) page.accidents.push(`${response.status()} ${response.url()}`); });
  return page;
}

/** Logs in as one of the demo accounts. */
export async function enter(page, name = 'zuzhi') {
  await page.goto('/login');
  await page.fill('input[name=name]', name);
  await page.fill('input[name=password]', PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/login')), page.press('input[name=password]', 'Enter')]);
}

/** States the purpose for what is folded on this page, if anything is; the page comes back with it. */
export async function state(page, purpose = 'daily') {
  if (!(await page.locator('.access select[name=purpose]').count())) return;
  await page.selectOption('.access select[name=purpose]', purpose);
  await page.locator('.access button').click();
  await page.waitForLoadState();
}

/** No page scrolls sideways. */
export async function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Keeps a picture for people to look at. */
export async function picture(page, name) {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`), fullPage: true });
}
