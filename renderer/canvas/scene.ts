import type { Editor } from '../editor/editor';
import type { CanvasTheme } from './canvas-theme';
import type { Palette } from './palette';

/** What every painter of a canvas needs. Made anew when the palette or the theme change. */
export interface Scene {
  readonly editor: Editor;
  readonly palette: Palette;
  readonly theme: CanvasTheme;
}
