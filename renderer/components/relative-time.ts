const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const calendar = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const clock = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `just now`, `5 minutes ago`, `yesterday`; a date once it is more than a week ago. */
export function relativeTime(timestamp: string, now: number = Date.now()): string {
  const age = now - Date.parse(timestamp);
  if (age < MINUTE) return 'just now';
  if (age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute');
  if (age < DAY) return relative.format(-Math.floor(age / HOUR), 'hour');
  if (age < 7 * DAY) return relative.format(-Math.floor(age / DAY), 'day');
  return calendar.format(new Date(timestamp));
}

/** `Nov 23, 2026, 14:05`, in the person's time zone. */
export function dateAndTime(timestamp: string): string {
  return clock.format(new Date(timestamp));
}
