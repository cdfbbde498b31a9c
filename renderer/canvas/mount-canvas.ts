import { Konva } from 'konva/lib/_CoreInternals.js';
import type { Size } from '../../shared/geometry/rect';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { Editor, Session } from '../editor/editor';
import { createBrushRing } from './brush-ring';
import { type CanvasTheme, DARK_CANVAS_THEME } from './canvas-theme';
import { drawOverlay } from './draw-overlay';
import { drawPicture, type PictureImage, type ShownPicture } from './draw-picture';
import { pressPin } from './draw-pins';
import { followsPointer } from './draw-pointer';
import { isSameOverlay, previewInk } from './draw-preview';
import { drawShapes } from './draw-shapes';
import { createFrameScheduler } from './frame-scheduler';
import { createGlassTiles } from './glass-tiles';
import { listenToInput } from './listen-to-input';
import { maskBitmaps } from './mask-bitmaps';
import { createMinimap } from './minimap';
import { createPalette } from './palette';
import type { DrawableTiles } from './picture-tiles';
import { createRasterPreview } from './raster-preview';
import type { Scene } from './scene';
import { turnedCursor, turnedSize, turnOf } from './view-turn';

const NO_PICTURE: ShownPicture = { image: null, size: { width: 0, height: 0 }, tiles: null };

export interface CanvasView {
  /**
   * Shows a decoded picture of `size` image px under the shapes; null while there is none yet. Of a huge picture `tiles`
   * are drawn over it, as they come.
   */
  setPicture(picture: PictureImage | null, size: Size | null, tiles?: DrawableTiles | null): void;
  setTheme(theme: CanvasTheme): void;
  focus(): void;
  destroy(): void;
}

interface CanvasOptions {
  readonly theme?: CanvasTheme;
  readonly label?: string;
}

/**
 * Draws what the editor holds into `container` and feeds the editor what happens there. Four layers: the picture, all
 * shapes at rest in one scene function, tiles of pixels being painted, and an overlay for what is selected or being
 * drawn. A layer is redrawn at most once a frame, and only when something on it changed. Hit testing is the editor's; Konva
 * listens to nothing.
 */
export function mountCanvas(container: HTMLElement, editor: Editor, options: CanvasOptions = {}): CanvasView {
  container.tabIndex = 0;
  container.setAttribute('role', 'application');
  container.setAttribute('aria-label', options.label ?? 'Picture and its objects');
  container.style.touchAction = 'none';
  container.style.userSelect = 'none';

  // Every redraw is ours to decide.
  Konva.autoDrawEnabled = false;
  const host = document.createElement('div');
  host.style.cssText = 'position:absolute;inset:0;overflow:hidden;pointer-events:none';
  if (getComputedStyle(container).position === 'static') container.style.position = 'relative';
  container.append(host);
  const stage = new Konva.Stage({ container: host, width: 1, height: 1, listening: false });
  const pictureLayer = new Konva.Layer({ listening: false });
  const shapesLayer = new Konva.Layer({ listening: false });
  const overlayLayer = new Konva.Layer({ listening: false });
  const layers = [pictureLayer, shapesLayer, overlayLayer] as const;
  stage.add(...layers);
  const rasterTiles = createGlassTiles();
  overlayLayer.getCanvas()._canvas.before(rasterTiles.element);
  const ring = createBrushRing();
  host.append(ring.element);

  let picture = NO_PICTURE;
  let stopTiles: () => void = () => undefined;
  let theme = options.theme ?? DARK_CANVAS_THEME;
  let scene = sceneOf(editor, theme);
  let sceneOfSchema: LabelSchema = editor.schema;
  let sceneOfDisplay = editor.session.display;
  const raster = createRasterPreview();
  const minimap = createMinimap(editor);
  const add = (layer: typeof pictureLayer, draw: (context: CanvasRenderingContext2D) => void) =>
    layer.add(new Konva.Shape({ listening: false, sceneFunc: (context) => draw(context._context) }));
  add(pictureLayer, (context) => drawPicture(context, scene, picture));
  add(shapesLayer, (context) => drawShapes(context, scene));
  add(overlayLayer, (context) => {
    drawOverlay(context, scene);
    minimap.draw(context, picture, theme);
  });

  const dirty = new Set<typeof pictureLayer>(layers);
  /** The pixels being painted have moved on the glass. */
  let isRasterStale = false;
  const frames = createFrameScheduler(draw);

  function invalidate(...changed: readonly (typeof pictureLayer)[]): void {
    for (const layer of changed) dirty.add(layer);
    if (dirty.size > 0) frames.request();
  }

  function draw(): void {
    refreshScene();
    if (isRasterStale || raster.isPending) drawRaster(isRasterStale);
    isRasterStale = false;
    maskBitmaps.beginFrame();
    const drawn = [...dirty];
    dirty.clear();
    for (const layer of drawn) layer.drawScene();
    // Bitmaps of masks that did not fit into this frame come with the next ones.
    if (maskBitmaps.isBehind) invalidate(...drawn.filter((layer) => layer !== pictureLayer));
  }

  function drawRaster(isWhole: boolean): void {
    const { session } = editor;
    const ink = previewInk(scene, session.preview?.raster ?? { labelId: null, replaces: null });
    raster.draw(rasterTiles, ink, turnOf(session), session.camera, isWhole);
  }

  function refreshScene(): void {
    const { display } = editor.session;
    if (sceneOfSchema === editor.schema && scene.theme === theme && sceneOfDisplay === display) return;
    sceneOfSchema = editor.schema;
    sceneOfDisplay = display;
    scene = sceneOf(editor, theme);
  }

  let before: Session = editor.session;
  let documentBefore = editor.document;
  let schemaBefore = editor.schema;

  /** Marks the layers that show what changed. Runs on every notification: a few comparisons. */
  function onEditorChange(): void {
    const now = editor.session;
    const document = editor.document;
    const isOther = (...fields: readonly (keyof Session)[]) =>
      fields.some((field) => now[field] !== before[field]);
    const hasMoved = isOther('camera', 'view', 'quarterTurns');
    const hasNewLook = isOther('display', 'isolated') || editor.schema !== schemaBefore;
    const hasNewShapes = document !== documentBefore;
    if (document?.imageId !== documentBefore?.imageId) maskBitmaps.clear();
    if (hasMoved || isOther('display')) invalidate(pictureLayer);
    if (hasMoved || hasNewLook || hasNewShapes || isOther('selection')) invalidate(shapesLayer);
    if (
      hasMoved ||
      hasNewLook ||
      hasNewShapes ||
      !isSameOverlay(now.preview, before.preview) ||
      isOther(
        'selection',
        'selectedVertices',
        'hovered',
        'keyboardCursor',
        'toolId',
        'toolOptions',
        'comparison',
        'pins',
        'chosenPin',
      ) ||
      (now.pointer !== before.pointer && followsPointer(now))
    ) {
      invalidate(overlayLayer);
    }
    const wasPainting = raster.isShown;
    raster.follow(now.preview?.raster);
    if (wasPainting !== raster.isShown || (raster.isShown && (hasMoved || hasNewLook))) isRasterStale = true;
    if (isRasterStale || raster.isPending) frames.request();
    ring.follow(now, theme);
    if (isOther('cursor', 'quarterTurns')) showCursor();
    before = now;
    documentBefore = document;
    schemaBefore = editor.schema;
  }

  function showCursor(): void {
    container.style.cursor = turnedCursor(editor.session.quarterTurns, editor.session.cursor);
  }

  function onResize(): void {
    const glass = { width: container.clientWidth, height: container.clientHeight };
    stage.size({ width: Math.max(glass.width, 1), height: Math.max(glass.height, 1) });
    rasterTiles.resize(glass);
    isRasterStale = true;
    editor.setView(turnedSize(editor.session.quarterTurns, glass));
    invalidate(...layers);
    // A resized canvas is blank: drawing at once keeps it from flickering.
    frames.stop();
    draw();
  }

  function onPixelRatio(): void {
    for (const layer of layers) layer.getCanvas().setPixelRatio(window.devicePixelRatio);
    onResize();
    watchPixelRatio();
  }

  const lifetime = new AbortController();
  function watchPixelRatio(): void {
    matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener('change', onPixelRatio, {
      once: true,
      signal: lifetime.signal,
    });
  }

  const observer = new ResizeObserver(onResize);
  observer.observe(container);
  watchPixelRatio();
  const stopListening = listenToInput(container, editor, {
    press: (at) => minimap.press(at, picture) || pressPin(editor, at),
    dragTo: (at) => minimap.dragTo(at, picture),
    release: minimap.release,
  });
  const unsubscribe = editor.subscribe(onEditorChange);
  showCursor();
  onResize();

  return {
    setPicture(image, size, tiles = null) {
      if (tiles !== picture.tiles) {
        stopTiles();
        stopTiles = tiles?.subscribe(() => invalidate(pictureLayer)) ?? (() => undefined);
      }
      picture = { image, size: size ?? NO_PICTURE.size, tiles };
      invalidate(pictureLayer, overlayLayer);
    },
    setTheme(next) {
      theme = next;
      invalidate(...layers);
    },
    focus: () => container.focus({ preventScroll: true }),
    destroy() {
      lifetime.abort();
      observer.disconnect();
      unsubscribe();
      stopTiles();
      stopListening();
      frames.stop();
      maskBitmaps.clear();
      stage.destroy();
      host.remove();
    },
  };
}

function sceneOf(editor: Editor, theme: CanvasTheme): Scene {
  return { editor, palette: createPalette(editor.schema, editor.session.display, theme.unknownLabel), theme };
}
