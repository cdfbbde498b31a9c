/** What the grid asks of the screen around it. */
export interface GridDeeds {
  readonly onOpen: (row: number) => void;
  readonly onDelete: () => void;
  readonly onReject: () => void;
  /** A key that no movement claims: the shortcut of a label, perhaps; true when it was. */
  readonly onLabelKey: (key: string) => boolean;
  /** The row that the details are shown of. */
  readonly onLookAt: (row: number | null) => void;
}
