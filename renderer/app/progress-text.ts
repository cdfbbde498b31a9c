import type { JobProgress } from '../../shared/ipc/channels/files';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Percent done, 0 to 100, or null while the total is not known. */
export function shareDone(progress: JobProgress | null): number | null {
  if (progress === null || progress.total === null) return null;
  return progress.total === 0 ? 100 : Math.min(100, (progress.done / progress.total) * 100);
}

/** `1,200 of 9,800 files · 480 files/s · 18 s left`; what is not known is left out. */
export function describeProgress(progress: JobProgress | null): string {
  if (progress === null) return '';
  const { done, total, unit, perSecond, secondsLeft } = progress;
  const parts = [
    total === null
      ? `${whole.format(done)} ${unit}`
      : `${whole.format(done)} of ${whole.format(total)} ${unit}`,
  ];
  if (perSecond !== null) parts.push(`${whole.format(perSecond)} ${unit}/s`);
  if (secondsLeft !== null) parts.push(`${describeSeconds(secondsLeft)} left`);
  return parts.join(' · ');
}

function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
