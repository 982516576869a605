// 工作日历: what a page must say of a deadline, worked out here from the institution's file and never copied from the page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './harness.mjs';

const text = readFileSync(join(ROOT, 'institutions/calendar.toml'), 'utf8');
const DAY = 86_400_000;
const close = text.match(/^hours = .*until = "(\d\d:\d\d)" }\]$/m)[1];
const years = new Map(text.split('[[year]]').slice(1).map((year) => [
  year.match(/^year = (\d+)/m)[1],
  {
    off: [...year.matchAll(/from = ([\d-]+), until = ([\d-]+)/g)].map(([, from, until]) => [from, until]),
    work: year.match(/^work = \[(.*)\]/m)[1].split(', '),
  },
]));

const next = (day) => new Date(Date.parse(`${day}T00:00Z`) + DAY).toISOString().slice(0, 10);

/** Is the office open? Of a year that is not entered nobody knows. */
function isWorking(day) {
  const year = years.get(day.slice(0, 4));
  if (!year) return null;
  if (year.work.includes(day)) return true;
  const weekend = [0, 6].includes(new Date(`${day}T00:00Z`).getUTCDay());
  return !weekend && !year.off.some(([from, until]) => from <= day && day <= until);
}

/** The close of business of the `count`th working day after `day`, as a page writes it; null where a year is missing. */
export function workingDays(day, count) {
  for (let left = count; left > 0;) {
    day = next(day);
    const open = isWorking(day);
    if (open === null) return null;
    if (open) left -= 1;
  }
  return `${day} ${close}`;
}

/** The end of the `count`th day after `day`; a day off gives way to the next working day. */
export function days(day, count) {
  for (let left = count; left > 0; left -= 1) day = next(day);
  for (;;) {
    const open = isWorking(day);
    if (open === null) return null;
    if (open) return `${day} 23:59`;
    day = next(day);
  }
}

/** As a letter writes a moment: `2026年12月11日18:00`. */
export function dayInWords(moment) {
  const [, year, month, day, hour] = moment.match(/^(\d+)-0?(\d+)-0?(\d+) (.+)$/);
  return `${year}年${month}月${day}日${hour}`;
}
