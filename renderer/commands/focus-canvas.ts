/** Gives the canvas the keyboard, so that Enter and the arrows go on drawing where a tool was chosen by its key. */
export function focusCanvas(): void {
  document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
}
