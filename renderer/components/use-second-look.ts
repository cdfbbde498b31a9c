import { startTransition, useEffect, useState } from 'react';

/**
 * False in the first rendering, true soon after. What is costly to draw and waits for it comes in slices between
 * frames; shown at once it would hold up the window.
 */
export function useSecondLook(): boolean {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    startTransition(() => setIsDue(true));
  }, []);
  return isDue;
}
