import type { GridLayout } from './grid-layout';

/** Space between crops, and around what a cell holds. CSS px. */
export const CELL_GAP = 8;
/** Below this side of a crop there is no room for words. */
const LEAST_CAPTIONED = 96;
const CAPTION_HEIGHT = 18;
export const HEADER_HEIGHT = 40;

/** Width and height of a cell for crops of a side, CSS px. */
export function cellSizeFor(cropSide: number): { readonly cellWidth: number; readonly cellHeight: number } {
  return {
    cellWidth: cropSide + CELL_GAP,
    cellHeight: cropSide + CELL_GAP + (hasCaption(cropSide) ? CAPTION_HEIGHT : 0),
  };
}

function hasCaption(cropSide: number): boolean {
  return cropSide >= LEAST_CAPTIONED;
}

/** Colours of the theme, read from its variables when it changes. */
export interface CropTheme {
  readonly window: string;
  readonly empty: string;
  readonly line: string;
  readonly text: string;
  readonly dim: string;
  readonly strong: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly focus: string;
  readonly selected: string;
  readonly font: string;
}

export function readCropTheme(): CropTheme {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    window: value('--surface-window'),
    empty: value('--surface-raised'),
    line: value('--line'),
    text: value('--text'),
    dim: value('--text-dim'),
    strong: value('--text-strong'),
    accent: value('--accent'),
    onAccent: value('--on-accent'),
    focus: value('--focus'),
    selected: value('--surface-selected'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** What a cell shows beside its picture. */
export interface CropCell {
  readonly bitmap: ImageBitmap | null;
  readonly failure: string | null;
  readonly caption: string;
  /** Right of the caption: what the order goes by. */
  readonly figure: string;
  readonly color: string | null;
  readonly isSelected: boolean;
  readonly isActive: boolean;
}

export interface CropScene {
  readonly layout: GridLayout;
  readonly cropSide: number;
  /** What is seen of the layout: its top and the size of the view, CSS px. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly isFocused: boolean;
  cellAt(index: number): CropCell;
  headerOf(section: number): { readonly title: string; readonly note: string };
  /** Selection by dragging, in layout px. */
  readonly band: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  } | null;
}

/**
 * Draws all that is seen onto one canvas: a hundred elements that come and go cost a fast scroll its frames, a hundred
 * small pictures do not. The context is scaled so that it takes CSS px.
 * @returns how many cells there are to see, and how many of them have neither a crop nor a reason for having none.
 */
export function drawCrops(
  context: CanvasRenderingContext2D,
  scene: CropScene,
  theme: CropTheme,
): { readonly seen: number; readonly lacking: number } {
  const { layout, top, width, height } = scene;
  context.fillStyle = theme.window;
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'middle';
  const { from, to } = layout.between(top, top + height);
  let lacking = 0;
  for (let index = from; index < to; index += 1) {
    const rect = layout.rectOf(index);
    // In the middle of its cell, on whole px: a crop drawn between them is blurred.
    const x = Math.round(rect.x + (rect.width - scene.cropSide) / 2);
    const cell = scene.cellAt(index);
    if (cell.bitmap === null && cell.failure === null) lacking += 1;
    drawCell(context, cell, x, Math.round(rect.y - top) + CELL_GAP / 2, scene, theme);
  }
  for (const { section, top: headerTop } of layout.headersBetween(top, top + height)) {
    drawHeader(context, scene.headerOf(section), headerTop - top, width, theme);
  }
  if (scene.band !== null) drawBand(context, scene.band, top, theme);
  return { seen: to - from, lacking };
}

function drawCell(
  context: CanvasRenderingContext2D,
  cell: CropCell,
  x: number,
  y: number,
  { cropSide: side, isFocused }: CropScene,
  theme: CropTheme,
): void {
  const caption = hasCaption(side);
  if (cell.isSelected) {
    context.fillStyle = theme.selected;
    const foot = caption ? CAPTION_HEIGHT : 0;
    context.fillRect(
      x - CELL_GAP / 2 + 1,
      y - CELL_GAP / 2 + 1,
      side + CELL_GAP - 2,
      side + CELL_GAP - 2 + foot,
    );
  }
  context.fillStyle = theme.empty;
  context.fillRect(x, y, side, side);
  if (cell.bitmap !== null) context.drawImage(cell.bitmap, x, y, side, side);
  else if (cell.failure !== null) drawFailure(context, cell.failure, x, y, side, theme);
  if (caption) drawCaption(context, cell, x, y + side, side, theme);
  if (cell.isSelected) drawCheck(context, x, y, side, theme);
  if (cell.isActive) {
    context.strokeStyle = isFocused ? theme.focus : theme.line;
    context.lineWidth = 2;
    context.strokeRect(x - 2, y - 2, side + 4, side + 4);
  }
}

/** A tick beside the tint: colour alone would not do. */
function drawCheck(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  side: number,
  theme: CropTheme,
): void {
  context.strokeStyle = theme.accent;
  context.lineWidth = 2;
  context.strokeRect(x + 1, y + 1, side - 2, side - 2);
  context.fillStyle = theme.accent;
  context.fillRect(x, y, 16, 16);
  context.strokeStyle = theme.onAccent;
  context.beginPath();
  context.moveTo(x + 4, y + 8);
  context.lineTo(x + 7, y + 11);
  context.lineTo(x + 12, y + 5);
  context.stroke();
}

function drawCaption(
  context: CanvasRenderingContext2D,
  { caption, figure, color }: CropCell,
  x: number,
  y: number,
  side: number,
  theme: CropTheme,
): void {
  const middle = y + CAPTION_HEIGHT / 2 + 1;
  context.font = `11px ${theme.font}`;
  let left = x;
  if (color !== null) {
    context.fillStyle = color;
    context.fillRect(x, middle - 4, 8, 8);
    left += 12;
  }
  const figureWidth = figure === '' ? 0 : widthOf(context, figure) + 6;
  context.fillStyle = theme.text;
  context.fillText(fitted(context, caption, side - (left - x) - figureWidth), left, middle);
  if (figure === '') return;
  context.fillStyle = theme.dim;
  context.textAlign = 'right';
  context.fillText(figure, x + side, middle);
  context.textAlign = 'left';
}

function drawFailure(
  context: CanvasRenderingContext2D,
  failure: string,
  x: number,
  y: number,
  side: number,
  theme: CropTheme,
): void {
  context.font = `11px ${theme.font}`;
  context.fillStyle = theme.dim;
  context.textAlign = 'center';
  context.fillText(fitted(context, failure, side - 8), x + side / 2, y + side / 2);
  context.textAlign = 'left';
}

function drawHeader(
  context: CanvasRenderingContext2D,
  { title, note }: { readonly title: string; readonly note: string },
  top: number,
  width: number,
  theme: CropTheme,
): void {
  const middle = top + HEADER_HEIGHT / 2 + 2;
  context.fillStyle = theme.line;
  context.fillRect(CELL_GAP / 2, top + 6, width - CELL_GAP, 1);
  context.font = `600 13px ${theme.font}`;
  context.fillStyle = theme.strong;
  context.fillText(title, CELL_GAP / 2, middle);
  const titleWidth = widthOf(context, title);
  context.font = `12px ${theme.font}`;
  context.fillStyle = theme.dim;
  context.fillText(note, CELL_GAP / 2 + titleWidth + 12, middle);
}

function drawBand(
  context: CanvasRenderingContext2D,
  band: NonNullable<CropScene['band']>,
  top: number,
  theme: CropTheme,
): void {
  context.save();
  context.globalAlpha = 0.15;
  context.fillStyle = theme.accent;
  context.fillRect(band.x, band.y - top, band.width, band.height);
  context.restore();
  context.strokeStyle = theme.accent;
  context.lineWidth = 1;
  context.strokeRect(band.x + 0.5, band.y - top + 0.5, band.width, band.height);
}

/** Widths by font and text: measuring is the dearest part of drawing words, and labels are few. */
const widths = new Map<string, number>();
const MOST_WIDTHS = 5000;

function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font}\n${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > MOST_WIDTHS) widths.clear();
  const { width } = context.measureText(text);
  widths.set(key, width);
  return width;
}

/** The text, or as much of it as fits with an ellipsis. */
function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (widthOf(context, text) <= width) return text;
  const share = width / Math.max(1, widthOf(context, text));
  let length = Math.floor(text.length * share);
  while (length > 0 && widthOf(context, `${text.slice(0, length)}…`) > width) length -= 1;
  return length === 0 ? '' : `${text.slice(0, length)}…`;
}
