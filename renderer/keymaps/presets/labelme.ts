import type { KeymapPreset } from '../keymap-preset';

/** The defaults of labelme with the two keys that LabelImg's users know best: W draws, A and D step. */
export const labelme: KeymapPreset = {
  id: 'labelme',
  title: 'labelme / LabelImg',
  note: 'Every edit is saved at once, so Ctrl+S has nothing to do. Ctrl+F fits the image; the search field has / alone.',
  keys: {
    'image.next': ['D'],
    'image.previous': ['A'],
    'tool.box': ['W', 'Mod+R'],
    'tool.polygon': ['Mod+N', 'P'],
    'tool.select': ['Mod+J', 'V'],
    'annotation.propagate': ['Mod+P'],
    'annotation.duplicate': ['Mod+D'],
    'annotation.hide': ['T'],
    'annotation.truncate': ['Shift+Q'],
    'annotation.crowd': ['Alt+Q'],
    'label.assign': ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'Mod+E'],
    'project.addFolder': ['Mod+U'],
    'project.addFiles': ['Mod+O'],
    'view.fit': ['Mod+F'],
    'view.actualSize': ['Mod+0'],
    'image.filter': ['/'],
  },
};
