/** Inputs that do not take text, so that single keys may still be commands while they have the focus. */
const TEXTLESS_INPUTS: ReadonlySet<string> = new Set([
  'checkbox',
  'radio',
  'button',
  'submit',
  'color',
  'file',
  'range',
]);

/**
 * Widgets in which letters search among the entries, or that take the whole keyboard while they are open. Lists that
 * only use arrows and leave the rest to commands say so with `data-shares-keys`.
 */
const KEYBOARD_OWNERS =
  '[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]:not([data-shares-keys])';

/**
 * True where a key press means text or belongs to an open widget: commands never fire there. Function keys are no text,
 * so that F6 leads out of a field too.
 */
export function ownsKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(KEYBOARD_OWNERS) !== null) return true;
  if (/^F\d+$/.test(key)) return false;
  if (target instanceof HTMLInputElement) return !TEXTLESS_INPUTS.has(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}
