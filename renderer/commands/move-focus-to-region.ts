/** The parts of the window that F6 steps through carry this attribute; the first focusable thing in each takes the focus. */
export const REGION_ATTRIBUTE = 'data-region';

const FOCUSABLE =
  'button:not([disabled]),[href],input:not([disabled]),select,textarea,[tabindex]:not([tabindex="-1"])';

export function moveFocusToRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(`[${REGION_ATTRIBUTE}]`)];
  if (regions.length === 0) return;
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  const from = current === -1 ? (by === 1 ? -1 : 0) : current;
  const region = regions[(from + by + regions.length) % regions.length];
  if (region === undefined) return;
  const target = region.matches('[tabindex]') ? region : region.querySelector<HTMLElement>(FOCUSABLE);
  target?.focus();
}
