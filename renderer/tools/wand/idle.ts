import { imageFromScreen } from '../../../shared/geometry/camera';
import type { ImagePoint } from '../../../shared/geometry/point';
import { clamp } from '../../../shared/geometry/rect';
import type { Editor, KeyInput } from '../../editor/editor';
import { selectedMask } from '../brush/stroke-purpose';
import { aiming } from '../parts/aiming';
import { reasonNotToDraw } from '../parts/reason-not-to-draw';
import { refused } from '../parts/refused';
import { onSelectionKey } from '../selection-keys';
import type { ToolState } from '../tool';
import { keepSpell, type Spell } from './spell';

const TOLERANCE_STEP = 4;
const MOST_TOLERANCE = 255;

const PART_ONLY =
  'Only the part of the picture around this place was searched, as all of it does not fit in memory. Shift+click adds the next part.';

type Held = Pick<KeyInput, 'shift' | 'alt'>;

/**
 * Waits for a click. While pixels are looked for it goes on waiting: another click overtakes the one before, Escape and
 * every change of tool give it up.
 */
export function idle(): ToolState {
  let last: Spell | null = null;
  /** What is looked for; what is found of anything else is dropped. */
  let current: Spell | null = null;

  async function cast(editor: Editor, spell: Spell): Promise<void> {
    const { pixels, session, document } = editor;
    if (pixels === null) {
      refused(editor, 'The pixels of the picture are not there yet. Try again.');
      return;
    }
    current = spell;
    editor.setHint('Looking for alike pixels. Esc stops it.');
    const { wandTolerance: tolerance, isWandContiguous: isContiguous } = session.toolOptions;
    const found = await pixels.wand(spell.at, { tolerance, isContiguous });
    if (current !== spell || editor.document?.imageId !== document?.imageId) return;
    current = null;
    editor.setPreview(null);
    if (!found.ok) {
      if (found.error.code !== 'job.cancelled') refused(editor, found.error.message);
      return;
    }
    const { shape, isPart } = found.value;
    last = keepSpell(editor, spell, shape);
    if (isPart) refused(editor, PART_ONLY);
    else if (last !== null) editor.announce(`Mask with tolerance ${tolerance}.`);
  }

  function begin(editor: Editor, at: ImagePoint, held: Held): void {
    const spell = spellAt(editor, at, held);
    if (typeof spell === 'string') refused(editor, spell);
    else void cast(editor, spell);
  }

  function drop(): void {
    current = null;
  }

  function onToleranceKey(editor: Editor, event: KeyInput): boolean {
    const step = toleranceStep(event);
    if (step === 0) return false;
    const tolerance = clamp(editor.session.toolOptions.wandTolerance + step, 0, MOST_TOLERANCE);
    editor.setToolOptions({ wandTolerance: tolerance });
    editor.announce(`Tolerance ${tolerance}`);
    if (last !== null && isStillThere(editor, last)) void cast(editor, last);
    return true;
  }

  /** Aims by keyboard; Enter may be pressed at one place after the other. */
  function aimingWand(editor: Editor): ToolState {
    const state = aiming(editor, {
      noun: 'wand',
      first: 'the place whose colour is looked for',
      keepsSelection: true,
      onPointerDown: () => 'done',
      onSet(target, { at }, key) {
        begin(target, at, key);
        return 'stay';
      },
    });
    return {
      ...state,
      onKeyDown: (target, event) =>
        onToleranceKey(target, event) ? 'stay' : (state.onKeyDown?.(target, event) ?? 'ignored'),
      takesKey: (_editor, event) => toleranceStep(event) !== 0,
      onExit(target) {
        drop();
        state.onExit?.(target);
      },
    };
  }

  return {
    id: 'idle',
    cursor: () => 'crosshair',
    onPointerDown(editor, event) {
      if (event.button !== 'primary') return 'ignored';
      begin(editor, imageFromScreen(editor.session.camera, event.screen), event);
      return 'stay';
    },
    onKeyDown(editor, event) {
      if (onToleranceKey(editor, event)) return 'stay';
      if (event.key === 'Enter') return aimingWand(editor);
      if (event.key !== 'Escape') return onSelectionKey(editor, event);
      if (current === null) editor.setTool('select');
      else {
        drop();
        editor.setPreview(null);
      }
      return 'stay';
    },
    takesKey: (_editor, event) => toleranceStep(event) !== 0,
    onExit: drop,
  };
}

/** What a click would do, or why it cannot. */
function spellAt(editor: Editor, at: ImagePoint, { shift, alt }: Held): Spell | string {
  const { document, session } = editor;
  if (document === null) return 'Open a picture first.';
  if (at.x < 0 || at.y < 0 || at.x >= document.size.width || at.y >= document.size.height) {
    return 'Click inside the picture.';
  }
  if (!shift && !alt) {
    return reasonNotToDraw(editor, 'mask') ?? { at, kind: 'new', id: null, base: null };
  }
  const mask = selectedMask(editor);
  if (mask === null) return 'Select the mask to add to or take away from.';
  if (mask.isLocked) return 'This mask is locked. Unlock it to change it.';
  return session.readOnlyReason ?? { at, kind: alt ? 'subtract' : 'add', id: mask.id, base: mask.shape };
}

function isStillThere({ document, session }: Editor, { id }: Spell): boolean {
  return id !== null && document?.annotations.has(id) === true && session.selection.has(id);
}

function toleranceStep({ key, control, alt }: KeyInput): number {
  if (control || alt) return 0;
  if (key === '+' || key === '=') return TOLERANCE_STEP;
  return key === '-' ? -TOLERANCE_STEP : 0;
}
