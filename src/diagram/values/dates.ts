/** Writes moments in words. Always in UTC: a snapshot does not know the time zone of its page. */
import { language } from '../../words/say.ts';

const form = {
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
  timeZoneName: 'short',
} as const satisfies Intl.DateTimeFormatOptions;

const common = new Intl.DateTimeFormat(language, form);
const beforeChrist = new Intl.DateTimeFormat(language, { ...form, era: 'short' });

/** `2026-11-30T18:20:14.000Z` */
export function isoText(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString();
}

/** `Mon, Nov 30, 2026, 18:20:14 UTC · 1796062814000` */
export function dateInWords(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  const words = (date.getUTCFullYear() < 1 ? beforeChrist : common).format(date);
  return `${words} · ${milliseconds}`;
}
