import type { KeyInput } from '../../editor/editor';

/** Keys that take the last point of a draft back; elsewhere they delete objects or undo a change. */
export function takesPointBack({ key, control, shift, alt }: KeyInput): boolean {
  if (key === 'Backspace' || key === 'Delete') return true;
  return control && !shift && !alt && key.toLowerCase() === 'z';
}
