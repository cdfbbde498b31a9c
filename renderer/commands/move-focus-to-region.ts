/** The parts of the window that F6 steps through carry this attribute; the first focusable thing in each takes the focus. */
export const REGION_ATTRIBUTE = 'data-region';

/** Of a bar that is one stop of Tab only that stop: its other buttons are reached by arrows. */
const FOCUSABLE = [
  'button:not([disabled])',
  '[href]',
  'input:not([disabled])',
  'select',
  'textarea',
  '[tabindex]',
]
  .map((selector) => `${selector}:not([tabindex="-1"])`)
  .join(',');

/** Steps over parts in which nothing takes the focus now, so that the next press does not begin there again. */
export function moveFocusToRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(`[${REGION_ATTRIBUTE}]`)];
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  const from = current === -1 ? (by === 1 ? -1 : 0) : current;
  for (let step = 1; step <= regions.length; step += 1) {
    const region = regions[(from + by * step + regions.length * 2) % regions.length];
    const target = region === undefined ? null : focusableIn(region);
    if (target === null) continue;
    target.focus();
    return;
  }
}

function focusableIn(region: HTMLElement): HTMLElement | null {
  return region.matches('[tabindex]') ? region : region.querySelector<HTMLElement>(FOCUSABLE);
}
