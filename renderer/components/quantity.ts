const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `12,345`. */
export function count(value: number): string {
  return whole.format(value);
}

/** `1 image`, `12,345 images`; nouns that do not just take an s say how. */
export function plural(value: number, noun: string, nouns = `${noun}s`): string {
  return `${whole.format(value)} ${value === 1 ? noun : nouns}`;
}

/** `812 B`, `4.2 MB`, in powers of 1,000 as file browsers show them. */
export function byteSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let at = 0;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  return `${at === 0 ? whole.format(value) : oneDigit.format(value)} ${units[at] ?? ''}`;
}
