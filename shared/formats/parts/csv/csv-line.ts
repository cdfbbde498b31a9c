const NEEDS_QUOTES = /["\r\n]/;

/** One row of delimited text with its line end (LF); cells that need quotes get them, the others stay bare. */
export function csvLine(cells: readonly (string | number | boolean)[], delimiter = ','): string {
  let line = '';
  for (let index = 0; index < cells.length; index += 1) {
    if (index > 0) line += delimiter;
    const cell = cells[index] ?? '';
    line += typeof cell === 'string' ? quoted(cell, delimiter) : String(cell);
  }
  // A row of one empty cell would be a blank line, which is no row.
  return line === '' ? '""\n' : `${line}\n`;
}

function quoted(text: string, delimiter: string): string {
  // White space at an end is quoted because some readers trim what is bare, a mark because it begins some files.
  const isBare =
    !text.includes(delimiter) && !NEEDS_QUOTES.test(text) && text.trim() === text && text[0] !== '\uFEFF';
  return isBare ? text : `"${text.replaceAll('"', '""')}"`;
}
