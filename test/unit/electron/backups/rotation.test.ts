import { describe, expect, it } from 'vitest';
import { expiredBackups } from '../../../../electron/backups/rotation';

const backup = (madeAt: string) => ({ id: madeAt, madeAt });

describe('rotation', () => {
  it('keeps everything while there are ten or fewer', () => {
    const ten = Array.from({ length: 10 }, (_, index) => backup(`2026-01-01T10:0${index}:00.000Z`));
    expect(expiredBackups(ten)).toEqual([]);
    expect(expiredBackups([])).toEqual([]);
  });

  it('keeps the newest ten of a busy day and drops the older ones of that day', () => {
    const minutes = Array.from({ length: 14 }, (_, index) =>
      backup(`2026-01-01T10:${String(index).padStart(2, '0')}:00.000Z`),
    );
    expect([...expiredBackups(minutes)].sort()).toEqual([
      '2026-01-01T10:00:00.000Z',
      '2026-01-01T10:01:00.000Z',
      '2026-01-01T10:02:00.000Z',
      '2026-01-01T10:03:00.000Z',
    ]);
  });

  it('keeps the newest of each of the seven latest days that have any, in whatever order they are given', () => {
    const busy = Array.from({ length: 10 }, (_, index) => backup(`2026-03-20T10:0${index}:00.000Z`));
    const earlier = ['19', '15', '12', '08', '03', '02', '01'].flatMap((day) => [
      backup(`2026-03-${day}T09:00:00.000Z`),
      backup(`2026-03-${day}T17:00:00.000Z`),
    ]);
    const expired = [...expiredBackups([...earlier, ...busy].reverse())].sort();
    expect(expired).toEqual([
      '2026-03-01T09:00:00.000Z',
      '2026-03-01T17:00:00.000Z',
      '2026-03-02T09:00:00.000Z',
      '2026-03-03T09:00:00.000Z',
      '2026-03-08T09:00:00.000Z',
      '2026-03-12T09:00:00.000Z',
      '2026-03-15T09:00:00.000Z',
      '2026-03-19T09:00:00.000Z',
    ]);
  });
});
