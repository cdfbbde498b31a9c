import { bringBackward } from './annotation/bring-backward';
import { bringForward } from './annotation/bring-forward';
import { bringToBack } from './annotation/bring-to-back';
import { bringToFront } from './annotation/bring-to-front';
import { convertObjects } from './annotation/convert';
import { convertToBox } from './annotation/convert-to-box';
import { convertToEllipse } from './annotation/convert-to-ellipse';
import { convertToMask } from './annotation/convert-to-mask';
import { convertToPolygon } from './annotation/convert-to-polygon';
import { convertToPolyline } from './annotation/convert-to-polyline';
import { convertToRotatedBox } from './annotation/convert-to-rotated-box';
import { copySelection } from './annotation/copy';
import { cutSelection } from './annotation/cut';
import { deleteSelection } from './annotation/delete';
import { duplicateSelection } from './annotation/duplicate';
import { editNote } from './annotation/edit-note';
import { groupSelection } from './annotation/group';
import { hideOthers } from './annotation/hide-others';
import { invertSelection } from './annotation/invert-selection';
import { isolateSelection } from './annotation/isolate';
import { mergeSelection } from './annotation/merge';
import { pasteInPlace } from './annotation/paste';
import { propagateToNext } from './annotation/propagate';
import { selectAll } from './annotation/select-all';
import { selectGroup } from './annotation/select-group';
import { selectNext } from './annotation/select-next';
import { selectPrevious } from './annotation/select-previous';
import { selectSameLabel } from './annotation/select-same-label';
import { showAll } from './annotation/show-all';
import { splitSelection } from './annotation/split';
import { subtractSelection } from './annotation/subtract';
import { tagImage } from './annotation/tag-image';
import { toggleCrowd } from './annotation/toggle-crowd';
import { toggleHide } from './annotation/toggle-hide';
import { toggleLock } from './annotation/toggle-lock';
import { toggleOcclude } from './annotation/toggle-occlude';
import { togglePin } from './annotation/toggle-pin';
import { toggleTruncate } from './annotation/toggle-truncate';
import { ungroupSelection } from './annotation/ungroup';
import type { Command } from './command';
import { redo } from './edit/redo';
import { undo } from './edit/undo';
import { openHelp } from './help/open-help';
import { openPalette } from './help/open-palette';
import { revealLog } from './help/reveal-log';
import { confirmEmpty } from './image/confirm-empty';
import { filterImages } from './image/filter-images';
import { markLabelled } from './image/mark-labelled';
import { reopenImage } from './image/reopen';
import { showNextImage } from './image/show-next';
import { showNextUnlabelledImage } from './image/show-next-unlabelled';
import { showPreviousImage } from './image/show-previous';
import { assignLabel } from './label/assign';
import { lockPerson } from './person/lock';
import { signOutPerson } from './person/sign-out';
import { addFiles } from './project/add-files';
import { addFolder } from './project/add-folder';
import { importLabelFiles } from './project/import-label-files';
import { importLabels } from './project/import-labels';
import { issuePackage } from './project/issue-package';
import { mergePackage } from './project/merge-package';
import { openBundle } from './project/open-bundle';
import { redoMany } from './project/redo-many';
import { returnPackage } from './project/return-package';
import { saveBundle } from './project/save-bundle';
import { saveBundleWithPictures } from './project/save-bundle-with-pictures';
import { showFileProblems } from './project/show-problems';
import { undoMany } from './project/undo-many';
import { acceptImage } from './review/accept';
import { acceptProposal } from './review/accept-proposal';
import { acceptWithFix } from './review/accept-with-fix';
import { beginThread } from './review/begin-thread';
import { compareProposal } from './review/compare-proposal';
import { discardSuggestion } from './review/discard-suggestion';
import { giveBack } from './review/give-back';
import { markDefect } from './review/mark-defect';
import { proposeSuggestion } from './review/propose';
import { refuseProposal } from './review/refuse-proposal';
import { reopenReview } from './review/reopen-review';
import { resolveThread } from './review/resolve-thread';
import { showNextRemark } from './review/show-next-remark';
import { showPreviousRemark } from './review/show-previous-remark';
import { suggestFix } from './review/suggest';
import { showScreenDatasets } from './screen/show-datasets';
import { showScreenGallery } from './screen/show-gallery';
import { showScreenLabel } from './screen/show-label';
import { showScreenPackages } from './screen/show-packages';
import { showScreenQuality } from './screen/show-quality';
import { showScreenReview } from './screen/show-review';
import { showScreenSchema } from './screen/show-schema';
import { showScreenSettings } from './screen/show-settings';
import { showScreenStart } from './screen/show-start';
import { enlargeBrush } from './tool/enlarge-brush';
import { shrinkBrush } from './tool/shrink-brush';
import { switchBoxMethod } from './tool/switch-box-method';
import { toggleSnapping } from './tool/toggle-snapping';
import { useBoxTool } from './tool/use-box';
import { useBrushTool } from './tool/use-brush';
import { useCuboidTool } from './tool/use-cuboid';
import { useCutTool } from './tool/use-cut';
import { useEllipseTool } from './tool/use-ellipse';
import { useEraserTool } from './tool/use-eraser';
import { usePanTool } from './tool/use-pan';
import { usePointsTool } from './tool/use-points';
import { usePolygonTool } from './tool/use-polygon';
import { usePolylineTool } from './tool/use-polyline';
import { useRotatedBoxTool } from './tool/use-rotated-box';
import { useRulerTool } from './tool/use-ruler';
import { useScissorsTool } from './tool/use-scissors';
import { useSelectTool } from './tool/use-select';
import { useSkeletonTool } from './tool/use-skeleton';
import { useWandTool } from './tool/use-wand';
import { compareTruth } from './truth/compare-truth';
import { editTruth } from './truth/edit-truth';
import { makeTruth } from './truth/make-truth';
import { focusNextRegion } from './view/focus-next-region';
import { focusPreviousRegion } from './view/focus-previous-region';
import { resetDisplay } from './view/reset-display';
import { switchTheme } from './view/switch-theme';
import { toggleCrosshair } from './view/toggle-crosshair';
import { toggleDisplayPanel } from './view/toggle-display-panel';
import { toggleGrid } from './view/toggle-grid';
import { toggleImagesRail } from './view/toggle-images';
import { toggleInspectorRail } from './view/toggle-inspector';
import { toggleMinimap } from './view/toggle-minimap';
import { toggleNames } from './view/toggle-names';
import { togglePixelReadout } from './view/toggle-pixel-readout';
import { turnViewLeft } from './view/turn-left';
import { turnViewRight } from './view/turn-right';
import { zoomIn } from './view/zoom-in';
import { zoomOut } from './view/zoom-out';
import { zoomToActualSize } from './view/zoom-to-actual-size';
import { zoomToFit } from './view/zoom-to-fit';
import { zoomToSelection } from './view/zoom-to-selection';

/** Every command, by file. test/conformance/commands.test.ts holds this against the folder. */
export const COMMANDS = {
  'annotation/bring-to-front': bringToFront,
  'annotation/bring-to-back': bringToBack,
  'annotation/delete': deleteSelection,
  'annotation/duplicate': duplicateSelection,
  'annotation/select-all': selectAll,
  'annotation/select-next': selectNext,
  'annotation/select-previous': selectPrevious,
  'annotation/show-all': showAll,
  'annotation/toggle-hide': toggleHide,
  'annotation/toggle-lock': toggleLock,
  'annotation/toggle-occlude': toggleOcclude,
  'annotation/toggle-truncate': toggleTruncate,
  'annotation/bring-backward': bringBackward,
  'annotation/bring-forward': bringForward,
  'annotation/copy': copySelection,
  'annotation/cut': cutSelection,
  'annotation/edit-note': editNote,
  'annotation/group': groupSelection,
  'annotation/hide-others': hideOthers,
  'annotation/invert-selection': invertSelection,
  'annotation/isolate': isolateSelection,
  'annotation/paste': pasteInPlace,
  'annotation/propagate': propagateToNext,
  'annotation/select-group': selectGroup,
  'annotation/select-same-label': selectSameLabel,
  'annotation/tag-image': tagImage,
  'annotation/toggle-crowd': toggleCrowd,
  'annotation/toggle-pin': togglePin,
  'annotation/ungroup': ungroupSelection,
  'annotation/convert': convertObjects,
  'annotation/convert-to-box': convertToBox,
  'annotation/convert-to-rotated-box': convertToRotatedBox,
  'annotation/convert-to-polygon': convertToPolygon,
  'annotation/convert-to-polyline': convertToPolyline,
  'annotation/convert-to-ellipse': convertToEllipse,
  'annotation/convert-to-mask': convertToMask,
  'annotation/merge': mergeSelection,
  'annotation/split': splitSelection,
  'annotation/subtract': subtractSelection,
  'edit/undo': undo,
  'edit/redo': redo,
  'help/open-help': openHelp,
  'help/open-palette': openPalette,
  'help/reveal-log': revealLog,
  'image/confirm-empty': confirmEmpty,
  'image/filter-images': filterImages,
  'image/mark-labelled': markLabelled,
  'image/reopen': reopenImage,
  'image/show-next-unlabelled': showNextUnlabelledImage,
  'image/show-next': showNextImage,
  'image/show-previous': showPreviousImage,
  'label/assign': assignLabel,
  'project/add-files': addFiles,
  'project/add-folder': addFolder,
  'project/import-labels': importLabels,
  'project/import-label-files': importLabelFiles,
  'project/issue-package': issuePackage,
  'project/merge-package': mergePackage,
  'project/open-bundle': openBundle,
  'project/return-package': returnPackage,
  'project/save-bundle': saveBundle,
  'project/save-bundle-with-pictures': saveBundleWithPictures,
  'project/show-problems': showFileProblems,
  'project/undo-many': undoMany,
  'project/redo-many': redoMany,
  'person/lock': lockPerson,
  'person/sign-out': signOutPerson,
  'review/accept': acceptImage,
  'review/accept-proposal': acceptProposal,
  'review/accept-with-fix': acceptWithFix,
  'review/begin-thread': beginThread,
  'review/compare-proposal': compareProposal,
  'review/discard-suggestion': discardSuggestion,
  'review/give-back': giveBack,
  'review/mark-defect': markDefect,
  'review/propose': proposeSuggestion,
  'review/refuse-proposal': refuseProposal,
  'review/reopen-review': reopenReview,
  'review/resolve-thread': resolveThread,
  'review/show-next-remark': showNextRemark,
  'review/show-previous-remark': showPreviousRemark,
  'review/suggest': suggestFix,
  'screen/show-datasets': showScreenDatasets,
  'screen/show-gallery': showScreenGallery,
  'screen/show-label': showScreenLabel,
  'screen/show-packages': showScreenPackages,
  'screen/show-quality': showScreenQuality,
  'screen/show-review': showScreenReview,
  'screen/show-schema': showScreenSchema,
  'screen/show-settings': showScreenSettings,
  'screen/show-start': showScreenStart,
  'tool/enlarge-brush': enlargeBrush,
  'tool/shrink-brush': shrinkBrush,
  'tool/switch-box-method': switchBoxMethod,
  'tool/toggle-snapping': toggleSnapping,
  'tool/use-box': useBoxTool,
  'tool/use-brush': useBrushTool,
  'tool/use-cuboid': useCuboidTool,
  'tool/use-cut': useCutTool,
  'tool/use-ellipse': useEllipseTool,
  'tool/use-eraser': useEraserTool,
  'tool/use-pan': usePanTool,
  'tool/use-points': usePointsTool,
  'tool/use-polygon': usePolygonTool,
  'tool/use-polyline': usePolylineTool,
  'tool/use-rotated-box': useRotatedBoxTool,
  'tool/use-ruler': useRulerTool,
  'tool/use-scissors': useScissorsTool,
  'tool/use-select': useSelectTool,
  'tool/use-skeleton': useSkeletonTool,
  'tool/use-wand': useWandTool,
  'truth/compare-truth': compareTruth,
  'truth/edit-truth': editTruth,
  'truth/make-truth': makeTruth,
  'view/focus-next-region': focusNextRegion,
  'view/focus-previous-region': focusPreviousRegion,
  'view/switch-theme': switchTheme,
  'view/toggle-images': toggleImagesRail,
  'view/toggle-inspector': toggleInspectorRail,
  'view/reset-display': resetDisplay,
  'view/toggle-crosshair': toggleCrosshair,
  'view/toggle-display-panel': toggleDisplayPanel,
  'view/toggle-grid': toggleGrid,
  'view/toggle-minimap': toggleMinimap,
  'view/toggle-names': toggleNames,
  'view/toggle-pixel-readout': togglePixelReadout,
  'view/turn-left': turnViewLeft,
  'view/turn-right': turnViewRight,
  'view/zoom-in': zoomIn,
  'view/zoom-out': zoomOut,
  'view/zoom-to-actual-size': zoomToActualSize,
  'view/zoom-to-fit': zoomToFit,
  'view/zoom-to-selection': zoomToSelection,
} as const satisfies Record<string, Command>;
