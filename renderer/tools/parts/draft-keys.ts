import type { KeyInput } from '../../editor/editor';

/** Keys that take the last point of a draft back; elsewhere they delete objects or undo a change. */
export function takesPointBack({ key, control, shift, alt }: KeyInput): boolean {
  if (key === 'Backspace' || key === 'Delete') return true;
  return control && !shift && !alt && key.toLowerCase() === 'z';
}

/** The key that ends a draft: closes an outline or ends a line. */
export function isClosingKey({ key, control, alt, shift }: KeyInput): boolean {
  return key.toLowerCase() === 'c' && !control && !alt && !shift;
}
