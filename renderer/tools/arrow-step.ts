import type { KeyInput } from '../editor/editor';

/** Direction and length in image px of an arrow key: 1, with Shift 10, with Ctrl 50. Null for other keys. */
export function arrowStep(event: KeyInput): { readonly dx: number; readonly dy: number } | null {
  const length = event.control ? 50 : event.shift ? 10 : 1;
  switch (event.key) {
    case 'ArrowLeft':
      return { dx: -length, dy: 0 };
    case 'ArrowRight':
      return { dx: length, dy: 0 };
    case 'ArrowUp':
      return { dx: 0, dy: -length };
    case 'ArrowDown':
      return { dx: 0, dy: length };
    default:
      return null;
  }
}
