import { useEffect, useState } from 'react';

/** Whole seconds until a time (ISO 8601), counting down; 0 when it is past or null. */
export function useSecondsUntil(until: string | null): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const look = () => {
      const left = until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000));
      setSeconds(left);
      if (left === 0) clearInterval(timer);
    };
    const timer = setInterval(look, 1000);
    look();
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}
