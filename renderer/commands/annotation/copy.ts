import { copiedFrom } from '../../clipboard/copied-objects';
import type { Command } from '../command';
import { withSelectionToRead } from '../conditions';
import { selectedAnnotations } from '../run-action';

export const copySelection: Command = {
  id: 'annotation.copy',
  label: 'Copy objects',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+C'],
  isAvailable: (context) => hasMarkedText() || withSelectionToRead(context),
  run({ services, workspace }) {
    const { clipboard, editor, toasts } = services;
    // Text that is marked, say a file's hash, is what a person means by copying.
    if (hasMarkedText()) return void document.execCommand('copy');
    if (workspace === null || editor.document === null) return;
    const place = { projectId: workspace.project.get().id, imageId: editor.document.imageId };
    const selected = selectedAnnotations(services);
    const isKept = clipboard.write(copiedFrom(place, selected, editor.schema));
    editor.announce(selected.length === 1 ? 'Copied 1 object' : `Copied ${selected.length} objects`);
    if (!isKept) {
      toasts.show({ message: 'So many objects stay in the clipboard only until the app is closed.' });
    }
  },
};

function hasMarkedText(): boolean {
  return typeof window !== 'undefined' && (window.getSelection()?.toString() ?? '') !== '';
}
