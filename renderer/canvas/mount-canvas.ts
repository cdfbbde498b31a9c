import { Konva } from 'konva/lib/_CoreInternals.js';
import { Image as KonvaImage } from 'konva/lib/shapes/Image.js';
import type { Size } from '../../shared/geometry/rect';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { Editor, Session } from '../editor/editor';
import { type CanvasTheme, DARK_CANVAS_THEME } from './canvas-theme';
import { drawOverlay } from './draw-overlay';
import { drawShapes, type ShapesScene } from './draw-shapes';
import { createFrameScheduler } from './frame-scheduler';
import { paintsOf } from './label-paint';
import { listenToInput } from './listen-to-input';

/** Above this zoom a person looks at pixels, and smoothing would hide them. */
const SHARP_ABOVE_SCALE = 3;

export interface CanvasView {
  /** Shows a decoded picture of `size` image px under the shapes; null while there is none yet. */
  setPicture(picture: ImageBitmap | HTMLImageElement | HTMLCanvasElement | null, size: Size | null): void;
  setTheme(theme: CanvasTheme): void;
  focus(): void;
  destroy(): void;
}

interface CanvasOptions {
  readonly theme?: CanvasTheme;
  readonly label?: string;
}

/**
 * Draws what the editor holds into `container` and feeds the editor what happens there. Three layers: the picture, all
 * shapes at rest in one scene function, and an overlay for what is selected or being drawn. A layer is redrawn at most
 * once a frame, and only when something on it changed. Hit testing is the editor's; Konva listens to nothing.
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
  stage.add(pictureLayer, shapesLayer, overlayLayer);

  let theme = options.theme ?? DARK_CANVAS_THEME;
  let schema: LabelSchema | null = null;
  let scene: ShapesScene = { editor, paints: new Map(), theme };
  const picture = new KonvaImage({ image: undefined, listening: false, visible: false });
  const placeholder = new Konva.Shape({
    listening: false,
    visible: false,
    sceneFunc: (context) => {
      const { camera } = editor.session;
      context._context.fillStyle = theme.pictureFill;
      const { width, height } = pictureSize;
      context._context.fillRect(camera.offsetX, camera.offsetY, width * camera.scale, height * camera.scale);
    },
  });
  let pictureSize: Size = { width: 0, height: 0 };
  pictureLayer.add(placeholder, picture);
  shapesLayer.add(
    new Konva.Shape({ listening: false, sceneFunc: (context) => drawShapes(context._context, scene) }),
  );
  overlayLayer.add(
    new Konva.Shape({ listening: false, sceneFunc: (context) => drawOverlay(context._context, scene) }),
  );

  const dirty = new Set([pictureLayer, shapesLayer, overlayLayer]);
  const frames = createFrameScheduler(draw);

  function invalidate(...layers: readonly (typeof pictureLayer)[]): void {
    for (const layer of layers) dirty.add(layer);
    if (dirty.size > 0) frames.request();
  }

  function draw(): void {
    refreshScene();
    if (dirty.has(pictureLayer)) placePicture();
    for (const layer of dirty) layer.drawScene();
    dirty.clear();
  }

  function refreshScene(): void {
    if (schema === editor.schema && scene.theme === theme) return;
    schema = editor.schema;
    scene = { editor, paints: paintsOf(schema), theme };
  }

  function placePicture(): void {
    const { camera } = editor.session;
    // Whoever lent the bitmap may have closed it meanwhile, and drawing a closed one throws.
    const source = picture.image();
    const isThere = source !== undefined && !(source instanceof ImageBitmap && source.width === 0);
    picture.visible(isThere);
    placeholder.visible(!isThere && pictureSize.width > 0);
    picture.position({ x: camera.offsetX, y: camera.offsetY });
    picture.size({ width: pictureSize.width * camera.scale, height: pictureSize.height * camera.scale });
    pictureLayer.imageSmoothingEnabled(camera.scale <= SHARP_ABOVE_SCALE);
  }

  let before: Session = editor.session;
  let documentBefore = editor.document;
  let schemaBefore = editor.schema;

  /** Marks the layers that show what changed. Runs on every notification: a few comparisons. */
  function onEditorChange(): void {
    const now = editor.session;
    const hasMoved = now.camera !== before.camera || now.view !== before.view;
    const hasNewShapes = editor.document !== documentBefore || editor.schema !== schemaBefore;
    if (hasMoved) invalidate(pictureLayer);
    if (hasMoved || hasNewShapes || now.selection !== before.selection) invalidate(shapesLayer);
    if (
      hasMoved ||
      hasNewShapes ||
      now.selection !== before.selection ||
      now.hovered !== before.hovered ||
      now.preview !== before.preview ||
      now.keyboardCursor !== before.keyboardCursor ||
      now.toolId !== before.toolId ||
      // The pointer shows only as a crosshair or with a hint.
      (now.pointer !== before.pointer && (now.toolId === 'box' || now.preview !== null))
    ) {
      invalidate(overlayLayer);
    }
    if (now.cursor !== before.cursor) container.style.cursor = now.cursor;
    before = now;
    documentBefore = editor.document;
    schemaBefore = editor.schema;
  }

  function onResize(): void {
    const view = { width: container.clientWidth, height: container.clientHeight };
    stage.size({ width: Math.max(view.width, 1), height: Math.max(view.height, 1) });
    editor.setView(view);
    invalidate(pictureLayer, shapesLayer, overlayLayer);
    // A resized canvas is blank: drawing at once keeps it from flickering.
    frames.stop();
    draw();
  }

  function onPixelRatio(): void {
    for (const layer of [pictureLayer, shapesLayer, overlayLayer]) {
      layer.getCanvas().setPixelRatio(window.devicePixelRatio);
    }
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
  const stopListening = listenToInput(container, editor);
  const unsubscribe = editor.subscribe(onEditorChange);
  container.style.cursor = editor.session.cursor;
  onResize();

  return {
    setPicture(image, size) {
      pictureSize = size ?? { width: 0, height: 0 };
      picture.image(image ?? undefined);
      invalidate(pictureLayer);
    },
    setTheme(next) {
      theme = next;
      invalidate(pictureLayer, shapesLayer, overlayLayer);
    },
    focus: () => container.focus({ preventScroll: true }),
    destroy() {
      lifetime.abort();
      observer.disconnect();
      unsubscribe();
      stopListening();
      frames.stop();
      stage.destroy();
      host.remove();
    },
  };
}
