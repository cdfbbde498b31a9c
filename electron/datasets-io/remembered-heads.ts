/** Of how many files the head is remembered (32 MB). */
const MAX_HEADS = 512;

/** Remembers the beginnings of files; the oldest goes first. Each format's detection asks for much the same few. */
export function rememberHeads(read: (path: string) => Promise<string>): (path: string) => Promise<string> {
  const heads = new Map<string, Promise<string>>();
  return (path) => {
    let head = heads.get(path);
    if (head === undefined) {
      head = read(path);
      heads.set(path, head);
      const [oldest] = heads.keys();
      if (heads.size > MAX_HEADS && oldest !== undefined) heads.delete(oldest);
    }
    return head;
  };
}
